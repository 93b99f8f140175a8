import Foundation
import Records
import TestKit
import Testing

@Suite("Contract §6 Quality: rules that need more than one record", .serialized)
struct CuratorRulesTests {
  private func curate(_ client: TestClient) throws -> JSONElement {
    let answer = try client.post("/v1/curate", "")
    try #require(answer.status == 200, "\(answer.text)")
    return try answer.json()
  }

  private func rows(_ home: TestServer.Home) throws -> [StoredLine] {
    try home.lines("curated/training_data.jsonl").map(StoredLine.init)
  }

  /// 50 words of which the first `changed` are others.
  private func words(_ family: Int, changed: Int = 0) -> String {
    (0..<50).map { $0 < changed ? "other\($0)" : "family\(family)word\($0)" }.joined(separator: " ")
  }

  @Test func `a scrub by today's rules decides, not that of the day of the record`() throws {
    let first = try TestServer()
    let client = try first.connect()
    let found = try store(LogBody(question: "Is EMP-123456 my badge?", answer: LogBody.answer(about: 1)), over: client)
    let clean = try store(LogBody(answer: LogBody.answer(about: 2)), over: client)
    #expect(try curate(client)["examples"]?.integer == 2)
    #expect(try first.stop() == .code(0))
    let config = first.home.path + "/config.json"
    let rule = #"{"scrub-rules":[{"name":"badge","type":"NATIONAL_ID","pattern":"EMP-[0-9]{6}"}]}"#
    try Data(rule.utf8).write(to: URL(fileURLWithPath: config))
    let next = try TestServer(first.home, arguments: ["--config", config])
    let manifest = try curate(next.connect())
    #expect(manifest.at("rejected", "pii")?.integer == 1)
    #expect(try rows(next.home).map { $0.text("example_id") } == [clean])
    #expect(found != clean)
    // And what is logged from now on is redacted.
    let line = try storedLine(store(LogBody(question: "EMP-654321?"), over: next.connect()), in: next.home)
    #expect(line.text("user_message") == "[NATIONAL_ID_1]?")
  }

  @Test(arguments: ["user_message", "assistant_message"])
  func `both messages have to be there and not blank, whoever wrote the line`(_ name: String) throws {
    let server = try TestServer()
    let id = try store(LogBody(), over: server.connect())
    let line = try storedLine(id, in: server.home)
    #expect(try server.stop() == .code(0))
    let text = try #require(line.text(name))
    let blank = line.text.replacing(id, with: uuidV7(serial: 91)).replacing(jsonText(text), with: #"" \t ""#)
    let path = server.home.path + "/training_logs/" + (try #require(server.home.days.first))
    try Data((line.text + "\n" + blank + "\n").utf8).write(to: URL(fileURLWithPath: path))
    let next = try TestServer(server.home)
    let manifest = try curate(next.connect())
    #expect(manifest["examples"]?.integer == 1)
    #expect(manifest.at("rejected", "blank")?.integer == 1)
    #expect(try next.connect().get("/v1/stats").json().at("rejected", "blank")?.integer == 1)
  }

  /// A rule and an answer that it would leave out.
  static let optional: [(rule: String, reason: String, answer: String)] = [
    (
      "unclosed-fence", "unclosed_fence",
      "It goes like this, and then on and on as you see:\n```python\nprint('hello')\n"
    ),
    ("repetition", "repetition", String(repeating: "And so it goes on and on and on. ", count: 40)),
    ("refusal", "refusal", "I'm sorry, but I can't help with that request, whatever the reason for it may be."),
  ]

  @Test(arguments: optional)
  func `everything else is off unless asked for`(_ row: (rule: String, reason: String, answer: String)) throws {
    let server = try TestServer()
    let client = try server.connect()
    _ = try store(LogBody(answer: row.answer), over: client)
    let usual = try curate(client)
    #expect(usual["examples"]?.integer == 1)
    #expect(try client.get("/v1/stats").json()["high_quality"]?.integer == 1)
    let asked = try CerberusBinary.run(
      ["curate", "--rule", row.rule, "--json", "--dry-run", "--data-dir", server.home.path])
    let report = try JSONDocument(parsing: Array(asked.output.utf8)).root
    #expect(report["examples"]?.integer == 0, "\(asked.error)")
    #expect(report.at("rejected", row.reason)?.integer == 1)
  }

  @Test func `a better twin displaces a row, a worse one does not`() throws {
    let server = try TestServer()
    let client = try server.connect()
    func log(_ changed: Int) throws -> String {
      try store(LogBody(user: "same", question: "Which words?", answer: words(1, changed: changed)), over: client)
    }
    let first = try log(0)
    try rate(first, 4, over: client)
    _ = try curate(client)
    _ = try log(1)
    _ = try curate(client)
    #expect(try rows(server.home).map { $0.text("example_id") } == [first])
    let better = try log(2)
    try rate(better, 5, over: client)
    let manifest = try curate(client)
    #expect(try rows(server.home).map { $0.text("example_id") } == [better])
    #expect(manifest.at("rejected", "near_duplicate")?.integer == 2)
  }

  /// A user of each side, with a row that was published there.
  private func sides(_ server: TestServer) throws -> (train: Int, test: Int) {
    let client = try server.connect()
    var userOf: [String: Int] = [:]
    for user in 0..<80 {
      let body = LogBody(user: "u\(user)", question: "Which words?", answer: words(user))
      userOf[try store(body, over: client)] = user
    }
    _ = try curate(client)
    func user(_ side: String) throws -> Int {
      let row = try rows(server.home).first { $0.text("split") == side }
      return try #require(userOf[row?.text("example_id") ?? ""], "nobody of 80 users on that side")
    }
    return (try user("train"), try user("test"))
  }

  @Test func `a cluster once published keeps its side, and a better twin from the other side is left out`() throws {
    let server = try TestServer()
    let (train, test) = try sides(server)
    let before = try rows(server.home).map { "\($0.text("example_id") ?? "") \($0.text("split") ?? "")" }
    let client = try server.connect()
    for (user, family) in [(test, train), (train, test)] {
      let twin = try store(
        LogBody(user: "u\(user)", question: "Which words?", answer: words(family, changed: 1)), over: client)
      try rate(twin, 5, over: client)
    }
    let manifest = try curate(client)
    #expect(try rows(server.home).map { "\($0.text("example_id") ?? "") \($0.text("split") ?? "")" } == before)
    let leftOut = manifest.at("rejected")?.members.reduce(0) { $0 + ($1.value.integer ?? 0) }
    #expect(leftOut == 2, "each under one reason")
  }

  @Test func `the curator adds the moat round the hold-out, and live figures know nothing of it`() throws {
    let server = try TestServer()
    let (train, test) = try sides(server)
    let client = try server.connect()
    // Of 50 shingles 36 are common: no twin at 0.75, but nearer than 0.5.
    let near = try store(
      LogBody(user: "u\(train)", question: "Which words?", answer: words(test, changed: 10)), over: client)
    let manifest = try curate(client)
    #expect(manifest.at("rejected", "moat")?.integer == 1)
    #expect(manifest["examples"]?.integer == 80)
    #expect(try !rows(server.home).contains { $0.text("example_id") == near })
    let stats = try client.get("/v1/stats").json()
    #expect(stats["high_quality"]?.integer == 81)
    #expect(stats.at("rejected", "moat")?.integer ?? 0 == 0)
  }
}
