import Records

/// The derived index: where each record stands, its latest rating, and the books of the statistics (SQLite, WAL).
///
/// Written by the committer alone. `synchronous=NORMAL`: with a WAL the database survives a power loss whole, at worst
/// older than the log, and the next start reads what is missing from the JSONL (https://sqlite.org/pragma.html#pragma_synchronous).
final class ExampleIndex {
  static let schemaVersion = 1

  private let database: Database
  private let rules: QualityRules
  private(set) var tallies = Tallies()
  private var labelNumbers: [ExampleRow.Labels: Int] = [:]
  private var labelsByNumber: [Int: ExampleRow.Labels] = [:]
  private var indexedBytes: [String: Int] = [:]

  /// Throws for a file that is no index of this version; the caller sets it aside and starts a new one.
  init(path: String, rules: QualityRules) throws(DatabaseError) {
    self.rules = rules
    database = try Database(path: path)
    try database.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON")
    let version = try number("PRAGMA user_version")
    if version == 0, try number("SELECT count(*) FROM sqlite_schema") == 0 {
      try database.execute(Self.schema)
    } else if version != Self.schemaVersion {
      throw DatabaseError(code: 1, context: "index of another version")
    }
    try load()
  }

  private static let schema = """
    BEGIN;
    CREATE TABLE examples(
      id BLOB PRIMARY KEY, day INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
      crc INTEGER NOT NULL, user INTEGER NOT NULL, session INTEGER NOT NULL, labels INTEGER NOT NULL,
      redactions TEXT NOT NULL, twin INTEGER NOT NULL, reason TEXT NOT NULL, score INTEGER NOT NULL,
      comment INTEGER NOT NULL, corrected INTEGER NOT NULL, eligible INTEGER NOT NULL) WITHOUT ROWID;
    CREATE INDEX twins ON examples(twin, score DESC, id DESC, day) WHERE eligible = 1;
    CREATE TABLE users(id INTEGER PRIMARY KEY, n INTEGER NOT NULL);
    CREATE TABLE sessions(id INTEGER PRIMARY KEY, n INTEGER NOT NULL);
    CREATE TABLE labels(
      id INTEGER PRIMARY KEY, language TEXT NOT NULL, framework TEXT NOT NULL, complexity TEXT NOT NULL,
      model TEXT NOT NULL, variant TEXT NOT NULL);
    CREATE TABLE tallies(
      kind INTEGER NOT NULL, name TEXT NOT NULL, conversations INTEGER NOT NULL, rated INTEGER NOT NULL,
      score_sum INTEGER NOT NULL, high_quality INTEGER NOT NULL, PRIMARY KEY(kind, name)) WITHOUT ROWID;
    CREATE TABLE files(name TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID;
    PRAGMA user_version = \(schemaVersion);
    COMMIT;
    """

  private func load() throws(DatabaseError) {
    let tallyRows = try database.statement(
      "SELECT kind, name, conversations, rated, score_sum, high_quality FROM tallies")
    while try tallyRows.step() {
      guard let kind = TallyKey.Kind(rawValue: tallyRows.integer(0)) else { continue }
      tallies.load(
        TallyKey(kind, tallyRows.text(1)),
        Tally(
          conversations: tallyRows.integer(2), rated: tallyRows.integer(3), scoreSum: tallyRows.integer(4),
          highQuality: tallyRows.integer(5)))
    }
    let labelRows = try database.statement("SELECT id, language, framework, complexity, model, variant FROM labels")
    while try labelRows.step() {
      remember(
        .init(
          language: labelRows.text(1), framework: labelRows.text(2), complexity: labelRows.text(3),
          model: labelRows.text(4), variant: labelRows.text(5)), number: labelRows.integer(0))
    }
    let fileRows = try database.statement("SELECT name, bytes FROM files")
    while try fileRows.step() { indexedBytes[fileRows.text(0)] = fileRows.integer(1) }
  }

  /// Bytes of the file that the index has seen; 0 for one it does not know.
  func bytes(of file: LogFileName) -> Int { indexedBytes[file.name] ?? 0 }

  var knownFiles: [String] { Array(indexedBytes.keys) }

  /// Runs `body` in one transaction. On an error nothing of it stays, in the file or in memory.
  func transaction(_ body: () throws -> Void) throws {
    let before = (tallies, indexedBytes)
    try database.execute("BEGIN IMMEDIATE")
    do {
      try body()
      try writeTallies()
      try database.execute("COMMIT")
    } catch {
      (tallies, indexedBytes) = before
      try? database.execute("ROLLBACK")
      throw error
    }
  }

  func setBytes(_ bytes: Int, of file: LogFileName) throws(DatabaseError) {
    indexedBytes[file.name] = bytes
    try database.statement("INSERT OR REPLACE INTO files VALUES(?, ?)").bind(1, file.name).bind(2, bytes).run()
  }

  func row(_ id: ExampleID) throws(DatabaseError) -> ExampleRow? {
    let found = try database.statement(
      """
      SELECT day, offset, length, crc, user, session, labels, redactions, twin, reason, score, comment, corrected
      FROM examples WHERE id = ?
      """
    ).bind(1, id.bytes)
    guard try found.step() else { return nil }
    defer { found.reset() }
    guard let labels = labelsByNumber[found.integer(6)] else { return nil }
    return ExampleRow(
      id: id, day: Day(number: found.integer(0)), offset: found.integer(1), length: found.integer(2),
      crc: UInt32(truncatingIfNeeded: found.integer(3)), user: UInt64(bitPattern: Int64(found.integer(4))),
      session: UInt64(bitPattern: Int64(found.integer(5))), labels: labels,
      redactions: RedactionText.decode(found.text(7)), twin: UInt64(bitPattern: Int64(found.integer(8))),
      textReason: LeftOut(rawValue: found.text(9)), score: found.integer(10), hasComment: found.integer(11) != 0,
      isCorrected: found.integer(12) != 0)
  }

