/// Tells of most keys that are not on a page that they are not, without a look at it: a Bloom filter of 2,048 bits for each
/// page that has been looked at, wrong about one key in 50 where the page is full.
struct KeyFilters {
  private static let wordsEach = 32
  private var words: [UInt64] = []
  private var isMade: [Bool] = []

  /// A place for a page of which nothing is known yet.
  mutating func add() -> Int {
    isMade.append(false)
    words.append(contentsOf: repeatElement(0, count: Self.wordsEach))
    return isMade.count - 1
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

  /// Makes it anew of all that is on the page.
  mutating func make(of keys: some Sequence<KeyEntry>, at slot: Int) {
    for word in slot * Self.wordsEach..<(slot + 1) * Self.wordsEach { words[word] = 0 }
    for entry in keys {
      var hash = Self.hash(entry.key)
      for _ in 0..<4 {
        words[slot * Self.wordsEach + Int(hash & 31)] |= 1 << (hash >> 5 & 63)
        hash >>= 11
      }
    }
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
