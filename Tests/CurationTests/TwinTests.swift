import Records
import Testing

@testable import Curation

@Suite("Exact twins")
struct TwinTests {
  private static let text = "The same answer in every one of them, which is long enough to be published."

  private func twin(_ number: Int, user: String = user(.train)) -> Conversation {
    conversation(number, user: user, question: "The same question?", answer: Self.text)
  }

  /// Scores in the order of logging (0: unrated; negative: corrected to the same text as the others) → who stays.
  @Test(
    "The best rated stays, then the newest",
    arguments: [
      ([0, 0], 1), ([5, 0], 0), ([0, 4], 1), ([4, 5], 1), ([5, 4], 0), ([5, 5], 1), ([4, 0, 5, 0], 2), ([3, 0], 1),
      ([-2, 0], 0),
    ])
  func keeper(scores: [Int], expected: Int) throws {
    let folder = try DataFolder()
    var records: [Conversation] = []
    for (number, score) in scores.enumerated() {
      var record = twin(number)
      if score < 0 { record.assistantMessage = goodAnswer(number) }
      try folder.add(record)
      if score != 0 { try folder.rate(record, abs(score), correction: score < 0 ? Self.text : nil) }
      records.append(record)
    }
    let manifest = try folder.curate()
    #expect(try folder.dataset().map(\.id) == [records[expected].exampleID.description])
    let low = scores.count { (1...3).contains($0) }
    #expect(manifest["rejected"]?["exact_duplicate"]?.integer == scores.count - 1 - low)
    #expect(manifest["rejected"]?["low_score"]?.integer == low)
  }

  @Test("White space does not make another text; case and the border of question and answer make a near one")
  func normalised() throws {
    let folder = try DataFolder()
    try folder.add(
      conversation(1, question: "Same  question?\n", answer: Self.text + " "),
      conversation(2, question: " Same question?", answer: Self.text.replacing(" ", with: "\r\n\t")),
      conversation(3, question: "same question?", answer: Self.text),
      conversation(4, question: "Same", answer: "question? " + Self.text))
    let manifest = try folder.curate()
    #expect(try folder.dataset().count == 1)
    #expect(manifest["rejected"]?["exact_duplicate"]?.integer == 1)
    #expect(manifest["rejected"]?["near_duplicate"]?.integer == 2)
  }

  @Test("Twins from both sides: the best decides the side, and nothing of it stands on the other")
  func acrossSides() throws {
    let folder = try DataFolder()
    let (train, test) = (twin(1), twin(2, user: user(.test)))
    let low = twin(3)
    try folder.add(train, test, low)
    try folder.rate(test, 5)
    try folder.rate(low, 1)
    let manifest = try folder.curate()
    #expect(try folder.dataset().map(\.id) == [test.exampleID.description])
    #expect(try folder.dataset().map(\.split) == ["test"])
    // A negative of the same text from the other side would carry the held-out text into training.
    #expect(try folder.preferences().isEmpty)
    #expect(manifest["rejected"]?["exact_duplicate"]?.integer == 1)
  }

  @Test("Of negatives with one text the worst rated stays")
  func negatives() throws {
    let folder = try DataFolder()
    let records = (1...3).map { twin($0) }
    for (record, score) in zip(records, [2, 1, 3]) {
      try folder.add(record)
      try folder.rate(record, score)
    }
    let manifest = try folder.curate()
    #expect(try folder.preferences().map(\.id) == [records[1].exampleID.description])
    #expect(manifest["rejected"]?["low_score"]?.integer == 3)
    #expect(manifest["preferences"]?.integer == 1)
  }
}
