import Records

/// The SQLite file behind the index (WAL): what a start loads instead of reading the whole log, and where rows are looked
/// up that memory does not hold.
///
/// `synchronous=NORMAL`: with a WAL the database survives a power loss whole, at worst older than the log, and the next
/// start reads what is missing from the JSONL (https://sqlite.org/pragma.html#pragma_synchronous).
final class IndexFile {
  static let schemaVersion = 6

  let database: Database
  var labels = LabelNumbers()

  /// Throws for a file that is no index of this version; the caller sets it aside and starts a new one.
  init(path: String) throws(DatabaseError) {
    database = try Database(path: path)
    try database.execute(Self.settings)
    let version = try number("PRAGMA user_version")
    if version == 0, try number("SELECT count(*) FROM sqlite_schema") == 0 {
      try database.execute(Self.schema)
    } else if version != Self.schemaVersion {
      throw DatabaseError(code: 1, context: "index of another version")
    }
    try loadLabels()
  }

  private static let settings =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=100"

  /// Opens one that is open already for writing to it on another thread. Whoever does tells it the labels, and empties the
  /// write-ahead log.
  init(beside path: String) throws(DatabaseError) {
    database = try Database(path: path, .writing)
    try database.execute("\(Self.settings); PRAGMA wal_autocheckpoint=0")
    guard try number("PRAGMA user_version") == Self.schemaVersion else {
      throw DatabaseError(code: 1, context: "index of another version")
    }
  }

  /// Makes a new one at a place where nobody looks for it. Without a journal: it is of no use before it is complete, on
  /// the disk and at its own place.
  init(making path: String) throws(DatabaseError) {
    database = try Database(path: path)
    try database.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536")
    try database.execute(Self.schema)
  }

  /// Opens it for reading beside the process that writes it. Everything read is as of one moment.
  init(reading path: String) throws(DatabaseError) {
    database = try Database(path: path, .reading)
    try database.execute("BEGIN")
    guard try number("PRAGMA user_version") == Self.schemaVersion else {
      throw DatabaseError(code: 1, context: "index of another version")
    }
    try loadLabels()
  }

  private func loadLabels() throws(DatabaseError) {
    let rows = try database.statement("SELECT id, language, framework, complexity, model, variant FROM labels")
    while try rows.step() {
      labels.add(
        .init(
          language: rows.text(1), framework: rows.text(2), complexity: rows.text(3), model: rows.text(4),
          variant: rows.text(5)), number: rows.integer(0))
    }
  }

  private static let schema = """
    BEGIN;
    CREATE TABLE examples(
      id BLOB PRIMARY KEY, day INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
      crc INTEGER NOT NULL, user INTEGER NOT NULL, session INTEGER NOT NULL, labels INTEGER NOT NULL,
      redactions TEXT NOT NULL, twin INTEGER NOT NULL, reason TEXT NOT NULL, score INTEGER NOT NULL,
      comment INTEGER NOT NULL, corrected INTEGER NOT NULL, key INTEGER NOT NULL,
      refused INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE labels(
      id INTEGER PRIMARY KEY, language TEXT NOT NULL, framework TEXT NOT NULL, complexity TEXT NOT NULL,
      model TEXT NOT NULL, variant TEXT NOT NULL);
    CREATE TABLE tallies(
      kind INTEGER NOT NULL, name TEXT NOT NULL, conversations INTEGER NOT NULL, rated INTEGER NOT NULL,
      score_sum INTEGER NOT NULL, high_quality INTEGER NOT NULL, PRIMARY KEY(kind, name)) WITHOUT ROWID;
    CREATE TABLE files(name TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE lines(
      file INTEGER NOT NULL, offset INTEGER NOT NULL, crc INTEGER NOT NULL, PRIMARY KEY(file, offset)) WITHOUT ROWID;
    CREATE TABLE removed(
      file TEXT NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL, PRIMARY KEY(file, start)) WITHOUT ROWID;
    \(keySchema)\(twinSchema)\(lastLineSchema)
    PRAGMA user_version = \(schemaVersion);
    COMMIT;
    """

  /// What one transaction writes.
  struct Changes: Sendable {
    var rows: [ExampleID: ExampleRow] = [:]
    var tallies: [TallyKey: Tally] = [:]
    var files: [String: Int] = [:]
    var lines = LineChanges()
    /// Rows that are gone.
    var removed: Set<ExampleID> = []
    /// Those of removed rows that no row has any more.
    var obsoleteLabels: Set<ExampleRow.Labels> = []
    /// All that is gone from each of these files.
    var ranges: [String: RemovedRanges] = [:]
    /// Files that are gone.
    var forgotten: Set<String> = []

    var isEmpty: Bool { rows.isEmpty && files.isEmpty && removed.isEmpty && ranges.isEmpty && forgotten.isEmpty }
  }

