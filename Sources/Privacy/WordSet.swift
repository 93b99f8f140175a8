/// Whole words, compared as they stand.
struct WordSet: Sendable {
  /// By length and first byte: `starts[slot]..<starts[slot + 1]`.
  private let starts: Immortal<Int>
  private let places: Immortal<Int>
  private let letters: Immortal<UInt8>

  /// - Parameter prefixes: whether `begins` is asked rather than `contains`.
  init(_ list: [String], prefixes: Bool = false) {
    let words = list.map { Array($0.utf8) }
    var starts = [0]
    var places = [0]
    var letters: [UInt8] = []
    for slot in 0..<64 {
      for word in words where WordSet.slot(word[0], prefixes ? 0 : word.count) == slot {
        letters += word
        places.append(letters.count)
      }
      starts.append(places.count - 1)
    }
    self.starts = Immortal(starts)
    self.places = Immortal(places)
    self.letters = Immortal(letters)
  }

  @inline(__always)
  private static func slot(_ first: UInt8, _ count: Int) -> Int { (Int(first) &+ count &* 11) & 63 }

  /// One of them, prefixes all, stands at `start`.
  func begins(_ bytes: Bytes, _ start: Int) -> Bool {
    let slot = WordSet.slot(bytes[start], 0)
    for word in starts[slot]..<starts[slot + 1] {
      var (index, place) = (start, places[word])
      while place < places[word + 1], bytes[index] == letters[place] { (index, place) = (index + 1, place + 1) }
      if place == places[word + 1] { return true }
    }
    return false
  }

  /// The bytes `start..<end` are one of them.
  func contains(_ bytes: Bytes, _ start: Int, _ end: Int) -> Bool {
    guard start < end else { return false }
    let slot = WordSet.slot(bytes[start], end - start)
    for word in starts[slot]..<starts[slot + 1] where places[word + 1] - places[word] == end - start {
      var index = 0
      while index < end - start, bytes[start + index] == letters[places[word] + index] { index += 1 }
      if index == end - start { return true }
    }
    return false
  }
}
