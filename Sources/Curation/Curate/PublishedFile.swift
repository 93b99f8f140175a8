import Privacy
import Records
import TrainingLog

/// One file of the last run, row by row.
struct PublishedFile {
  let file: ReadOnlyFile?
  private(set) var rows: [PublishedRow] = []
  private(set) var damaged = 0

  /// Rows of erased records are none: they would be taken for rows whose record has expired.
  init(_ path: String, erasures: ErasureJournal?) throws {
    file = try ReadOnlyFile.open(ifPresent: path)
    guard let file else { return }
    try LineReader().read(file) { line, offset in
      guard let row = PublishedRow(line, at: offset) else { return damaged += 1 }
      if let erasures, let id = row.exampleID, erasures.contains(id) { return }
      rows.append(row)
    }
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
    var part = SurveyPart()
    var judge = LineJudge(scrubber: .standard)
    let texts = try indices.map { index in
      let turns = try JSONDocument(parsing: line(of: rows[index])).root["messages"]?.items.suffix(2) ?? []
      return judge.survey(
        question: turns.first?["content"]?.string ?? "", answer: turns.last?["content"]?.string ?? "", hasPII: false,
        into: &part)
    }
    return (part, texts)
  }
}
