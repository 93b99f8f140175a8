/// Phrases that are looked for anywhere in a stretch of text, in any case of letters.
struct PhraseSet: Sendable {
  /// By the lower five bits of the first letter one bit for each of those of the second.
  private let pairs: Immortal<UInt32>
  /// The phrases by the lower five bits of their first letter: `starts[key]..<starts[key + 1]`.
  private let starts: Immortal<Int>
  /// Where each begins in `letters`, and where the last one ends.
  private let places: Immortal<Int>
  private let letters: Immortal<UInt8>

  /// - Parameter list: lower case, two bytes and more each.
  init(_ list: [String]) {
    var pairs = [UInt32](repeating: 0, count: 32)
    var starts = [0]
    var places = [0]
    var letters: [UInt8] = []
    for key in 0..<32 {
      for phrase in list.map({ Array($0.utf8) }) where Int(phrase[0] & 31) == key {
        pairs[key] |= 1 << UInt32(phrase[1] & 31)
        letters += phrase
        places.append(letters.count)
      }
      starts.append(places.count - 1)
    }
    self.pairs = Immortal(pairs)
    self.starts = Immortal(starts)
    self.places = Immortal(places)
    self.letters = Immortal(letters)
  }

  /// One of them stands whole in `low..<high`; what `skip` steps over is not looked at.
  @inline(__always)
  func stands(in bytes: Bytes, _ low: Int, _ high: Int, skip: (Int) -> Int?) -> Bool {
    var position = low
    while position < high {
      let byte = bytes[position]
      if byte == 0x5B, let end = skip(position) {
        position = end
        continue
      }
      // Five bits: one of 32.
      if pairs[Int(byte & 31)] >> UInt32(bytes[position + 1] & 31) & 1 == 1, isOne(bytes, position, high) {
        return true
      }
      position += 1
    }
    return false
  }

  private func isOne(_ bytes: Bytes, _ position: Int, _ high: Int) -> Bool {
    let key = Int(bytes[position] & 31)
    for phrase in starts[key]..<starts[key + 1] {
      let (start, count) = (places[phrase], places[phrase + 1] - places[phrase])
      guard position + count <= high else { continue }
      var length = 0
      while length < count, Ascii.lower(bytes[position + length]) == letters[start + length] { length += 1 }
      if length == count { return true }
    }
    return false
  }
}
