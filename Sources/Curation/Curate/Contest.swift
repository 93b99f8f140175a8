import Records

/// Everything that competes for a place in the two files, and the texts of all of it.
struct Contest {
  private(set) var good: [Entry] = []
  private(set) var bad: [Entry] = []
  private(set) var book = TextBook()
  /// Texts published by the last run, each with its side.
  private(set) var published: [ContentHash: Side] = [:]

  init(
    _ candidates: [Candidate], _ survey: inout Survey, dataset old: PublishedFile,
    negatives oldNegatives: PublishedFile,
    exclusion: Exclusion?
  ) throws {
    book.reserve(candidates.count)
    published.reserveCapacity(old.rows.count + oldNegatives.rows.count)
    for row in old.rows + oldNegatives.rows {
      // Twins on both sides, which only a change of the threshold can bring, count as held out.
      if published[row.hash] != .test { published[row.hash] = row.side }
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
    good += try expired(old, &survey, exclusion)
    bad += try expired(oldNegatives, &survey, exclusion)
    for entry in good { book.compete(entry) }
    for candidate in candidates { book.rate(candidate.text.hash, Int(candidate.score)) }
    for entry in good where !entry.isLive { book.rate(entry.hash, entry.score) }
  }

  /// Rows whose raw record is gone. They stay: expiry takes the record, not what was learnt from it.
  ///
  /// A record that was erased is gone as well; its erasure takes its rows out of both files before the curator runs.
  private mutating func expired(
    _ file: PublishedFile, _ survey: inout Survey, _ exclusion: Exclusion?
  ) throws -> [Entry] {
    let gone = try file.rows.indices.filter { index in
      guard file.rows[index].exampleID.map({ survey.numbers[$0] == nil }) ?? true else { return false }
      return try exclusion.map { try $0.hit(in: file.texts(of: file.rows[index])) == nil } ?? true
    }
    let (part, texts) = try file.survey(gone)
    let added = survey.add(part)
    return gone.enumerated().map { position, index in
      let place = TextPlace(row: Int32(added.row + position), store: Int32(added.store))
      return Entry(file.rows[index], number: index, text: book.number(of: texts[position], at: place))
    }
  }
}
