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
