/// Words one behind the other, in slots by which few of them are left to compare.
struct PackedWords: Sendable {
  /// The words of a slot: `starts[slot]..<starts[slot + 1]`.
  private let starts: Immortal<Int>
  /// Where each begins in `letters`, and where the last one ends.
  private let places: Immortal<Int>
  private let letters: Immortal<UInt8>

  /// - Parameter slot: below `slots`, for each word.
  init(_ words: [[UInt8]], slots: Int, slot: ([UInt8]) -> Int) {
    var starts = [0]
    var places = [0]
    var letters: [UInt8] = []
    for number in 0..<slots {
      for word in words where slot(word) == number {
        letters += word
        places.append(letters.count)
      }
      starts.append(places.count - 1)
    }
    self.starts = Immortal(starts)
    self.places = Immortal(places)
    self.letters = Immortal(letters)
  }

  /// A word of the slot that is `isWanted` by its length stands at `start`, each byte of the text as `fold` makes it. Behind
  /// the end of a text stand zeros, which no word has.
  @inline(__always)
  func stands(
    in slot: Int, at start: Int, of bytes: Bytes, fold: (UInt8) -> UInt8 = { $0 }, where isWanted: (Int) -> Bool
  ) -> Bool {
    for word in starts[slot]..<starts[slot + 1] {
      let (first, count) = (places[word], places[word + 1] - places[word])
      guard isWanted(count) else { continue }
      var length = 0
      while length < count, fold(bytes[start + length]) == letters[first + length] { length += 1 }
      if length == count { return true }
    }
    return false
  }
}
