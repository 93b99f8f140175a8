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
  /// Most rows are of the same day as the one before.
  private var day: Day?
  private var last: PlacedLine?

  subscript(day: Day) -> PlacedLine? { day == self.day ? last : lines[day] }

  mutating func add(_ row: ExampleRow) {
    if row.day != day {
      if let day { lines[day] = last }
      (day, last) = (row.day, lines[row.day])
    }
    if row.offset >= last?.offset ?? 0 { last = PlacedLine(row) }
  }
}

extension ExampleIndex {
  /// The last line of a file that the index knows.
  ///
  /// - Parameter end: logical; nil for the one that it knew when it was opened.
  func lastLine(of name: LogFileName, before end: Int? = nil) throws(DatabaseError) -> PlacedLine? {
    guard case .conversations(let day) = name else { return try file.lastLine(of: name, before: end ?? .max) }
    guard let end else { return lastLines[day] }
    try save()
    return try file.lastLine(of: day, before: end)
  }
}

extension IndexFile {
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
