import Records
import TrainingLog

/// Makes the lines of chosen rows: a live one from its record and ratings, an expired one from the old file, under a
/// random id.
struct RowSource {
  let survey: Survey
  let candidates: [Candidate]
  let ratings: RatingBook
  /// The new id of each record that has expired since the last run: the same in both files, so that an original and its
  /// correction stay a pair when nobody can tell any more whose they were.
  private var newIDs: [ExampleID: String] = [:]
  private var random: any RandomNumberGenerator

  init(survey: Survey, candidates: [Candidate], ratings: RatingBook, random: any RandomNumberGenerator) {
    self.survey = survey
    self.candidates = candidates
    self.ratings = ratings
    self.random = random
  }

  /// `isNegative`: the original answer is wanted, and why.
  mutating func line(
    _ entry: Entry, in old: PublishedFile, isNegative: Bool
  ) throws -> (line: [UInt8], language: String) {
    switch entry.source {
    case .live(let number): return try line(of: number, isNegative: isNegative)
    case .expired(let number): return try line(of: old.rows[number], in: old)
    }
  }

  private func line(of number: Int, isNegative: Bool) throws -> (line: [UInt8], language: String) {
    let candidate = candidates[number]
    let conversation = try survey.conversation(number)
    let correction = isNegative ? nil : try ratings.correction(of: conversation.exampleID)
    let row = CuratedRow(
      conversation: conversation, answer: correction?.correctedMessage ?? conversation.assistantMessage,
      score: Int(candidate.score), side: candidate.side, reason: isNegative ? candidate.negative : nil)
    return (row.line(), conversation.language)
  }

  private mutating func line(
    of row: PublishedRow, in old: PublishedFile
  ) throws -> (line: [UInt8], language: String) {
    let line = try old.line(of: row)
    let language = (try? JSONDocument(parsing: line).root["language"]?.string) ?? ""
    guard let id = row.exampleID else { return (line, language) }
    let newID = newIDs[id] ?? UUIDText.version4(high: random.next(), low: random.next())
    newIDs[id] = newID
    return (PublishedRow.line(line, renamed: newID), language)
  }
}
