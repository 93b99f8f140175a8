import Posix
import Records

/// What a sealing did.
package struct SealingCounts: Equatable, Sendable {
  package var days = 0
  /// Of plain files that are gone.
  package var bytes = 0
  /// Of the sealed files that these days have now.
  package var sealedBytes = 0

  package init() {}

  package var named: [(String, Int)] { [("days", days), ("bytes", bytes), ("sealed_bytes", sealedBytes)] }
}

extension TrainingLog {
  /// Compresses the days before `limit` that are not sealed yet, or to which something has come since, or that somebody
  /// else has packed in another form, the oldest first, and beside the commits. Interrupted anywhere, what is left is there for the next time. A day that grows meanwhile
  /// stays as it is, as does everything where the disk has not enough room for both forms of a day.
  ///
  /// Waits for erasures and for the curator, day by day; the caller must not hold the lock of the curation.
  package func sealDays(before limit: Day) throws -> SealingCounts {
    var counts = SealingCounts()
    for name in LogFileName.present(in: try fileSystem.list(configuration.directory.logs)) {
      guard case .conversations(let day) = name, day < limit else { continue }
      let lock = try configuration.directory.lockCuration()
      try seal(name, &counts)
      _ = consume lock
    }
    return counts
  }

  private func seal(_ name: LogFileName, _ counts: inout SealingCounts) throws {
    let directory = configuration.directory
    guard let path = directory.sealedPath(of: name) else { return }
    if !fileSystem.exists(directory.path(of: name)) {
      guard fileSystem.exists(path), try SealedText(fileSystem.openLog(path)).table.hasForeign else { return }
    }
    let start = try commit.withWriter { try $0.beginSealing(name) }
    guard start.plainSize > 0 || start.text.sealed?.table.hasForeign == true else { return }
    // The text does not grow by being compressed, but for some bytes a member.
    let room = start.plainSize + start.plainSize / 1024 + (try start.text.sealed?.file.size() ?? 0)
    guard try fileSystem.freeBytes(directory.root) - room >= configuration.diskReserve else {
      throw SystemError(call: "write", code: SystemError.noSpace)
    }
    let temporary = path + ".tmp"
    let sealing = DaySealing(fileSystem: fileSystem, temporary: temporary)
    try sealing.write(start.text.sealed, start.plain, upTo: start.plainSize)
    let isDone = try commit.withWriter { try $0.finishSealing(start, by: temporary) }
    guard isDone else { return try fileSystem.remove(temporary) }
    counts.days += 1
    counts.bytes += start.plainSize
    counts.sealedBytes += try fileSystem.openLog(path).size()
  }
}

/// A day as it was when its sealing began.
struct SealingStart: Sendable {
  let name: LogFileName
  let text: LogText
  let plain: (any LogFile)?
  let plainSize: Int
  let revision: Int
}

extension LogWriter {
  func beginSealing(_ name: LogFileName) throws -> SealingStart {
    let entry = try files.entry(name)
    return SealingStart(
      name: name, text: entry.text, plain: entry.plain, plainSize: entry.plainSize,
      revision: files.revisions[name] ?? 0)
  }

  /// Puts the compressed file in place; false where the day is not as it was. Nothing changes for the index: it knows
  /// places in the text.
  func finishSealing(_ start: SealingStart, by temporary: String) throws -> Bool {
    let entry = try files.entry(start.name)
    guard files.revisions[start.name] ?? 0 == start.revision, entry.plainSize == start.plainSize else { return false }
    try files.seal(start.name, by: temporary)
    return true
  }
}
