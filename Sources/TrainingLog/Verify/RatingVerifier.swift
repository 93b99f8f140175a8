import Records

/// Compares the last ratings, the comments and the corrections of the files with what the index has of them.
struct RatingVerifier {
  private struct Found {
    var score: Int8 = 0
    var hasComment = false
    var isCorrected = false
    /// Of the last rating.
    var offset = -1
  }

  private static let (feedback, comments, corrections) = (
    "training_logs/feedback.jsonl", "training_logs/comments.jsonl", "training_logs/corrections.jsonl"
  )

  private let snapshot: IndexSnapshot?
  private var doubtful: Set<String> = []
  /// In the order of the snapshot's rows.
  private var found: [Found]

  init(_ snapshot: IndexSnapshot?) {
    self.snapshot = snapshot
    found = [Found](repeating: Found(), count: snapshot?.rows.count ?? 0)
  }

  mutating func rate(_ id: ExampleID, _ score: Int, at offset: Int) {
    change(id) {
      $0.score = Int8(clamping: score)
      $0.offset = offset
    }
  }

  mutating func comment(_ id: ExampleID) { change(id) { $0.hasComment = true } }
  mutating func correct(_ id: ExampleID) { change(id) { $0.isCorrected = true } }

  /// The file has faults of its own: what it says need not be what the index has.
  mutating func doubt(_ file: String) { doubtful.insert(file) }

  /// Ratings of examples that are not there count for nothing.
  private mutating func change(_ id: ExampleID, _ body: (inout Found) -> Void) {
    if let place = snapshot?.place(of: id) { body(&found[place]) }
  }

  func finish(_ report: inout VerificationReport) {
    for (row, found) in zip(snapshot?.rows ?? [], found) {
      if found.score != row.score, !doubtful.contains(Self.feedback) {
        report.add(
          Self.feedback, at: found.offset < 0 ? nil : found.offset,
          found.offset < 0
            ? "a rating that the index counts is not there" : "the index has another score for the example")
      }
      if found.hasComment != row.hasComment, !doubtful.contains(Self.comments) {
        report.add(Self.comments, at: nil, Self.reason("comment", isThere: found.hasComment))
      }
      if found.isCorrected != row.isCorrected, !doubtful.contains(Self.corrections) {
        report.add(Self.corrections, at: nil, Self.reason("correction", isThere: found.isCorrected))
      }
    }
  }

  private static func reason(_ what: String, isThere: Bool) -> String {
    isThere ? "a \(what) is not in the index" : "a \(what) that the index counts is not there"
  }
}
