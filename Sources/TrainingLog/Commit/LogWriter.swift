import Posix
import Privacy
import Records

/// The one writer of the log: decides on each work in order, appends and syncs what it decided to keep, and brings the
/// index in step before anyone is told. Used by one thread at a time (see `GroupCommit`).
package final class LogWriter {
  private let directory: DataDirectory
  private let fileSystem: any FileSystem
  private let collector: FeedbackCollector
  private let diskReserve: Int
  private var files: OpenFiles
  let index: ExampleIndex
  private let live: LiveCounters

  init(
    directory: DataDirectory, fileSystem: any FileSystem, collector: FeedbackCollector, diskReserve: Int,
    index: ExampleIndex, live: LiveCounters
  ) {
    self.directory = directory
    self.fileSystem = fileSystem
    self.collector = collector
    self.diskReserve = diskReserve
    self.index = index
    self.live = live
    files = OpenFiles(fileSystem: fileSystem, directory: directory)
    live.publish { index.tallies }
  }

  /// Rows that one transaction of the index file gathers, a few milliseconds' work.
  private static let rowsPerSave = 512

  /// Brings the index file up to date, if enough has gathered or `all` is asked for.
  func saveIndex(all: Bool) {
    guard all || index.unsavedRows >= Self.rowsPerSave else { return }
    do { try index.save() } catch { live.countIndexFailure() }
  }

  /// One outcome for each work, in order.
  func commit(_ works: [Work]) -> [Outcome] {
    var stage = Stage()
    do {
      let free = try fileSystem.freeBytes(directory.root)
      for work in works { try decide(work, &stage) }
      guard free >= diskReserve + stage.bytes else { throw SystemError(call: "write", code: SystemError.noSpace) }
      try files.append(stage.buffers.map { ($0.key, $0.value) })
    } catch {
      live.countFailure()
      let isFull = (error as? SystemError)?.isOutOfSpace == true
      return works.map { _ in isFull ? .outOfSpace : .storageFailed }
    }
    live.countCommit(works: works.count, syncsInAll: files.syncs)
    bringIndexInStep(stage)
    return stage.outcomes
  }

  /// What a batch is going to do, before any byte of it is written.
  private struct Stage {
    var buffers: [LogFileName: [UInt8]] = [:]
    var changes: [Change] = []
    /// Records of this batch, which the index does not know yet.
    var rows: [ExampleID: ExampleRow] = [:]
    var outcomes: [Outcome] = []

    var bytes: Int { buffers.values.reduce(0) { $0 + $1.count } }

    mutating func append(_ line: [UInt8], to name: LogFileName) {
      buffers[name, default: []].append(contentsOf: line)
      buffers[name, default: []].append(UInt8(ascii: "\n"))
    }
  }

  private enum Change {
    case insert(ExampleRow)
    case rate(Feedback, hasComment: Bool, correction: Correction?)
  }

  private func decide(_ work: Work, _ stage: inout Stage) throws {
    switch work {
    case .conversation(let stored):
      let name = LogFileName.conversations(stored.day)
      var row = stored.row
      row.offset = try files.size(of: name) + (stage.buffers[name]?.count ?? 0)
      stage.append(stored.line, to: name)
      stage.rows[row.id] = row
      stage.changes.append(.insert(row))
      stage.outcomes.append(.stored(stored.id))
    case .rating(let rating, let now):
      guard let id = rating.exampleID, let row = try stage.rows[id] ?? index.row(id) else {
        stage.outcomes.append(.unknownExample)
        return
      }
      let lines = collector.prepare(rating, for: row, now: now)
      stage.append(lines.feedback.line(), to: .feedback)
      if let comment = lines.comment { stage.append(comment.value.line(), to: .comments) }
      if let correction = lines.correction { stage.append(correction.value.line(), to: .corrections) }
      stage.changes.append(
        .rate(lines.feedback, hasComment: lines.comment != nil, correction: lines.correction?.value))
      stage.outcomes.append(.rated)
    }
  }

  /// The log is the truth and durable by now, so a failing index fails no request: the next start reads on from where the
  /// index file stands.
  private func bringIndexInStep(_ stage: Stage) {
    guard !stage.changes.isEmpty else { return }
    live.publish {
      do {
        var failure: (any Error)?
        // One change that fails keeps no other from being found.
        for change in stage.changes { do { try apply(change) } catch { failure = error } }
        if let failure { throw failure }
        for name in stage.buffers.keys { index.setBytes(try files.size(of: name), of: name) }
      } catch {
        index.freeze()
      }
      return index.tallies
    }
    if index.isFrozen { live.countIndexFailure() }
  }

  private func apply(_ change: Change) throws {
    switch change {
    case .insert(let row): try index.insert(row)
    case .rate(let feedback, let hasComment, let correction):
      guard let old = try index.row(feedback.exampleID) else { return }
      var new = old
      new.score = feedback.score
      new.hasComment = old.hasComment || hasComment
      if let correction { new = try corrected(new, by: correction) }
      index.update(old, to: new)
    }
  }

  private func corrected(_ row: ExampleRow, by correction: Correction) throws -> ExampleRow {
    let file = try files.file(.conversations(row.day))
    let conversation = try Conversation(line: file.read(at: row.offset, count: row.length))
    return collector.corrected(row, conversation, by: correction)
  }
}
