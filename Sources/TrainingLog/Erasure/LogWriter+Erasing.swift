import Posix
import Privacy
import Records

/// What of an erasure has to be done between two commits.
extension LogWriter {
  /// Writes the erasure down, durably, and hides its records from that moment on.
  func begin(_ entry: ErasureEntry, _ rows: [ExampleRow]) throws {
    let index = try index
    try files.append([(.erasures, entry.line() + [UInt8(ascii: "\n")])])
    journal.begin(entry)
    live.publish {
      for row in rows { index.remove(row) }
      return index.tallies
    }
    try index.save()
  }

  /// Puts a copy without the removed lines in the place of the plain or the sealed file.
  ///
  /// The index is told before that the file is about to change, durably: whatever becomes of this process, the next one
  /// does not take the old places for the new ones.
  ///
  /// - Parameters:
  ///   - copy: open at `temporary`, with what stays of the sealed file, or of the first `copied` bytes of the plain one;
  ///     synced.
  ///   - removed: logical.
  ///   - lost: records of others whose lines are among these.
  func replace(
    _ name: LogFileName, _ part: LogText.Part, by copy: any LogFile, at temporary: String, copied: Int,
    _ removed: [RemovedRanges.Range], lost: [ExampleID]
  ) throws {
    let index = try index
    let size = try files.size(of: name)
    let text = try files.file(name)
    let plainEnd = size - text.sealedBytes
    if part == .plain, plainEnd > copied, let plain = text.plain {
      try LineSieve.copy(plain, copied..<plainEnd, to: copy)
      try copy.synchronizeData()
    }
    let left = size - removed.reduce(0) { $0 + $1.length }
    let lostRows = try lost.compactMap { try index.row($0) }
    try index.doubt(name)
    try files.replace(name, part, by: copy, at: temporary, size: left)
    if !lostRows.isEmpty { forget(lostRows, index) }
    index.cut(removed, from: name, leaving: left)
    // Until the name is durable the old file may come back, and the places in the index are not for that one.
    index.keepDoubting(name)
    try files.synchronizeName(name)
    index.setBytes(left, of: name)
    try index.saveDurably()
  }

  private func forget(_ lost: [ExampleRow], _ index: ExampleIndex) {
    live.publish {
      for row in lost { index.remove(row) }
      return index.tallies
    }
    live.tell(StorageFault(work: .erasure, reason: "\(lost.count) records in a damaged member went with an erased one"))
  }

  /// Lines of ratings that have joined their record hold their text.
  func forgetPendingText() throws {
    guard fileSystem.exists(directory.path(of: .pending)) else { return }
    try rewritePending()
  }

  /// Of what the subject has refused and granted, only the refusals in force stay.
  func forgetConsent(of subject: KeyedHash) throws {
    guard let content = consent.content(without: subject) else { return }
    let index = try index
    try files.rewrite(.consent, with: content)
    consent.forget(subject)
    index.setBytes(content.count, of: .consent)
  }

  func note(_ found: ErasureCounts, of receiptID: String) throws {
    try files.append([(.erasures, ErasureEntry.foundLine(receiptID, found) + [UInt8(ascii: "\n")])])
    journal.note(found, of: receiptID)
  }

  func finish(_ receipt: ErasureReceipt, at now: Timestamp, isOwed: Bool) throws {
    let line = ErasureEntry.doneLine(receipt, at: now, isOwed: isOwed)
    try files.append([(.erasures, line + [UInt8(ascii: "\n")])])
    journal.finish(receipt.id, owed: isOwed ? receipt : nil)
  }

  func noteReceived(_ receipts: [ErasureReceipt], at now: Timestamp) throws {
    let lines = receipts.flatMap { ErasureEntry.receivedLine($0.id, at: now) + [UInt8(ascii: "\n")] }
    try files.append([(.erasures, lines)])
  }
}