  /// Adds a record; false when the id is known already (a line read twice counts once).
  @discardableResult
  func insert(_ row: ExampleRow) throws(DatabaseError) -> Bool {
    let keeper = try keeper(of: row.twin)
    guard try write(row, replacing: false) else { return false }
    tallies.add(row, times: 1, rules: rules)
    try count(row.user, in: "users")
    try count(row.session, in: "sessions")
    try moveKeeper(from: [(row.twin, keeper)])
    return true
  }

  /// Replaces what is known of an example, the books in step.
  func update(_ old: ExampleRow, to new: ExampleRow) throws(DatabaseError) {
    guard old != new else { return }
    var keepers = [(old.twin, try keeper(of: old.twin))]
    if new.twin != old.twin { keepers.append((new.twin, try keeper(of: new.twin))) }
    _ = try write(new, replacing: true)
    tallies.add(old, times: -1, rules: rules)
    tallies.add(new, times: 1, rules: rules)
    try moveKeeper(from: keepers)
  }

  private func write(_ row: ExampleRow, replacing: Bool) throws(DatabaseError) -> Bool {
    let labels = try number(of: row.labels)
    let values = "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING 1"
    let statement = try database.statement("INSERT OR \(replacing ? "REPLACE" : "IGNORE") INTO examples \(values)")
    _ = statement.bind(1, row.id.bytes).bind(2, row.day.number).bind(3, row.offset).bind(4, row.length)
    _ = statement.bind(5, Int(row.crc)).bind(6, Int64(bitPattern: row.user)).bind(7, Int64(bitPattern: row.session))
    _ = statement.bind(8, labels).bind(9, RedactionText.encode(row.redactions)).bind(10, Int64(bitPattern: row.twin))
    _ = statement.bind(11, row.textReason?.rawValue ?? "").bind(12, row.score).bind(13, row.hasComment ? 1 : 0)
    _ = statement.bind(14, row.isCorrected ? 1 : 0).bind(15, row.reason(rules) == nil ? 1 : 0)
    let written = try statement.step()
    statement.reset()
    return written
  }

  /// Of twins that are good, the best rated stays, then the newest.
  private func keeper(of twin: UInt64) throws(DatabaseError) -> Day? {
    let best = try database.statement(
      "SELECT day FROM examples WHERE twin = ? AND eligible = 1 ORDER BY score DESC, id DESC LIMIT 1"
    ).bind(1, Int64(bitPattern: twin))
    guard try best.step() else { return nil }
    defer { best.reset() }
    return Day(number: best.integer(0))
  }

  private func moveKeeper(from before: [(twin: UInt64, keeper: Day?)]) throws(DatabaseError) {
    for (twin, old) in before {
      let new = try keeper(of: twin)
      guard new != old else { continue }
      tallies.addKeeper(on: old, times: -1)
      tallies.addKeeper(on: new, times: 1)
    }
  }

  private func count(_ id: UInt64, in table: String) throws(DatabaseError) {
    let row = try database.statement(
      "INSERT INTO \(table) VALUES(?, 1) ON CONFLICT(id) DO UPDATE SET n = n + 1 RETURNING n"
    ).bind(1, Int64(bitPattern: id))
    let isFirst = try row.step() && row.integer(0) == 1
    row.reset()
    if isFirst { tallies.add(Tally(conversations: 1), to: .total, table) }
  }

  private func number(of labels: ExampleRow.Labels) throws(DatabaseError) -> Int {
    if let number = labelNumbers[labels] { return number }
    let insert = try database.statement(
      "INSERT INTO labels(language, framework, complexity, model, variant) VALUES(?, ?, ?, ?, ?) RETURNING id"
    )
    _ = insert.bind(1, labels.language).bind(2, labels.framework).bind(3, labels.complexity)
    _ = insert.bind(4, labels.model).bind(5, labels.variant)
    guard try insert.step() else { throw DatabaseError(code: 1, context: "labels") }
    let number = insert.integer(0)
    insert.reset()
    remember(labels, number: number)
    return number
  }

  private func remember(_ labels: ExampleRow.Labels, number: Int) {
    labelNumbers[labels] = number
    labelsByNumber[number] = labels
  }

  private func writeTallies() throws(DatabaseError) {
    for key in tallies.changed {
      let tally = tallies[key.kind, key.name]
      let upsert = try database.statement("INSERT OR REPLACE INTO tallies VALUES(?, ?, ?, ?, ?, ?)")
      try upsert.bind(1, key.kind.rawValue).bind(2, key.name).bind(3, tally.conversations).bind(4, tally.rated)
        .bind(5, tally.scoreSum).bind(6, tally.highQuality).run()
    }
    tallies.changed.removeAll(keepingCapacity: true)
  }

  private func number(_ sql: String) throws(DatabaseError) -> Int {
    let statement = try database.statement(sql)
    defer { statement.reset() }
    return try statement.step() ? statement.integer(0) : 0
  }
}

/// Redaction counts as `EMAIL=2 IP=1`.
enum RedactionText {
  static func encode(_ counts: [RedactionCount]) -> String {
    counts.map { "\($0.type)=\($0.count)" }.joined(separator: " ")
  }

  static func decode(_ text: String) -> [RedactionCount] {
    text.split(separator: " ").compactMap { pair in
      let halves = pair.split(separator: "=")
      guard halves.count == 2, let count = Int(halves[1]) else { return nil }
      return RedactionCount(type: String(halves[0]), count: count)
    }
  }
}
