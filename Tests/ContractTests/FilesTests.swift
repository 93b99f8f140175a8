import TestKit
import Testing

@Suite("Contract §1 Files", .serialized, .runningServer)
struct FilesTests {
  static let conversationKeys = [
    "example_id", "timestamp", "user_id", "session_id", "user_message", "assistant_message", "history", "context",
    "language", "framework", "complexity", "model", "variant", "redactions", "idempotency",
  ]

  @Test func `the files have their places`() throws {
    let server = try RunningServer.shared
    let client = try connect()
    let id = try store(LogBody(), over: client)
    try rate(id, 2, #","comment":"Too terse.","corrected_message":"A longer answer.""#, over: client)
    #expect(try client.post("/v1/curate", "").status == 200)
    let logs = ["conversations_\(day()).jsonl", "feedback.jsonl", "comments.jsonl", "corrections.jsonl"]
    let curated = ["training_data.jsonl", "preferences.jsonl", "manifest.json", "versions.jsonl"]
    for name in logs.map({ "training_logs/" + $0 }) + curated.map({ "curated/" + $0 })
      + ["state/pepper", "state/keys", "state/index.sqlite", "state/lock"]
    {
      #expect(server.home.files.contains(name), "\(name) is not in \(server.home.files)")
    }
  }

  @Test func `state is 0700, the secrets and the control socket 0600`() throws {
    let home = try RunningServer.shared.home
    #expect(home.mode("state") == 0o700)
    for name in ["pepper", "keys", "control.sock"] { #expect(home.mode("state/" + name) == 0o600, "\(name)") }
  }

  @Test(
    arguments: [
      LogBody(),
      LogBody().with("context", #"{"file":"a.py","line":3}"#).with("model", #""m-1""#).with("variant", #""b""#)
        .with("complexity", "2").with("language", #""python""#).with("framework", #""flask""#)
        .with("history", #"[{"role":"user","content":"Hello"},{"role":"assistant","content":"Hi"}]"#),
    ])
  func `every key is always present, one type each, in this order`(_ body: LogBody) throws {
    let line = try storedLine(store(body, over: connect()), in: RunningServer.shared.home)
    #expect(line.keys == Self.conversationKeys)
    for name in Self.conversationKeys {
      switch name {
      case "history": #expect(line[name]?.kind == .array)
      case "redactions": #expect(line[name]?.kind == .object)
      case "context": #expect(line[name]?.kind == (body.members.contains { $0.name == name } ? .object : .null))
      default: #expect(line[name]?.kind == .string, "\(name)")
      }
    }
  }

  @Test func `a bare record has empty values and no nulls but the context`() throws {
    let body = LogBody(question: "What do you think?", answer: "It depends on what you need it for, as so often.")
    let line = try storedLine(store(body, over: connect()), in: RunningServer.shared.home)
    for name in ["language", "framework", "complexity", "model", "variant", "idempotency"] {
      #expect(line.text(name) == "", "\(name)")
    }
    #expect(line["history"]?.items.isEmpty == true)
    #expect(line["redactions"]?.members.isEmpty == true)
    #expect(line["context"]?.isNull == true)
  }

  @Test func `history lines are role and content`() throws {
    let history = #"[{"content":"Be brief.","role":"system"},{"role":"user","content":"Hello"}]"#
    let line = try storedLine(store(LogBody().with("history", history), over: connect()), in: RunningServer.shared.home)
    #expect(
      line.text.contains(#""history":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"}]"#))
  }

  @Test func `example_id is a UUIDv7`() throws {
    let id = try store(LogBody(), over: connect())
    let parts = id.split(separator: "-")
    #expect(parts.map(\.count) == [8, 4, 4, 4, 12])
    #expect(parts[2].first == "7")
    #expect("89ab".contains(try #require(parts[3].first)))
    #expect(id.allSatisfy { "0123456789abcdef-".contains($0) })
  }

  /// Sent, stored, and in seconds from midnight UTC of which day (0 today).
  static let timestamps: [(sent: String, stored: String, day: String)] = [
    ("\(day(-1))T10:11:12Z", "\(day(-1))T10:11:12.000Z", day(-1)),
    ("\(day(-2))T23:59:59.999Z", "\(day(-2))T23:59:59.999Z", day(-2)),
    ("\(day(-3))T23:30:00-01:00", "\(day(-2))T00:30:00.000Z", day(-2)),
    ("\(day(-3))T00:30:00+01:00", "\(day(-4))T23:30:00.000Z", day(-4)),
    ("\(day(-5))T12:00:00.123456Z", "\(day(-5))T12:00:00.123Z", day(-5)),
  ]

  @Test(arguments: timestamps)
  func `a record stands in the file of the UTC day of its own timestamp`(
    _ example: (sent: String, stored: String, day: String)
  ) throws {
    let id = try store(LogBody().with("timestamp", jsonText(example.sent)), over: connect())
    let home = try RunningServer.shared.home
    #expect(try storedLine(id, in: home).text("timestamp") == example.stored)
    #expect(home.lines("training_logs/conversations_\(example.day).jsonl").contains { $0.contains(id) })
  }

  @Test func `feedback, comments and corrections have lines of their own`() throws {
    let client = try connect()
    let home = try RunningServer.shared.home
    let id = try store(LogBody(), over: client)
    try rate(id, 4, over: client)
    try rate(id, 2, #","comment":"Why?","corrected_message":"Because.""#, over: client)
    for (file, keys, count) in [
      ("feedback", ["example_id", "score", "timestamp"], 2), ("comments", ["example_id", "comment", "timestamp"], 1),
      ("corrections", ["example_id", "corrected_message", "timestamp"], 1),
    ] {
      let lines = try home.lines("training_logs/\(file).jsonl").filter { $0.contains(id) }.map(StoredLine.init)
      #expect(lines.map(\.keys) == Array(repeating: keys, count: count), "\(file)")
    }
    let scores = try home.lines("training_logs/feedback.jsonl").filter { $0.contains(id) }.map(StoredLine.init)
    #expect(scores.map { $0["score"]?.integer } == [4, 2])
    #expect(scores.allSatisfy { $0.text("timestamp")?.hasSuffix("Z") == true })
  }

  @Test func `the last line for an example wins`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let id = try store(LogBody(), over: client)
    for score in [5, 1, 3] { try rate(id, score, over: client) }
    let stats = try client.get("/v1/stats").json()
    #expect(stats.at("rated")?.integer == 1)
    #expect(stats.at("average_score")?.double == 3)
    #expect(stats.at("scores", "3")?.integer == 1)
    #expect(stats.at("scores", "5")?.integer == 0)
  }
}
