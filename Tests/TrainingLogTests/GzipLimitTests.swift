import TestKit
import Testing

@testable import TrainingLog

struct GzipLimitTests {
  @Test(arguments: [0, 1, 100, GzipReader.bufferBytes, GzipReader.bufferBytes + 1, 1 << 20])
  func `text at the limit passes, one byte more does not`(_ count: Int) throws {
    let text = GzipReaderTests.noise(count, seed: UInt64(count))
    let bytes = try GzipWriter.member(text)
    #expect(try GzipReader.decompress(bytes, limit: count) == text)
    guard count > 0 else { return }
    #expect(throws: GzipReader.Failure.tooLarge) { try GzipReader.decompress(bytes, limit: count - 1) }
  }

  @Test func `the limit counts all members together`() throws {
    let member = try GzipWriter.member(Array(repeating: 1, count: 1000))
    let row = Array(repeating: member, count: 10).flatMap { $0 }
    #expect(try GzipReader.decompress(row, limit: 10_000).count == 10_000)
    #expect(throws: GzipReader.Failure.tooLarge) { try GzipReader.decompress(row, limit: 9_999) }
  }

  /// 1 MiB that would become a GiB.
  @Test func `a bomb is refused after the limit and one buffer`() throws {
    let limit = 1 << 20
    let member = try GzipWriter.member(Array(repeating: 0, count: 64 << 20))
    let bomb = Array(repeating: member, count: 16).flatMap { $0 }
    #expect(bomb.count > 1_000_000)
    var handedOut = 0
    let reader = try GzipReader(limit: limit) { handedOut += $0.count }
    var consumed = 0
    #expect(throws: GzipReader.Failure.tooLarge) {
      while consumed < bomb.count {
        try reader.append(bomb[consumed..<min(bomb.count, consumed + 100)])
        consumed += 100
      }
    }
    #expect(handedOut <= limit)
    // A byte of deflate is worth at most 1032 bytes: it was seen no later than the arithmetic allows.
    #expect(consumed <= limit / 1000 + 200, "\(consumed) bytes were taken first")
    #expect(throws: GzipReader.Failure.tooLarge) { try GzipReader.decompress(bomb, limit: limit) }
  }

  /// Found by the fuzzer: text that zlib held back at the end of the input was not counted.
  @Test func `whether a cut-off bomb is too large does not depend on the pieces`() throws {
    let limit = 2 * GzipReader.bufferBytes
    let bomb = try GzipWriter.member(Array(repeating: 0, count: limit + 5000))
    var outcomes: Set<GzipReader.Failure> = []
    for end in 12..<bomb.count {
      let expected = Self.failure([bomb[..<end]], limit: limit)
      outcomes.formUnion([expected].compactMap { $0 })
      for cut in 0..<end {
        let found = Self.failure([bomb[..<cut], bomb[cut..<end]], limit: limit)
        #expect(found == expected, "\(end) bytes cut at \(cut)")
      }
    }
    #expect(outcomes == [.truncated, .tooLarge])
  }

  private static func failure(_ pieces: [ArraySlice<UInt8>], limit: Int) -> GzipReader.Failure? {
    do {
      let reader = try GzipReader(limit: limit) { _ in }
      for piece in pieces { try reader.append(piece) }
      try reader.finish()
      return nil
    } catch { return error as? GzipReader.Failure }
  }
}
