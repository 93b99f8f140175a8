import Records

/// Makes the line of a live record, on any thread.
struct LiveRows: Sendable {
  let survey: Survey
  let candidates: [Candidate]
  let ratings: RatingBook

  /// A record, and where its row stands in the batch.
  struct Place: Sendable {
    let position: Int
    let number: Int
    /// Of a corrected one the row in the old file, which it may come out as.
    let old: RowSource.Row?
  }

  /// Of a sealed day each part is decompressed once.
  func inOrderOfFiles(_ places: [Place]) -> [Place] {
    places.sorted { a, b in
      let (fileA, fileB) = (survey.fileOf[a.number], survey.fileOf[b.number])
      return fileA != fileB ? fileA < fileB : survey.records[a.number].offset < survey.records[b.number].offset
    }
  }

  /// The row of a record in the old file, if it would come out the same. Of one that is corrected that is not certain:
  /// another correction may differ in white space alone, which no hash shows.
  func kept(
    _ number: Int, as entry: Entry, in old: PublishedFile, isNegative: Bool
  ) -> (row: RowSource.Row?, isCertain: Bool) {
    let id = survey.records[number].id
    if isNegative { return (old.row(id, as: entry, reason: candidates[number].negative), true) }
    return (old.row(id, as: entry, reason: nil), !ratings.isCorrected(id))
  }

  /// - Parameter isNegative: the original answer is wanted, and why.
  func row(of number: Int, isNegative: Bool) throws -> RowSource.Row {
    let candidate = candidates[number]
    let (record, root) = (survey.records[number], try survey.record(number))
    let correction = isNegative ? nil : try ratings.correction(of: record.id)
    let row = CuratedRow(
      record: root, exampleID: record.id, day: Day(number: Int(record.day)),
      correction: correction?.correctedMessage, score: Int(candidate.score), side: candidate.side,
      reason: isNegative ? candidate.negative : nil)
    return RowSource.Row(
      .made(row.line()), id: Lineage.RowID(high: record.id.high, low: record.id.low),
      language: root["language"]?.string ?? "", reason: row.reason?.code ?? 0)
  }
}
