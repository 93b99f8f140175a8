/// 32 bytes of SHA-256 output, held in place (no heap).
package struct Digest: Sendable, Hashable {
  /// The eight 32-bit words of FIPS 180-4 section 6.2.2, in order; each is big-endian when written as bytes.
  let words: SIMD8<UInt32>

  /// Takes the same time whatever the first differing byte is, so a guess learns nothing from the clock.
  package static func == (left: Digest, right: Digest) -> Bool {
    foldedDifference(left.words ^ right.words) == 0
  }

  /// 64 lower-case hex digits.
  package var hex: String { Hex.string(bytes) }

  /// The 32 bytes, most significant first.
  package var bytes: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(32)
    for index in 0..<8 {
      let word = words[index]
      for shift: UInt32 in [24, 16, 8, 0] { result.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
    return result
  }

  /// The first eight bytes as a big-endian number: 16 hex digits of `hex`.
  package var leading64: UInt64 { UInt64(words[0]) << 32 | UInt64(words[1]) }

  private static func foldedDifference(_ difference: SIMD8<UInt32>) -> UInt32 {
    var folded: UInt32 = 0
    for index in 0..<8 { folded |= difference[index] }
    return folded
  }
}
