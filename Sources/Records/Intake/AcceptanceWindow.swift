/// The span of time from which the service takes records.
package struct AcceptanceWindow: Sendable {
  /// How far a client's clock may be ahead.
  package static let aheadSeconds = 300

  package let now: Timestamp
  /// How long raw records are kept, in days.
  package let retentionDays: Int

  package init(now: Timestamp, retentionDays: Int) {
    self.now = now
    self.retentionDays = retentionDays
  }

  package var latest: Timestamp { now.advanced(bySeconds: Self.aheadSeconds) }
  package var earliest: Timestamp { now.advanced(bySeconds: -retentionDays * 86_400) }
}
