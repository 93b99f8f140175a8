import Foundation
import Records
import TestKit
import Testing

@Suite("Contract §1 Files: what cannot be made anew", .serialized)
struct LedgersTests {
  private func optOut(_ user: String, over client: TestClient) throws {
    #expect(try client.post("/v1/users/opt-out", "{\"user_id\":\"\(user)\"}").status == 200)
  }

  @Test func `refusals, erasures, sides and privileged acts have files of their own in state`() throws {
    let server = try TestServer()
    let client = try server.connect()
    for user in ["ann", "bob"] {
      _ = try store(LogBody(user: user, answer: LogBody.answer(about: user.count)), over: client)
    }
    #expect(try client.post("/v1/curate", "").status == 200)
    try optOut("bob", over: client)
    _ = try ErasureTests.erase("ann", over: client)
    for name in ["consent", "erasures", "split", "audit"] {
      let lines = server.home.lines("state/\(name).jsonl")
      #expect(!lines.isEmpty, "\(name)")
      for line in lines { _ = try StoredLine(line) }
    }
    let acts = try server.home.lines("state/audit.jsonl").map { try StoredLine($0).text("act") }
    #expect(acts == ["curate", "opt_out", "erase_user"])
  }

  /// What was synced between two answers, as the kernel saw it.
  @Test(.enabled(if: Strace.obstacle == nil, "strace has to be able to trace"))
  func `they are synced before the answer that depends on them`() throws {
    let trace = try TemporaryDirectory()
    let server = try TestServer(
      under: [
        "/usr/bin/strace", "-D", "-f", "-o", trace("log"), "-y", "-s", "32", "-e", "trace=fdatasync,fsync,sendto",
      ])
    let client = try server.connect()
    _ = try store(LogBody(user: "ann"), over: client)
    #expect(try client.post("/v1/curate", "").status == 200)
    try optOut("bob", over: client)
    _ = try ErasureTests.erase("ann", over: client)
    #expect(try server.stop() == .code(0))
    let calls = try String(contentsOfFile: trace("log"), encoding: .utf8).split(separator: "\n").map(String.init)
    let answers = calls.indices.filter { calls[$0].contains("sendto(") && calls[$0].contains("HTTP/1.1 2") }
    try #require(answers.count == 4, "\(answers.count) answers")
    for (number, names) in [(1, ["split", "audit"]), (2, ["consent", "audit"]), (3, ["erasures", "audit"])] {
      for name in names {
        let isSynced = calls[answers[number - 1]..<answers[number]].contains { call in
          call.contains("sync(") && call.contains("/state/\(name).jsonl")
        }
        #expect(isSynced, "\(name) before answer \(number)")
      }
    }
  }

  @Test func `journals, receipts, refusals and the split use keys of their own`() throws {
    let server = try TestServer()
    let keys = try JSONDocument(parsing: #require(server.home.bytes("state/keys"))).root
    let secrets = try ["journal", "receipt", "consent", "split"].map { name in
      try #require(keys.members.first { $0.key.string == name }?.value.string, "\(name)")
    }
    #expect(secrets.allSatisfy { $0.utf8.count == 64 })
    let pepper = try #require(server.home.bytes("state/pepper"))
    let digits = pepper.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(Set(secrets + [digits]).count == 5)
  }
}

@Suite("Contract §1 Files: index.sqlite is derived", .serialized)
struct DerivedIndexTests {
  private static func removeIndex(_ home: TestServer.Home) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: home.path + "/state")
      .filter { $0.hasPrefix("index.sqlite") }
    try #require(!names.isEmpty)
    for name in names { try FileManager.default.removeItem(atPath: home.path + "/state/" + name) }
  }

  private static func keyed(_ number: Int, over client: TestClient) throws -> TestResponse {
    try client.send(
      "POST", "/v1/log", fields: [("Content-Type", "application/json"), ("Idempotency-Key", "k\(number)")],
      body: LogBody(user: "u\(number)", answer: LogBody.answer(about: number)).bytes)
    return try client.response()
  }

  @Test func `deleted, the next start makes it again, and every answer is the same`() throws {
    let first = try TestServer()
    let client = try first.connect()
    let ids = try (0..<5).map { try #require(try Self.keyed($0, over: client).json()["example_id"]?.string) }
    try rate(ids[0], 2, #","comment":"why?","corrected_message":"Because of it.""#, over: client)
    try rate(ids[1], 5, over: client)
    let before = try client.get("/v1/stats").text
    let record = try client.get("/v1/examples/\(ids[0])").text
    #expect(try first.stop() == .code(0))
    try Self.removeIndex(first.home)
    let next = try TestServer(first.home)
    let other = try next.connect()
    #expect(try other.get("/v1/stats").text == before)
    #expect(try other.get("/v1/examples/\(ids[0])").text == record)
    let again = try Self.keyed(3, over: other)
    #expect(again.status == 200 && again["Idempotency-Replayed"] == "true")
    #expect(try again.json()["example_id"]?.string == ids[3])
    try rate(ids[4], 1, over: other)
    #expect(first.home.conversations.count == 5)
  }

  /// Each read of the day takes longer than a start waits for the index (1.5 s), so that the rebuild can be watched.
  @Test(.enabled(if: Strace.obstacle == nil, "strace has to be able to delay"))
  func `during a rebuild what needs it is 503 with Retry-After, and plain logs go on`() throws {
    let first = try TestServer()
    let client = try first.connect()
    let id = try #require(try Self.keyed(0, over: client).json()["example_id"]?.string)
    #expect(try first.stop() == .code(0))
    try Self.removeIndex(first.home)
    let day = first.home.path + "/training_logs/" + (try #require(first.home.days.last))
    let slow = Strace.wrapper(calls: "pread64", fault: "pread64:delay_enter=2500000", paths: [day])
    let server = try TestServer(first.home, under: slow)
    let other = try server.connect()
    let named = LogBody(user: "named").with("example_id", jsonText(uuidV7(serial: 61)))
    let refused = [
      ("a key", try Self.keyed(0, over: other)), ("an id", try other.post("/v1/log", named.bytes)),
      ("a rating", try other.post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":5}")),
      ("statistics", try other.get("/v1/stats")), ("progress", try other.get("/v1/progress")),
    ]
    for (what, answer) in refused {
      #expect(answer.status == 503, "\(what)")
      #expect(answer["Retry-After"] != nil, "\(what)")
    }
    #expect(try other.post("/v1/log", LogBody(user: "plain").bytes).status == 201)
    while try other.get("/v1/stats").status == 503 { sched_yield() }
    #expect(try other.get("/v1/stats").json()["conversations"]?.integer == 2)
    #expect(try Self.keyed(0, over: other)["Idempotency-Replayed"] == "true")
    #expect(try server.stop() == .code(0))
  }
}
