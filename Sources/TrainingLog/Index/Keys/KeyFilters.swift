/// Tells of most keys that are not on a page that they are not, without a look at it: a Bloom filter of 2,048 bits for each
/// page that has been looked at, wrong about one key in 50 where the page is full.
struct KeyFilters {
  private static let wordsEach = 32
  private var words: [UInt64] = []
  private var isMade: [Bool] = []

  /// Places for pages of which nothing is known yet.
  mutating func grow(to slots: Int) {
    guard slots > isMade.count else { return }
    words.append(contentsOf: repeatElement(0, count: Self.wordsEach * (slots - isMade.count)))
    isMade.append(contentsOf: repeatElement(false, count: slots - isMade.count))
  }

  func excludes(_ key: UInt64, at slot: Int) -> Bool {
    guard isMade[slot] else { return false }
    var hash = Self.hash(key)
    for _ in 0..<4 {
      if words[slot * Self.wordsEach + Int(hash & 31)] >> (hash >> 5 & 63) & 1 == 0 { return true }
      hash >>= 11
    }
    return false
  }

  /// The filter of all that is on a page.
  static func words(of keys: some Sequence<KeyEntry>) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: wordsEach)
    for entry in keys {
      var hash = hash(entry.key)
      for _ in 0..<4 {
        words[Int(hash & 31)] |= 1 << (hash >> 5 & 63)
        hash >>= 11
      }
    }
    return words
  }

  mutating func set(_ filter: [UInt64], at slot: Int) {
    words.replaceSubrange(slot * Self.wordsEach..<(slot + 1) * Self.wordsEach, with: filter)
    isMade[slot] = true
  }

  func knows(_ slot: Int) -> Bool { isMade[slot] }

  /// Keys are hashes already, but those of other files need not be.
  private static func hash(_ key: UInt64) -> UInt64 {
    var hash = (key ^ key >> 32) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ hash >> 29) &* 0xBF58_476D_1CE4_E5B9
    return hash ^ hash >> 32
  }
}
