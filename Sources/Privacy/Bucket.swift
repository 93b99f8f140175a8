/// The bits of the dispatch tables, lowest first: where several are set, the lower one is tried first.
///
/// The recognizers have the bits of their raw values, which stay below `escape` (`RuleTables` sees to it). Literals, so
/// that the scan compares with constants.
enum Bucket {
  /// Notices escapes (`\n`), so that what follows begins a word.
  @inline(__always) static var escape: Int { 24 }
  /// Steps over placeholders.
  @inline(__always) static var placeholder: Int { 25 }
  /// Key words begin here, spread by their first byte.
  @inline(__always) static var words: Range<Int> { 26..<38 }
  /// Tokens that begin at the start of a word, spread in the same way.
  @inline(__always) static var tokens: Range<Int> { 38..<54 }
  /// Tokens known by what stands inside them.
  @inline(__always) static var led: Range<Int> { 54..<58 }
  /// Tokens whose first three bytes can be too many things for the table of heads.
  @inline(__always) static var wide: Range<Int> { 58..<64 }

  @inline(__always) static var wordBits: UInt64 { bits(words) }
  @inline(__always) static var tokenBits: UInt64 { bits(tokens) }
  @inline(__always) static var ledBits: UInt64 { bits(led) }
  /// The buckets that count only where the table of heads knows the first three bytes.
  @inline(__always) static var headedBits: UInt64 { wordBits | tokenBits | ledBits }

  @inline(__always) static var wideBits: UInt64 { ~(1 << UInt64(wide.lowerBound) - 1) }

  @inline(__always)
  private static func bits(_ range: Range<Int>) -> UInt64 {
    (1 << UInt64(range.upperBound) - 1) & ~(1 << UInt64(range.lowerBound) - 1)
  }
}
