import Posix
import Records
import TrainingLog

/// Lets raw records go when their time is over: a curator sees them a last time, then they are removed, and at once it
/// runs again, so that the rows made from them lose the id by which they could be traced to anybody.
package struct Retainer: Sendable {
  private let log: TrainingLog
  private let curator: DataCurator

  /// - Parameter curator: of the same data directory.
  package init(_ log: TrainingLog, _ curator: DataCurator) {
    self.log = log
    self.curator = curator
  }

  /// Leaves the dataset as it is where nothing has expired.
  ///
  /// Damage keeps nothing beyond its time: where a day that stays cannot be read, no curator runs before it is put right,
  /// and the others go all the same. The dataset keeps its rows, for now under the ids that they have.
  ///
  /// - Parameters:
  ///   - progress: called with 0–1.
  ///   - damaged: called with what kept the curator from running.
  package func run(
    now: Timestamp, progress: (Double) -> Void = { _ in }, damaged: (CurationError) -> Void = { _ in }
  ) throws -> ExpiryCounts {
    guard try log.isExpiring || !log.expiredDays(now: now).isEmpty else { return ExpiryCounts() }
    let lock = try log.configuration.directory.lockCuration()
    let limit = log.window(now: now).earliest.day
    var seen: [String: Int]?
    do {
      seen = try curator.publish(now: now, expiring: limit) { progress($0 * 0.45) }.seen
    } catch let error as CurationError {
      guard case .damagedDay = error else { throw error }
      damaged(error)
    }
    // A day that has grown since then waits for the next run.
    let days = try log.expiredDays(now: now).filter { day in
      seen.map { $0[LogFileName.conversations(day.day).name] == day.bytes } ?? true
    }
    // Those that have begun since.
    try Eraser(log).noteWaiting()
    let counts = try log.expire(days, now: now)
    // Where no curator has run, what is noted of the expired records stays until one has.
    if seen != nil {
      _ = try curator.publish(now: now) { progress(0.55 + $0 * 0.45) }
      try log.finishExpiry()
    }
    _ = consume lock
    return counts
  }
}
