import Records

/// A line that the index knows, and where it has to stand.
struct PlacedLine {
  /// Of a record.
  var id: ExampleID?
  /// Logical.
  let offset: Int
  /// Without its LF; nil where the index does not know.
  var length: Int?
  let crc: UInt32
}

extension PlacedLine {
  init(_ row: ExampleRow) { self.init(id: row.id, offset: row.offset, length: row.length, crc: row.crc) }
}

/// The last record of each day.
struct LastLines {
  private var lines: [Day: PlacedLine] = [:]
  /// Days that differ from what the file has.
  private var changed: Set<Day> = []

  subscript(day: Day) -> PlacedLine? { lines[day] }

  mutating func load(_ line: PlacedLine, of day: Day, isSaved: Bool) {
    lines[day] = line
    if !isSaved { changed.insert(day) }
  }

  mutating func add(_ row: ExampleRow) {
    if let last = lines[row.day], row.offset < last.offset { return }
    lines[row.day] = PlacedLine(row)
    changed.insert(row.day)
  }

  /// Where it was the last one, nobody knows which one is that now.
  mutating func remove(_ row: ExampleRow) {
    guard lines[row.day]?.id == row.id else { return }
    lines[row.day] = nil
    changed.insert(row.day)
  }

  /// What a save is going to write: the last lines of days that differ from what the file has.
  mutating func plan() -> [Day: PlacedLine?] {
    defer { changed.removeAll(keepingCapacity: true) }
    return Dictionary(uniqueKeysWithValues: changed.map { ($0, lines[$0]) })
  }
}

extension LogFileName {
  /// Of the records that it holds.
  var day: Day? { if case .conversations(let day) = self { day } else { nil } }
}

extension ExampleIndex {
  /// The last line of a file that the index knows.
  ///
  /// - Parameter end: logical; nil for the last one that it knows without looking for it.
  func lastLine(of name: LogFileName, before end: Int? = nil) throws(DatabaseError) -> PlacedLine? {
    guard case .conversations(let day) = name else { return try file.lastLine(of: name, before: end ?? .max) }
    guard let end else { return lastLines[day] }
    try save()
    return try file.lastLine(of: day, before: end)
  }
}

extension IndexFile {
  static let lastLineSchema = """
    CREATE TABLE last_lines(
      day INTEGER PRIMARY KEY, id BLOB NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL, crc INTEGER NOT NULL);
    """

  /// - Parameter days: those that records are of.
  func lastLines(of days: [Day]) throws(DatabaseError) -> LastLines {
    var lines = LastLines()
    var missing = Set(days)
    let known = try database.statement("SELECT day, id, offset, length, crc FROM last_lines")
    while try known.step() { missing.remove(Self.load(known, to: &lines, isSaved: true)) }
    guard !missing.isEmpty else { return lines }
    // One pass over the file for all of them; of a bare column SQLite takes the row that has the maximum
    // (https://sqlite.org/lang_select.html#bareagg).
    let marks = missing.map { String($0.number) }.joined(separator: ",")
    let found = try database.statement(
      "SELECT day, id, max(offset), length, crc FROM examples WHERE day IN (\(marks)) GROUP BY day")
    while try found.step() { _ = Self.load(found, to: &lines, isSaved: false) }
    return lines
  }

  private static func load(_ row: Statement, to lines: inout LastLines, isSaved: Bool) -> Day {
    let day = Day(number: row.integer(0))
    let line = PlacedLine(
      id: ExampleID(bytes: row.blob(1)), offset: row.integer(2), length: row.integer(3),
      crc: UInt32(truncatingIfNeeded: row.integer(4)))
    lines.load(line, of: day, isSaved: isSaved)
    return day
  }

  /// Within a transaction.
  func write(_ lines: [Day: PlacedLine?]) throws(DatabaseError) {
    for (day, line) in lines {
      guard let line, let id = line.id, let length = line.length else {
        try database.statement("DELETE FROM last_lines WHERE day = ?").bind(1, day.number).run()
        continue
      }
      try database.statement("INSERT OR REPLACE INTO last_lines VALUES(?, ?, ?, ?, ?)")
        .bind(1, day.number).bind(2, id.bytes).bind(3, line.offset).bind(4, length).bind(5, Int(line.crc)).run()
    }
  }

