import Posix
import Privacy
import Records

/// The one writer of the log: decides on each work in order, appends and syncs what it decided to keep, and brings the
/// index in step before anyone is told. Used by one thread at a time (see `GroupCommit`).
package final class LogWriter {
  let directory: DataDirectory
  let fileSystem: any FileSystem
  let collector: FeedbackCollector
  let clock: any WallClock
  private let diskReserve: Int
  var files: OpenFiles
  /// nil until all that the files hold has been read into it (`take`).
  private(set) var completeIndex: ExampleIndex?
  let journal: ErasureJournal
  let consent: ConsentLedger
  let inherited: InheritedSides
  var pending = PendingRatings()
  /// Ids of expired records that are so new that a rating of one would be taken for an early one: those of records that
  /// came with a time of long ago. In memory alone.
  var newlyExpired: Set<ExampleID> = []
  /// Storage of the last batch: one of its own for each would be grown, and its pages asked for, anew each time.
  private var spare: [UInt8] = []
  private static let spareMax = 1 << 20
  /// How often somebody else has changed a file before the index was complete.
  var meddlings = 0
  let live: LiveCounters
  /// The index file is to have all that there is, as soon as it can be written.
  private var mustSaveAll = false

  init(
    directory: DataDirectory, fileSystem: any FileSystem, collector: FeedbackCollector, clock: any WallClock,
    diskReserve: Int, journal: ErasureJournal, consent: ConsentLedger, inherited: InheritedSides, live: LiveCounters
  ) {
    self.directory = directory
    self.fileSystem = fileSystem
    self.collector = collector
    self.clock = clock
    self.diskReserve = diskReserve
    self.journal = journal
    self.consent = consent
    self.inherited = inherited
    self.live = live
    files = OpenFiles(fileSystem: fileSystem, directory: directory) {
      live.declareUnusable($0)
    } tell: {
      live.tell($0)
    }
  }

  var index: ExampleIndex {
    get throws(IndexIsIncomplete) {
      guard let completeIndex else { throw IndexIsIncomplete() }
      return completeIndex
    }
  }

  /// From now on it is kept in step.
  func take(_ index: ExampleIndex, now: Timestamp) throws {
    completeIndex = index
    live.publish { index.tallies }
    do { try joinPending(now: now) } catch {
      completeIndex = nil
      throw error
    }
  }

  /// Rows that one transaction of the index file gathers, a few milliseconds' work.
  private static let rowsPerSave = 512
  /// Where the disk is slower than what comes, the commits wait for it: memory has to hold what the file does not know, and a
  /// start after a crash has to read it again.
  private static let rowsUnsavedMax = 16 * rowsPerSave

  /// Brings the index file up to date beside the commits, if enough has gathered or `all` is asked for.
  ///
  /// - Parameter then: called when it may be worth to be asked again.
  func saveIndex(all: Bool, on queue: SaveQueue, then: @escaping @Sendable () -> Void) {
    guard let index = completeIndex else { return }
    mustSaveAll = mustSaveAll || all
    do {
      if try index.saveBeside(rowsMin: mustSaveAll ? 0 : Self.rowsPerSave, on: queue, then: then) {
        mustSaveAll = false
      } else if index.unsaved.rows.count >= Self.rowsUnsavedMax {
        try index.save()
      }
    } catch { live.countIndexFailure(error) }
  }

  /// All of it, now.
  func saveIndex() {
    do { try completeIndex?.save() } catch { live.countIndexFailure(error) }
  }

  /// Lines of the file of pending ratings that may stand for nothing before it is written anew.
  private static let obsoleteLinesMax = 4096

  /// Drops the ratings that have waited for a day, from memory and from the file.
  func dropExpired(now: Timestamp) {
    newlyExpired = newlyExpired.filter { PendingRatings.mayWait(for: $0, now: now) }
    guard pending.dropExpired(now: now) || pending.obsoleteLines > Self.obsoleteLinesMax else { return }
    do { try rewritePending() } catch { live.countFailure(error, in: .pending) }
  }

  /// What has to be done now and then, whatever comes.
  func housekeep(now: Timestamp) {
    dropExpired(now: now)
    do { try takeUpMeddledDays() } catch { live.countFailure(error, in: .meddling) }
    do { try files.requireUnchangedState() } catch { live.countFailure(error, in: .meddling) }
  }

  func dropPending(_ id: ExampleID) { pending.remove(id) }

  func rewritePending() throws {
    try files.rewrite(.pending, with: pending.content())
    pending.wasRewritten()
  }

  /// One outcome for each work, in order.
  func commit(_ works: [Work]) -> [Outcome] {
    var stage = CommitStage(reusing: spare)
    spare = []
    do {
      try takeUpMeddled(before: works)
      let free = try fileSystem.freeBytes(directory.root)
      for work in works { stage.outcomes.append(try decide(work, &stage)) }
      guard free - stage.bytes >= diskReserve else { throw SystemError(call: "write", code: SystemError.noSpace) }
      try writeAhead(stage)
      try files.append(stage.writes)
    } catch {
      live.countFailure(error)
      let isFull = (error as? SystemError)?.isOutOfSpace == true
      return works.map { _ in isFull ? .outOfSpace : .storageFailed }
    }
    live.countCommit(works: works.count, syncsInAll: files.syncs)
    bringIndexInStep(stage)
    let outcomes = stage.outcomes
    let bytes = stage.takeSpare()
    if bytes.capacity <= Self.spareMax { spare = bytes }
    return outcomes
  }

  /// The log is the truth and durable by now, so a failing index fails no request: the next start reads on from where the
  /// index file stands.
  func bringIndexInStep(_ stage: CommitStage) {
    // What is committed before the index is complete is read into it from the files.
    guard !stage.changes.isEmpty, let index = completeIndex else { return }
    var failure: (any Error)?
    live.publish {
      do {
        var failure: (any Error)?
        // One change that fails keeps no other from being found.
        for change in stage.changes { do { try apply(change, to: index) } catch { failure = error } }
        if let failure { throw failure }
        for part in stage.parts where part.name != .pending && !part.bytes.isEmpty {
          let size = try files.size(of: part.name)
          let start = size - part.bytes.count + index.removed(from: part.name).bytes
          let lines = part.lines.map { LineChecksum(offset: start + $0.offset, crc: $0.crc) }
          index.setBytes(size, of: part.name, lines: lines)
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

  private func apply(_ change: CommitStage.Change, to index: ExampleIndex) throws {
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
      try index.update(old, to: new)
    }
  }

  private func corrected(_ row: ExampleRow, by correction: Correction) throws -> ExampleRow {
    collector.corrected(row, try conversation(row), by: correction)
  }
}

/// What was asked needs the index, which is being brought in step with the files.
package struct IndexIsIncomplete: Error {
  package init() {}
}
