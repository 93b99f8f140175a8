import HTTPWire

/// A request between its head and its answer: what the log may know of it, and what the answer needs of it.
struct Exchange {
  /// How it ended.
  struct Answer {
    let status: Int
    /// Of the body, before any coding of the transfer.
    let bytesOut: Int
    let refusal: Refusal?
    /// Monotonic nanoseconds.
    let at: UInt64
  }

  /// Of the loop, random at its start, so that the ids of two loops or two starts are different.
  let series: UInt32
  let number: UInt64
  /// The path of the route's table, `other` for any path that is none of ours.
  let route: String
  let method: Method
  /// When the head was complete, monotonic nanoseconds.
  let started: UInt64
  /// Of the body, as it was read.
  var bytesIn = 0
  /// The id, which is no secret, of the key that was refused, where there is such a key.
  var refusedKeyID: String?
  /// Who has sent it, once that is known.
  var caller = Gatekeeper.Caller.keyless
  /// For an answer that a page of another origin may read.
  var origin: String?

  /// Names the request in the log, and in `X-Request-Id` of an answer from 400 up: those are the answers that people ask
  /// about, and the lines that are written at the usual level. A success needs no id: it has its example_id.
  var id: String {
    let hex = String(series, radix: 16)
    return String(repeating: "0", count: 8 - hex.count) + hex + "-" + String(number)
  }

  /// To the microsecond.
  func milliseconds(until end: UInt64) -> Double {
    Double(end > started ? (end - started) / 1000 : 0) / 1000
  }
}
