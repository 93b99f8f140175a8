import Records

extension LogWriter {
  /// Notices log files that somebody else has renamed, removed, cut short or written to, and goes on with what is there
  /// now: records that are gone are gone for everybody, and lines that have come in count as if a start had found them.
  func takeUpMeddled() throws {
    for meddling in try files.letGoOfMeddled() {
      live.countFailure(FileWasChanged(), in: .meddling)
      var failure: (any Error)?
      live.publish {
        do { try takeUp(meddling) } catch {
          // Half known is not known: the next start reads all of it again.
          index.freeze()
          failure = error
        }
        return index.tallies
      }
      if let failure { throw failure }
    }
  }

  private struct FileWasChanged: Error {}

  private func takeUp(_ meddling: OpenFiles.Meddling) throws {
    let name = meddling.name
    let gone = index.removed(from: name)
    let first = gone.logical(meddling.kept)
    if case .conversations(let day) = name {
      try index.removeAll(ofDay: day, from: first)
    } else {
      // What was said in the lines that are gone has gone into the rows.
      index.doubtForGood(name)
    }
    let lost = RemovedRanges.Range(start: first, length: meddling.size + gone.bytes - first)
    index.cut([lost], from: name, leaving: meddling.kept)
    var report = Recovery.Report()
    let recovery = Recovery(
      directory: directory, fileSystem: fileSystem, scrubber: collector.scrubber, rules: collector.rules,
      journal: journal, consent: consent)
    try recovery.catchUp(name, index, &report)
    try fileSystem.synchronizeDirectory(directory.parent(of: name))
  }
}
