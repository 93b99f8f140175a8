import Foundation
import Records
import TestKit
import Testing

/// What contract sections 1, 2 and 5 say of records that have expired and ratings that have waited for too long.
@Suite("Contract §1, §2, §5: when time has passed", .serialized)
struct PassingTimeTests {
  private func keyed(_ body: LogBody, over client: TestClient) throws -> TestResponse {
    try client.send(
      "POST", "/v1/log", fields: [("Content-Type", "application/json"), ("Idempotency-Key", "k")], body: body.bytes)
    return try client.response()
  }

  @Test func `a key lives as long as its record, and an expired one never lowers the progress`() throws {
    let first = try TestServer(arguments: ["--no-maintenance"])
    let old = LogBody(answer: LogBody.answer(about: 1)).with("timestamp", jsonText(rfc3339(seconds: -10 * 86_400)))
    let other = LogBody(user: "other", answer: LogBody.answer(about: 2))
    let client = try first.connect()
    #expect(try keyed(old, over: client).status == 201)
    #expect(try keyed(other, over: client).status == 422, "the key is taken")
    let before = try client.get("/v1/progress").json()
    #expect(try first.stop() == .code(0))
    let options = ["--retention-days", "5"]
    let retained = try CerberusBinary.run(["retain", "--data-dir", first.home.path] + options)
    #expect(retained.exit == .code(0), "\(retained.error)")
    let next = try TestServer(first.home, arguments: options + ["--no-maintenance"])
    let after = try next.connect().get("/v1/progress").json()
    #expect(try next.connect().get("/v1/stats").json()["conversations"]?.integer == 0)
    #expect(before["high_quality"]?.integer == 1 && after["high_quality"]?.integer == 1)
    #expect(try keyed(other, over: next.connect()).status == 201)
    #expect(try next.stop() == .code(0))
  }

  @Test func `a repeat is acknowledged with its id also when its timestamp has left the window, anything new is not`()
    throws
  {
    let first = try TestServer(arguments: ["--no-maintenance"])
    let timestamp = jsonText(rfc3339(seconds: -10 * 86_400))
    let named = (1...3).map {
      LogBody(user: "u\($0)").with("timestamp", timestamp).with("example_id", jsonText(uuidV7(serial: $0)))
    }
    let old = LogBody().with("timestamp", timestamp)
    let client = try first.connect()
    let stored = try keyed(old, over: client)
    #expect(stored.status == 201)
    for body in named.prefix(2) { #expect(try client.post("/v1/log", body.bytes).status == 201) }
    #expect(try first.stop() == .code(0))
    let next = try TestServer(first.home, arguments: ["--retention-days", "5", "--no-maintenance"])
    let later = try next.connect()
    let again = try keyed(old, over: later)
    #expect(again.status == 200 && again["Idempotency-Replayed"] == "true")
    #expect(try again.json()["example_id"]?.string == stored.json()["example_id"]?.string)
    #expect(try keyed(old.with("model", jsonText("m")), over: later).json()["code"]?.string == "idempotency_conflict")
    #expect(try later.post("/v1/log", named[0].bytes).status == 200)
    // What is new, with an id or a key or neither.
    let news = [(named[2], nil), (old, "other"), (old, nil)] as [(LogBody, String?)]
    for (body, key) in news {
      let fields = [("Content-Type", "application/json")] + (key.map { [("Idempotency-Key", $0)] } ?? [])
      try later.send("POST", "/v1/log", fields: fields, body: body.bytes)
      let refused = try later.response()
      #expect(refused.status == 422)
      let error = try refused.json()["errors"]?.items.first
      #expect(error?["pointer"]?.string == "/timestamp" && error?["detail"]?.string?.contains("5 days") == true)
    }
    // The same in a batch.
    let lines = (named + [old]).map(\.text).joined(separator: "\n")
    try later.send("POST", "/v1/log", fields: [("Content-Type", "application/x-ndjson")], body: Array(lines.utf8))
    let batch = try later.response().json()
    #expect(batch["accepted"]?.integer == 2 && batch["rejected"]?.integer == 2)
    let results = batch["results"]?.items ?? []
    #expect(results.prefix(2).allSatisfy { $0["replayed"]?.value == .bool(true) })
    #expect(results.suffix(2).allSatisfy { $0["error"]?["errors"]?.items.first?["pointer"]?.string == "/timestamp" })
    #expect(first.home.conversations.count == 3)
    #expect(try later.get("/metrics").text.contains("cerberus_conversation_outcomes_total{outcome=\"invalid\"} 5"))
    #expect(try next.stop() == .code(0))
  }

  @Test(.enabled(if: FakeTime.obstacle == nil, "needs libfaketime"))
  func `feedback for an expired example is 404`() throws {
    let time = try FakeTime()
    let server = try TestServer(arguments: ["--no-maintenance"], environment: time.environment, under: FakeTime.wrapper)
    defer { time.cleanUp(after: server) }
    let id = try store(LogBody(), over: server.connect())
    try time.jump(by: 100 * 86_400)
    try rate(id, 5, over: server.connect())
    let retained = try CerberusBinary.run(["retain", "--json", "--data-dir", server.home.path])
    #expect(retained.output.contains("\"records\":1"), "\(retained.output)\(retained.error)")
    let late = try server.connect().post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":5}")
    #expect(late.status == 404)
    #expect(try server.stop() == .code(0))
  }

  @Test(.enabled(if: FakeTime.obstacle == nil, "needs libfaketime"))
  func `a rating that waits is not joined when its id is 24 h old`() throws {
    let time = try FakeTime()
    let server = try TestServer(arguments: ["--no-maintenance"], environment: time.environment, under: FakeTime.wrapper)
    defer { time.cleanUp(after: server) }
    let id = uuidV7(serial: 72)
    let early = try server.connect().post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":2}")
    #expect(early.status == 202)
    try time.jump(by: 86_400 + 60)
    #expect(try server.connect().post("/v1/log", LogBody().with("example_id", jsonText(id)).bytes).status == 201)
    #expect(try server.connect().get("/v1/stats").json()["rated"]?.integer == 0)
    #expect(try server.stop() == .code(0))
    #expect(server.home.lines("training_logs/feedback.jsonl").isEmpty)
  }

  @Test(.enabled(if: FakeTime.obstacle == nil, "needs libfaketime"))
  func `a rating that waits is dropped when its id is 24 h old`() throws {
    let time = try FakeTime()
    let home = try TestServer.Home()
    let id = uuidV7(serial: 71)
    func serve() throws -> TestServer {
      try TestServer(home, arguments: ["--no-maintenance"], environment: time.environment, under: FakeTime.wrapper)
    }
    let first = try serve()
    defer { time.cleanUp(after: first) }
    let early = try first.connect().post(
      "/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":2,\"comment\":\"canary\"}")
    #expect(early.status == 202)
    #expect(try first.stop() == .code(0))
    #expect(ErasureTests.files(in: home, holding: ["canary"]) != [], "it is kept durably")
    try time.jump(by: 86_400 + 60)
    let next = try serve()
    defer { time.cleanUp(after: next) }
    let body = LogBody().with("example_id", jsonText(id))
    #expect(try next.connect().post("/v1/log", body.bytes).status == 201)
    #expect(try next.connect().get("/v1/stats").json()["rated"]?.integer == 0)
    #expect(ErasureTests.files(in: home, holding: ["canary"]) == [])
    #expect(try next.stop() == .code(0))
  }
}
