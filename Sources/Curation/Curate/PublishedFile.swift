import Privacy
import Records
import TrainingLog

/// One file of the last run, row by row.
struct PublishedFile {
  let file: ReadOnlyFile?
  private(set) var rows: [PublishedRow] = []
  /// Lines that are no rows.
  private(set) var damaged: [(line: [UInt8], offset: Int)] = []

  /// Where the run that wrote the file is known to be of this very program.
  let known: KnownRows?
  /// Rows of live records, by their numbers in `known`.
  private var numbers: [ExampleID: Int32] = [:]

  /// Rows of erased records are none: they would be taken for rows whose record has expired.
  init(_ path: String, _ folder: SurveyFolder, erasures: ErasureJournal?) throws {
    file = try ReadOnlyFile.open(ifPresent: path)
    known = file == nil ? nil : try folder.knownRows(of: path)
    guard let file else { return }
    func isErased(_ row: PublishedRow) -> Bool { row.exampleID.flatMap { erasures?.contains($0) } ?? false }
    if let known {
      rows.reserveCapacity(known.rows.count)
      numbers.reserveCapacity(known.rows.count)
      for (number, row) in known.rows.enumerated() {
        let row = PublishedRow(row)
        if isErased(row) { continue }
        if let id = row.exampleID { numbers[id] = Int32(number) }
        rows.append(row)
      }
      return
    }
    try LineReader().read(file) { line, offset in
      guard let row = PublishedRow(line, at: offset) else { return damaged.append((line, offset)) }
      if !isErased(row) { rows.append(row) }
    }
  }

  /// The row of a live record, as it stands here, if it would come out the same. Not for one that is corrected: another
  /// correction may differ in white space alone, which no hash shows.
  func row(_ id: ExampleID, as entry: Entry) -> RowSource.Row? {
    guard let known, let number = numbers[id] else { return nil }
    let row = known.rows[Int(number)]
    guard row.hash == entry.hash, row.side == entry.side, Int(row.score) == entry.score else { return nil }
    return RowSource.Row(
      .kept(row.offset..<row.offset + Int(row.length)), id: row.id, language: known.languages[Int(row.language)])
  }

  func line(of row: PublishedRow) throws -> [UInt8] {
    try file?.read(at: row.place.offset, count: row.place.length) ?? []
  }

  /// Of all turns.
  func texts(of row: PublishedRow) throws -> [String] {
    try (JSONDocument(parsing: line(of: row)).root["messages"]?.items ?? []).compactMap { $0["content"]?.string }
  }

  /// What the rules for similar texts must know of these rows. They were scrubbed when they were published.
  func survey(_ indices: [Int]) throws -> (part: SurveyPart, texts: [TextSurvey]) {
    let pieces = try Cores.map(indices[...], each: 4) { indices in
      var part = SurveyPart()
      var judge = LineJudge(scrubber: .standard)
      let texts = try indices.map { index in
        let turns = try JSONDocument(parsing: line(of: rows[index])).root["messages"]?.items.suffix(2) ?? []
        return judge.survey(
          question: turns.first?["content"]?.string ?? "", answer: turns.last?["content"]?.string ?? "", hasPII: false,
          into: &part)
      }
      return (part: part, texts: texts)
    }
    var whole = SurveyPart()
    var texts: [TextSurvey] = []
    for piece in pieces {
      texts += piece.texts.map { $0.moved(by: whole.shingles.count) }
      whole.append(piece.part)
    }
    return (whole, texts)
  }
}
