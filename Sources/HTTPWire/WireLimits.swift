/// Monotonic nanoseconds that the driver hands in; HTTPWire owns no clock.
package typealias Nanoseconds = UInt64

/// Every limit of the wire. A value at the limit passes, one more is refused.
package struct WireLimits: Sendable {
  /// Request line without its CRLF, bytes; beyond it 414.
  package var requestLineBytes = 16 * 1024
  /// All field lines with their CRLFs, without the closing empty line, bytes; beyond it 431.
  package var headerBytes = 32 * 1024
  /// Field lines of a head or of a trailer; beyond it 431.
  package var headerLines = 100
  /// Decoded body, bytes; beyond it 413.
  package var bodyBytes = 1 << 20
  /// Chunk extensions of one body together, bytes; beyond it 400.
  package var chunkExtensionBytes = 4 * 1024
  /// Digits of one chunk size, leading zeros included; beyond it 400.
  package var chunkSizeDigits = 16
  /// Trailer lines with their CRLFs, bytes; beyond it 431.
  package var trailerBytes = 8 * 1024

  /// Time for a whole head: from accept for the first request, from the first byte for later ones; then 408.
  package var headSeconds = 10
  /// Fixed part of the time for a whole body; then 408.
  package var bodySeconds = 10
  /// One more second for every so many bytes of the declared (chunked: allowed) body.
  package var bodyBytesPerSecond = 64 * 1024
  /// Silence between two requests; then a close without a word.
  package var idleSeconds = 30
  /// A peer that takes no byte of our output for so long is cut off.
  package var writeStallSeconds = 30
  /// After the last answer: wait so long for the peer to close, so that it can read the answer.
  package var lingerSeconds = 2
  /// After the last answer: bytes dropped before the close is no longer delayed.
  package var lingerBytes = 1 << 20
  /// While the server stops: an idle connection may still send a request for so long.
  package var drainSeconds = 1

  /// Unsent output at which the next pipelined request has to wait, bytes.
  package var outputBytes = 256 * 1024

  package init() {}

  /// Unread input at which the driver should stop reading, bytes: holds one largest head with room to spare.
  var inputBytes: Int { max(64 * 1024, requestLineBytes + headerBytes + 1024) }

  /// Time for a body of at most `bytes` bytes; the part that grows with it is capped at a year, so that no limit
  /// overflows a deadline.
  func bodyTime(bytes: Int) -> Nanoseconds {
    let rate = UInt64(max(1, bodyBytesPerSecond))
    let (seconds, rest) = UInt64(max(0, bytes)).quotientAndRemainder(dividingBy: rate)
    // No overflow: the rest is below the rate, so the quotient is below 1e9.
    let fraction = rate.dividingFullWidth(rest.multipliedFullWidth(by: 1_000_000_000)).quotient
    return Self.nanoseconds(bodySeconds) + min(seconds, 31_536_000) * 1_000_000_000 + fraction
  }

  static func nanoseconds(_ seconds: Int) -> Nanoseconds { UInt64(max(0, seconds)) * 1_000_000_000 }
}
