import Posix
import Privacy
import Records

/// The one writer of the log: decides on each work in order, appends and syncs what it decided to keep, and brings the
/// index in step before anyone is told. Used by one thread at a time (see `GroupCommit`).
package final class LogWriter {
  let directory: DataDirectory
  let fileSystem: any FileSystem
  let collector: FeedbackCollector
  private let diskReserve: Int
  var files: OpenFiles
  let index: ExampleIndex
  let journal: ErasureJournal
  let consent: ConsentLedger
  let inherited: InheritedSides
  var pending = PendingRatings()
  let live: LiveCounters

  init(
    directory: DataDirectory, fileSystem: any FileSystem, collector: FeedbackCollector, diskReserve: Int,
    index: ExampleIndex, journal: ErasureJournal, consent: ConsentLedger,
    inherited: InheritedSides, live: LiveCounters
  ) {
    self.directory = directory
    self.fileSystem = fileSystem
    self.collector = collector
    self.diskReserve = diskReserve
    self.index = index
    self.journal = journal
    self.consent = consent
    self.inherited = inherited
    self.live = live
    files = OpenFiles(fileSystem: fileSystem, directory: directory) { live.declareUnusable($0) }
    live.publish { index.tallies }
  }

  /// Rows that one transaction of the index file gathers, a few milliseconds' work.
  private static let rowsPerSave = 512

  /// Brings the index file up to date, if enough has gathered or `all` is asked for.
  func saveIndex(all: Bool) {
    guard all || index.unsavedRows >= Self.rowsPerSave else { return }
    do { try index.save() } catch { live.countIndexFailure(error) }
  }

  /// Lines of the file of pending ratings that may stand for nothing before it is written anew.
  private static let obsoleteLinesMax = 4096

  /// Drops the ratings that have waited for a day, from memory and from the file.
  func dropExpired(now: Timestamp) {
    guard pending.dropExpired(now: now) || pending.obsoleteLines > Self.obsoleteLinesMax else { return }
    do { try rewritePending() } catch { live.countFailure(error, in: .pending) }
  }

  func dropPending(_ id: ExampleID) { pending.remove(id) }

  func rewritePending() throws {
    try files.rewrite(.pending, with: pending.content())
    pending.wasRewritten()
  }

  /// One outcome for each work, in order.
  func commit(_ works: [Work]) -> [Outcome] {
    var stage = CommitStage()
    do {
      try takeUpMeddled(before: works)
      let free = try fileSystem.freeBytes(directory.root)
      for work in works { stage.outcomes.append(try decide(work, &stage)) }
      guard free - stage.bytes >= diskReserve else { throw SystemError(call: "write", code: SystemError.noSpace) }
      try writeAhead(stage)
      try files.append(stage.buffers.map { ($0.key, $0.value) })
    } catch {
      live.countFailure(error)
      let isFull = (error as? SystemError)?.isOutOfSpace == true
      return works.map { _ in isFull ? .outOfSpace : .storageFailed }
    }
    live.countCommit(works: works.count, syncsInAll: files.syncs)
    bringIndexInStep(stage)
    return stage.outcomes
  }

  /// The log is the truth and durable by now, so a failing index fails no request: the next start reads on from where the
  /// index file stands.
  func bringIndexInStep(_ stage: CommitStage) {
    guard !stage.changes.isEmpty else { return }
    var failure: (any Error)?
    live.publish {
      do {
        var failure: (any Error)?
        // One change that fails keeps no other from being found.
        for change in stage.changes { do { try apply(change) } catch { failure = error } }
        if let failure { throw failure }
        for (name, buffer) in stage.buffers where name != .pending {
          let size = try files.size(of: name)
          let start = size - buffer.count + index.removed(from: name).bytes
          let lines = (stage.lines[name] ?? []).map { LineChecksum(offset: start + $0.offset, crc: $0.crc) }
          index.setBytes(size, of: name, lines: lines)
        }
      } catch {
        failure = error
        index.freeze()
      }
      return index.tallies
    }
    if index.isFrozen { live.countIndexFailure(failure ?? IndexIsFrozen()) }
  }

  /// What the committed changes no longer get into since an earlier failure.
  private struct IndexIsFrozen: Error {}

  private func apply(_ change: CommitStage.Change) throws {
    switch change {
    case .insert(let row): try index.insert(row)
    case .wait(let early): pending.add(early)
    case .join(let id): pending.remove(id)
    case .rate(let feedback, let hasComment, let correction):
      guard let old = try index.row(feedback.exampleID) else { return }
      var new = old
      new.score = feedback.score
      new.hasComment = old.hasComment || hasComment
      if let correction {
        // As a start does: the correction of what cannot be read changes nothing.
        do { new = try corrected(new, by: correction) } catch is LineError {}
      }
      index.update(old, to: new)
    }
  }

  private func corrected(_ row: ExampleRow, by correction: Correction) throws -> ExampleRow {
    collector.corrected(row, try conversation(row), by: correction)
  }
}
