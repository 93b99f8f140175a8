import Posix
import Privacy
import Records

/// Erasure (GDPR article 17), as far as the log goes. `beginErasure` hides; the lines go with `remove`; what
/// `finishErasure` was not reached for is to be taken up again (`unfinishedErasures`). One at a time from `findLines`
/// on: the caller sees to that.
extension TrainingLog {
  package enum ErasureFailure: Error {
    /// The index is not true to the log; the next start makes it anew.
    case indexFailed
    /// Somebody reads the index all the time, and its log cannot be emptied.
    case indexBusy
  }

  /// What is to be removed for a user: an earlier erasure of the same user that was not completed, and a new one, unless
  /// that would be of nothing. One of nothing is written down too where it is the only one: a backup may hold more of the
  /// user.
  ///
  /// - Parameter userID: as the backend names the user.
  package func beginErasure(ofUser userID: String, now: Timestamp) throws -> [Erasure] {
    let users = pseudonyms.users(userID)
    let hashes = Set(users.map(erasures.hasher.hash(user:)))
    let subject = consent.hasher.hash(userID: userID)
    let earlier = erasures.unfinished.filter { $0.subject == subject || !hashes.isDisjoint(with: $0.users) }
      .map(erasure)
    let scanned = try scan(ofUsers: users) { writer, rows in
      guard !rows.isEmpty || earlier.isEmpty else { return nil as Erasure? }
      return try begin(Array(rows.values), users, subject, writer, now: now)
    }
    return earlier + (scanned.map { [$0] } ?? [])
  }

  /// The same for one record; nil when none of that id is there, nor was.
  package func beginErasure(of id: ExampleID, now: Timestamp) throws -> [Erasure]? {
    let hash = erasures.hasher.hash(id)
    let earlier = erasures.unfinished.filter { $0.examples.contains(hash) }.map(erasure)
    guard earlier.isEmpty else { return earlier }
    return try commit.withWriter { writer in
      guard let row = try writer.index.row(id) else { return erasures.contains(id) ? [] : nil }
      return [try begin([row], [], nil, writer, now: now)]
    }
  }

  /// What the files of a backup hold of a user who was erased after it was made, beyond what was there at that time.
  package func beginErasure(ofMoreOf erasure: Erasure, now: Timestamp) throws -> [Erasure] {
    guard erasure.entry.followsBackup, !erasure.entry.users.isEmpty else { return [] }
    let hashes = Set(erasure.entry.users)
    let users = try commit.withWriter { try $0.index.knownUsers }.map(Pseudonym.init(value:))
      .filter { hashes.contains(erasures.hasher.hash(user: $0)) }
    guard !users.isEmpty else { return [] }
    return try scan(ofUsers: users) { writer, rows in
      [try begin(Array(rows.values), users, erasure.entry.subject, writer, now: now)]
    }
  }

  private func begin(
    _ rows: [ExampleRow], _ users: [Pseudonym], _ subject: KeyedHash?, _ writer: LogWriter, now: Timestamp
  ) throws -> Erasure {
    guard try !writer.index.isFrozen else { throw ErasureFailure.indexFailed }
    var unique: [ExampleID: ExampleRow] = [:]
    for row in rows { unique[row.id] = row }
    let sorted = unique.values.sorted { $0.id < $1.id }
    let entry = ErasureEntry(
      receiptID: Self.newReceiptID(), at: now, user: users.first.map(erasures.hasher.hash(user:)),
      formerUsers: users.dropFirst().map(erasures.hasher.hash(user:)), subject: subject,
      examples: sorted.map { erasures.hasher.hash($0.id) },
      keys: sorted.filter { $0.key != 0 }.map { erasures.hasher.hash(key: $0.key) })
    try writer.begin(entry, sorted)
    let erasure = Erasure(entry, rows: sorted, pseudonyms: users, hasher: erasures.hasher)
    begun.withLock { $0[entry.receiptID] = erasure }
    return erasure
  }

  /// What an earlier process, or a full disk, has left undone.
  package func unfinishedErasures() -> [Erasure] {
    erasures.unfinished.map(erasure)
  }

  /// With all that is known of its records, where this process has begun it.
  private func erasure(_ entry: ErasureEntry) -> Erasure {
    begun.withLock { $0[entry.receiptID] } ?? Erasure(entry, hasher: erasures.hasher)
  }

  /// Whose its records are, and hashes of their questions and answers, as far as their lines are still there; before any
  /// line is removed.
  package func traces(of erasure: Erasure) throws -> (users: Set<UInt64>, texts: [ContentHash]) {
    guard erasure.isResumed else { return (erasure.users, try texts(of: erasure)) }
    var users: Set<UInt64> = []
    var texts: [ContentHash] = []
    var questions: [ExampleID: String] = [:]
    for name in LogFileName.present(in: try fileSystem.list(configuration.directory.logs)) {
      guard case .conversations = name else { continue }
      try LineReader().read(try LogText.open(name, in: configuration.directory, on: fileSystem).text) { line, _ in
        guard erasure.covers(line: line), let text = try? Conversation(line: line) else { return }
        if let user = Pseudonym(hex: text.userID) { users.insert(user.value) }
        texts.append(ContentHash(question: text.userMessage, answer: text.assistantMessage))
        questions[text.exampleID] = text.userMessage
      }
    }
    return (users, texts + (try corrected(questions)))
  }

