import Records

/// A save is planned with all as it is at a moment, written, and settled: only then does memory follow. It is written at
/// once on the index's own connection, or beside the commits on another one. Meanwhile look-ups go through what was changed
/// since the plan, then through the plan, then to the file, of which the own connection sees the state before it.
extension ExampleIndex {
  /// Pages in the write-ahead log from which on they are to go into the main file, as SQLite has it by itself.
  static let checkpointPages = 1_000

  /// Writes what changed since the last time, in a transaction. On an error everything stays for the next attempt.
  func save() throws(DatabaseError) {
    try finishSave()
    guard plan() else { return }
    try write()
  }

  /// Nothing is being written when this returns, and what was is in the file.
  func finishSave() throws(DatabaseError) {
    settle(waiting: true)
    if saving != nil, !isFrozen { try write() }
  }

  /// To be called when nothing is planned.
  ///
  /// - Returns: whether there is something to be written.
  private func plan() -> Bool {
    guard !isFrozen, !unsaved.isEmpty else { return false }
    for key in tallies.changed { unsaved.tallies[key] = tallies[key.kind, key.name] }
    tallies.changed.removeAll(keepingCapacity: true)
    unsaved.obsoleteLabels = unsaved.obsoleteLabels.filter(isObsolete)
    let rows = unsaved.rows.count
    saving = IndexSave(
      changes: unsaved, keys: tables.plan(forgetting: !unsaved.removed.isEmpty), twins: twins.plan(),
      lastLines: lastLines.plan(), labels: file.labels)
    unsaved = IndexFile.Changes()
    // There may be as many the next time.
    unsaved.rows.reserveCapacity(rows)
    return true
  }

  private func write() throws(DatabaseError) {
    if let outcome = try saving?.run(on: file) { settle(outcome) }
  }

  /// The plan is in the file.
  private func settle(_ outcome: IndexSave.Outcome) {
    guard let save = saving else { return }
    file.labels = outcome.labels
    tables.settle(save.keys, outcome.directories)
    twins.settle()
    if scans > 0 { savedMeanwhile += save.changes.rows.values }
    newestSaved = ([newestSaved] + save.changes.rows.keys.map { $0 }).compactMap { $0 }.max()
    saving = nil
  }

  /// - Returns: why what ran beside the commits has failed, if it has; it stays planned.
  @discardableResult
  private func settle(waiting: Bool) -> DatabaseError? {
    guard let result = saver?.takeResult(waiting: waiting) else { return nil }
    file.unpin()
    switch result {
    case .success(let outcome?):
      walPages += outcome.pages
      settle(outcome)
    case .success(nil): walPages = 0
    case .failure(let error): return error
    }
    return nil
  }

  /// Lets memory follow what has been written beside the commits, and has more of it written if nothing is.
  ///
  /// - Parameters:
  ///   - rowsMin: so many that are not in the file are worth a transaction.
  ///   - then: called, on the queue, when something that was begun now is over.
  /// - Returns: false where what there is has to wait for what is under way.
  func saveBeside(
    rowsMin: Int, on queue: SaveQueue, then: @escaping @Sendable () -> Void
  ) throws(DatabaseError) -> Bool {
    if let error = settle(waiting: false) { throw error }
    guard let saver, !saver.isBusy else { return false }
    // A reader at the end of the write-ahead log keeps it from beginning anew: it is emptied while none is pinned there.
    if walPages >= Self.checkpointPages {
      saver.begin(.checkpoint, on: queue, then: then)
      return false
    }
    if saving == nil { guard unsavedRows >= rowsMin, plan() else { return true } }
    guard !isFrozen, let saving else { return true }
    try file.pin()
    saver.begin(.save(saving), on: queue, then: then)
    return true
  }
}