  /// The last record of a day that begins before this place (logical offset).
  func lastLine(of day: Day, before end: Int) throws(DatabaseError) -> PlacedLine? {
    let row = try database.statement(
      "SELECT offset, length, crc, id FROM examples WHERE day = ? AND offset < ? ORDER BY offset DESC LIMIT 1"
    ).bind(1, day.number).bind(2, end)
    defer { row.reset() }
    guard try row.step() else { return nil }
    return PlacedLine(
      id: ExampleID(bytes: row.blob(3)), offset: row.integer(0), length: row.integer(1),
      crc: UInt32(truncatingIfNeeded: row.integer(2)))
  }

  /// The same of ratings, comments or corrections.
  func lastLine(of file: LogFileName, before end: Int) throws(DatabaseError) -> PlacedLine? {
    guard let number = file.numberInIndex else { return nil }
    let row = try database.statement(
      "SELECT offset, crc FROM lines WHERE file = ? AND offset < ? ORDER BY offset DESC LIMIT 1"
    ).bind(1, number).bind(2, end)
    defer { row.reset() }
    guard try row.step() else { return nil }
    return PlacedLine(offset: row.integer(0), crc: UInt32(truncatingIfNeeded: row.integer(1)))
  }
}

/// Whoever edits a file moves its lines, and then the index has the places of other bytes. The last one tells of all that
/// stand before it; looking at each would be reading everything.
extension LogText {
  /// Whether the lines that an index knows are where it has them. Damage moves nothing.
  ///
  /// - Parameters:
  ///   - seen: bytes that the index has seen; not more than there are.
  ///   - last: that it knows of them.
  func isInPlace(upTo seen: Int, _ last: PlacedLine?, _ removed: RemovedRanges) throws -> Bool {
    guard seen > 0, let last, !removed.contains(last.offset) else { return try mayEndLine(before: seen) }
    let start = removed.physical(last.offset)
    guard start < seen, try mayEndLine(before: start), try mayEndLine(before: seen) else { return false }
    let bytes = try read(at: start, count: min(seen - start, (last.length ?? Self.lineMax) + 1))
    if bytes.contains(0) { return true }
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return false }
    let line = Array(bytes[..<end])
    if checksum(line) == last.crc { return true }
    // Ratings look all alike: where none has come in, none has moved.
    guard let id = last.id else { return try size() == seen }
    return line.count == last.length && (try? Conversation(line: line)).map { $0.exampleID == id } ?? true
  }

  private static let lineMax = 1 << 20

  /// Also where zero bytes are all that is left of what was there.
  private func mayEndLine(before offset: Int) throws -> Bool {
    try offset == 0 || [[UInt8(ascii: "\n")], [0]].contains(read(at: offset - 1, count: 1))
  }
}

extension CatchUp {
  /// Whether what the index knows of a file is where it has it; not asked of what is sealed and as long as it was, since
  /// that had to be decompressed.
  func isInPlace(_ name: LogFileName, _ index: ExampleIndex) throws -> Bool {
    let text = try texts.text(of: name)
    let seen = index.bytes(of: name)
    guard try text.plain != nil || text.size() != seen else { return true }
    let removed = index.removed(from: name)
    return try text.isInPlace(upTo: seen, index.lastLine(of: name), removed)
  }
}

extension LogWriter {
  /// What somebody else has changed, once it is known whether the lines that seem to be left are the same ones.
  func looked(at meddling: OpenFiles.Meddling, _ index: ExampleIndex) throws -> OpenFiles.Meddling {
    let name = meddling.name
    guard meddling.kept > 0, directory.holds(name, on: fileSystem) else { return meddling }
    let text = try LogText.open(name, in: directory, on: fileSystem).text
    let removed = index.removed(from: name)
    let last = try index.lastLine(of: name, before: removed.logical(meddling.kept))
    guard try !text.isInPlace(upTo: meddling.kept, last, removed) else { return meddling }
    return OpenFiles.Meddling(name: name, size: meddling.size, kept: 0)
  }
}
