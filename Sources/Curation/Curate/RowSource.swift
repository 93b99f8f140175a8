import Records
import TrainingLog

/// Makes the lines of chosen rows: a live one from its record and ratings, an expired one from the old file, under a
/// random id.
struct RowSource {
  /// A line with its LF, and what is counted of it.
  struct Row: Sendable {
    enum Line: Sendable {
      case made([UInt8])
      /// It stands there in the old file.
      case kept(Range<Int>)
    }

    let line: Line
    let id: Lineage.RowID?
    let language: String
    /// `NegativeReason.code` of a live record's.
    let reason: UInt8

    init(_ line: Line, id: Lineage.RowID?, language: String, reason: UInt8 = 0) {
      self.line = line
      self.id = id
      self.language = language
      self.reason = reason
    }

    /// Bytes.
    var length: Int {
      switch line {
      case .made(let bytes): bytes.count
      case .kept(let range): range.count
      }
    }
  }

  private let live: LiveRows
  /// The new id of each record that has expired since the last run: the same in both files, so that an original and its
  /// correction stay a pair when nobody can tell any more whose they were.
  private var newIDs: [ExampleID: String] = [:]
  private var random: any RandomNumberGenerator

  init(_ live: LiveRows, random: any RandomNumberGenerator) {
    self.live = live
    self.random = random
  }

  var survey: Survey { live.survey }

  /// Pieces for each core, so that none waits long for the others.
  private static let piecesPerCore = 4

  /// The rows of a batch in its order, made on all cores.
  ///
  /// - Parameters:
  ///   - isNegative: the original answers are wanted.
  ///   - meanwhile: done on one of the cores.
  mutating func rows(
    _ batch: ArraySlice<Entry>, in old: PublishedFile, isNegative: Bool,
    meanwhile: @escaping @Sendable () throws -> Void
  ) throws -> [Row] {
    var rows = [Row?](repeating: nil, count: batch.count)
    var places: [LiveRows.Place] = []
    for (position, entry) in batch.enumerated() {
      switch entry.source {
      case .live(let number):
        let (kept, isCertain) = live.kept(number, as: entry, in: old, isNegative: isNegative)
        if isCertain { rows[position] = kept }
        if rows[position] == nil { places.append(LiveRows.Place(position: position, number: number, old: kept)) }
      case .expired(let number): rows[position] = try row(of: old.rows[number], in: old)
      }
    }
    let ordered = live.inOrderOfFiles(places)
    let (made, ()) = try Cores.both(
      { [live] in
        try Cores.map(ordered[...], each: Self.piecesPerCore) { part in
          try part.map { try live.row(of: $0.number, isNegative: isNegative) }
        }
      }, meanwhile)
    for (place, row) in zip(ordered, made.joined()) {
      if let kept = place.old, case .kept(let range) = kept.line, case .made(let line) = row.line,
        try old.holds(line, at: range)
      {
        rows[place.position] = kept
      } else {
        rows[place.position] = row
      }
    }
    return rows.compactMap { $0 }
  }

  private mutating func row(of row: PublishedRow, in old: PublishedFile) throws -> Row {
    let language = try old.language(of: row)
    guard let id = row.exampleID else {
      return Row(.kept(row.range), id: row.id, language: language)
    }
    let newID = newIDs[id] ?? UUIDText.version4(high: random.next(), low: random.next())
    newIDs[id] = newID
    let line = PublishedRow.line(try old.line(of: row), renamed: newID)
    return Row(.made(line + [UInt8(ascii: "\n")]), id: CuratedLine.uuid(of: line), language: language)
  }
}
