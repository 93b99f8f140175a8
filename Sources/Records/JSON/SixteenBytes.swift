import CVector

/// Sixteen bytes of a text looked at in one step. Points into the text, so it must not outlive the closure that lent it.
struct SixteenBytes {
  private let start: UnsafePointer<UInt8>

  /// The bytes from `at`, which must leave sixteen in `bytes`.
  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>, at: Int) {
    // In bounds by the caller's word, and so never of an empty buffer.
    start = bytes.baseAddress! + at
  }

  /// Writes all of them to `out`, which must have as much room from `end` on.
  @inline(__always)
  func copy(to out: UnsafeMutableBufferPointer<UInt8>, at end: Int) {
    let bytes = UnsafeRawPointer(start).loadUnaligned(as: SIMD16<UInt8>.self)
    UnsafeMutableRawPointer(out.baseAddress! + end).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
  }

  /// How many bytes come before the first that JSON writes as an escape (RFC 8259, section 7); nil if there is none.
  @inline(__always)
  var beforeEscape: Int? { Self.first(cv_json_escapes(start)) }

  /// The same, stopping at bytes above ASCII too.
  @inline(__always)
  var beforeEscapeOrNonASCII: Int? { Self.first(cv_json_stops(start)) }

  /// How many bytes come before the first above ASCII.
  @inline(__always)
  var beforeNonASCII: Int? { Self.first(cv_wide(start)) }

  /// How many bytes come before the first backslash.
  @inline(__always)
  var beforeBackslash: Int? { Self.first(cv_backslashes(start)) }

  /// ASCII white space, 0x09–0x0D and 0x20: a bit for each byte, the first of them lowest.
  @inline(__always)
  var whiteSpace: UInt32 { cv_white(start) }

  /// Spaces, in the same way.
  @inline(__always)
  var spaces: UInt32 { cv_spaces(start) }

  /// A branch, not a number for either: the processor guesses that there is none and goes on to read what follows, where
  /// the place of that would otherwise wait for this.
  @inline(__always)
  private static func first(_ marks: UInt32) -> Int? { marks == 0 ? nil : marks.trailingZeroBitCount }
}
