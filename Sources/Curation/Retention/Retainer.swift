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
  /// - Parameter progress: called with 0–1.
  package func run(now: Timestamp, progress: (Double) -> Void = { _ in }) throws -> ExpiryCounts {
    guard try log.isExpiring || !log.expiredDays(now: now).isEmpty else { return ExpiryCounts() }
    let lock = try log.configuration.directory.lockCuration()
    let seen = try curator.publish(now: now) { progress($0 * 0.45) }.seen
    // A day that has grown since then waits for the next run.
    let days = try log.expiredDays(now: now).filter { seen[LogFileName.conversations($0.day).name] == $0.bytes }
    // Those that have begun since.
    try Eraser(log).noteWaiting()
    let counts = try log.expire(days, now: now)
    _ = try curator.publish(now: now) { progress(0.55 + $0 * 0.45) }
    try log.finishExpiry()
    _ = consume lock
    return counts
  }
}