  private func texts(of erasure: Erasure) throws -> [ContentHash] {
    var questions: [ExampleID: String] = [:]
    let texts = commit.withWriter { writer in
      erasure.rows.values.compactMap { row -> ContentHash? in
        guard let text = try? writer.conversation(row), text.exampleID == row.id else { return nil }
        if row.isCorrected { questions[row.id] = text.userMessage }
        return ContentHash(question: text.userMessage, answer: text.assistantMessage)
      }
    }
    return texts + (try corrected(questions))
  }

  /// Any of their corrections may have been published in its time.
  private func corrected(_ questions: [ExampleID: String]) throws -> [ContentHash] {
    guard !questions.isEmpty, configuration.directory.holds(.corrections, on: fileSystem) else { return [] }
    var texts: [ContentHash] = []
    try LineReader().read(try LogText.open(.corrections, in: configuration.directory, on: fileSystem).text) { line, _ in
      guard let id = LineLead.id(of: line), let question = questions[id], let correction = try? Correction(line: line)
      else { return }
      texts.append(ContentHash(question: question, answer: correction.correctedMessage))
    }
    return texts
  }

  package func holdsRecords(ofUser user: UInt64) throws -> Bool {
    try commit.withWriter { try $0.index.knows(user: user) }
  }

  /// From now on it is taken up as if by another process.
  package func forgetBegun(_ erasure: Erasure) { begun.withLock { $0[erasure.receiptID] = nil } }

  /// Whether somebody else has not completed it meanwhile.
  package func isUnfinished(_ erasure: Erasure) -> Bool { erasures.isUnfinished(erasure.receiptID) }

  /// All lines of it in the files of the log.
  package func findLines(_ erasure: Erasure) throws -> FoundLines {
    var found = FoundLines()
    found.counts.records = erasure.records
    let present = LogFileName.present(in: try fileSystem.list(configuration.directory.logs))
    for name in erasure.files(among: present) {
      let sifted = try find(
        in: name, skipping: erasure.isPlainlyOther, orDamaged: { try mayHold($0, of: name, erasure) },
        erasure.covers(line:))
      if let sifted { found.add(sifted) }
    }
    return found
  }

  /// Writes down how much there is to remove, before any of it goes: who takes the erasure up again finds less. Returns
  /// the counts with those of earlier attempts.
  package func note(_ counts: ErasureCounts, of erasure: Erasure) throws -> ErasureCounts {
    let earlier = erasures.found(erasure.receiptID)
    let joined = earlier.map(counts.joined) ?? counts
    // Nothing, or one record's own line, can go only whole.
    if joined != earlier, joined != ErasureCounts() {
      try commit.withWriter { try $0.note(joined, of: erasure.receiptID) }
    }
    return joined
  }

  /// Whether it is written down how much there was to remove.
  package func isNoted(_ erasure: Erasure) -> Bool { erasures.found(erasure.receiptID) != nil }

  /// Takes the lines out of the files, and what is left of them out of the index, the ratings that wait, the quarantine
  /// and the ledger of refusals.
  package func remove(_ found: FoundLines, of erasure: Erasure) throws {
    for file in found.files { try remove(file) }
    try commit.withWriter { writer in
      try writer.forgetPendingText()
      if let subject = erasure.entry.subject { try writer.forgetConsent(of: subject) }
    }
    try emptyQuarantine()
  }

  package func emptyQuarantine() throws { try Quarantine(configuration.directory).removeAll() }

  /// Whether lines of the erasure stand in this part of the text of a day, which is damaged and cannot be read.
  private func mayHold(_ text: Range<Int>, of name: LogFileName, _ erasure: Erasure) throws -> Bool {
    guard !erasure.isResumed else { return true }
    return try commit.withWriter { writer in
      let index = try writer.index
      return erasure.rows.values.contains { row in
        guard name == .conversations(row.day), let offset = index.offset(of: row) else { return false }
        return text.overlaps(offset..<offset + row.length)
      }
    }
  }

  /// Writes down that nothing is left of it. Returns the receipt, which is owed to whoever asks for the same, until it is
  /// taken: what was asked for may not have been answered.
  package func finishErasure(
    _ erasure: Erasure, _ counts: ErasureCounts, now: Timestamp
  ) throws -> ErasureReceipt {
    let receipt = ErasureReceipt(id: erasure.receiptID, at: erasure.at, counts: counts, key: secrets.receiptKey)
    try truncateIndexLog()
    // Whoever asks for one of zeros gets that anyway, and that of an erasure before a restore was answered then.
    let isOwed = counts != ErasureCounts() && !erasure.followsBackup
    try commit.withWriter { try $0.finish(receipt, at: now, isOwed: isOwed) }
    return receipt
  }

  /// Pages as they were before stay in the index's write-ahead log until it is emptied, which a reader of the index can
  /// hold up; commits go on between the attempts.
  func truncateIndexLog() throws {
    for _ in 0..<Self.truncationAttempts {
      let isEmpty = try commit.withWriter { writer in
        guard try !writer.index.isFrozen else { throw ErasureFailure.indexFailed }
        try writer.index.saveDurably()
        return try writer.index.truncateLog()
      }
      if isEmpty { return }
    }
    throw ErasureFailure.indexBusy
  }

  /// Each waits for readers for a moment (`IndexFile.truncateLog`).
  private static let truncationAttempts = 50

  static func newReceiptID() -> String {
    let bytes = Clocks.randomBytes(16)
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    return UUIDText.version4(high: word(bytes[..<8]), low: word(bytes[8...]))
  }
}
