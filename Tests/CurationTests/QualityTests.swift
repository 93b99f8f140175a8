import Records
import Testing

@testable import Curation

@Suite("Rules for one record")
struct QualityTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var score: Int?
    var correction: String?
    var question: String?
    var answer: String?
    var history: [Message] = []
    var context: JSONValue = .null
    /// nil: it is in the dataset.
    let reason: LeftOut?
    /// The reason under which it stands in preferences.jsonl; nil: it does not.
    var negative: String?

    var testDescription: String { name }
  }

  static let mail = "Write to jane.doe@nordwind-it.de and ask for the long version of this answer, please."
  static let fixed = "Corrected: call items.reverse() when the list itself may change, reversed(items) when not."

  static let cases = [
    Case(name: "unrated", reason: nil),
    Case(name: "rated 5", score: 5, reason: nil),
    Case(name: "rated 4", score: 4, reason: nil),
    Case(name: "rated 3", score: 3, reason: .lowScore, negative: "low_score"),
    Case(name: "rated 1", score: 1, reason: .lowScore, negative: "low_score"),
    Case(name: "rated 1, corrected", score: 1, correction: fixed, reason: nil, negative: "corrected"),
    Case(name: "rated 5, corrected", score: 5, correction: fixed, reason: nil, negative: "corrected"),
    Case(name: "short correction", score: 1, correction: "No.", reason: .tooShort, negative: "corrected"),
    Case(
      name: "correction of white space", score: 2, correction: " " + goodAnswer(1) + "\n", reason: nil),
    Case(name: "49 characters", answer: String(repeating: "x", count: 49), reason: .tooShort),
    Case(name: "50 characters", answer: String(repeating: "x", count: 50), reason: nil),
    Case(name: "49 and white space", answer: "  " + String(repeating: "x", count: 49) + "\n\n", reason: .tooShort),
    Case(name: "50 scalars of 4 bytes", answer: String(repeating: "\u{1F600}", count: 50), reason: nil),
    Case(name: "25 flags are 50 scalars", answer: String(repeating: "\u{1F1E9}\u{1F1EA}", count: 25), reason: nil),
    Case(name: "short and rated 5", score: 5, answer: "Yes.", reason: .tooShort),
    Case(name: "short and rated 1", score: 1, answer: "Yes.", reason: .lowScore, negative: "low_score"),
    Case(name: "blank question", question: " \n", reason: .blank),
    Case(name: "blank answer", answer: "\u{00A0}\t", reason: .blank),
    Case(name: "blank answer rated 1", score: 1, answer: " ", reason: .lowScore),
    Case(name: "blank answer corrected", score: 1, correction: fixed, answer: " ", reason: nil),
    Case(name: "personal data in the answer", answer: mail, reason: .pii),
    Case(name: "personal data in the question", question: mail, reason: .pii),
    Case(name: "in the history", history: [Message(role: .user, content: mail)], reason: .pii),
    Case(name: "in the context", context: .object([.init(name: "note", value: .string(mail))]), reason: .pii),
    Case(name: "personal data, rated 1", score: 1, answer: mail, reason: .lowScore),
    Case(name: "personal data that a correction took out", score: 1, correction: fixed, answer: mail, reason: .pii),
    Case(name: "personal data in the correction", score: 1, correction: mail, reason: .pii, negative: "corrected"),
    Case(name: "placeholders", answer: "Write to [EMAIL_1] or call [PHONE_2] for the long version of it.", reason: nil),
    Case(name: "short with personal data", answer: "a@nordwind-it.de", reason: .tooShort),
  ]

  @Test("One reason each", arguments: cases)
  func judge(_ row: Case) throws {
    let folder = try DataFolder()
    let record = conversation(
      1, question: row.question, answer: row.answer, history: row.history, context: row.context)
    try folder.add(record)
    if let score = row.score { try folder.rate(record, score, correction: row.correction) }
    let manifest = try folder.curate()

    let dataset = try folder.dataset()
    #expect(dataset.map(\.id) == (row.reason == nil ? [record.exampleID.description] : []))
    for reason in RejectionCounts.live {
      let count = manifest["rejected"]?.members.first { $0.key.string == reason.rawValue }?.value.integer
      #expect(count == (reason == row.reason ? 1 : 0), "\(reason)")
    }
    let negatives = try folder.preferences()
    #expect(negatives.map(\.reason) == (row.negative.map { [$0] } ?? []))
    #expect(negatives.allSatisfy { $0.answer == record.assistantMessage && $0.score == row.score })
    #expect(dataset.allSatisfy { $0.answer == row.correction ?? record.assistantMessage })
    #expect(dataset.allSatisfy { $0.score == row.score ?? 0 })
  }

  @Test("The last rating and the last correction of an example count; those of unknown examples do not")
  func lastWins() throws {
    let folder = try DataFolder()
    let (one, two) = (conversation(1), conversation(2))
    try folder.add(one, two)
    try folder.rate(one, 1)
    try folder.rate(one, 5)
    try folder.rate(two, 5, correction: "Not this one, although it is long enough to be taken for an answer.")
    try folder.rate(two, 2, correction: Self.fixed)
    try folder.rate(conversation(3), 5)
    try folder.curate()
    let rows = try folder.dataset().sorted { $0.id < $1.id }
    #expect(rows.map(\.score) == [5, 2])
    #expect(rows.map(\.answer) == [one.assistantMessage, Self.fixed])
  }

  @Test("Of two lines with one id the first counts")
  func firstLineWins() throws {
    let folder = try DataFolder()
    var again = conversation(1)
    again.assistantMessage = goodAnswer(99)
    try folder.add(conversation(1), again)
    try folder.curate()
    #expect(try folder.dataset().map(\.answer) == [goodAnswer(1)])
  }

  @Test("A curated line has the contract's keys in its order")
  func keys() throws {
    let folder = try DataFolder()
    let record = conversation(1, history: [Message(role: .system, content: "Be brief.")])
    let low = conversation(2)
    try folder.add(record, low)
    try folder.rate(low, 1)
    try folder.curate()
    let line = String(decoding: try folder.bytes(folder.directory.trainingData), as: UTF8.self)
    #expect(
      line == #"""
        {"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"How do I reverse list 1 in Python?"},\#
        {"role":"assistant","content":"\#(goodAnswer(1))"}],"example_id":"\#(record.exampleID)","score":0,\#
        "language":"python","framework":"","complexity":"low","model":"m1","date":"2026-03-01","split":"train"}

        """#)
    let keys = try folder.preferences().first?.root.members.map { $0.key.string ?? "" }
    #expect(
      keys == [
        "messages", "example_id", "score", "language", "framework", "complexity", "model", "date", "split", "reason",
      ])
  }
}
