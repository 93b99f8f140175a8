import Foundation
import Records
import TestKit
import Testing

/// A start whose index is missing, on a disk that is slow to be read (strace's delays).
@Suite(
  "End to end: a start without an index", .serialized,
  .enabled(if: Strace.obstacle == nil, Comment(rawValue: Strace.obstacle ?? "")))
struct LateIndexTests {
  private static let records = 20
  private let home: TestServer.Home
  private let ids: [String]

  init() throws {
    home = try TestServer.Home()
    let server = try TestServer(home)
    let client = try server.connect()
    var ids: [String] = []
    for number in 0..<Self.records {
      let answer = try Self.log(client, LogBody(user: "u\(number % 3)", session: "\(number)"), key: "k\(number)")
      ids.append(try #require(try answer.json()["example_id"]?.string))
    }
    self.ids = ids
    #expect(try server.stop() == .code(0))
  }

  private static func log(_ client: TestClient, _ body: LogBody, key: String? = nil) throws -> TestResponse {
    let fields = [("Content-Type", "application/json")] + (key.map { [("Idempotency-Key", $0)] } ?? [])
    try client.send("POST", "/v1/log", fields: fields, body: body.bytes)
    return try client.response()
  }

  /// Each read of the day takes some seconds, also the two with which a start looks at its end.
  private func startSlowly() throws -> TestServer {
    for name in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"] where home.mode("state/" + name) != nil {
      try FileManager.default.removeItem(atPath: home.path + "/state/" + name)
    }
    let day = try #require(home.days.last)
    return try TestServer(
      home,
      under: Strace.wrapper(
        calls: "pread64", fault: "pread64:delay_enter=3000000", paths: [home.path + "/training_logs/" + day]))
  }

  @Test func `plain logs go on, what needs the index is told to come again, and then all of it is there`() throws {
    let server = try startSlowly()
    let client = try server.connect()
    #expect(try Self.log(client, LogBody(session: "plain")).status == 201)
    #expect(try client.get("/readyz").status == 200)
    let refused = [
      try Self.log(client, LogBody(user: "u0", session: "0"), key: "k0"), try client.get("/v1/stats"),
      try client.get("/v1/progress"), try client.get("/v1/examples/\(ids[0])"),
      try client.post("/v1/feedback", "{\"example_id\":\"\(ids[0])\",\"score\":5}"),
      try client.post("/v1/users/erase", "{\"user_id\":\"u0\"}"),
    ]
    for answer in refused {
      #expect(answer.status == 503)
      #expect(answer["Retry-After"] == "1")
      #expect(try answer.json()["code"]?.string == "unavailable")
    }
    #expect(try client.get("/metrics").text.contains("\ncerberus_index_ready 0\n"))
    let lines = try client.post(
      "/v1/log", LogBody(session: "line").bytes + [10] + LogBody().with("example_id", jsonText(ids[0])).bytes,
      type: "application/x-ndjson")
    #expect(try lines.json()["accepted"]?.integer == 1)
    #expect(try lines.json()["results"]?.items[1]["error"]?["status"]?.integer == 503)

    while try client.get("/v1/stats").status == 503 { sched_yield() }
    #expect(try client.get("/v1/stats").json()["conversations"]?.integer == Self.records + 2)
    #expect(try client.get("/metrics").text.contains("\ncerberus_index_ready 1\n"))
    let again = try Self.log(client, LogBody(user: "u0", session: "0"), key: "k0")
    #expect(again["Idempotency-Replayed"] == "true")
    #expect(try again.json()["example_id"]?.string == ids[0])
    #expect(home.conversations.count == Self.records + 2)
    #expect(try server.stop() == .code(0))
    #expect(server.errorText.contains("\"event\":\"indexing\"") && server.errorText.contains("\"event\":\"indexed\""))
    #expect(try CerberusBinary.run(["verify", "--data-dir", home.path]).exit == .code(0))
  }

  @Test func `SIGTERM meanwhile ends it cleanly, and the next start makes up for it`() throws {
    let server = try startSlowly()
    let client = try server.connect()
    #expect(try Self.log(client, LogBody(session: "plain")).status == 201)
    let begin = ContinuousClock.now
    #expect(try server.stop() == .code(0))
    #expect(ContinuousClock.now - begin < .seconds(10))
    let next = try TestServer(home)
    #expect(try next.connect().get("/v1/stats").json()["conversations"]?.integer == Self.records + 1)
    #expect(try next.stop() == .code(0))
  }
}
