/// The bits of the dispatch tables, lowest first: where several are set, the lower one is tried first.
///
/// The recognizers have the bits of their raw values.
enum Bucket {
  /// Notices escapes (`\n`), so that what follows begins a word.
  static let escape = Recognizer.allCases.count
  /// Steps over placeholders.
  static let placeholder = escape + 1
  /// Key words begin here, spread by their first byte.
  static let words = placeholder + 1..<placeholder + 13
  /// Tokens that begin at the start of a word, spread in the same way.
  static let tokens = words.upperBound..<words.upperBound + 18
  /// Tokens known by what stands inside them.
  static let led = tokens.upperBound..<tokens.upperBound + 4
  /// Tokens whose first three bytes can be too many things for the table of heads.
  static let wide = led.upperBound..<64

  static let wordBits = bits(words)
  static let tokenBits = bits(tokens)
  static let ledBits = bits(led)
  /// The buckets that count only where the table of heads knows the first three bytes.
  static let headedBits = wordBits | tokenBits | ledBits

  private static func bits(_ range: Range<Int>) -> UInt64 {
    range.reduce(0) { $0 | 1 << UInt64($1) }
  }
}
