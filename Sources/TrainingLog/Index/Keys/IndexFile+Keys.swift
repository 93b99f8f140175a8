/// The pages of the key tables, and the journal of what is not in them yet.
extension IndexFile {
  static let keySchema = """
    CREATE TABLE key_pages(
      number INTEGER PRIMARY KEY, kind INTEGER NOT NULL, first INTEGER NOT NULL, entries BLOB NOT NULL);
    CREATE INDEX key_directory ON key_pages(kind, first);
    CREATE TABLE key_journal(number INTEGER PRIMARY KEY, entries BLOB NOT NULL);
    """

  /// In the order of keys. Read from the directory alone.
  func keyPages(_ kind: KeyTable.Kind) throws(DatabaseError) -> [(first: UInt64, page: Int)] {
    let rows = try database.statement("SELECT first, number FROM key_pages WHERE kind = ? ORDER BY first")
      .bind(1, kind.rawValue)
    var pages: [(first: UInt64, page: Int)] = []
    while try rows.step() { pages.append((Self.key(rows.integer(0)), rows.integer(1))) }
    return pages
  }

  func readKeyPage<Result>(_ page: Int, _ body: (UnsafeRawBufferPointer) -> Result) throws(DatabaseError) -> Result {
    let row = try database.statement("SELECT entries FROM key_pages WHERE number = ?").bind(1, page)
    defer { row.reset() }
    guard try row.step() else { throw DatabaseError(code: 1, context: "a page of keys is missing") }
    return row.withBlob(0, body)
  }

  func write(_ entries: ArraySlice<KeyEntry>, toKeyPage page: Int) throws(DatabaseError) {
    let statement = try database.statement("UPDATE key_pages SET entries = ? WHERE number = ?").bind(2, page)
    try entries.withUnsafeBytes { statement.bind(1, $0) }.run()
  }

  func addKeyPage(_ kind: KeyTable.Kind, first: UInt64, _ entries: ArraySlice<KeyEntry>) throws(DatabaseError) -> Int {
    let statement = try database.statement("INSERT INTO key_pages(kind, first, entries) VALUES(?, ?, ?)")
      .bind(1, kind.rawValue).bind(2, Self.number(first))
    try entries.withUnsafeBytes { statement.bind(3, $0) }.run()
    return database.lastRow
  }

  func removeKeyPage(_ page: Int) throws(DatabaseError) {
    try database.statement("DELETE FROM key_pages WHERE number = ?").bind(1, page).run()
  }

  /// SQLite's numbers have a sign.
  private static func number(_ key: UInt64) -> Int { Int(bitPattern: UInt(key ^ 1 << 63)) }
  private static func key(_ number: Int) -> UInt64 { UInt64(UInt(bitPattern: number)) ^ 1 << 63 }

  func append(_ entries: [UInt64], toKeyJournal number: Int) throws(DatabaseError) {
    let statement = try database.statement("INSERT INTO key_journal VALUES(?, ?)").bind(1, number)
    try entries.withUnsafeBytes { statement.bind(2, $0) }.run()
  }

  /// The number of its last row; 0 where there is none.
  func endOfKeyJournal() throws(DatabaseError) -> Int {
    let row = try database.statement("SELECT max(number) FROM key_journal")
    defer { row.reset() }
    return try row.step() ? row.integer(0) : 0
  }

  func cutKeyJournal(upTo number: Int) throws(DatabaseError) {
    try database.statement("DELETE FROM key_journal WHERE number <= ?").bind(1, number).run()
  }

  /// Hands out each row, in order.
  func forEachInKeyJournal(_ body: (UnsafeRawBufferPointer) -> Void) throws(DatabaseError) {
    let rows = try database.statement("SELECT entries FROM key_journal ORDER BY number")
    while try rows.step() { rows.withBlob(0, body) }
  }
}
