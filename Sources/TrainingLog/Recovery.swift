import Posix
import Privacy
import Records

/// Puts the files right at start, before anything is written: reads the ledgers, removes what a crash has left, and cuts
/// off tails that were never acknowledged. What the index has not seen is read into it afterwards (`Indexing`).
struct Recovery {
  let directory: DataDirectory
  let fileSystem: any FileSystem
  /// Of the erasures; its file is read first.
  let journal: ErasureJournal
  /// Of the refusals, likewise.
  let consent: ConsentLedger
  /// Of the sides that users have from older pseudonyms; nil where nobody asks.
  var inherited: InheritedSides?

  struct Report: Sendable {
    var records = 0
    var damagedLines: [DamagedLine] = []
    var cutBytes = 0
    var rebuiltIndex = false

    /// Those that are not told yet.
    mutating func add(_ damages: [SealedMember], of name: LogFileName) {
      for member in damages.joined {
        let line = DamagedLine(
          file: name.sealedName ?? name.name, offset: member.text.lowerBound,
          reason: "\(member.text.count) bytes of text are in a damaged member")
        if !damagedLines.contains(line) { damagedLines.append(line) }
      }
    }
  }

  func run() throws -> Report {
    var report = Report()
    try readLedgers(&report)
    try repairFiles(&report)
    return report
  }

  private func repairFiles(_ report: inout Report) throws {
    let present = try fileSystem.list(directory.logs)
    // Copies that a crash kept from taking a file's name; nobody would ever erase anything in them.
    for name in present where !LogFileName.present(in: [Self.withoutSuffix(name)]).isEmpty {
      if Self.withoutSuffix(name) != name { try fileSystem.remove(directory.logs + "/" + name) }
    }
    // A killed process may have made files whose names are not durable yet.
    try fileSystem.synchronizeDirectory(directory.logs)
    // Only opened: an index that cannot be read says nothing, and is looked at again when all of it is loaded.
    let seen = (try? IndexFile(reading: directory.index).files()) ?? [:]
    for name in LogFileName.present(in: present) { try repair(name, seen: seen[name.name], &report) }
  }

  private static func withoutSuffix(_ name: String) -> String {
    let suffix = [".tmp", TrainingLog.copySuffix].first { name.hasSuffix($0) }
    return String(name.dropLast(suffix?.count ?? 0))
  }

  /// - Parameter seen: bytes of the text that an earlier process had synced; nil where nobody knows.
  func repair(_ name: LogFileName, seen: Int? = nil, _ report: inout Report) throws {
    guard fileSystem.exists(directory.path(of: name)) else { return }
    let (text, plain) = try LogText.open(name, in: directory, on: fileSystem)
    if text.isHalfSealed {
      try fileSystem.remove(directory.path(of: name))
      try fileSystem.synchronizeDirectory(directory.logs)
    } else if let plain {
      let known = max(0, (seen ?? .max) - text.sealedBytes)
      try cutTail(of: plain, name, from: plain.endsLine(before: known) ? known : plain.endOfLines(), &report)
      // The rest may have been written by a process that was killed before it synced.
      if try text.size() != seen { try plain.synchronizeData() }
    }
  }

  /// What stands behind the last LF: a whole line only misses its LF and gets it; anything else was cut short by a crash,
  /// was never acknowledged, and moves to `state/quarantine`, with whatever before it is no line either.
  ///
  /// - Parameter start: what is before it was acknowledged.
  func cutTail(of file: any LogFile, _ name: LogFileName, from start: Int, _ report: inout Report) throws {
    let tail = try TornTail(of: file, from: start) { isWhole($0, of: name) }
    switch tail.kind {
    case .none: break
    case .whole: try file.append([UInt8(ascii: "\n")])
    case .garbage(let bytes):
      try Quarantine(directory).keep(bytes, of: name.name, at: tail.start, "tail")
      try file.truncate(to: tail.start)
      report.cutBytes += bytes.count
      try file.synchronizeData()
    }
  }

  private func isWhole(_ line: [UInt8], of name: LogFileName) -> Bool {
    switch name {
    case .conversations: (try? Conversation(line: line)) != nil
    case .feedback: (try? Feedback(line: line)) != nil
    case .comments: (try? Comment(line: line)) != nil
    case .corrections: (try? Correction(line: line)) != nil
    case .pending: PendingRating(line: line) != nil
    case .erasures: (try? ErasureLine(line)) != nil
    case .consent: (try? ConsentChange(line)) != nil
    case .inherited: SideLine(line) != nil
    }
  }
}
