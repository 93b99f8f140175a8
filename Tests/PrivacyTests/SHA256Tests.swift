import Foundation
import Testing

@testable import Privacy

@Suite struct SHA256Tests {
  /// FIPS 180-4 examples, from the NIST example values.
  static let vectors: [(String, String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ]

  @Test(arguments: vectors) func thePublishedVectorsHold(message: String, digest: String) {
    #expect(SHA256.hash(Array(message.utf8)).hex == digest)
  }

  @Test func aMillionTimesAHolds() {
    let digest = SHA256.hash([UInt8](repeating: 0x61, count: 1_000_000))
    #expect(digest.hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test(
    "The processor's instructions and plain Swift come to the same",
    .enabled(if: SHA256.hasInstructions, "this processor has no instructions for SHA-256"))
  func instructionsAndPlainSwiftAgree() {
    for blocks in 0...20 {
      let message = Self.message(64 * blocks)
      var (a, b) = (SHA256.initialState, SHA256.initialState)
      message.withUnsafeBytes { SHA256.compressByInstructions(&a, $0) }
      message.withUnsafeBytes { SHA256.compressPlainly(&b, $0) }
      #expect(a == b, "\(blocks) blocks")
    }
  }

  @Test func everySplitGivesTheDigestOfTheWhole() {
    for length in [0, 1, 55, 56, 63, 64, 65, 119, 128, 200] {
      let message = Self.message(length)
      let whole = SHA256.hash(message)
      for split in 0...length {
        var hash = SHA256()
        hash.update(message[..<split])
        hash.update(message[split...])
        #expect(hash.finalize() == whole, "length \(length) split at \(split)")
      }
    }
  }

  @Test func everyLengthTo300AgreesWithOpenssl() throws {
    let digests = try OpenSSL.digests(of: (0...300).map(Self.message), options: ["-sha256"])
    #expect(digests.count == 301)
    for (length, digest) in digests.enumerated() {
      #expect(SHA256.hash(Self.message(length)).hex == digest, "length \(length)")
    }
  }

  static func message(_ length: Int) -> [UInt8] { (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ length) } }
}
