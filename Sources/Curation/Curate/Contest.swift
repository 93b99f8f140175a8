import Records

/// Everything that competes for a place in the two files, and the texts of all of it.
struct Contest {
  private(set) var good: [Entry] = []
  private(set) var bad: [Entry] = []
  private(set) var book = TextBook()
  /// Texts published by the last run, each with its side.
  private var published = NumberTable<ContentHash>()
  /// Of the rows of both files whose record has expired.
  private(set) var expired = (dataset: ExpiredTexts(), negatives: ExpiredTexts())

  init(
    _ candidates: [Candidate], _ survey: inout Survey, dataset old: PublishedFile,
    negatives oldNegatives: PublishedFile,
    exclusion: Exclusion?, folder: SurveyFolder
  ) throws {
    book.reserve(candidates.count)
    good.reserveCapacity(candidates.count)
    published.reserve(old.rows.count + oldNegatives.rows.count)
    for rows in [old.rows, oldNegatives.rows] {
      // Twins on both sides, which only a change of the threshold can bring, count as held out.
      for row in rows { published.set(row.hash, row.side == .test ? 1 : 0, replaces: row.side == .test) }
    }
    for (number, candidate) in candidates.enumerated() {
      let record = survey.records[number]
      if candidate.reason == nil {
        let text = book.number(of: candidate.text, at: candidate.place)
        good.append(Entry(candidate, record, number: number, text: text, hash: candidate.text.hash))
      }
      if candidate.negative != nil {
        let place = TextPlace(row: Int32(number), store: survey.storeOf[number])
        let text = book.number(of: record.text, at: place)
        bad.append(Entry(candidate, record, number: number, text: text, hash: record.text.hash))
      }
    }
    var gone = try Self.expiredRows(of: old, survey, exclusion)
    expired.dataset = try ExpiredTexts(gone, of: old, folder, &survey)
    for number in gone { if let entry = entry(number, of: old, expired.dataset) { good.append(entry) } }
    gone = try Self.expiredRows(of: oldNegatives, survey, exclusion)
    expired.negatives = try ExpiredTexts(gone, of: oldNegatives, folder, &survey)
    for number in gone { if let entry = entry(number, of: oldNegatives, expired.negatives) { bad.append(entry) } }
    for entry in good { book.compete(entry) }
    for candidate in candidates { book.rate(candidate.text.hash, Int(candidate.score)) }
    for entry in good where !entry.isLive { book.rate(entry.hash, entry.score) }
  }

  /// Of a text that the last run has published.
  func publishedSide(of hash: ContentHash) -> Side? { published[hash].map { $0 == 1 ? .test : .train } }

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

  private mutating func entry(_ number: Int, of file: PublishedFile, _ texts: ExpiredTexts) -> Entry? {
    guard let text = texts[number] else { return nil }
    return Entry(file.rows[number], number: number, text: book.number(of: text.survey, at: text.place))
  }
}
