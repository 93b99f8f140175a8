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
  }

  /// Of a sealed day each part is decompressed once.
  func inOrderOfFiles(_ places: [Place]) -> [Place] {
    places.sorted { a, b in
      let (fileA, fileB) = (survey.fileOf[a.number], survey.fileOf[b.number])
      return fileA != fileB ? fileA < fileB : survey.records[a.number].offset < survey.records[b.number].offset
    }
  }

  /// The row of a good record in the old file, where it would come out the same.
  func kept(_ number: Int, as entry: Entry, in old: PublishedFile) -> RowSource.Row? {
    let id = survey.records[number].id
    return ratings.isCorrected(id) ? nil : old.row(id, as: entry)
  }

  /// - Parameter isNegative: the original answer is wanted, and why.
  func row(of number: Int, isNegative: Bool) throws -> RowSource.Row {
    let candidate = candidates[number]
    let conversation = try survey.conversation(number)
    let id = conversation.exampleID
    let correction = isNegative ? nil : try ratings.correction(of: id)
    let row = CuratedRow(
      conversation: conversation, answer: correction?.correctedMessage ?? conversation.assistantMessage,
      score: Int(candidate.score), side: candidate.side, reason: isNegative ? candidate.negative : nil)
    return RowSource.Row(
      .made(row.line()), id: Lineage.RowID(high: id.high, low: id.low), language: conversation.language)
  }
}