  /// - Parameter body: writes what belongs to it in the same transaction.
  func write(
    _ changes: Changes, with body: () throws(DatabaseError) -> Void = {}
  ) throws(DatabaseError) {
    try database.execute("BEGIN IMMEDIATE")
    let labelsBefore = labels
    do throws(DatabaseError) {
      // In the order of the table, so that neighbours land on one page.
      for id in changes.rows.keys.sorted() { if let row = changes.rows[id] { try write(row) } }
      for id in changes.removed { try database.statement("DELETE FROM examples WHERE id = ?").bind(1, id.bytes).run() }
      for (key, tally) in changes.tallies { try write(tally, of: key) }
      for (name, bytes) in changes.files {
        try database.statement("INSERT OR REPLACE INTO files VALUES(?, ?)").bind(1, name).bind(2, bytes).run()
      }
      for name in changes.forgotten {
        try database.statement("DELETE FROM files WHERE name = ?").bind(1, name).run()
        try database.statement("DELETE FROM removed WHERE file = ?").bind(1, name).run()
      }
      try write(changes.lines)
      for (name, ranges) in changes.ranges { try write(ranges, of: name) }
      for obsolete in changes.obsoleteLabels {
        if let number = labels.number(of: obsolete) {
          try database.statement("DELETE FROM labels WHERE id = ?").bind(1, number).run()
        }
      }
      try body()
      try database.execute("COMMIT")
    } catch {
      try? database.execute("ROLLBACK")
      // What was numbered is not in the file.
      labels = labelsBefore
      throw error
    }
    for obsolete in changes.obsoleteLabels { labels.remove(obsolete) }
  }

  /// What `body` commits is on the disk when this returns.
  func durably(_ body: () throws(DatabaseError) -> Void) throws(DatabaseError) {
    try database.execute("PRAGMA synchronous=FULL")
    do throws(DatabaseError) { try body() } catch {
      try database.execute("PRAGMA synchronous=NORMAL")
      throw error
    }
    try database.execute("PRAGMA synchronous=NORMAL")
  }

  /// Waits for readers for at most the busy timeout; false where some are left
  /// (https://sqlite.org/pragma.html#pragma_wal_checkpoint).
  func truncateLog() throws(DatabaseError) -> Bool { try number("PRAGMA wal_checkpoint(TRUNCATE)") == 0 }

  /// As much as can be without waiting for anybody.
  func checkpoint() throws(DatabaseError) { _ = try number("PRAGMA wal_checkpoint(PASSIVE)") }

  /// Pages written since the last call.
  func takePagesWritten() -> Int { database.takePagesWritten() }

  /// From now on all is read as it is now, whatever is written on other connections.
  func pin() throws(DatabaseError) {
    try database.execute("BEGIN")
    do throws(DatabaseError) { _ = try number("PRAGMA user_version") } catch {
      unpin()
      throw error
    }
  }

  /// Ends that, where it has begun.
  func unpin() { if database.isInTransaction { try? database.execute("ROLLBACK") } }

  private func write(_ row: ExampleRow) throws(DatabaseError) {
    let labels = try number(of: row.labels)
    let statement = try database.statement(
      "INSERT OR REPLACE INTO examples VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    _ = statement.bind(1, row.id.bytes).bind(2, row.day.number).bind(3, row.offset).bind(4, row.length)
    _ = statement.bind(5, Int(row.crc)).bind(6, Int64(bitPattern: row.user)).bind(7, Int64(bitPattern: row.session))
    _ = statement.bind(8, labels).bind(9, RedactionText.encode(row.redactions)).bind(10, Int64(bitPattern: row.twin))
    _ = statement.bind(11, row.textReason?.rawValue ?? "").bind(12, row.score).bind(13, row.hasComment ? 1 : 0)
    try statement.bind(14, row.isCorrected ? 1 : 0).bind(15, Int64(bitPattern: row.key)).bind(16, row.isRefused ? 1 : 0)
      .run()
  }

  private func write(_ tally: Tally, of key: TallyKey) throws(DatabaseError) {
    guard !tally.isZero else {
      try database.statement("DELETE FROM tallies WHERE kind = ? AND name = ?")
        .bind(1, key.kind.rawValue).bind(2, key.name).run()
      return
    }
    try database.statement("INSERT OR REPLACE INTO tallies VALUES(?, ?, ?, ?, ?, ?)")
      .bind(1, key.kind.rawValue).bind(2, key.name).bind(3, tally.conversations).bind(4, tally.rated)
      .bind(5, tally.scoreSum).bind(6, tally.highQuality).run()
  }

  private func write(_ removed: RemovedRanges, of name: String) throws(DatabaseError) {
    try database.statement("DELETE FROM removed WHERE file = ?").bind(1, name).run()
    for range in removed.ranges {
      try database.statement("INSERT INTO removed VALUES(?, ?, ?)")
        .bind(1, name).bind(2, range.start).bind(3, range.length).run()
    }
  }

  private func number(of new: ExampleRow.Labels) throws(DatabaseError) -> Int {
    if let number = labels.number(of: new) { return number }
    let number = labels.next
    try database.statement("INSERT OR REPLACE INTO labels VALUES(?, ?, ?, ?, ?, ?)")
      .bind(1, number).bind(2, new.language).bind(3, new.framework).bind(4, new.complexity)
      .bind(5, new.model).bind(6, new.variant).run()
    labels.add(new, number: number)
    return number
  }

  private func number(_ sql: String) throws(DatabaseError) -> Int {
    let statement = try database.statement(sql)
    defer { statement.reset() }
    return try statement.step() ? statement.integer(0) : 0
  }
}
