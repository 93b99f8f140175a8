/// Words of context, looked up by their first two letters.
struct WordList: Sendable {
  /// `letters[start..<end]` is the word: lower case, a space for `_`, `-`, `.`, a space or nothing.
  struct Word: Sendable {
    let start: Int
    let end: Int
    /// The second letter, a space where there is none.
    let second: UInt8
  }

  let list: [String]
  /// By the lower five bits of the first letter one bit for each of those of the second.
  let pairs: Immortal<UInt32>
  let letters: Immortal<UInt8>
  /// By the lower five bits of the first letter: `starts[key]..<starts[key + 1]`.
  let words: Immortal<Word>
  let starts: Immortal<Int>

  init(_ list: some Sequence<String>) {
    self.list = Array(list)
    let all = list.map { Array($0.utf8) }
    var pairs = [UInt32](repeating: 0, count: 32)
    var letters: [UInt8] = []
    var words: [Word] = []
    var starts = [0]
    for key in 0..<32 {
      for word in all where Int(word.first ?? 0) & 31 == key {
        // A space stands for nothing too.
        let second: UInt8 = word.count > 1 ? word[1] : 0x20
        pairs[key] |= second == 0x20 ? .max : 1 << UInt32(second & 31)
        words.append(Word(start: letters.count, end: letters.count + word.count, second: second))
        letters += word
      }
      starts.append(words.count)
    }
    self.pairs = Immortal(pairs)
    self.letters = Immortal(letters)
    self.words = Immortal(words)
    self.starts = Immortal(starts)
  }
}
