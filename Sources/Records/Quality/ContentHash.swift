/// The 128-bit fingerprint by which exact duplicates are found: MurmurHash3 x64 128 (Austin Appleby, public domain,
/// https://github.com/aappleby/smhasher) over the normalised question and answer.
///
/// Normalised: runs of white space count as one space, none at the ends. Case counts, since code lives by it.
package struct ContentHash: Hashable, Comparable, BitwiseCopyable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package static func < (a: ContentHash, b: ContentHash) -> Bool { (a.high, a.low) < (b.high, b.low) }

  package init(question: String, answer: String) {
    let capacity = question.utf8.count + answer.utf8.count + 1
    // In bounds: normalising never lengthens a text, and one byte stands between the two.
    let text = [UInt8](unsafeUninitializedCapacity: capacity) { out, count in
      count = Self.normalise(question, into: out, at: 0)
      // A byte that no UTF-8 text has, so that moving the border between the two changes the hash.
      out[count] = 0xFF
      count = Self.normalise(answer, into: out, at: count + 1)
    }
    (high, low) = Self.murmur3(text)
  }

  /// Writes at most as many bytes as the text has, from `start` on; returns where it ended.
  private static func normalise(_ text: String, into out: UnsafeMutableBufferPointer<UInt8>, at start: Int) -> Int {
    var text = text
    return text.withUTF8 { bytes in
      var at = 0
      var end = start
      var afterSpace = true
      while at + 16 <= bytes.count {
        let some = SixteenBytes(bytes, at: at)
        let white = some.whiteSpace
        // White bytes that are no space, or follow on another.
        let odd = white & ~some.spaces | white & (white << 1 | (afterSpace ? 1 : 0))
        // In bounds: no more is written than was read.
        some.copy(to: out, at: end)
        if odd == 0 {
          at += 16
          end += 16
          afterSpace = white >> 15 != 0
          continue
        }
        let plain = odd.trailingZeroBitCount
        end += plain
        let isInRun = plain == 0 ? afterSpace : white >> UInt32(plain - 1) & 1 != 0
        out[end] = 0x20
        end += isInRun ? 0 : 1
        // The white bytes from there on, as far as these sixteen go.
        at += plain + (~(white >> UInt32(plain))).trailingZeroBitCount
        afterSpace = true
      }
      for byte in bytes[at...] {
        let isSpace = byte == 0x20 || byte &- 0x09 < 5
        out[end] = isSpace ? 0x20 : byte
        end += isSpace && afterSpace ? 0 : 1
        afterSpace = isSpace
      }
      if end > start, afterSpace { end -= 1 }
      return end
    }
  }

  static func murmur3(_ bytes: [UInt8]) -> (UInt64, UInt64) {
    let (c1, c2): (UInt64, UInt64) = (0x87c3_7b91_1142_53d5, 0x4cf5_ad43_2745_937f)
    var (h1, h2): (UInt64, UInt64) = (0, 0)
    func mix1(_ k: UInt64) -> UInt64 { rotl(k &* c1, 31) &* c2 }
    func mix2(_ k: UInt64) -> UInt64 { rotl(k &* c2, 33) &* c1 }
    let blocks = bytes.count / 16
    bytes.withUnsafeBytes { raw in
      for block in 0..<blocks {
        // In bounds: block * 16 + 16 <= count.
        let k1 = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: block * 16, as: UInt64.self))
        let k2 = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: block * 16 + 8, as: UInt64.self))
        h1 ^= mix1(k1)
        h1 = (rotl(h1, 27) &+ h2) &* 5 &+ 0x52dc_e729
        h2 ^= mix2(k2)
        h2 = (rotl(h2, 31) &+ h1) &* 5 &+ 0x3849_5ab5
      }
    }
    var (k1, k2): (UInt64, UInt64) = (0, 0)
    for (offset, byte) in bytes[(blocks * 16)...].enumerated() {
      if offset < 8 { k1 |= UInt64(byte) << UInt64(8 * offset) } else { k2 |= UInt64(byte) << UInt64(8 * (offset - 8)) }
    }
    h1 ^= mix1(k1)
    h2 ^= mix2(k2)
    h1 ^= UInt64(bytes.count)
    h2 ^= UInt64(bytes.count)
    h1 &+= h2
    h2 &+= h1
    h1 = finalMix(h1)
    h2 = finalMix(h2)
    h1 &+= h2
    h2 &+= h1
    return (h1, h2)
  }

  private static func rotl(_ value: UInt64, _ bits: UInt64) -> UInt64 { value << bits | value >> (64 - bits) }

  private static func finalMix(_ value: UInt64) -> UInt64 {
    var k = value
    k ^= k >> 33
    k = k &* 0xff51_afd7_ed55_8ccd
    k ^= k >> 33
    k = k &* 0xc4ce_b9fe_1a85_ec53
    return k ^ k >> 33
  }
}
