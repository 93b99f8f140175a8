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
  /// Of the sides that users have from older pseudonyms; nil where nobody asks.
  var inherited: InheritedSides?
  /// Whether the index counts users of groups (`Tallies.users`).
  var countsGroups = false
  private let days = OpenDays()
  private var reader: RowReader { RowReader(scrubber: scrubber, rules: rules) }
  /// Not even a good index is kept.
  var rebuilds = false

  struct Report: Sendable {
    var records = 0
    var damagedLines: [DamagedLine] = []
    var cutBytes = 0
    var rebuiltIndex = false

    mutating func add(_ damages: [SealedMember], of name: LogFileName) {
      for member in damages {
        damagedLines.append(
          DamagedLine(
            file: name.sealedName ?? name.name, offset: member.text.lowerBound,
            reason: "\(member.text.count) bytes of text are in a damaged member"))
      }
    }
  }

  /// Lines of one transaction; large enough to be fast, small enough for memory.
  private static let linesPerTransaction = 10_000

  /// - Parameter progress: called with 0–1 of the bytes to read.
  func run(_ progress: @Sendable (Double) -> Void = { _ in }) throws -> (ExampleIndex, Report) {
    var report = Report()
    try readLedgers(&report)
    do {
      let index =
        rebuilds
        ? nil
        : try ExampleIndex(
          path: directory.index, rules: rules, countsGroups: countsGroups)
      if let index, try !hasShrunk(index), try !isRepaired(index) {
        try catchUp(index, &report, progress)
        return (index, report)
      }
    } catch is DatabaseError { report = Report() }
    report.rebuiltIndex = fileSystem.exists(directory.index)
    try setAside()
    let index = try ExampleIndex(
      path: directory.index, rules: rules, countsGroups: countsGroups)
    try catchUp(index, &report, progress)
    return (index, report)
  }

  /// A file shorter than what the index has seen, or gone, means that the index tells of records that are not there.
  private func hasShrunk(_ index: ExampleIndex) throws -> Bool {
    for known in index.knownFiles where known != LogFileName.consent.name {
      guard let name = LogFileName(known) else { return true }
      guard directory.holds(name, on: fileSystem) else { return true }
      if try LogText.open(name, in: directory, on: fileSystem).text.size() < index.bytes(of: name) { return true }
    }
    return false
  }

  private func setAside() throws {
    guard fileSystem.exists(directory.index) else { return }
    try Directories.make(directory.quarantine, mode: 0o700)
    for suffix in ["", "-wal", "-shm"] where fileSystem.exists(directory.index + suffix) {
      try fileSystem.rename(directory.index + suffix, to: directory.quarantine + "/index.sqlite" + suffix)
    }
  }

  private func catchUp(_ index: ExampleIndex, _ report: inout Report, _ progress: @Sendable (Double) -> Void) throws {
    let present = try fileSystem.list(directory.logs)
    // Copies that a crash kept from taking a file's name; nobody would ever erase anything in them.
    for name in present where !LogFileName.present(in: [Self.withoutSuffix(name)]).isEmpty {
      if Self.withoutSuffix(name) != name { try fileSystem.remove(directory.logs + "/" + name) }
    }
    // A killed process may have made files whose names are not durable yet.
    try fileSystem.synchronizeDirectory(directory.logs)
    let names = LogFileName.present(in: present)
    // Records first: ratings of records that the index does not know yet would be lost.
    let days = names.filter { if case .conversations = $0 { true } else { false } }
    let wanted = days + [.feedback, .comments, .corrections].filter(names.contains)
    let missing = try wanted.map {
      try LogText.open($0, in: directory, on: fileSystem).text.size() - index.bytes(of: $0)
    }
    let total = Double(max(1, missing.reduce(0, +)))
    var done = 0
    for (name, bytes) in zip(wanted, missing) {
      try catchUp(name, index, &report) { [done] in progress(Double(done + $0) / total) }
      done += bytes
    }
    try catchUpWithConsent(index)
    // Erased ones that the index file still had when the process ended.
    if journal.hidesSomething { try index.removeAll(where: journal.hides) }
  }

  private static func withoutSuffix(_ name: String) -> String {
    let suffix = [".tmp", TrainingLog.copySuffix].first { name.hasSuffix($0) }
    return String(name.dropLast(suffix?.count ?? 0))
  }

  /// Refusals that were noted and had not reached the rows when the process ended, or came with a restored ledger.
  private func catchUpWithConsent(_ index: ExampleIndex) throws {
    let size = fileSystem.exists(directory.consent) ? try fileSystem.openLog(directory.consent).size() : 0
    guard index.bytes(of: .consent) != size else { return }
    try index.updateAll { $0.isRefused = consent.refuses(.training, user: Pseudonym(value: $0.user)) }
    index.setBytes(size, of: .consent)
    try index.save()
  }

  /// - Parameter progress: called with the bytes read so far.
  func catchUp(
    _ name: LogFileName, _ index: ExampleIndex, _ report: inout Report, progress: @Sendable (Int) -> Void = { _ in }
  ) throws {
    var (text, plain) = try LogText.open(name, in: directory, on: fileSystem)
    if text.isHalfSealed {
      try fileSystem.remove(directory.path(of: name))
      try fileSystem.synchronizeDirectory(directory.logs)
      plain = nil
    }
    if let plain {
      try cutTail(of: plain, name, from: max(0, index.bytes(of: name) - text.sealedBytes), &report)
    }
    let size = try text.size()
    var start = index.bytes(of: name)
    var read = 0
    // What is counted from here on may have been written by a process that was killed before it synced.
    if start < size { try plain?.synchronizeData() }
    defer { report.add(text.damages, of: name) }
    while start < size {
      var lines: [(line: [UInt8], offset: Int)] = []
      var rows: [Result<ExampleRow, LineError>] = []
      var end = start
      do {
        end = try LineReader().read(text, from: start) { line, offset in
          lines.append((line, offset))
          if lines.count >= Self.linesPerTransaction { throw EnoughLines(end: offset + line.count + 1) }
        }
      } catch let enough as EnoughLines { end = enough.end }
      // All that is gone was before this.
      let gone = index.removed(from: name).bytes
      var unread = text.damages.filter { $0.text.upperBound > start && !$0.text.isEmpty }.map(\.text)
      if case .conversations = name { rows = reader.rows(of: lines.map(\.line)) }
      for (number, (line, offset)) in lines.enumerated() {
        do {
          if case .conversations(let day) = name {
            try insert(rows[number].get(), at: offset + gone, of: day, index)
          } else {
            try apply(line, of: name, index)
          }
          report.records += 1
        } catch let error as LineError {
          let place = text.place(of: offset, in: name)
          report.damagedLines.append(
            DamagedLine(file: place.file, offset: place.offset, reason: error.description))
          unread.append(offset..<offset + line.count)
        }
      }
      let damages = try unread.map { range in
        KnownDamage(
          offset: range.lowerBound + gone, length: range.count,
          crc: checksum(try text.read(at: range.lowerBound, count: range.count)))
      }
      index.add(damages, to: name)
      let checksums =
        name.numberInIndex == nil ? [] : lines.map { LineChecksum(offset: $0.offset + gone, crc: checksum($0.line)) }
      index.setBytes(end, of: name, lines: checksums)
      try index.save()
      if end == start { break }
      read += end - start
      progress(read)
      start = end
    }
  }

  private struct EnoughLines: Error { let end: Int }

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

  private func insert(_ row: ExampleRow, at offset: Int, of day: Day, _ index: ExampleIndex) throws {
    guard !journal.contains(row.id) else { return }
    var row = row
    row.day = day
    row.offset = offset
    row.isRefused = consent.refuses(.training, user: Pseudonym(value: row.user))
    try index.insert(row)
  }

  private func apply(_ line: [UInt8], of name: LogFileName, _ index: ExampleIndex) throws {
    switch name {
    // Records are inserted; the others are not among the names in `training_logs`: `LogWriter.loadPending` and
    // `readLedgers` read them.
    case .conversations, .pending, .erasures, .consent, .inherited: break
    case .feedback:
      let feedback = try Feedback(line: line)
      try change(feedback.exampleID, index) { $0.score = feedback.score }
    case .comments:
      try change(try Comment(line: line).exampleID, index) { $0.hasComment = true }
    case .corrections:
      let correction = try Correction(line: line)
      guard let row = try index.row(correction.exampleID) else { return }
      guard let offset = index.offset(of: row) else { throw LineError.notAnObject }
      let text = try days.text(of: row.day, directory, fileSystem)
      let conversation = try Conversation(line: text.read(at: offset, count: row.length))
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

/// Days whose records corrections are of, kept open: a sealed one costs a scan to open.
private final class OpenDays {
  private var texts: [Day: LogText] = [:]
  private let cache = MemberCache()

  func text(of day: Day, _ directory: DataDirectory, _ fileSystem: any FileSystem) throws(SystemError) -> LogText {
    if let text = texts[day] { return text }
    let text = try LogText.open(.conversations(day), in: directory, on: fileSystem, cache: cache).text
    texts[day] = text
    return text
  }
}
