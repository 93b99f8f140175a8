import Records

/// What a start loads, and what is looked up later.
extension IndexFile {
  func tallies() throws(DatabaseError) -> Tallies {
    var tallies = Tallies()
    let rows = try database.statement("SELECT kind, name, conversations, rated, score_sum, high_quality FROM tallies")
    while try rows.step() {
      guard let kind = TallyKey.Kind(rawValue: rows.integer(0)) else { continue }
      tallies.load(
        TallyKey(kind, rows.text(1)),
        Tally(
          conversations: rows.integer(2), rated: rows.integer(3), scoreSum: rows.integer(4),
          highQuality: rows.integer(5)))
    }
    return tallies
  }

  func files() throws(DatabaseError) -> [String: Int] {
    var files: [String: Int] = [:]
    let rows = try database.statement("SELECT name, bytes FROM files")
    while try rows.step() { files[rows.text(0)] = rows.integer(1) }
    return files
  }

  /// By the name of the file.
  func removed() throws(DatabaseError) -> [String: RemovedRanges] {
    var ranges: [String: [RemovedRanges.Range]] = [:]
    let rows = try database.statement("SELECT file, start, length FROM removed")
    while try rows.step() {
      ranges[rows.text(0), default: []].append(.init(start: rows.integer(1), length: rows.integer(2)))
    }
    return ranges.mapValues { RemovedRanges($0) }
  }

  /// Every row, in the order of ids.
  func forEachRow(_ body: (ExampleRow) -> Void) throws(DatabaseError) {
    let rows = try database.statement("SELECT \(Self.columns), id FROM examples ORDER BY id")
    while try rows.step() {
      if let id = ExampleID(bytes: rows.blob(15)), let row = read(rows, id) { body(row) }
    }
  }

  /// The greatest.
  func newestID() throws(DatabaseError) -> ExampleID? {
    let row = try database.statement("SELECT max(id) FROM examples")
    defer { row.reset() }
    return try row.step() ? ExampleID(bytes: row.blob(0)) : nil
  }

  /// All whose first half is this: those of one millisecond at most.
  func ids(withHead high: UInt64) throws(DatabaseError) -> [ExampleID] {
    let (first, last) = (ExampleID(high: high, low: 0), ExampleID(high: high, low: .max))
    let found = try database.statement("SELECT id FROM examples WHERE id >= ? AND id <= ?")
    return try ids(found.bind(1, first.bytes).bind(2, last.bytes))
  }

  func ids(_ query: IDQuery) throws(DatabaseError) -> [ExampleID] {
    switch query {
    case .users(let users):
      // One pass over the file for all of them.
      let marks = users.map { _ in "?" }.joined(separator: ",")
      let found = try database.statement("SELECT id FROM examples WHERE user IN (\(marks))")
      for (number, user) in users.enumerated() { _ = found.bind(Int32(number + 1), Int64(bitPattern: user)) }
      return try ids(found)
    case .day(let day):
      return try ids(try database.statement("SELECT id FROM examples WHERE day = ?").bind(1, day.number))
    }
  }

  /// Records in a range of ids, and of how many users they are.
  func counts(_ range: Range<ExampleID>) throws(DatabaseError) -> (records: Int, users: Int) {
    let counts = try database.statement("SELECT count(*), count(DISTINCT user) FROM examples WHERE id >= ? AND id < ?")
      .bind(1, range.lowerBound.bytes).bind(2, range.upperBound.bytes)
    defer { counts.reset() }
    return try counts.step() ? (counts.integer(0), counts.integer(1)) : (0, 0)
  }

  private func ids(_ found: Statement) throws(DatabaseError) -> [ExampleID] {
    var ids: [ExampleID] = []
    while try found.step() { if let id = ExampleID(bytes: found.blob(0)) { ids.append(id) } }
    return ids
  }

  func row(_ id: ExampleID) throws(DatabaseError) -> ExampleRow? {
    let found = try database.statement("SELECT \(Self.columns) FROM examples WHERE id = ?").bind(1, id.bytes)
    defer { found.reset() }
    return try found.step() ? read(found, id) : nil
  }

  private static let columns =
    "day, offset, length, crc, user, session, labels, redactions, twin, reason, score, comment, corrected, key, refused"

  private func read(_ row: Statement, _ id: ExampleID) -> ExampleRow? {
    guard let labels = labels[row.integer(6)] else { return nil }
    return ExampleRow(
      id: id, day: Day(number: row.integer(0)), offset: row.integer(1), length: row.integer(2),
      crc: UInt32(truncatingIfNeeded: row.integer(3)), user: UInt64(bitPattern: Int64(row.integer(4))),
      session: UInt64(bitPattern: Int64(row.integer(5))), labels: labels,
      redactions: RedactionText.decode(row.text(7)), key: UInt64(bitPattern: Int64(row.integer(13))),
      twin: UInt64(bitPattern: Int64(row.integer(8))),
      textReason: LeftOut(rawValue: row.text(9)), score: row.integer(10), hasComment: row.integer(11) != 0,
      isCorrected: row.integer(12) != 0, isRefused: row.integer(14) != 0)
  }
}
