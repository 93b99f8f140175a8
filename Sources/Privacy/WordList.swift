/// Words of context, looked up by their first two letters.
struct WordList: Sendable {
  /// `letters[start..<end]` is the word: lower case, a space for `_`, `-`, `.`, a space or nothing.
  struct Word: Sendable {
    let start: Int
    let end: Int
    /// The third letter, 0 where another byte may stand there.
    let third: UInt8
    /// An abbreviation that is a word too.
    let isVague: Bool
  }

  let list: [String]
  let letters: Immortal<UInt8>
  private let words: Immortal<Word>
  /// By the lower five bits of the first letter and of the second: `starts[key]..<starts[key + 1]`.
  private let starts: Immortal<UInt16>
  /// By the same key one bit for each of the lower five bits of the third letter.
  private let thirds: Immortal<UInt32>

  private static let vague: Set = [
    "sin", "tin", "run", "fin", "pan", "ic", "ik", "rc", "nas", "nie", "cf", "uid", "nin",
  ]

  /// - Parameter list: none of them empty.
  init(_ list: some Sequence<String>) {
    self.list = Array(list)
    let all = list.map { Array($0.utf8) }
    var letters: [UInt8] = []
    var words: [Word] = []
    var starts: [UInt16] = [0]
    var thirds: [UInt32] = []
    for first in UInt8(0)..<32 {
      let some = all.filter { $0[0] & 31 == first }
      for second in UInt8(0)..<32 {
        // A space stands for nothing too, so that any letter may follow the first.
        var third: UInt32 = 0
        for word in some where word.count < 2 || word[1] == 0x20 || word[1] & 31 == second {
          let isVague = Self.vague.contains(String(decoding: word, as: UTF8.self))
          words.append(
            Word(
              start: letters.count, end: letters.count + word.count,
              third: Self.third(word) ?? 0, isVague: isVague))
          letters += word
          third |= Self.third(word).map { 1 << UInt32($0 & 31) } ?? .max
        }
        thirds.append(third)
        starts.append(UInt16(words.count))
      }
    }
    self.letters = Immortal(letters)
    self.words = Immortal(words)
    self.starts = Immortal(starts)
    self.thirds = Immortal(thirds)
  }

  /// The third letter, nil where another byte may stand there.
  private static func third(_ word: [UInt8]) -> UInt8? {
    word.count > 2 && word[1] != 0x20 && word[2] != 0x20 ? word[2] : nil
  }

  /// Whether one of the words may begin with these three bytes.
  @inline(__always)
  func mayBegin(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    // In bounds: ten bits.
    thirds[Int(first & 31) << 5 | Int(second & 31)] >> UInt32(third & 31) & 1 == 1
  }

  /// The words that may begin with these two bytes; in the order of the list.
  @inline(__always)
  func words(_ first: UInt8, _ second: UInt8) -> Range<Int> {
    // In bounds: ten bits, and one behind them.
    let key = Int(first & 31) << 5 | Int(second & 31)
    return Int(starts[key])..<Int(starts[key + 1])
  }

  @inline(__always)
  subscript(number: Int) -> Word { words[number] }
}
