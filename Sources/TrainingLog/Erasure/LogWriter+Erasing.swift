import Posix
import Privacy
import Records

/// What of an erasure has to be done between two commits.
extension LogWriter {
  /// Writes the erasure down, durably, and hides its records from that moment on.
  func begin(_ entry: ErasureEntry, _ rows: [ExampleRow]) throws {
    try files.append([(.erasures, entry.line() + [UInt8(ascii: "\n")])])
    journal.begin(entry)
    live.publish {
      for row in rows { index.remove(row) }
      return index.tallies
    }
    try index.save()
  }

  /// Puts a copy without the removed lines in the place of a file.
  ///
  /// The index is told before that the file is about to change, durably: whatever becomes of this process, the next one
  /// does not take the old places for the new ones.
  ///
  /// - Parameters:
  ///   - copy: open at `temporary`, with what stays of the first `copied` bytes, synced.
  func replace(_ name: LogFileName, by copy: any LogFile, at temporary: String, copied: Int, _ sieve: LineSieve) throws
  {
    let size = try files.size(of: name)
    if size > copied {
      try LineSieve.copy(try files.file(name), copied..<size, to: copy)
      try copy.synchronizeData()
    }
    let earlier = index.removed(from: name)
    let ranges = sieve.removed.flatMap { earlier.logical($0) }
    try index.doubt(name)
    try files.replace(name, by: copy, at: temporary, size: size - sieve.removedBytes)
    index.cut(ranges, from: name, leaving: size - sieve.removedBytes)
    // Until the name is durable the old file may come back, and the places in the index are not for that one.
    index.keepDoubting(name)
    try files.synchronizeName(name)
    index.setBytes(size - sieve.removedBytes, of: name)
    try index.saveDurably()
  }

  /// Lines of ratings that have joined their record hold their text.
  func forgetPendingText() throws {
    guard fileSystem.exists(directory.path(of: .pending)) else { return }
    try rewritePending()
  }

  func finish(_ receipt: ErasureReceipt, at now: Timestamp) throws {
    try files.append([(.erasures, ErasureEntry.doneLine(receipt, at: now) + [UInt8(ascii: "\n")])])
    journal.finish(receipt.id)
  }
}
