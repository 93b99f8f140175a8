import Privacy
import Records
import TrainingLog

/// One file of the last run, row by row.
struct PublishedFile {
  let path: String
  let file: ReadOnlyFile?
  private(set) var rows: [PublishedRow] = []
  private(set) var damaged = 0

  /// Where the run that wrote the file is known to be of this very program.
  let known: KnownRows?
  /// Rows of live records, by their ids.
  private var numbers = NumberTable<ExampleID>()

  /// Rows of erased records are none: they would be taken for rows whose record has expired.
  init(_ path: String, _ folder: SurveyFolder, erasures: ErasureJournal?) throws {
    self.path = path
    file = try ReadOnlyFile.open(ifPresent: path)
    known = file == nil ? nil : try folder.knownRows(of: path)
    guard let file else { return }
    func isErased(_ row: PublishedRow) -> Bool { row.exampleID.flatMap { erasures?.contains($0) } ?? false }
    if let known {
      rows = known.rows
      if rows.contains(where: isErased) { rows.removeAll(where: isErased) }
      numbers.reserve(rows.count)
      for (number, row) in rows.enumerated() { if let id = row.exampleID { numbers.set(id, Int32(number)) } }
      return
    }
    try LineReader().read(file) { line, offset in
      guard let row = PublishedRow(line, at: offset) else { return damaged += 1 }
      if !isErased(row) { rows.append(row) }
    }
  }

  /// The row of a live record, as it stands here, if all that is known of it is the same.
  func row(_ id: ExampleID, as entry: Entry, reason: NegativeReason?) -> RowSource.Row? {
    guard let known, let number = numbers[id] else { return nil }
    let row = rows[Int(number)]
    guard row.hash == entry.hash, row.side == entry.side, row.score == entry.score,
      row.reason == reason?.code ?? 0
    else { return nil }
    return RowSource.Row(
      .kept(row.range), id: row.id, language: known.languages[Int(row.language)], reason: row.reason)
  }

  /// Whether these bytes stand there.
  func holds(_ bytes: [UInt8], at range: Range<Int>) throws -> Bool {
    try bytes.count == range.count && file?.read(at: range.lowerBound, count: range.count) == bytes
  }

  func line(of row: PublishedRow) throws -> [UInt8] {
    try file?.read(at: row.offset, count: Int(row.length) - 1) ?? []
  }

  func language(of row: PublishedRow) throws -> String {
    if let known, row.language >= 0 { return known.languages[Int(row.language)] }
    return try JSONDocument(parsing: line(of: row)).root["language"]?.string ?? ""
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
        let turns = try RowTurns(JSONDocument(parsing: line(of: rows[index])).root)
        return judge.survey(
          question: turns?.question ?? "", answer: turns?.answer ?? "", hasPII: false, into: &part)
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
