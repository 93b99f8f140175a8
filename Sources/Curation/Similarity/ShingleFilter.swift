/// A set of shingles that may hold a few more than were put in, but never less (Bloom, 1970, with one hash).
struct ShingleFilter: Sendable {
  private var words: [UInt64]
  private let shift: UInt32

  init(expecting count: Int) {
    // Sixteen bits a shingle: one in sixteen of the others looks as if it were there.
    var bits: UInt32 = 12
    while bits < 31, 1 << Int(bits) < count * 16 { bits += 1 }
    words = [UInt64](repeating: 0, count: 1 << Int(bits - 6))
    shift = 32 - bits
  }

  /// Shingles are hashes already, and in the order of a set they walk through the filter in one direction.
  private func bit(_ shingle: UInt32) -> Int { Int(shingle >> shift) }

  mutating func insert(_ set: ArraySlice<UInt32>) {
    for shingle in set {
      let bit = bit(shingle)
      words[bit >> 6] |= 1 << UInt64(bit & 63)
    }
  }

  func contains(_ shingle: UInt32) -> Bool {
    let bit = bit(shingle)
    return words[bit >> 6] >> UInt64(bit & 63) & 1 == 1
  }

  private static let stride = 16

  /// Whether so many of the set seem to be there. Of most sets half of it has to be looked at.
  func holds(_ wanted: Int, of set: ArraySlice<UInt32>) -> Bool {
    set.withUnsafeBufferPointer { set in
      words.withUnsafeBufferPointer { words in
        var (at, hits) = (0, 0)
        while at < set.count {
          let end = min(at + Self.stride, set.count)
          for place in at..<end {
            let bit = bit(set[place])
            hits &+= Int(truncatingIfNeeded: words[bit >> 6] >> UInt64(bit & 63) & 1)
          }
          at = end
          if hits + set.count - at < wanted { return false }
        }
        return hits >= wanted
      }
    }
  }
}
