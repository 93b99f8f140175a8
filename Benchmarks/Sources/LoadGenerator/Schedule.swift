/// The moments at which requests are due at a fixed rate, whatever the server does: a slow answer delays nobody's
/// moment, so that its whole wait shows ("coordinated omission", G. Tene).
package struct Schedule {
  private let start: UInt64
  private let nanosecondsApart: Double
  private var taken = 0

  /// `perSecond` > 0.
  package init(start: UInt64, perSecond: Double) {
    self.start = start
    nanosecondsApart = 1e9 / perSecond
  }

  /// When the next request is due, in nanoseconds of the monotonic clock.
  package var next: UInt64 { start + UInt64(Double(taken) * nanosecondsApart) }

  /// Takes the next request if its moment has come.
  package mutating func take(at now: UInt64) -> UInt64? {
    let due = next
    guard due <= now else { return nil }
    taken += 1
    return due
  }
}
