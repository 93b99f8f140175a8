import Records

/// What the first pass keeps of a raw record: where it stands, and what the rules must know of its text. Nothing of the
/// text itself. Plain numbers alone, so that a day's records can be kept in a file as they lie in memory.
struct SurveyedRecord: BitwiseCopyable, Sendable {
  let id: ExampleID
  /// Of the line in its file.
  let offset: Int
  let length: Int32
  /// Days since 1970-01-01.
  let day: Int32
  /// Pseudonyms as numbers; 0 for none.
  let user: UInt64
  let session: UInt64
  /// Of the question and the original answer; the answer is the published one unless a correction stands.
  let text: TextSurvey

  /// Of the split: all that one user says, or, where nobody is named, one session.
  var group: UInt64 { user != 0 ? user : session }
}

/// The same of one question and answer, and where its shingles are.
struct TextSurvey: BitwiseCopyable, Sendable {
  let hash: ContentHash
  /// Of the answer, trimmed, in Unicode scalars.
  let answerCharacters: Int32
  let facts: TextFacts
  /// In the store of shingles that comes with it: index of the first, and how many.
  let shinglesStart: Int
  let shinglesCount: Int32

  /// The same where so many shingles stand before those of its store.
  func moved(by shift: Int) -> TextSurvey {
    TextSurvey(
      hash: hash, answerCharacters: answerCharacters, facts: facts, shinglesStart: shinglesStart + shift,
      shinglesCount: shinglesCount)
  }
}
