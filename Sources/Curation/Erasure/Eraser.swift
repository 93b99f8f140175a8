import Posix
import Records
import TrainingLog

/// Erases everywhere at once (GDPR article 17): the log, the dataset made from it, and what was kept to make it. What
/// was exported to a place outside of the data directory is not reached; the receipt names the versions it may be in.
///
/// From the first step on the records are hidden. One erasure at a time is carried out, and no curator runs meanwhile.
package struct Eraser: Sendable {
  private let log: TrainingLog

  package init(_ log: TrainingLog) { self.log = log }

  private var directory: DataDirectory { log.configuration.directory }

  /// Returns a receipt of zeros for a user of whom nothing is held.
  ///
  /// - Parameter userID: as the backend names the user.
  package func erase(userID: String, now: Timestamp) throws -> ErasureReceipt {
    try complete(log.beginErasure(ofUser: userID, now: now), now: now)
  }

  /// Returns nil for an id that no record has or had, a receipt of zeros for one that was erased before.
  package func erase(_ id: ExampleID, now: Timestamp) throws -> ErasureReceipt? {
    try log.beginErasure(of: id, now: now).map { try complete($0, now: now) }
  }

  /// Completes what was interrupted. Goes on with the others if one fails; then throws.
  package func resume(now: Timestamp) throws {
    var failure: (any Error)?
    for erasure in log.unfinishedErasures() {
      do { _ = try complete(erasure, now: now) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// The receipt of the last.
  private func complete(_ erasures: [Erasure], now: Timestamp) throws -> ErasureReceipt {
    var receipt: ErasureReceipt?
    for erasure in erasures { receipt = try complete(erasure, now: now) ?? receipt }
    return receipt ?? log.emptyReceipt(now: now)
  }

  /// nil when somebody else has completed it meanwhile.
  private func complete(_ erasure: Erasure, now: Timestamp) throws -> ErasureReceipt? {
    let lock = try directory.lockCuration()
    guard log.isUnfinished(erasure) else { return nil }
    // The dataset first: a row whose record is gone would be taken for one that has expired, and stay for ever.
    let texts = log.texts(of: erasure)
    let dataset = DatasetErasure(directory, erasure)
    let found = try dataset.run(now: now)
    let gone = erasure.users.filter { !log.holdsRecords(ofUser: $0) }
    try SplitLedger.forget(
      groups: Array(gone), texts: texts + found.texts, directory, key: log.secrets.splitKey)
    try SurveyFolder.forget(erasure.days, directory)
    var counts = try log.removeLines(erasure)
    counts.curated = found.rows
    counts.bytes += found.bytes
    counts.versions = found.versions
    try dataset.forgetLineage()
    let receipt = try log.finishErasure(erasure, counts, now: now)
    _ = consume lock
    return receipt
  }
}
