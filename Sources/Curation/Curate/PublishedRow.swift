import Records

/// A row that an earlier run has published, read back: what must be known of it to keep it, its side and its twins apart.
/// Plain numbers alone, so that the rows of a file can be kept as they lie in memory.
struct PublishedRow: BitwiseCopyable, Sendable {
  let id: Lineage.RowID
  let hash: ContentHash
  let offset: Int
  /// With the LF.
  let length: Int32
  private let dayNumber: Int32
  /// In `KnownRows.languages`; below zero where the row was read from the file.
  let language: Int32
  private let rating: UInt8
  /// 1 or 0: any pattern of bits is a value.
  private let isHeldOut: UInt8
  /// `NegativeReason.code` of a live record's.
  let reason: UInt8

  var range: Range<Int> { offset..<offset + Int(length) }
  var side: Side { isHeldOut == 0 ? .train : .test }
  var score: Int { Int(rating) }
  var day: Day { Day(number: Int(dayNumber)) }

  /// The record's own id while the record lives.
  var exampleID: ExampleID? { id.exampleID }

  init(_ row: RowSource.Row, _ entry: Entry, id: Lineage.RowID, offset: Int, language: Int32) {
    self.id = id
    hash = entry.hash
    self.offset = offset
    length = Int32(row.length)
    dayNumber = Int32(entry.day.number)
    self.language = language
    rating = UInt8(entry.score)
    isHeldOut = entry.side == .test ? 1 : 0
    reason = row.reason
  }

  /// nil for a line that is no curated row.
  init?(_ line: [UInt8], at offset: Int) {
    guard let root = try? JSONDocument(parsing: line).root,
      let id = root["example_id"]?.string.flatMap({ UUIDText.parse($0) }),
      let score = root["score"]?.integer,
      let day = root["date"]?.string.flatMap({ Day($0) }),
      let side = root["split"]?.string.flatMap(Side.init(rawValue:)), let turns = RowTurns(root)
    else { return nil }
    self.id = Lineage.RowID(high: id.high, low: id.low)
    hash = ContentHash(question: turns.question, answer: turns.answer)
    self.offset = offset
    length = Int32(line.count + 1)
    dayNumber = Int32(day.number)
    language = -1
    rating = UInt8(clamping: score)
    isHeldOut = side == .test ? 1 : 0
    reason = 0
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
