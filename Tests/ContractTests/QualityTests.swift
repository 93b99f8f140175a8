import Records
import TestKit
import Testing

@Suite("Contract §6 Quality", .serialized)
struct QualityTests {
  static let rowKeys = [
    "messages", "example_id", "score", "language", "framework", "complexity", "model", "date", "split",
  ]

  private func curate(_ server: TestServer) throws -> (
    rows: [StoredLine], negatives: [StoredLine], manifest: JSONElement
  ) {
    let answer = try server.connect().post("/v1/curate", "")
    try #require(answer.status == 200, "\(answer.text)")
    return (
      try server.home.lines("curated/training_data.jsonl").map(StoredLine.init),
      try server.home.lines("curated/preferences.jsonl").map(StoredLine.init), try answer.json()
    )
  }

  @Test func `a curated line has these keys in this order, history first`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let history = #"[{"role":"user","content":"Hello"},{"role":"assistant","content":"Hi"}]"#
    let id = try store(
      LogBody().with("history", history).with("model", #""m-1""#).with("complexity", "2"), over: client)
    try rate(id, 4, over: client)
    let row = try #require(curate(server).rows.first)
    #expect(row.keys == Self.rowKeys)
    let messages = row["messages"]?.items.map { [$0.at("role")?.string, $0.at("content")?.string] }
    #expect(
      messages == [
        ["user", "Hello"], ["assistant", "Hi"], ["user", LogBody.question], ["assistant", LogBody.answer],
      ])
    #expect(row.text("example_id") == id)
    #expect(row["score"]?.integer == 4)
    #expect(row.text("language") == "python")
    #expect(row.text("model") == "m-1")
    #expect(row.text("complexity") == "2")
    #expect(row.text("date") == day())
    #expect(["train", "test"].contains(try #require(row.text("split"))))
  }

  struct Rule: CustomTestStringConvertible, Sendable {
    let what: String
    var body = LogBody()
    /// 0 for none.
    var score = 0
    var correction: String?
    let isGood: Bool
    /// Under which it is counted.
    var reason = ""
    var testDescription: String { what }
  }

  private static func answer(_ count: Int) -> LogBody { LogBody(answer: String(repeating: "😀", count: count)) }
  private static let long = "Take items[::-1]: it builds a new list in reverse order and leaves the old one."

  static let rules: [Rule] = [
    Rule(what: "unrated", isGood: true), Rule(what: "rated 4", score: 4, isGood: true),
    Rule(what: "rated 5", score: 5, isGood: true),
    Rule(what: "rated 3", score: 3, isGood: false, reason: "low_score"),
    Rule(what: "rated 1", score: 1, isGood: false, reason: "low_score"),
    Rule(what: "rated 1 and corrected", score: 1, correction: long, isGood: true),
    Rule(what: "an answer of 50 scalars", body: answer(50), isGood: true),
    Rule(what: "an answer of 49 scalars", body: answer(49), isGood: false, reason: "too_short"),
    Rule(
      what: "an answer of 49 scalars in white space",
      body: LogBody(
        answer: "  " + String(repeating: "x", count: 49)
          + String(repeating: "\n", count: 20)), isGood: false, reason: "too_short"),
    Rule(
      what: "a short answer corrected by a long one", body: LogBody(answer: "No."), score: 2, correction: long,
      isGood: true),
    Rule(
      what: "a long answer corrected by a short one", score: 2, correction: "No.", isGood: false, reason: "too_short"),
    Rule(what: "removed personal data", body: LogBody(question: "I am ada@acme.dev, how do I do it?"), isGood: true),
  ]

