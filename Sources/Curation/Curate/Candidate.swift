import Records

/// What the first pass keeps of a live record: enough to decide on it, and where to read it again.
struct Candidate: Sendable {
  let id: ExampleID
  /// Index into the survey's files, and the line in it.
  let file: Int
  let place: LinePlace
  let day: Day
  let side: Side
  /// The last rating, 0 when unrated.
  let score: Int
  /// Of the question and the published answer.
  let hash: ContentHash
  /// Why the record alone keeps it out of the dataset, if it does.
  let reason: LeftOut?
  /// Set when its original answer is a negative.
  let negative: Negative?

  struct Negative: Sendable {
    let reason: NegativeReason
    /// Of the question and the original answer.
    let hash: ContentHash
  }
}

/// Why an answer stands in `preferences.jsonl`.
enum NegativeReason: String, Sendable {
  /// Rated below good, and no correction stands.
  case lowScore = "low_score"
  /// A correction stands: this is the answer that it replaced.
  case corrected
}
