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

  mutating func add(_ other: ExpiryCounts) {
    for path in [\.days, \.records, \.feedback, \.comments, \.corrections, \.bytes] as [WritableKeyPath<Self, Int>] {
      self[keyPath: path] += other[keyPath: path]
    }
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
  /// Interrupted anywhere, what is left is there for the next time (`resumeExpiry`), until `finishExpiry`.
  package func expire(_ days: [DayFile], now: Timestamp) throws -> ExpiryCounts {
    var counts = try resumeExpiry(before: window(now: now).earliest.day)
    // Ahead of the rows: an id that a client or an import has made does not tell the day of its record.
    try note(expiring: days.flatMap { try scan(IDQuery.day($0.day)) { _, rows in Array(rows.keys) } })
    for day in days {
      let records = try scan(IDQuery.day(day.day)) { writer, rows in
        try writer.expire(day, rows.values, now: now) ? rows.count : nil
      }
      guard let records else { continue }
      counts.records += records
      counts.days += 1
      counts.bytes += day.bytes
    }
    counts.add(try resumeExpiry())
    try Quarantine(configuration.directory).remove(days.map(\.day))
    try truncateIndexLog()
    return counts
  }

  /// Whether an expiry has begun and not come to its end.
  package var isExpiring: Bool { fileSystem.exists(configuration.directory.expiring) }

  /// Takes out what was said of records that have expired: of those that are noted, and of those that have no row any more
  /// and whose id is of a day before `limit`.
  @discardableResult
  package func resumeExpiry(before limit: Day? = nil) throws -> ExpiryCounts {
    var counts = ExpiryCounts()
    let expiring = try noted()
    guard !expiring.isEmpty || limit != nil else { return counts }
    for (name, path) in ExpiryCounts.ratings {
      let found = try find(in: name) { line in
        guard let id = LineLead.id(of: line) else { return false }
        let isOld = limit.map { id.timestamp.day < $0 } ?? false
        guard isOld || expiring.contains(erasures.hasher.hash(id)) else { return false }
        // One that was noted may have stayed: its day had grown.
        return try commit.withWriter { try $0.index.row(id) == nil }
      }
      guard let found, found.sieve.lines > 0 else { continue }
      try remove(found)
      counts[keyPath: path] += found.sieve.lines
      counts.bytes += found.sieve.removedBytes
    }
    try commit.withWriter { try $0.forgetPendingText() }
    return counts
  }

  /// The dataset has let go of the ids too.
  package func finishExpiry() throws {
    try fileSystem.remove(configuration.directory.expiring)
    try fileSystem.synchronizeDirectory(configuration.directory.state)
  }

  /// One line, `{"examples":["32 hex digits",…]}`, with what was noted before.
  private func note(expiring ids: [ExampleID]) throws {
    let hashes = try noted().union(ids.map(erasures.hasher.hash))
    guard !hashes.isEmpty else { return }
    var writer = JSONWriter(reserving: 40 * hashes.count)
    writer.object { object in
      object.key("examples")
      object.array { list in for hash in hashes { list.string(hash.hex) } }
    }
    try fileSystem.replaceSecret(configuration.directory.expiring, with: writer.bytes + [UInt8(ascii: "\n")])
  }

  private func noted() throws -> Set<KeyedHash> {
    var hashes: Set<KeyedHash> = []
    guard isExpiring else { return hashes }
    try LineReader().read(try fileSystem.openSecret(configuration.directory.expiring)) { line, _ in
      guard let root = try? JSONDocument(parsing: line).root else { return }
      hashes.formUnion(root["examples"]?.items.compactMap { $0.string.flatMap(KeyedHash.init(hex:)) } ?? [])
    }
    return hashes
  }
}

extension LogWriter {
  /// Removes a day file with its rows; false where it is another one than it was.
  ///
  /// The rows first: a start after a crash in between reads the file again, and nothing is lost but the work.
  func expire(_ file: DayFile, _ rows: some Collection<ExampleRow>, now: Timestamp) throws -> Bool {
    let name = LogFileName.conversations(file.day)
    let index = try index
    guard try files.size(of: name) == file.bytes, !index.isFrozen else { return false }
    live.publish {
      for row in rows { index.remove(row) }
      index.forget(name)
      return index.tallies
    }
    newlyExpired.formUnion(rows.map(\.id).filter { PendingRatings.mayWait(for: $0, now: now) })
    try index.saveDurably()
    try files.remove(name)
    return true
  }
}
