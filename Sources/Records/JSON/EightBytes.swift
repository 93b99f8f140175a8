/// Eight bytes of a text looked at in one step, the first of them in the lowest bits ("SWAR"; the tests for a zero byte
/// and for one below n are from Sean Eron Anderson's Bit Twiddling Hacks).
struct EightBytes {
  let word: UInt64

  /// The bytes from `at`, which must leave eight in `bytes`.
  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>, at: Int) {
    // In bounds by the caller's word; unaligned loads need no more.
    word = UInt64(littleEndian: UnsafeRawPointer(bytes.baseAddress! + at).loadUnaligned(as: UInt64.self))
  }

  /// How many bytes come before the first that JSON writes as an escape (RFC 8259, section 7): 8 if there is none.
  @inline(__always)
  var beforeEscape: Int { Self.firstMarked(controls | equal(to: 0x22) | equal(to: 0x5C)) }

  /// The same, stopping at bytes above ASCII too.
  @inline(__always)
  var beforeEscapeOrNonASCII: Int { Self.firstMarked(escapesOrNonASCII) }

  /// Marks bytes that JSON writes as an escape and bytes above ASCII. The first mark is exact: a subtraction marks what is
  /// below the subtrahend, what a borrow reaches, which is behind a mark, and bytes that have the highest bit themselves.
  @inline(__always)
  var escapesOrNonASCII: UInt64 {
    let (quote, backslash) = (word ^ (Self.ones &* 0x22), word ^ (Self.ones &* 0x5C))
    return (word | (word &- Self.ones &* 0x20) | (quote &- Self.ones) | (backslash &- Self.ones)) & Self.highs
  }

  /// How many bytes come before the first backslash.
  @inline(__always)
  var beforeBackslash: Int { Self.firstMarked(equal(to: 0x5C)) }

  /// Marks ASCII white space: 0x09–0x0D and 0x20. Exact for each byte.
  @inline(__always)
  var whiteSpace: UInt64 {
    let low = word & ~Self.highs
    let isControl = Self.atLeast(0x09, low) & ~Self.atLeast(0x0E, low)
    return (isControl | Self.atLeast(0x20, low) & ~Self.atLeast(0x21, low)) & ~word & Self.highs
  }

  /// Marks spaces. Exact for each byte.
  @inline(__always)
  var spaces: UInt64 {
    let low = word & ~Self.highs
    return Self.atLeast(0x20, low) & ~Self.atLeast(0x21, low) & ~word & Self.highs
  }

  /// Marks bytes from `least` up; exact for each byte, since all bytes of `lows` are below 0x80.
  @inline(__always)
  private static func atLeast(_ least: UInt8, _ lows: UInt64) -> UInt64 { lows &+ ones &* UInt64(0x80 - least) }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  static let highs: UInt64 = 0x8080_8080_8080_8080

  /// Marks bytes below 0x20. A borrow can only mark bytes behind one that is marked rightly, so the first mark is exact.
  @inline(__always)
  private var controls: UInt64 { (word &- Self.ones &* 0x20) & ~word & Self.highs }

  /// Marks bytes of this value; the first mark is exact, as above.
  @inline(__always)
  private func equal(to byte: UInt8) -> UInt64 {
    let different = word ^ Self.ones &* UInt64(byte)
    return (different &- Self.ones) & ~different & Self.highs
  }

  @inline(__always)
  private static func firstMarked(_ marks: UInt64) -> Int { marks.trailingZeroBitCount >> 3 }
}
