import Records

extension LogWriter {
  /// What of the ratings that wait could not be read. It is kept in `state/quarantine`, since the file is written anew.
  struct PendingDamage {
    var damagedLines: [DamagedLine] = []
    /// Of a last line that was cut short.
    var cutBytes = 0
  }

  /// Takes up the ratings that were waiting when the log was closed. Those whose record has come and shows no rating lost
  /// their last step to a crash; it is made up for here. Those of erased records came back with a backup.
  func loadPending(now: Timestamp) throws -> PendingDamage {
    guard fileSystem.exists(directory.path(of: .pending)) else { return PendingDamage() }
    let damage = try readPending()
    var stage = CommitStage()
    for early in pending.all {
      guard let row = try index.row(early.id) else { continue }
      if row.score == 0 { join(early, to: row, &stage) } else { pending.remove(early.id) }
    }
    if !stage.changes.isEmpty {
      try files.append(stage.buffers.map { ($0.key, $0.value) })
      bringIndexInStep(stage)
    }
    _ = pending.dropExpired(now: now)
    try rewritePending()
    return damage
  }

  private func readPending() throws -> PendingDamage {
    var damage = PendingDamage()
    let file = try files.file(.pending)
    let place = "state/" + LogFileName.pending.name
    let quarantine = Quarantine(directory)
    let end = try LineReader().read(file, hole: { damage.damagedLines.append(DamagedLine(hole: $0, in: place)) }) {
      line, offset in
      if let rating = PendingRating(line: line) {
        if !journal.contains(rating.id) { pending.add(rating) }
      } else {
        try quarantine.keep(line, of: LogFileName.pending.name, at: offset, "line")
        damage.damagedLines.append(
          DamagedLine(file: place, offset: offset, reason: "it is no rating that waits, and was set aside"))
      }
    }
    let tail = try file.read(at: end, count: file.size() - end)
    if let rating = PendingRating(line: tail) {
      if !journal.contains(rating.id) { pending.add(rating) }
    } else if !tail.isEmpty {
      try quarantine.keep(tail, of: LogFileName.pending.name, at: end, "tail")
      damage.cutBytes = tail.count
    }
    return damage
  }
}
