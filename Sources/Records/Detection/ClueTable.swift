/// Every clue by the hash of its key, so that a word of the text costs a few look-ups however many clues there are.
///
/// A key is written as it stands in the text, in one of these shapes (W and V are words):
/// `W` anywhere · `^W` first on its line · `pW` after the punctuation p · `Wn` before the punctuation n ·
/// `W-V` two words with the same one to three bytes between them · `^W-V` the same, first on the line ·
/// `^Wn` W first on the line and n last on it · `W~V` V anywhere after W, which is first on the line · `:=` two punctuation marks
/// (the scanner makes up three: `$;` a line from `$` to `;`, `<~` and `:>` after a line's first word).
/// One space between a word and `n`, and after `: > $`, is not seen.
struct ClueTable: Sendable {
  static let shared = ClueTable(ClueGroup.all)

  /// Number of different keys.
  var count: Int { hashes.count }

  /// Open addressing: 0 is empty, else one more than a clue's number.
  let slots: [UInt16]
  let hashes: [UInt64]
  /// What part each word has in clues, four bits of `Role` for a word: most words of a text have none.
  let roles: [UInt64]
  /// One bit for each key: most of what is looked up is none.
  let keys: [UInt64]
  /// The shapes, a bit each, that clues have which are looked up by a word with this slot: few words have more than one.
  let shapes: [UInt16]
  /// Where each clue's votes begin in `votes`; one entry more than clues.
  let starts: [Int]
  let votes: [ClueVote]

  static let slotBits: UInt64 = 13
  private static let filterBits = 15

  /// Bits.
  enum Role {
    /// Clues are looked up by this word, whatever words stand before it.
    @inline(__always) static var alone: UInt64 { 1 }
    /// It is the later word of clues of two.
    @inline(__always) static var second: UInt64 { 2 }
    /// It is the earlier one.
    @inline(__always) static var first: UInt64 { 4 }
  }

  init(_ groups: [ClueGroup]) {
    var byHash: [UInt64: [ClueVote]] = [:]
    var order: [UInt64] = []
    var roles = [UInt64](repeating: 0, count: 1 << (Self.filterBits - 4))
    var keys = [UInt64](repeating: 0, count: 1 << (Self.filterBits - 6))
    var shapes = [UInt16](repeating: 0, count: 1 << Int(Self.slotBits))
    for group in groups {
      for key in group.keys {
        let (hash, word, before, shape) = ClueKey.read(key)
        shapes[Self.slot(of: word)] |= 1 << UInt16(shape.rawValue)
        let (role, at) = (before == nil ? Role.alone : Role.second, Self.filterPlace(word))
        roles[at >> 4] |= role << UInt64(4 * (at & 15))
        if let before {
          let at = Self.filterPlace(before)
          roles[at >> 4] |= Role.first << UInt64(4 * (at & 15))
        }
        keys[Self.filterPlace(hash) >> 6] |= 1 << UInt64(Self.filterPlace(hash) & 63)
        if byHash[hash] == nil { order.append(hash) }
        byHash[hash, default: []].append(group.vote)
      }
    }
    var slots = [UInt16](repeating: 0, count: 1 << Int(Self.slotBits))
    var starts = [0]
    var votes: [ClueVote] = []
    for (index, hash) in order.enumerated() {
      var slot = Self.slot(of: hash)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt16(index + 1)
      votes += byHash[hash] ?? []
      starts.append(votes.count)
    }
    self.slots = slots
    self.hashes = order
    self.roles = roles
    self.keys = keys
    self.shapes = shapes
    self.starts = starts
    self.votes = votes
  }

  /// Below `1 << filterBits`; other bits of the hash than `slot` has.
  @inline(__always)
  static func filterPlace(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash >> UInt64(64 - filterBits))
  }

  @inline(__always)
  static func slot(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> (64 - slotBits))
  }
}
