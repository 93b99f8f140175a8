/// A set of shingles that may hold a few more than were put in, but never less (Bloom, 1970, with one hash).
struct ShingleFilter {
  private var words: [UInt64]
  private let shift: UInt32

  init(expecting count: Int) {
    // Sixteen bits a shingle: one in sixteen of the others looks as if it were there.
    var bits: UInt32 = 12
    while bits < 31, 1 << Int(bits) < count * 16 { bits += 1 }
    words = [UInt64](repeating: 0, count: 1 << Int(bits - 6))
    shift = 32 - bits
  }

  private func bit(_ shingle: UInt32) -> Int { Int((shingle &* 0x9e37_79b1) >> shift) }

  mutating func insert(_ set: ArraySlice<UInt32>) {
    for shingle in set {
      let bit = bit(shingle)
      words[bit >> 6] |= 1 << UInt64(bit & 63)
    }
  }

  func hits(of set: ArraySlice<UInt32>) -> Int {
    set.withUnsafeBufferPointer { set in
      words.withUnsafeBufferPointer { words in
        var hits = 0
        for shingle in set {
          let bit = bit(shingle)
          hits &+= Int(truncatingIfNeeded: words[bit >> 6] >> UInt64(bit & 63) & 1)
        }
        return hits
      }
    }
  }
}
