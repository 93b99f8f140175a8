/// Phrases that are looked for anywhere in a stretch of text, in any case of letters.
struct PhraseSet: Sendable {
  /// By the lower five bits of the first letter one bit for each of those of the second.
  private let pairs: Immortal<UInt32>
  /// By the lower five bits of their first letter.
  private let phrases: PackedWords

  /// - Parameter list: lower case, two bytes and more each.
  init(_ list: [String]) {
    let list = list.map { Array($0.utf8) }
    var pairs = [UInt32](repeating: 0, count: 32)
    for phrase in list { pairs[Int(phrase[0] & 31)] |= 1 << UInt32(phrase[1] & 31) }
    self.pairs = Immortal(pairs)
    phrases = PackedWords(list, slots: 32) { Int($0[0] & 31) }
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
    phrases.stands(in: Int(bytes[position] & 31), at: position, of: bytes, fold: Ascii.lower) { position + $0 <= high }
  }
}
