/// Deadlines, and the end of the server.
extension ServerConnection {
  /// When `timeOut` must be called next; nil for never. It may move at every call of this type.
  package var deadline: Nanoseconds? {
    let next = min(phaseDeadline, writeDeadline)
    return next == .max ? nil : next
  }

  /// Acts if the deadline has come: 408 for a head or body begun, a close without a word otherwise. Go on with
  /// `nextAction`. A call before the deadline does nothing.
  package mutating func timeOut(now: Nanoseconds) {
    // A peer that takes no bytes can be told nothing.
    guard now < writeDeadline else { return close() }
    guard now >= phaseDeadline else { return }
    switch phase {
    case .idle: beginClosing(lingers: false)
    case .head: fail(.headTimedOut)
    case .body: fail(.bodyTimedOut)
    case .discarding: beginClosing(lingers: true)
    case .lingering: close()
    case .deciding, .answering, .streaming, .failed, .refusing, .closing, .closed:
      preconditionFailure("a deadline in state \(phase)")
    }
  }

  /// The server stops: every answer from now on closes, and a connection that is or becomes idle goes `drainSeconds`
  /// from now. One whose last answer did not say `close` is still listened to for so long.
  package mutating func drain(now: Nanoseconds) {
    guard !draining else { return }
    let deadline = now + WireLimits.nanoseconds(limits.drainSeconds)
    drainDeadline = deadline
    if phase == .idle { phaseDeadline = min(phaseDeadline, deadline) }
  }
}
