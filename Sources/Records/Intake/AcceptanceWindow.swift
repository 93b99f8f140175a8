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

  /// The rule that a record's time breaks; nil for one within.
  func fault(of timestamp: Timestamp) -> String? {
    if timestamp > latest { return "must be at most 5 minutes ahead" }
    return timestamp < earliest ? "must be within the last \(retentionDays) days" : nil
  }
}
