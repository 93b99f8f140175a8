import Records

extension LogWriter {
  /// What of the ratings that wait could not be read. It is kept in `state/quarantine`, since the file is written anew.
  struct PendingDamage {
    var damagedLines: [DamagedLine] = []
    /// Of a last line that was cut short.
    var cutBytes = 0
  }

  private static let place = "state/" + LogFileName.pending.name

  /// Takes up the ratings that were waiting when the log was closed. Those of erased records came back with a backup.
  func readPending() throws -> PendingDamage {
    var damage = PendingDamage()
    guard fileSystem.exists(directory.path(of: .pending)) else { return damage }
    let file = try files.file(.pending)
    let end = try LineReader().read(file, hole: { damage.damagedLines.append(DamagedLine(hole: $0, in: Self.place)) }) {
      line, offset in
      guard try !take(line) else { return }
      try setAside(line, at: offset, "line")
      damage.damagedLines.append(
        DamagedLine(file: Self.place, offset: offset, reason: "it is no rating that waits, and was set aside"))
    }
    let tail = try file.read(at: end, count: file.size() - end)
    if try !tail.isEmpty && !take(tail) {
      try setAside(tail, at: end, "tail")
      damage.cutBytes = tail.count
    }
    return damage
  }

  /// False for what is no such rating.
  private func take(_ line: [UInt8]) throws -> Bool {
    guard let rating = PendingRating(line: line) else { return false }
    if !journal.contains(rating.id) { pending.add(rating) }
    return true
  }

  private func setAside(_ bytes: [UInt8], at offset: Int, _ kind: String) throws {
    try Quarantine(directory).keep(bytes, of: LogFileName.pending.name, at: offset, kind)
  }

  /// Those whose record has come and shows no rating lost their last step to a crash; it is made up for here.
  func joinPending(now: Timestamp) throws {
    guard fileSystem.exists(directory.path(of: .pending)) else { return }
    let index = try index
    var stage = CommitStage()
    for early in pending.all {
      guard let row = try index.row(early.id) else { continue }
      if row.score == 0 { join(early, to: row, &stage) } else { pending.remove(early.id) }
    }
    if !stage.changes.isEmpty {
      try files.append(stage.writes)
      bringIndexInStep(stage)
    }
    _ = pending.dropExpired(now: now)
    try rewritePending()
  }
}
