import Records

/// A row that an earlier run has published, read back: what must be known of it to keep it, its side and its twins apart.
struct PublishedRow {
  let place: LinePlace
  let id: Lineage.RowID
  let side: Side
  let score: Int
  let day: Day
  let hash: ContentHash
  /// Number in `KnownRows`; nil where the row was read from the file.
  let language: Int32?

  /// The record's own id while the record lives.
  var exampleID: ExampleID? { id.exampleID }

  init(_ row: KnownRows.Row) {
    place = LinePlace(offset: row.offset, length: Int(row.length) - 1)
    id = row.id
    language = row.language
    side = row.side
    score = Int(row.score)
    day = Day(number: Int(row.day))
    hash = row.hash
  }

  /// nil for a line that is no curated row.
  init?(_ line: [UInt8], at offset: Int) {
    guard let root = try? JSONDocument(parsing: line).root,
      let id = root["example_id"]?.string.flatMap({ UUIDText.parse($0) }),
      let score = root["score"]?.integer,
      let day = root["date"]?.string.flatMap({ Day($0) }),
      let side = root["split"]?.string.flatMap(Side.init(rawValue:)), let turns = root["messages"]?.items,
      turns.count >= 2, let question = turns[turns.count - 2]["content"]?.string,
      let answer = turns[turns.count - 1]["content"]?.string
    else { return nil }
    place = LinePlace(offset: offset, length: line.count)
    self.id = Lineage.RowID(high: id.high, low: id.low)
    language = nil
    self.side = side
    self.score = score
    self.day = day
    hash = ContentHash(question: question, answer: answer)
  }

  /// The line under another id, all else as it is.
  static func line(_ line: [UInt8], renamed id: String) -> [UInt8] {
    var writer = JSONWriter(reserving: line.count + 64)
    writer.object { object in
      for (key, value) in (try? JSONDocument(parsing: line).root.members) ?? [] {
        object.key(key.string ?? "")
        if key.isText("example_id") { object.string(id) } else { object.value(value.value) }
      }
    }
    return writer.bytes
  }
}
