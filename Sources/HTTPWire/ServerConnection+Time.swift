/// Deadlines, and the end of the server.
extension ServerConnection {
  /// When `timeOut` must be called next; nil for never. It may move at every call of this type.
  package var deadline: Nanoseconds? {
    let next = min(phaseDeadline, writeDeadline)
    return next == .max ? nil : next
  }

  /// Acts if the deadline has come: 408 for a head or body begun, a close without a word otherwise. Go on with
  /// `nextAction`. A call before the deadline does nothing.
  ///
  /// - Returns: the limit that was hit, where the peer is told nothing of it.
  @discardableResult
  package mutating func timeOut(now: Nanoseconds) -> Silence? {
    // A peer that takes no bytes can be told nothing.
    guard now < writeDeadline else {
      close()
      return .stalled
    }
    guard now >= phaseDeadline else { return nil }
    switch phase {
    case .idle:
      beginClosing(lingers: false)
      // The end of the server is no fault of the peer.
      return draining ? nil : firstHeadDeadline == nil ? .idle : .mute
    case .head: fail(.headTimedOut)
    case .body: fail(.bodyTimedOut)
    case .discarding: beginClosing(lingers: true)
    case .lingering: close()
    case .deciding, .answering, .streaming, .failed, .refusing, .closing, .closed:
      preconditionFailure("a deadline in state \(phase)")
    }
    return nil
  }

  /// Why a connection was closed without a word.
  package enum Silence: String, CaseIterable, Sendable {
    /// No further request came in time.
    case idle
    /// Not one request came in time.
    case mute
    /// The peer took nothing of an answer for too long.
    case stalled
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
