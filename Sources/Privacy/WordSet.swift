/// Whole words, compared as they stand.
struct WordSet: Sendable {
  private let words: PackedWords

  /// - Parameter prefixes: whether `begins` is asked rather than `contains`.
  init(_ list: [String], prefixes: Bool = false) {
    words = PackedWords(list.map { Array($0.utf8) }, slots: Self.slots) { word in
      Self.slot(word[0], prefixes ? 0 : word.count)
    }
  }

  private static let slots = 64

  /// By length and first byte.
  @inline(__always)
  private static func slot(_ first: UInt8, _ count: Int) -> Int { (Int(first) &+ count &* 11) & (slots - 1) }

  /// One of them, prefixes all, stands at `start`.
  func begins(_ bytes: Bytes, _ start: Int) -> Bool {
    words.stands(in: Self.slot(bytes[start], 0), at: start, of: bytes) { _ in true }
  }

  /// The same of words in lower case, whatever the case of the text.
  func begins(folding bytes: Bytes, _ start: Int) -> Bool {
    let slot = Self.slot(Ascii.lower(bytes[start]), 0)
    return words.stands(in: slot, at: start, of: bytes, fold: Ascii.lower) { _ in true }
  }

  /// The bytes `start..<end` are one of them.
  func contains(_ bytes: Bytes, _ start: Int, _ end: Int) -> Bool {
    start < end && words.stands(in: Self.slot(bytes[start], end - start), at: start, of: bytes) { $0 == end - start }
  }

  /// The same of words in lower case, whatever the case of the text.
  func contains(folding bytes: Bytes, _ start: Int, _ end: Int) -> Bool {
    let slot = Self.slot(Ascii.lower(bytes[start]), end - start)
    return words.stands(in: slot, at: start, of: bytes, fold: Ascii.lower) { $0 == end - start }
  }
}
