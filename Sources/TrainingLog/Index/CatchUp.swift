import Posix
import Privacy
import Records

/// Reads into an index what it has not seen of the files. May go on beside the commits: it looks no further than it is
/// told that everything is synced.
struct CatchUp {
  let directory: DataDirectory
  let fileSystem: any FileSystem
  let collector: FeedbackCollector
  let journal: ErasureJournal
  let consent: ConsentLedger
  let texts: LogTexts
  /// Asked between two transactions.
  private let isCancelled: @Sendable () -> Bool

  struct Cancelled: Error {}

  init(
    directory: DataDirectory, fileSystem: any FileSystem, collector: FeedbackCollector, journal: ErasureJournal,
    consent: ConsentLedger, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.directory = directory
    self.fileSystem = fileSystem
    self.collector = collector
    self.journal = journal
    self.consent = consent
    self.isCancelled = isCancelled
    texts = LogTexts(directory, fileSystem)
  }

  /// All files.
  ///
  /// - Parameters:
  ///   - synced: bytes of each plain file, and of the ledger of refusals.
  ///   - progress: called with 0–1 of the bytes to read.
  /// - Returns: the bytes that there were to read.
  func run(
    _ index: ExampleIndex, upTo synced: [LogFileName: Int], _ report: inout Recovery.Report,
    _ progress: @Sendable (Double) -> Void = { _ in }
  ) throws -> Int {
    // Records first: ratings of records that the index does not know yet would be lost.
    let days = synced.keys.filter { if case .conversations = $0 { true } else { false } }.sorted { $0.name < $1.name }
    let wanted = days + [.feedback, .comments, .corrections].filter { synced[$0] != nil }
    let missing = try wanted.map { try text(of: $0, synced[$0]).size() - index.bytes(of: $0) }
    let total = missing.reduce(0, +)
    var done = 0
    for (name, bytes) in zip(wanted, missing) {
      try run(name, index, upTo: synced[name], &report) { [done] in
        progress(Double(done + $0) / Double(max(1, total)))
      }
      done += bytes
    }
    try catchUpWithConsent(index, synced[.consent] ?? 0)
    return total
  }

  private func text(of name: LogFileName, _ synced: Int?) throws(SystemError) -> LogText {
    let text = try texts.text(of: name)
    return synced.map(text.upTo) ?? text
  }

  /// Refusals that were noted and had not reached the rows when the process ended, or came with a restored ledger, or
  /// while the rows were read.
  private func catchUpWithConsent(_ index: ExampleIndex, _ size: Int) throws {
    guard index.bytes(of: .consent) != size else { return }
    try index.updateAll { $0.isRefused = consent.refuses(.training, user: Pseudonym(value: $0.user)) }
    index.setBytes(size, of: .consent)
    try index.save()
  }

  /// - Parameters:
  ///   - synced: bytes of the plain file; nil where nobody writes to it meanwhile.
  ///   - progress: called with the bytes read so far.
  func run(
    _ name: LogFileName, _ index: ExampleIndex, upTo synced: Int? = nil, _ report: inout Recovery.Report,
    progress: @Sendable (Int) -> Void = { _ in }
  ) throws {
    let text = try text(of: name, synced)
    defer { report.add(text.damages, of: name) }
    let size = try text.size()
    let first = index.bytes(of: name)
    var batches = LineBatches(of: text, from: first, upTo: size, rowReader(of: name))
    while let batch = try batches.next() {
      if isCancelled() { throw Cancelled() }
      try take(batch, of: name, text, index, &report)
      progress(batch.piece.end - first)
    }
  }

  private func rowReader(of name: LogFileName) -> RowReader? {
    guard case .conversations = name else { return nil }
    return RowReader(scrubber: collector.scrubber, rules: collector.rules)
  }

  private func take(
    _ batch: LineBatch, of name: LogFileName, _ text: LogText, _ index: ExampleIndex, _ report: inout Recovery.Report
  ) throws {
    let piece = batch.piece
    // All that is gone was before this.
    let gone = index.removed(from: name).bytes
    var unread = text.damages.filter { $0.text.upperBound > piece.start && !$0.text.isEmpty }.map(\.text)
    for (number, (line, offset)) in piece.lines.enumerated() {
      do {
        if case .conversations(let day) = name {
          try insert(batch.rows[number].get(), at: offset + gone, of: day, index)
        } else {
          try apply(line, of: name, index)
        }
        report.records += 1
      } catch let error as LineError {
        let place = text.place(of: offset, in: name)
        report.damagedLines.append(DamagedLine(file: place.file, offset: place.offset, reason: error.description))
        unread.append(offset..<offset + line.count)
      }
    }
    for hole in piece.holes where !unread.contains(where: { $0.overlaps(hole) }) {
      let place = text.place(of: hole.lowerBound, in: name)
      let range = place.offset..<place.offset + hole.count
      report.damagedLines.append(DamagedLine(hole: range, in: place.file))
      unread.append(hole)
    }
    let damages = try unread.map { range in
      KnownDamage(
        offset: range.lowerBound + gone, length: range.count,
        crc: checksum(try text.read(at: range.lowerBound, count: range.count)))
    }
    index.add(damages, to: name)
    let checksums =
      name.numberInIndex == nil
      ? [] : piece.lines.map { LineChecksum(offset: $0.offset + gone, crc: checksum($0.line)) }
    index.setBytes(piece.end, of: name, lines: checksums)
    try index.save()
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
    // Records are inserted; the others are not among the names in `training_logs`: `LogWriter.readPending` and
    // `Recovery.readLedgers` read them.
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
      let text = try texts.text(of: .conversations(row.day))
      let conversation = try Conversation(line: text.read(at: offset, count: row.length))
      try index.update(row, to: collector.corrected(row, conversation, by: correction))
    }
  }

  /// Gives rows that were read anew what was said of them before.
  func rate(_ ids: Set<ExampleID>, _ index: ExampleIndex) throws {
    guard !ids.isEmpty else { return }
    for name in [LogFileName.feedback, .comments, .corrections] where directory.holds(name, on: fileSystem) {
      let end = index.bytes(of: name)
      try LineReader().read(try texts.text(of: name)) { line, offset in
        guard offset < end, LineLead.id(of: line).map(ids.contains) ?? true else { return }
        do { try apply(line, of: name, index) } catch is LineError {}  // Passed over by a start, too.
      }
    }
  }

  private func change(_ id: ExampleID, _ index: ExampleIndex, _ body: (inout ExampleRow) -> Void) throws {
    guard let old = try index.row(id) else { return }
    var new = old
    body(&new)
    try index.update(old, to: new)
  }
}
