import Records

/// A live record together with its ratings: what the rules for one record say of it. Its number is the record's.
struct Candidate: Sendable {
  let side: Side
  /// The last rating, 0 when unrated.
  let score: UInt8
  /// Of the question and the published answer.
  let text: TextSurvey
  /// Where that text's bands and shingles are.
  let place: TextPlace
  /// Why the record alone keeps it out of the dataset, if it does; the first of the order.
  let reason: LeftOut?
  /// Every rule for one record that it breaks.
  let broken: [LeftOut]
  /// Set when its original answer is a negative.
  let negative: NegativeReason?
}

/// Row in the survey's bands, and number of the store of shingles.
struct TextPlace: Sendable {
  let row: Int32
  let store: Int32
}

/// Why an answer stands in `preferences.jsonl`.
package enum NegativeReason: String, Sendable {
  /// Rated below good, and no correction stands.
  case lowScore = "low_score"
  /// A correction stands: this is the answer that it replaced.
  case corrected

  /// Where a number must do; 0 stands for none.
  var code: UInt8 {
    switch self {
    case .lowScore: 1
    case .corrected: 2
    }
  }
}
