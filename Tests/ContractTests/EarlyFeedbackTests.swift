import TestKit
import Testing

@Suite("Contract §2 POST /v1/feedback: before its conversation", .serialized)
struct EarlyFeedbackTests {
  private func rate(_ id: String, _ score: Int, _ more: String = "", over client: TestClient) throws -> TestResponse {
    try client.post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":\(score)\(more)}")
  }

  @Test(
    "A UUIDv7 of the last 24 h, at most 5 min ahead, is 202; any other unknown one 404",
    arguments: [
      (0, 202), (-86_300, 202), (280, 202), (-86_500, 404), (400, 404),
    ])
  func window(seconds: Int, status: Int) throws {
    let server = try TestServer()
    let answer = try rate(uuidV7(seconds: seconds), 5, over: server.connect())
    #expect(answer.status == status)
    if status == 202 { #expect(answer.text == #"{"status":"pending"}"#) }
    #expect(try server.stop() == .code(0))
  }

  @Test("It never enters the counts, survives SIGKILL, and joins when the conversation arrives")
  func joins() throws {
    let home = try TestServer.Home()
    let id = uuidV7(serial: 31)
    var server = try TestServer(home)
    let comment = ",\"comment\":\"ask anna@nordwind.de or bert@nordwind.de\""
    #expect(try rate(id, 2, comment, over: server.connect()).status == 202)
    #expect(try rate(id, 4, over: server.connect()).status == 202)
    let stats = try server.connect().get("/v1/stats").json()
    #expect(stats["rated"]?.integer == 0 && stats["comments"]?.integer == 0)
    #expect(home.lines("training_logs/feedback.jsonl").isEmpty)
    try server.kill()

    server = try TestServer(home)
    let body = LogBody(question: "Who is carl@nordwind.de?").with("example_id", jsonText(id))
    #expect(try server.connect().post("/v1/log", body.bytes).status == 201)
    let after = try server.connect().get("/v1/stats").json()
    #expect(after["rated"]?.integer == 1 && after["comments"]?.integer == 1)
    #expect(after.at("scores", "4")?.integer == 1)
    #expect(try StoredLine(try #require(home.lines("training_logs/feedback.jsonl").last))["score"]?.integer == 4)
    // Numbered above the record's own address.
    let line = try StoredLine(try #require(home.lines("training_logs/comments.jsonl").last))
    #expect(line.text("comment") == "ask [EMAIL_2] or [EMAIL_3]")
    #expect(try server.stop() == .code(0))

    server = try TestServer(home)
    #expect(try server.connect().get("/v1/stats").json()["rated"]?.integer == 1)
    #expect(home.lines("training_logs/feedback.jsonl").count == 1)
    #expect(home.bytes("state/pending.jsonl")?.isEmpty == true)
    #expect(try server.stop() == .code(0))
  }

  @Test("A later rating of the joined example replaces the early one, also after a restart")
  func later() throws {
    let home = try TestServer.Home()
    let id = uuidV7(serial: 32)
    var server = try TestServer(home)
    let client = try server.connect()
    #expect(try rate(id, 1, over: client).status == 202)
    #expect(try client.post("/v1/log", LogBody().with("example_id", jsonText(id)).bytes).status == 201)
    #expect(try rate(id, 5, over: client).status == 200)
    try server.kill()
    server = try TestServer(home)
    #expect(try server.connect().get("/v1/stats").json().at("scores", "5")?.integer == 1)
    #expect(try server.stop() == .code(0))
  }
}