  @Test(arguments: rules)
  func `what is high quality is in the dataset, the rest under one reason`(_ rule: Rule) throws {
    let server = try TestServer()
    let client = try server.connect()
    let id = try store(rule.body, over: client)
    let correction = rule.correction.map { ",\"corrected_message\":\(jsonText($0))" } ?? ""
    if rule.score > 0 { try rate(id, rule.score, correction, over: client) }
    let (rows, _, manifest) = try curate(server)
    #expect(rows.map { $0.text("example_id") } == (rule.isGood ? [id] : []))
    if let correction = rule.correction, rule.isGood {
      #expect(rows.first?["messages"]?.items.last?.at("content")?.string == correction)
    }
    #expect(rows.first?["score"]?.integer ?? rule.score == rule.score)
    let counts = manifest.at("rejected")?.members.map { ($0.key.string ?? "", $0.value.integer ?? 0) } ?? []
    #expect(counts.reduce(0) { $0 + $1.1 } == (rule.isGood ? 0 : 1))
    if !rule.isGood { #expect(manifest.at("rejected")?.at(rule.reason)?.integer == 1, "\(counts)") }
    let stats = try client.get("/v1/stats").json()
    #expect(stats.at("high_quality")?.integer == rows.count)
    if !rule.isGood { #expect(stats.at("rejected")?.at(rule.reason)?.integer == 1) }
  }

  @Test func `preferences hold low-rated answers and originals of corrected ones`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let low = try store(LogBody(question: "A low one?"), over: client)
    try rate(low, 2, over: client)
    let corrected = try store(LogBody(question: "A corrected one?"), over: client)
    try rate(corrected, 2, ",\"corrected_message\":\(jsonText(Self.long))", over: client)
    _ = try store(LogBody(question: "A good one?"), over: client)
    let negatives = try curate(server).negatives
    #expect(negatives.allSatisfy { $0.keys == Self.rowKeys + ["reason"] })
    let reasons = negatives.map { [$0.text("example_id"), $0.text("reason")] }
    #expect(Set(reasons) == [[low, "low_score"], [corrected, "corrected"]])
    for row in negatives { #expect(row["messages"]?.items.last?.at("content")?.string == LogBody.answer) }
  }

  @Test func `of twins the best rated stays`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let ids = try (0..<3).map { try store(LogBody(user: "u\($0)"), over: client) }
    try rate(ids[0], 4, over: client)
    try rate(ids[1], 5, over: client)
    let (rows, _, manifest) = try curate(server)
    #expect(rows.map { $0.text("example_id") } == [ids[1]])
    #expect(manifest.at("rejected", "exact_duplicate")?.integer == 2)
  }

  @Test func `no user stands on both sides, and no side changes as data grows`() throws {
    let server = try TestServer()
    let client = try server.connect()
    var sides: [String: String] = [:]
    for round in 0..<2 {
      for user in 0..<120 {
        let body = LogBody(
          user: "u\(user)", question: "Question \(round) of user \(user)?",
          answer: LogBody.answer(about: 1000 * round + user))
        _ = try store(body, over: client)
      }
      let users = try Dictionary(
        uniqueKeysWithValues: server.home.conversations.map(StoredLine.init).map {
          ($0.text("example_id") ?? "", $0.text("user_id") ?? "")
        })
      let rows = try curate(server).rows
      #expect(rows.count == 120 * (round + 1))
      for row in rows {
        let user = try #require(users[row.text("example_id") ?? ""])
        let side = try #require(row.text("split"))
        #expect(sides[user, default: side] == side)
        sides[user] = side
      }
    }
    // Of 120 users 12 are expected; below 2 or above 30 by chance less than once in a million directories.
    #expect((2...30).contains(sides.values.count { $0 == "test" }))
  }

  @Test func `a run repeated gives the same bytes, one rated down goes`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let ids = try (0..<5).map {
      try store(LogBody(user: "u\($0)", question: "Question \($0)?", answer: LogBody.answer(about: $0)), over: client)
    }
    let first = try curate(server)
    let bytes = server.home.bytes("curated/training_data.jsonl")
    let second = try curate(server)
    #expect(server.home.bytes("curated/training_data.jsonl") == bytes)
    #expect(first.manifest.at("version")?.string == second.manifest.at("version")?.string)
    try rate(ids[2], 1, over: client)
    let third = try curate(server)
    #expect(Set(third.rows.map { $0.text("example_id") }) == Set([0, 1, 3, 4].map { ids[$0] }))
    #expect(server.home.lines("curated/versions.jsonl").count >= 2)
    #expect(third.manifest.at("version")?.string != first.manifest.at("version")?.string)
  }

  @Test func `no row tells of a user or a session`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let id = try store(LogBody(), over: client)
    try rate(id, 2, ",\"corrected_message\":\(jsonText(Self.long))", over: client)
    let line = try storedLine(id, in: server.home)
    _ = try curate(server)
    for file in server.home.files where file.hasPrefix("curated/") {
      let text = String(decoding: server.home.bytes(file) ?? [], as: UTF8.self)
      for name in ["user_id", "session_id"] { #expect(!text.contains(try #require(line.text(name))), "\(file)") }
    }
  }
}
