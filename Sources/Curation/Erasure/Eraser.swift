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

  /// Hides all that is held on a user; `complete` is to follow.
  ///
  /// - Parameter userID: as the backend names the user.
  package func begin(userID: String, now: Timestamp) throws -> [Erasure] {
    try log.beginErasure(ofUser: userID, now: now)
  }

  /// The same for one record. Returns nil for an id that no record has or had, none for one that was erased before.
  package func begin(_ id: ExampleID, now: Timestamp) throws -> [Erasure]? {
    try log.beginErasure(of: id, now: now)
  }

  /// Removes what was hidden. Returns the receipt of all of it, one of zeros where nothing was there to erase. Where earlier
  /// ones of the same were completed and their receipts reached nobody, it is of those too.
  ///
  /// Until `noteReceived` is told so, it is owed again to whoever asks a later process for it.
  ///
  /// - Parameter completed: called with the receipt of each that was completed by this.
  package func complete(
    _ erasures: [Erasure], now: Timestamp, completed: (ErasureReceipt) -> Void = { _ in }
  ) throws -> ErasureReceipt {
    // What was never acknowledged may be of anybody, also of a user of whom nothing else is held.
    if erasures.isEmpty {
      let lock = try directory.lockCuration()
      try removeLeftovers()
      try log.emptyQuarantine()
      _ = consume lock
    }
    var receipt: ErasureReceipt?
    for erasure in erasures {
      guard let done = try finish(erasure, now: now) else { continue }
      receipt = done
      completed(done)
    }
    return log.takeReceipt(owedFor: erasures) ?? receipt ?? log.emptyReceipt(now: now)
  }

  package func erase(
    userID: String, now: Timestamp, completed: (ErasureReceipt) -> Void = { _ in }
  ) throws -> ErasureReceipt {
    try complete(begin(userID: userID, now: now), now: now, completed: completed)
  }

  package func erase(_ id: ExampleID, now: Timestamp) throws -> ErasureReceipt? {
    try begin(id, now: now).map { try complete($0, of: id, now: now) }
  }

  /// The same for what was begun of one record.
  package func complete(
    _ erasures: [Erasure], of id: ExampleID, now: Timestamp, completed: (ErasureReceipt) -> Void = { _ in }
  ) throws -> ErasureReceipt {
    if erasures.isEmpty, let owed = log.takeReceipt(owedFor: id) { return owed }
    return try complete(erasures, now: now, completed: completed)
  }

  /// Completes what was interrupted. Goes on with the others if one fails; then throws.
  ///
  /// - Parameter completed: called with the receipt of each.
  package func resume(now: Timestamp, completed: (ErasureReceipt) -> Void = { _ in }) throws {
    var failure: (any Error)?
    for unfinished in log.unfinishedErasures() {
      do {
        // What was erased after a backup is looked for in it by the user; that one is done when the rest is.
        for erasure in try log.beginErasure(ofMoreOf: unfinished, now: now) + [unfinished] {
          if let receipt = try finish(erasure, now: now) { completed(receipt) }
        }
      } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// What is to be noted of an answer beside the erasures that were completed for it, each of which is noted once: those
  /// completed before whose receipts are in this one, or the act itself where nothing was there to erase.
  package func further(
    _ receipt: ErasureReceipt, _ act: AuditAct.Name, completed: Set<String>
  ) -> [(act: AuditAct.Name, receipt: ErasureReceipt)] {
    let given = log.parts(of: receipt).filter { !completed.contains($0.id) }
    return given.map { ($0.counts == ErasureCounts() ? act : .giveReceipt, $0) }
  }

  /// The receipt has gone to who asked for it.
  package func noteReceived(_ receipt: ErasureReceipt, now: Timestamp) throws {
    try log.noteReceived(receipt, now: now)
  }

  /// It did not reach who asked for it; the next who asks for the same gets it.
  package func owe(_ receipt: ErasureReceipt) { log.owe(receipt) }

  /// Writes down how much there is of the erasures that wait, for whoever has the lock and is about to take part of it
  /// away: a curator leaves hidden rows out, and expiry takes whole days. Each is read once, unless there are rows again.
  func noteWaiting() throws {
    for erasure in log.unfinishedErasures() {
      let found = try DatasetErasure(directory, erasure).find()
      guard found.rows > 0 || !log.isNoted(erasure) else { continue }
      _ = try note(found, log.findLines(erasure), of: erasure)
    }
  }

  /// Has the rows that wait to be erased counted nowhere: for a process that has begun and not come to erasing them.
  package func countHiddenRows() throws {
    for erasure in log.unfinishedErasures() { note(rowsOf: try DatasetErasure(directory, erasure).find(), erasure) }
  }

  private func note(rowsOf found: DatasetErasure.Found, _ erasure: Erasure) {
    log.erasures.note(found.covered, removed: found.removed, of: erasure.receiptID)
  }

  private func note(
    _ found: DatasetErasure.Found, _ lines: FoundLines, of erasure: Erasure
  ) throws -> ErasureCounts {
    var counts = lines.counts
    counts.curated = found.rows
    counts.bytes += found.bytes
    counts.versions = found.versions
    return try log.note(counts, of: erasure)
  }

  /// What a killed process has left of its work, and no index knows: copies that had not taken a file's name, and what was
  /// said of expired records. Only while no curator runs.
  private func removeLeftovers() throws {
    for folder in [directory.curated, directory.surveys] where Directories.exists(folder) {
      for name in try Directories.list(folder) where name.hasSuffix(AtomicFile.suffix) {
        try Directories.remove(folder + "/" + name)
      }
    }
    for path in [directory.split, directory.lineage] { try Directories.remove(path + AtomicFile.suffix) }
    _ = try log.resumeExpiry()
  }

  /// nil where somebody else has completed it.
  private func finish(_ erasure: Erasure, now: Timestamp) throws -> ErasureReceipt? {
    let lock = try directory.lockCuration()
    guard log.isUnfinished(erasure) else { return nil }
    // What an attempt that fails has done is not known; the next looks everywhere.
    defer { log.forgetBegun(erasure) }
    try removeLeftovers()
    let traces = try log.traces(of: erasure)
    let dataset = DatasetErasure(directory, erasure)
    let found = try dataset.find()
    note(rowsOf: found, erasure)
    let lines = try log.findLines(erasure)
    let counts = try note(found, lines, of: erasure)
    // The dataset first: a row whose record is gone would be taken for one that has expired, and stay for ever.
    do { try dataset.remove(found, now: now) } catch {
      // Rows may be gone by now that the manifest counts.
      try? countHiddenRows()
      throw error
    }
    let gone = try traces.users.filter { try !log.holdsRecords(ofUser: $0) }
    try SplitLedger.forget(
      groups: Array(gone), texts: traces.texts + found.texts, directory, key: log.secrets.splitKey)
    try log.forgetInheritedSides(of: gone)
    try SurveyFolder.forget(erasure.days, directory)
    try log.remove(lines, of: erasure)
    try dataset.forgetLineage()
    let receipt = try log.finishErasure(erasure, counts, now: now)
    _ = consume lock
    return receipt
  }
}
