import Records
import TestKit
import Testing

@Suite("End to end: concurrent feedback", .serialized)
struct ConcurrentFeedbackTests {
  @Test func `the last line wins, whoever wrote it`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let id = try #require(try client.post("/v1/log", LogBody().bytes).json()["example_id"]?.string)
    _ = try ThreadGroup.run(8) { thread in
      let client = try server.connect()
      for number in 0..<25 {
        let score = 1 + (thread + number) % 5
        let answer = try client.post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":\(score)}")
        try #require(answer.status == 200, "\(answer.text)")
      }
    }
    let lines = server.home.lines("training_logs/feedback.jsonl")
    #expect(lines.count == 200)
    let last = try JSONDocument(parsing: Array(try #require(lines.last).utf8)).root["score"]?.integer
    let stats = try client.get("/v1/stats").json()
    #expect(stats["rated"]?.integer == 1)
    #expect(stats["average_score"]?.numberText.flatMap { Double($0) } == last.map { Double($0) })
    try server.kill()
    let again = try TestServer(server.home).connect().get("/v1/stats").json()
    #expect(again["average_score"]?.numberText == stats["average_score"]?.numberText)
    #expect(again["scores"]?.members.map(\.value.integer) == stats["scores"]?.members.map(\.value.integer))
  }

  /// Each thread logs, then asks on another connection, then rates there.
  @Test func `what was acknowledged on one connection is known on every other`() throws {
    let server = try TestServer()
    _ = try ThreadGroup.run(8) { thread in
      let clients = try (0..<3).map { _ in try server.connect() }
      for number in 0..<20 {
        let body = LogBody(user: "u\(thread)", session: "s\(number)")
        let id = try #require(try clients[0].post("/v1/log", body.bytes).json()["example_id"]?.string)
        let rating = try clients[1 + number % 2].post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":5}")
        // Neither 404 nor 202: the record is known.
        try #require(rating.status == 200, "\(rating.text)")
      }
    }
    let stats = try server.connect().get("/v1/stats").json()
    #expect(stats["conversations"]?.integer == 160)
    #expect(stats["rated"]?.integer == 160)
  }
}
