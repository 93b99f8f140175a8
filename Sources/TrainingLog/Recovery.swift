import Posix
import Privacy
import Records

/// Brings the index in step with the files at start: reads what the index has not seen, cuts off a tail that was never
/// acknowledged, and starts the index anew where it cannot be trusted.
struct Recovery {
  let directory: DataDirectory
  let fileSystem: any FileSystem
  let scrubber: Scrubber
  let rules: QualityRules
  /// Of the erasures; its file is read first.
  let journal: ErasureJournal
  /// Of the refusals, likewise.
  let consent: ConsentLedger
  /// Whether the index counts users of groups (`Tallies.users`).
  var countsGroups = false
  /// Not even a good index is kept.
  var rebuilds = false

  struct Report: Sendable {
    var records = 0
    var damagedLines: [DamagedLine] = []
    var cutBytes = 0
    var rebuiltIndex = false
  }

  /// Lines of one transaction; large enough to be fast, small enough for memory.
  private static let linesPerTransaction = 10_000

  func run() throws -> (ExampleIndex, Report) {
    var report = Report()
    try readLedgers(&report)
    do {
      let index =
        rebuilds
        ? nil
        : try ExampleIndex(
          path: directory.index, rules: rules, countsGroups: countsGroups)
      if let index, try !hasShrunk(index) {
        try catchUp(index, &report)
        return (index, report)
      }
    } catch is DatabaseError { report = Report() }
    report.rebuiltIndex = fileSystem.exists(directory.index)
    try setAside()
    let index = try ExampleIndex(
      path: directory.index, rules: rules, countsGroups: countsGroups)
    try catchUp(index, &report)
    return (index, report)
  }

  /// A file shorter than what the index has seen, or gone, means that the index tells of records that are not there.
  private func hasShrunk(_ index: ExampleIndex) throws -> Bool {
    for known in index.knownFiles where known != LogFileName.consent.name {
      guard let name = LogFileName(known) else { return true }
      let path = directory.path(of: name)
      guard fileSystem.exists(path) else { return true }
      if try fileSystem.openLog(path).size() < index.bytes(of: name) { return true }
    }
    return false
  }

  /// Fails for a line that cannot be read: what it forbids could come in.
  private func readLedgers(_ report: inout Report) throws {
    try readLedger(.erasures, &report) { line throws(LineError) in try journal.add(line) }
    journal.finishReading()
    try readLedger(.consent, &report) { line throws(LineError) in consent.add(try ConsentChange(line)) }
  }

  private func readLedger(
    _ name: LogFileName, _ report: inout Report, _ add: ([UInt8]) throws(LineError) -> Void
  ) throws {
    let path = directory.path(of: name)
    guard fileSystem.exists(path) else { return }
    let file = try fileSystem.openLog(path)
    try cutTail(of: file, name, from: 0, &report)
    try LineReader().read(file) { line, offset in
      do throws(LineError) { try add(line) } catch {
        throw DamagedLine(file: "state/\(name.name)", offset: offset, reason: error.description)
      }
    }
  }

  private func setAside() throws {
    guard fileSystem.exists(directory.index) else { return }
    try Directories.make(directory.quarantine, mode: 0o700)
    for suffix in ["", "-wal", "-shm"] where fileSystem.exists(directory.index + suffix) {
      try fileSystem.rename(directory.index + suffix, to: directory.quarantine + "/index.sqlite" + suffix)
    }
  }

  private func catchUp(_ index: ExampleIndex, _ report: inout Report) throws {
    let present = try fileSystem.list(directory.logs)
    // Copies that a crash kept from taking a file's name; nobody would ever erase anything in them.
    for name in present {
      for suffix in [".tmp", TrainingLog.copySuffix] where name.hasSuffix(suffix) {
        guard LogFileName(String(name.dropLast(suffix.count))) != nil else { continue }
        try fileSystem.remove(directory.logs + "/" + name)
      }
    }
    // A killed process may have made files whose names are not durable yet.
    try fileSystem.synchronizeDirectory(directory.logs)
    let names = present.compactMap { LogFileName($0) }
    // Records first: ratings of records that the index does not know yet would be lost.
    let days = names.filter { if case .conversations = $0 { true } else { false } }
    for name in days + [.feedback, .comments, .corrections] where names.contains(name) {
      try catchUp(name, index, &report)
    }
    try catchUpWithConsent(index)
    // Erased ones that the index file still had when the process ended.
    if journal.hidesSomething { try index.removeAll(where: journal.hides) }
  }

