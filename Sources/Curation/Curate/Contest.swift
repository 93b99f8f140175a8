import Records

/// Everything that competes for a place in the two files, and the texts of all of it.
struct Contest {
  private(set) var good: [Entry] = []
  private(set) var bad: [Entry] = []
  private(set) var book = TextBook()
  /// Of each row of both files as the last run has written them: its text, if that competes.
  private(set) var texts = (dataset: [Int32?](), negatives: [Int32?]())
  /// Of each text: where the last run has published it.
  private var published: [Side?] = []
  /// Of the rows of both files whose record has expired.
  private(set) var expired = (dataset: ExpiredTexts(), negatives: ExpiredTexts())

  init(
    _ candidates: [Candidate], _ survey: inout Survey, dataset old: PublishedFile,
    negatives oldNegatives: PublishedFile,
    exclusion: Exclusion?, folder: SurveyFolder
  ) throws {
    book.reserve(candidates.count)
    good.reserveCapacity(candidates.count)
    for (number, candidate) in candidates.enumerated() {
      let record = survey.records[number]
      if candidate.reason == nil {
        let hash = survey.text(candidate.text).hash
        let text = book.number(of: hash, at: candidate.text)
        good.append(Entry(candidate, record, number: number, text: text, hash: hash))
      }
      if candidate.negative != nil {
        let text = book.number(of: record.text.hash, at: Int32(number))
        bad.append(Entry(candidate, record, number: number, text: text, hash: record.text.hash))
      }
    }
    var gone = try Self.expiredRows(of: old, survey, exclusion)
    expired.dataset = try ExpiredTexts(gone, of: old, folder, &survey)
    for number in gone { if let entry = entry(number, of: old, expired.dataset, survey) { good.append(entry) } }
    gone = try Self.expiredRows(of: oldNegatives, survey, exclusion)
    expired.negatives = try ExpiredTexts(gone, of: oldNegatives, folder, &survey)
    for number in gone {
      if let entry = entry(number, of: oldNegatives, expired.negatives, survey) { bad.append(entry) }
    }
    for entry in good { book.compete(entry) }
    for candidate in candidates where candidate.score > 0 {
      book.rate(survey.text(candidate.text).hash, Int(candidate.score))
    }
    for entry in good where !entry.isLive { book.rate(entry.hash, entry.score) }
    texts = (old.rows.map { book.number(of: $0.hash) }, oldNegatives.rows.map { book.number(of: $0.hash) })
    published = [Side?](repeating: nil, count: book.texts.count)
    for (rows, texts) in [(old.rows, texts.dataset), (oldNegatives.rows, texts.negatives)] {
      for (row, text) in zip(rows, texts) {
        // Twins on both sides, which only a change of the threshold can bring, count as held out.
        if let text, published[Int(text)] != .test { published[Int(text)] = row.side }
      }
    }
    book.close()
  }

  /// The entries, of which nobody asks any more.
  mutating func forgetEntries() { (good, bad) = ([], []) }

  /// Of a text that the last run has published.
  func publishedSide(ofText text: Int) -> Side? { published[text] }

  /// Rows whose raw record is gone. They stay: expiry takes the record, not what was learnt from it.
  ///
  /// A record that was erased is gone as well; its erasure takes its rows out of both files before the curator runs.
  private static func expiredRows(
    of file: PublishedFile, _ survey: Survey, _ exclusion: Exclusion?
  ) throws -> [Int] {
    try file.rows.indices.filter { index in
      guard file.rows[index].exampleID.map({ survey.numbers[$0] == nil }) ?? true else { return false }
      return try exclusion.map { try $0.hit(in: file.texts(of: file.rows[index])) == nil } ?? true
    }
  }

  private mutating func entry(
    _ number: Int, of file: PublishedFile, _ texts: ExpiredTexts, _ survey: Survey
  ) -> Entry? {
    guard let row = texts[number] else { return nil }
    return Entry(file.rows[number], number: number, text: book.number(of: survey.text(row).hash, at: row))
  }
}
