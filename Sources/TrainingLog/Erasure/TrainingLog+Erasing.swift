import Posix
import Privacy
import Records

/// Erasure (GDPR article 17), as far as the log goes. `beginErasure` hides; the lines go with `removeLines`; what
/// `finishErasure` was not reached for is to be taken up again (`unfinishedErasures`). One at a time from `removeLines`
/// on: the caller sees to that.
extension TrainingLog {
  package enum ErasureFailure: Error {
    /// The index is not true to the log; the next start makes it anew.
    case indexFailed
    /// Somebody reads the index all the time, and its log cannot be emptied.
    case indexBusy
  }

  /// What is to be removed for a user: an earlier erasure of the same user that was not completed, and a new one where
  /// records are there.
  ///
  /// - Parameter userID: as the backend names the user.
  package func beginErasure(ofUser userID: String, now: Timestamp) throws -> [Erasure] {
    let pseudonym = pseudonymizer.user(userID)
    let hash = erasures.hasher.hash(user: pseudonym)
    let earlier = erasures.unfinished.filter { $0.user == hash }.map(erasure)
    let scanned = try scan(ofUser: pseudonym) { writer, rows in
      try begin(Array(rows.values), user: pseudonym, writer, now: now)
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
      return try begin([row], user: nil, writer, now: now).map { [$0] }
    }
  }

  private func begin(
    _ rows: [ExampleRow], user: Pseudonym?, _ writer: LogWriter, now: Timestamp
  ) throws -> Erasure? {
    guard !writer.index.isFrozen else { throw ErasureFailure.indexFailed }
    guard !rows.isEmpty else { return nil }
    var unique: [ExampleID: ExampleRow] = [:]
    for row in rows { unique[row.id] = row }
    let sorted = unique.values.sorted { $0.id < $1.id }
    let entry = ErasureEntry(
      receiptID: Self.newReceiptID(), at: now, user: user.map(erasures.hasher.hash(user:)),
      examples: sorted.map { erasures.hasher.hash($0.id) },
      keys: sorted.filter { $0.key != 0 }.map { erasures.hasher.hash(key: $0.key) })
    try writer.begin(entry, sorted)
    let erasure = Erasure(entry, rows: sorted, pseudonym: user, hasher: erasures.hasher)
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
    guard erasure.isResumed else { return (erasure.users, texts(of: erasure)) }
    var users: Set<UInt64> = []
    var texts: [ContentHash] = []
    for name in try fileSystem.list(configuration.directory.logs).compactMap({ LogFileName($0) }) {
      guard case .conversations = name else { continue }
      try LineReader().read(try fileSystem.openLog(configuration.directory.path(of: name))) { line, _ in
        guard erasure.covers(line: line), let text = try? Conversation(line: line) else { return }
        if let user = Pseudonym(hex: text.userID) { users.insert(user.value) }
        texts.append(ContentHash(question: text.userMessage, answer: text.assistantMessage))
      }
    }
    return (users, texts)
  }

  private func texts(of erasure: Erasure) -> [ContentHash] {
    commit.withWriter { writer in
      erasure.rows.values.compactMap { row in
        guard let text = try? writer.conversation(row), text.exampleID == row.id else { return nil }
        return ContentHash(question: text.userMessage, answer: text.assistantMessage)
      }
    }
  }

  package func holdsRecords(ofUser user: UInt64) -> Bool { commit.withWriter { $0.index.knows(user: user) } }

  /// From now on it is taken up as if by another process.
  package func forgetBegun(_ erasure: Erasure) { begun.withLock { $0[erasure.receiptID] = nil } }

  /// Whether somebody else has not completed it meanwhile.
  package func isUnfinished(_ erasure: Erasure) -> Bool { erasures.isUnfinished(erasure.receiptID) }

  /// Takes all lines of it out of the files of the log, and its traces out of the index.
  package func removeLines(_ erasure: Erasure) throws -> ErasureCounts {
    let directory = configuration.directory
    var counts = ErasureCounts()
    counts.records = erasure.records
    let present = try fileSystem.list(directory.logs).compactMap { LogFileName($0) }
    for name in erasure.files(among: present) {
      let sieve = try remove(from: name, erasure.covers(line:))
      counts.bytes += sieve.removedBytes
      switch name {
      case .feedback: counts.feedback += sieve.lines
      case .comments: counts.comments += sieve.lines
      case .corrections: counts.corrections += sieve.lines
      case .conversations, .pending, .erasures, .consent: break
      }
    }
    try commit.withWriter { try $0.forgetPendingText() }
    try emptyQuarantine()
    return counts
  }

  package func emptyQuarantine() throws { try Quarantine(configuration.directory).removeAll() }

  /// Writes a file anew without the lines that `isGone`, beside the commits. No line that comes later may be one of them.
  func remove(from name: LogFileName, _ isGone: ([UInt8]) throws -> Bool) throws -> LineSieve {
    let path = configuration.directory.path(of: name)
    guard fileSystem.exists(path) else { return LineSieve() }
    let synced = try commit.withWriter { try $0.files.size(of: name) }
    let file = try fileSystem.openLog(path)
    let sieve = try LineSieve(file, upTo: synced, removing: isGone)
    guard !sieve.removed.isEmpty else { return sieve }
    let temporary = path + Self.copySuffix
    try fileSystem.remove(temporary)
    do {
      let copy = try fileSystem.openLog(temporary)
      try sieve.copy(file, upTo: synced, to: copy)
      try copy.synchronizeData()
      try commit.withWriter { try $0.replace(name, by: copy, at: temporary, copied: synced, sieve) }
    } catch {
      try? fileSystem.remove(temporary)
      throw error
    }
    return sieve
  }

  /// Of a copy that is going to replace a log file; one that a crash has left is removed at the next start.
  static let copySuffix = ".erasing"

  /// Writes down that nothing is left of it. Returns the receipt.
  package func finishErasure(
    _ erasure: Erasure, _ counts: ErasureCounts, now: Timestamp
  ) throws -> ErasureReceipt {
    let receipt = ErasureReceipt(id: erasure.receiptID, at: erasure.at, counts: counts, key: secrets.receiptKey)
    try truncateIndexLog()
    try commit.withWriter { try $0.finish(receipt, at: now) }
    return receipt
  }

  /// For a request that found nothing to erase.
  package func emptyReceipt(now: Timestamp) -> ErasureReceipt {
    ErasureReceipt(id: Self.newReceiptID(), at: now, counts: ErasureCounts(), key: secrets.receiptKey)
  }

  /// Pages as they were before stay in the index's write-ahead log until it is emptied, which a reader of the index can
  /// hold up; commits go on between the attempts.
  func truncateIndexLog() throws {
    for _ in 0..<Self.truncationAttempts {
      let isEmpty = try commit.withWriter { writer in
        guard !writer.index.isFrozen else { throw ErasureFailure.indexFailed }
        try writer.index.saveDurably()
        return try writer.index.truncateLog()
      }
      if isEmpty { return }
    }
    throw ErasureFailure.indexBusy
  }

  /// Each waits for readers for a moment (`IndexFile.truncateLog`).
  private static let truncationAttempts = 50

  private static func newReceiptID() -> String {
    let bytes = Clocks.randomBytes(16)
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    return UUIDText.version4(high: word(bytes[..<8]), low: word(bytes[8...]))
  }
}