  /// Refusals that were noted and had not reached the rows when the process ended, or came with a restored ledger.
  private func catchUpWithConsent(_ index: ExampleIndex) throws {
    let size = fileSystem.exists(directory.consent) ? try fileSystem.openLog(directory.consent).size() : 0
    guard index.bytes(of: .consent) != size else { return }
    try index.updateAll { $0.isRefused = consent.refuses(.training, user: Pseudonym(value: $0.user)) }
    index.setBytes(size, of: .consent)
    try index.save()
  }

  private func catchUp(_ name: LogFileName, _ index: ExampleIndex, _ report: inout Report) throws {
    let file = try fileSystem.openLog(directory.path(of: name))
    try cutTail(of: file, name, from: index.bytes(of: name), &report)
    let size = try file.size()
    var start = index.bytes(of: name)
    // What is counted from here on may have been written by a process that was killed before it synced.
    if start < size { try file.synchronizeData() }
    while start < size {
      var lines: [(line: [UInt8], offset: Int)] = []
      var end = start
      do {
        end = try LineReader().read(file, from: start) { line, offset in
          lines.append((line, offset))
          if lines.count >= Self.linesPerTransaction { throw EnoughLines(end: offset + line.count + 1) }
        }
      } catch let enough as EnoughLines { end = enough.end }
      // All that is gone was before this.
      let gone = index.removed(from: name).bytes
      for (line, offset) in lines {
        do {
          try apply(line, at: offset + gone, of: name, index)
          report.records += 1
        } catch let error as LineError {
          report.damagedLines.append(DamagedLine(file: name.name, offset: offset, reason: error.description))
        }
      }
      let checksums =
        name.numberInIndex == nil ? [] : lines.map { LineChecksum(offset: $0.offset + gone, crc: checksum($0.line)) }
      index.setBytes(end, of: name, lines: checksums)
      try index.save()
      if end == start { break }
      start = end
    }
  }

  private struct EnoughLines: Error { let end: Int }

  /// What stands behind the last LF: a whole line only misses its LF and gets it; anything else was cut short by a crash,
  /// was never acknowledged, and moves to `state/quarantine`.
  private func cutTail(of file: any LogFile, _ name: LogFileName, from start: Int, _ report: inout Report) throws {
    let size = try file.size()
    let end = try LineReader().read(file, from: start) { _, _ in }
    guard end < size else { return }
    let tail = try file.read(at: end, count: size - end)
    if isWhole(tail, of: name) {
      try file.append([UInt8(ascii: "\n")])
    } else {
      try Directories.make(directory.quarantine, mode: 0o700)
      try AtomicFile.replace(directory.quarantine + "/\(name.name).\(end).tail", with: tail, mode: 0o600)
      try file.truncate(to: end)
      report.cutBytes += tail.count
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
    }
  }

  private func apply(_ line: [UInt8], at offset: Int, of name: LogFileName, _ index: ExampleIndex) throws {
    switch name {
    // Not among the names in `training_logs`; `LogWriter.loadPending` and `readLedgers` read them.
    case .pending, .erasures, .consent: break
    case .conversations(let day):
      let conversation = try Conversation(line: line)
      guard !journal.contains(conversation.exampleID) else { return }
      let stored = StoredConversation(
        reading: conversation, line: line, rules: rules, hasPII: !scrubber.scrub(conversation).redactions.isEmpty)
      var row = stored.row
      row.day = day
      row.offset = offset
      row.isRefused = consent.refuses(.training, user: Pseudonym(value: row.user))
      try index.insert(row)
    case .feedback:
      let feedback = try Feedback(line: line)
      try change(feedback.exampleID, index) { $0.score = feedback.score }
    case .comments:
      try change(try Comment(line: line).exampleID, index) { $0.hasComment = true }
    case .corrections:
      let correction = try Correction(line: line)
      guard let row = try index.row(correction.exampleID) else { return }
      let file = try fileSystem.openLog(directory.path(of: .conversations(row.day)))
      let conversation = try Conversation(line: file.read(at: index.offset(of: row), count: row.length))
      let collector = FeedbackCollector(scrubber: scrubber, rules: rules)
      index.update(row, to: collector.corrected(row, conversation, by: correction))
    }
  }

  private func change(_ id: ExampleID, _ index: ExampleIndex, _ body: (inout ExampleRow) -> Void) throws {
    guard let old = try index.row(id) else { return }
    var new = old
    body(&new)
    index.update(old, to: new)
  }
}

/// A stored line that is not what it should be: where it stands and which rule it breaks, never its content.
package struct DamagedLine: Error, Equatable, Sendable, CustomStringConvertible {
  package let file: String
  /// Byte offset of the line in its file.
  package let offset: Int
  package let reason: String

  package var description: String { "\(file) has a damaged line at byte \(offset): \(reason)" }
}
