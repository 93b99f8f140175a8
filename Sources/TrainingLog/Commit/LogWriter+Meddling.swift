import Records

extension LogWriter {
  /// Notices log files that somebody else has renamed, removed, cut short or written to, and goes on with what is there
  /// now: records that are gone are gone for everybody, and lines that have come in count as if a start had found them.
  ///
  /// - Parameter works: what is about to be committed; the files that it goes to are looked at also where they are not open.
  func takeUpMeddled(before works: [Work] = []) throws {
    for meddling in try files.letGoOfMeddled() { try publish(meddling) }
    // Only now: what was let go of is known anew.
    for meddling in try unexpected(before: works) { try publish(meddling) }
  }

  /// The same of days to which nothing is committed any more; to be called now and then.
  func takeUpMeddledDays() throws {
    try takeUpMeddled()
    guard let index = completeIndex, !index.isFrozen else { return }
    for name in index.knownFiles.compactMap({ LogFileName($0) }).sorted(by: { $0.name < $1.name }) {
      let isFirstLook = files.looks[name] == nil
      guard case .conversations = name, !files.isOpen(name), try files.isNews(name) else { continue }
      if let meddling = try unexpected(name, index) {
        try publish(meddling)
      } else if !isFirstLook, try !files.entry(name).text.damages.isEmpty {
        live.tell(.unreadable)
      }
      files.closeLeastUsed()
    }
  }

  private func publish(_ found: OpenFiles.Meddling) throws {
    let meddling = try completeIndex.map { try looked(at: found, $0) } ?? found
    live.countFailure(
      FileWasChanged(name: meddling.name.name, size: meddling.size, kept: meddling.kept), in: .meddling)
    guard let index = completeIndex else { return try repairUnindexed(meddling.name) }
    var failure: (any Error)?
    live.publish {
      do { try takeUp(meddling, index) } catch {
        // Half known is not known: the next start reads all of it again.
        index.freeze()
        failure = error
      }
      return index.tallies
    }
    if let failure { throw failure }
  }

  /// The names of log files tell of no record.
  struct FileWasChanged: Error, CustomStringConvertible {
    let name: String
    let size: Int
    let kept: Int

    var description: String {
      "somebody else has changed \(name): of \(size) bytes of its text \(kept) are known to be as they were"
    }
  }

  /// What is being read into the index is not what is there now.
  private func repairUnindexed(_ name: LogFileName) throws {
    meddlings += 1
    try repair(name, seen: nil)
  }

  private func repair(_ name: LogFileName, seen: Int?) throws {
    var report = Recovery.Report()
    try Recovery(directory: directory, fileSystem: fileSystem, journal: journal, consent: consent)
      .repair(name, seen: seen, &report)
  }

  /// What was changed while it was not open: it is not as long as the index knows it to be.
  private func unexpected(before works: [Work]) throws -> [OpenFiles.Meddling] {
    guard let index = completeIndex, !index.isFrozen else { return [] }
    var names: Set<LogFileName> = []
    var hasRatings = !pending.isEmpty
    for work in works {
      switch work {
      case .conversation(let stored): names.insert(.conversations(stored.day))
      case .conversations(let list): for stored in list { names.insert(.conversations(stored.day)) }
      case .rating: hasRatings = true
      }
    }
    // Records take ratings with them that came before.
    if hasRatings { names.formUnion([.feedback, .comments, .corrections]) }
    return try names.filter { !files.isOpen($0) }.compactMap { try unexpected($0, index) }
  }

  private func unexpected(_ name: LogFileName, _ index: ExampleIndex) throws -> OpenFiles.Meddling? {
    let known = index.bytes(of: name)
    return directory.holds(name, on: fileSystem)
      ? try files.unexpected(name, known: known)
      : known > 0 ? OpenFiles.Meddling(name: name, size: known, kept: 0) : nil
  }

  /// Lets go of every file that can be opened again, after a look at what has become of it (SIGHUP).
  func reopenFiles() throws {
    try takeUpMeddledDays()
    files.closeIdle()
  }

  private func takeUp(_ meddling: OpenFiles.Meddling, _ index: ExampleIndex) throws {
    let name = meddling.name
    let gone = index.removed(from: name)
    let first = gone.logical(meddling.kept)
    if case .conversations(let day) = name {
      try index.removeAll(ofDay: day, from: first)
    } else if meddling.kept < meddling.size {
      // What was said in the lines that are gone has gone into the rows.
      index.doubtForGood(name)
    }
    let lost = RemovedRanges.Range(start: first, length: meddling.size + gone.bytes - first)
    index.cut([lost], from: name, leaving: meddling.kept)
    try repair(name, seen: meddling.kept)
    guard directory.holds(name, on: fileSystem) else { return }
    var report = Recovery.Report()
    let catchUp = CatchUp(
      directory: directory, fileSystem: fileSystem, collector: collector, journal: journal, consent: consent)
    try catchUp.run(name, index, &report)
    if case .conversations(let day) = name {
      try index.save()
      let ids = try IndexFile(reading: directory.index).ids(.day(day))
      try catchUp.rate(Set(ids.filter { try index.row($0).map { $0.offset >= first } ?? false }), index)
    }
    if !report.damagedLines.isEmpty { live.tell(.unreadable) }
    try fileSystem.synchronizeDirectory(directory.parent(of: name))
  }
}
