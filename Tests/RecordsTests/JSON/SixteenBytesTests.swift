import TestKit
import Testing

@testable import Records

@Suite struct SixteenBytesTests {
  /// Each way to count, beside what it means byte by byte.
  private static let counts:
    [(name: String, count: @Sendable (SixteenBytes) -> Int?, stops: @Sendable (UInt8) -> Bool)] =
      [
        ("escape", \.beforeEscape, { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }),
        ("escape or non-ASCII", \.beforeEscapeOrNonASCII, { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 > 0x7F }),
        ("non-ASCII", \.beforeNonASCII, { $0 > 0x7F }),
        ("backslash", \.beforeBackslash, { $0 == 0x5C }),
      ]

  @Test("Every byte at every place, behind and before harmless ones and others like it", arguments: counts.indices)
  func everyByteAtEveryPlace(_ index: Int) {
    let (name, count, stops) = Self.counts[index]
    for byte in UInt8.min...UInt8.max {
      for place in 0..<16 {
        var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 16)
        bytes[place] = byte
        let expected = stops(byte) ? place : nil
        #expect(of(bytes, count) == expected, "\(name): byte \(byte) at \(place)")
        let whole = [UInt8](repeating: byte, count: 16)
        #expect(of(whole, count) == (stops(byte) ? 0 : nil), "\(name): all bytes \(byte)")
      }
    }
  }

  @Test("Random bytes", arguments: counts.indices)
  func randomBytes(_ index: Int) {
    let (name, count, stops) = Self.counts[index]
    var random = SeededGenerator(seed: 16)
    for _ in 0..<20_000 {
      let bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      #expect(of(bytes, count) == bytes.firstIndex(where: stops), "\(name): seed 16, bytes \(bytes)")
    }
  }

  @Test("White space and spaces are marked byte by byte, whatever stands beside them")
  func marks() {
    var random = SeededGenerator(seed: 9)
    let near: [UInt8] = [0x08, 0x09, 0x0A, 0x0D, 0x0E, 0x1F, 0x20, 0x21, 0x89, 0xA0, 0x00, 0xFF]
    for _ in 0..<20_000 {
      let bytes = (0..<16).map { _ in
        Bool.random(using: &random) ? near.randomElement(using: &random)! : .random(in: .min ... .max, using: &random)
      }
      let (white, spaces) = of(bytes) { ($0.whiteSpace, $0.spaces) }
      #expect(white == mask(bytes) { $0 == 0x20 || (0x09...0x0D).contains($0) }, "bytes \(bytes)")
      #expect(spaces == mask(bytes) { $0 == 0x20 }, "bytes \(bytes)")
    }
  }

  @Test("All sixteen are copied, and nothing beside them")
  func copy() {
    let bytes = [UInt8](1...16)
    var out = [UInt8](repeating: 0, count: 20)
    out.withUnsafeMutableBufferPointer { out in of(bytes) { $0.copy(to: out, at: 2) } }
    #expect(out == [0, 0] + bytes + [0, 0])
  }

  /// A bit for each byte for which `isMarked` is true.
  private func mask(_ bytes: [UInt8], _ isMarked: (UInt8) -> Bool) -> UInt32 {
    bytes.enumerated().reduce(0) { $0 | (isMarked($1.element) ? 1 << UInt32($1.offset) : 0) }
  }

  private func of<Result>(_ bytes: [UInt8], _ body: (SixteenBytes) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { body(SixteenBytes($0, at: 0)) }
  }
}
