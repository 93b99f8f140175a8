import Posix
import Records

/// What has gone since its time is over.
package struct ExpiryCounts: Equatable, Sendable {
  package var days = 0
  package var records = 0
  package var feedback = 0
  package var comments = 0
  package var corrections = 0
  package var bytes = 0

  package init() {}

  /// The files with what was said of records, and where their lines are counted.
  static var ratings: [(LogFileName, WritableKeyPath<ExpiryCounts, Int>)] {
    [(.feedback, \.feedback), (.comments, \.comments), (.corrections, \.corrections)]
  }

  package var named: [(String, Int)] {
    [
      ("days", days), ("records", records), ("feedback", feedback), ("comments", comments),
      ("corrections", corrections), ("bytes", bytes),
    ]
  }

  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      for (name, count) in named {
        object.key(name)
        object.integer(count)
      }
    }
    return writer.bytes
  }
}

/// A day, and how many bytes its text had when it was looked at.
package struct DayFile: Equatable, Sendable {
  package let day: Day
  package let bytes: Int

  /// The day files of days before `limit`, the oldest first.
  package static func before(
    _ limit: Day, in directory: DataDirectory, _ fileSystem: any FileSystem = PosixFileSystem()
  ) throws(SystemError) -> [DayFile] {
    var files: [DayFile] = []
    for name in LogFileName.present(in: try fileSystem.list(directory.logs)) {
      guard case .conversations(let day) = name, day < limit else { continue }
      files.append(DayFile(day: day, bytes: try LogText.open(name, in: directory, on: fileSystem).text.size()))
    }
    return files
  }
}

/// Storage limitation (GDPR article 5(1)(e)): raw records go when they are older than the retention, whole days at once.
/// The caller sees to it that a curator has seen them, and that none runs meanwhile.
extension TrainingLog {
  /// The days that are over for longer than the retention, the oldest first.
  package func expiredDays(now: Timestamp) throws -> [DayFile] {
    try DayFile.before(window(now: now).earliest.day, in: configuration.directory, fileSystem)
  }

  /// Removes these days, and what was said of their records. A day that has grown since stays for the next time.
  ///
  /// Interrupted anywhere, what is left is there for the next time.
  package func expire(_ days: [DayFile], now: Timestamp) throws -> ExpiryCounts {
    var counts = ExpiryCounts()
    var gone: Set<ExampleID> = []
    for day in days {
      let ids = try scan(IDQuery.day(day.day)) { writer, rows in
        try writer.expire(day, rows.values) ? Array(rows.keys) : nil
      }
      guard let ids else { continue }
      gone.formUnion(ids)
      counts.days += 1
      counts.bytes += day.bytes
    }
    counts.records = gone.count
    let limit = window(now: now).earliest.day
    for (name, path) in ExpiryCounts.ratings {
      guard let found = try find(in: name, { [gone] line in try isExpired(line, gone, before: limit) }) else {
        continue
      }
      try remove(found)
      counts[keyPath: path] = found.sieve.lines
      counts.bytes += found.sieve.removedBytes
    }
    try commit.withWriter { try $0.forgetPendingText() }
    try Quarantine(configuration.directory).remove(days.map(\.day))
    try truncateIndexLog()
    return counts
  }

  /// Also what an interrupted expiry has left: it is of a record of that time that is not there any more.
  private func isExpired(_ line: [UInt8], _ gone: Set<ExampleID>, before limit: Day) throws -> Bool {
    guard let id = LineLead.id(of: line) else { return false }
    if gone.contains(id) { return true }
    guard id.timestamp.day < limit else { return false }
    return try commit.withWriter { try $0.index.row(id) == nil }
  }
}

extension LogWriter {
  /// Removes a day file with its rows; false where it is another one than it was.
  ///
  /// The rows first: a start after a crash in between reads the file again, and nothing is lost but the work.
  func expire(_ file: DayFile, _ rows: some Collection<ExampleRow>) throws -> Bool {
    let name = LogFileName.conversations(file.day)
    let index = try index
    guard try files.size(of: name) == file.bytes, !index.isFrozen else { return false }
    live.publish {
      for row in rows { index.remove(row) }
      index.forget(name)
      return index.tallies
    }
    try index.saveDurably()
    try files.remove(name)
    return true
  }
}
