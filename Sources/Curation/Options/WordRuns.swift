/// Every run of 13 words in a text that may come in pieces, as a hash. Words are runs of `[a-z0-9_]` after lower-casing
/// ASCII; what lies between them counts for nothing.
struct WordRuns {
  private var last: [UInt64] = []
  private var word: UInt64 = offset

  /// FNV-1a (Fowler, Noll, Vo), 64 bits.
  private static let offset: UInt64 = 0xcbf2_9ce4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01b3

  /// - Parameter body: called with the hash of each run, and the offset in this piece behind its last word.
  mutating func add(_ piece: some Sequence<UInt8>, _ body: (_ run: UInt64, _ end: Int) -> Void) {
    var at = 0
    for byte in piece {
      if let letter = Self.fold(byte) {
        word = (word ^ UInt64(letter)) &* Self.prime
      } else {
        endWord(at, body)
      }
      at += 1
    }
    // A piece ends a word, as the line end does that it lacks.
    endWord(at, body)
  }

  /// What comes next is another text.
  mutating func end() { last.removeAll(keepingCapacity: true) }

  private mutating func endWord(_ at: Int, _ body: (UInt64, Int) -> Void) {
    guard word != Self.offset else { return }
    if last.count == Exclusion.words { last.removeFirst() }
    last.append(word)
    word = Self.offset
    guard last.count == Exclusion.words else { return }
    body(last.reduce(0) { ($0 ^ $1) &* 0x9fb2_1c65_1e98_df25 ^ $0 >> 29 }, at)
  }

  private static func fold(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): byte
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    default: nil
    }
  }

  /// The words of the run that ends at that offset, one space between them.
  static func span(_ text: [UInt8], end: Int) -> String {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    var at = end - 1
    while at >= 0, words.count < Exclusion.words {
      if let letter = fold(text[at]) {
        word.append(letter)
      } else if !word.isEmpty {
        words.append(word.reversed())
        word = []
      }
      at -= 1
    }
    if !word.isEmpty, words.count < Exclusion.words { words.append(word.reversed()) }
    return words.reversed().map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }
}
