import TestKit
import Testing

@testable import Records

@Suite struct EightBytesTests {
  /// Each way to count, beside what it means byte by byte.
  private static let counts: [(name: String, count: @Sendable (EightBytes) -> Int, stops: @Sendable (UInt8) -> Bool)] =
    [
      ("escape", \.beforeEscape, { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }),
      ("escape or non-ASCII", \.beforeEscapeOrNonASCII, { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 > 0x7F }),
      ("backslash", \.beforeBackslash, { $0 == 0x5C }),
    ]

  @Test("Every byte at every place, behind and before harmless ones and others like it", arguments: counts.indices)
  func everyByteAtEveryPlace(_ index: Int) {
    let (name, count, stops) = Self.counts[index]
    for byte in UInt8.min...UInt8.max {
      for place in 0..<8 {
        var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 8)
        bytes[place] = byte
        let expected = stops(byte) ? place : 8
        #expect(count(eight(bytes)) == expected, "\(name): byte \(byte) at \(place)")
        let whole = [UInt8](repeating: byte, count: 8)
        #expect(count(eight(whole)) == (stops(byte) ? 0 : 8), "\(name): all bytes \(byte)")
      }
    }
  }

  @Test("Random bytes", arguments: counts.indices)
  func randomBytes(_ index: Int) {
    let (name, count, stops) = Self.counts[index]
    var random = SeededGenerator(seed: 8)
    for _ in 0..<20_000 {
      let bytes = (0..<8).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      #expect(count(eight(bytes)) == bytes.firstIndex(where: stops) ?? 8, "\(name): seed 8, bytes \(bytes)")
    }
  }

  @Test("White space and spaces are marked byte by byte, whatever stands beside them")
  func marks() {
    var random = SeededGenerator(seed: 9)
    let near: [UInt8] = [0x08, 0x09, 0x0A, 0x0D, 0x0E, 0x1F, 0x20, 0x21, 0x89, 0xA0, 0x00, 0xFF]
    for _ in 0..<20_000 {
      let bytes = (0..<8).map { _ in
        Bool.random(using: &random) ? near.randomElement(using: &random)! : .random(in: .min ... .max, using: &random)
      }
      #expect(eight(bytes).whiteSpace == mask(bytes) { $0 == 0x20 || (0x09...0x0D).contains($0) }, "bytes \(bytes)")
      #expect(eight(bytes).spaces == mask(bytes) { $0 == 0x20 }, "bytes \(bytes)")
    }
  }

  /// The highest bit of each byte for which `isMarked` is true.
  private func mask(_ bytes: [UInt8], _ isMarked: (UInt8) -> Bool) -> UInt64 {
    bytes.enumerated().reduce(0) { $0 | (isMarked($1.element) ? 0x80 << UInt64(8 * $1.offset) : 0) }
  }

  private func eight(_ bytes: [UInt8]) -> EightBytes { bytes.withUnsafeBufferPointer { EightBytes($0, at: 0) } }
}
