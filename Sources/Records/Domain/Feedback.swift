/// A star rating of an example.
package struct Feedback: Equatable, Sendable {
  package static let scores = 1...5

  package var exampleID: ExampleID
  /// 1–5.
  package var score: Int
  package var timestamp: Timestamp

  package init(exampleID: ExampleID, score: Int, timestamp: Timestamp) {
    self.exampleID = exampleID
    self.score = score
    self.timestamp = timestamp
  }
}

/// What a user wrote beside a rating.
package struct Comment: Equatable, Sendable {
  package var exampleID: ExampleID
  package var comment: String
  package var timestamp: Timestamp

  package init(exampleID: ExampleID, comment: String, timestamp: Timestamp) {
    self.exampleID = exampleID
    self.comment = comment
    self.timestamp = timestamp
  }
}

/// The answer as it should have been.
package struct Correction: Equatable, Sendable {
  package var exampleID: ExampleID
  package var correctedMessage: String
  package var timestamp: Timestamp

  package init(exampleID: ExampleID, correctedMessage: String, timestamp: Timestamp) {
    self.exampleID = exampleID
    self.correctedMessage = correctedMessage
    self.timestamp = timestamp
  }
}
