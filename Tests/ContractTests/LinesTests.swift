import TestKit
import Testing

@Suite("Contract §2 POST /v1/log: NDJSON", .runningServer, .serialized)
struct LinesTests {
  private static let type = "application/x-ndjson"

  private func post(_ text: String) throws -> TestResponse {
    try connect().post("/v1/log", Array(text.utf8), type: Self.type)
  }

  @Test("One conversation a line, blank lines skipped; the results stand in input order")
  func results() throws {
    let id = uuidV7(serial: 21)
    let named = LogBody(user: "lines").with("example_id", jsonText(id)).text
    let text = [
      named, "", "  \r", LogBody(user: "lines", session: "2").text, "no json", LogBody().without("user_id").text, named,
    ].joined(separator: "\n")
    let answer = try post(text)
    #expect(answer.status == 200)
    let json = try answer.json()
    #expect(json["accepted"]?.integer == 3 && json["rejected"]?.integer == 2)
    let results = try #require(json["results"]?.items)
    #expect(results.count == 5)
    #expect(results[0]["example_id"]?.string == id && results[0]["replayed"] == nil)
    #expect(results[1]["example_id"]?.string != nil)
    #expect(results[2].at("error", "status")?.integer == 400)
    #expect(results[3].at("error", "status")?.integer == 422)
    #expect(results[3].at("error", "errors")?.items.first?["pointer"]?.string == "/user_id")
    #expect(results[4]["example_id"]?.string == id && results[4]["replayed"]?.value == .bool(true))
    let lines = try RunningServer.shared.home.conversations
    #expect(lines.count { $0.contains(id) } == 1)
  }

  @Test("A line at odds with an earlier one of the same request is refused alone")
  func conflict() throws {
    let id = jsonText(uuidV7(serial: 22))
    let json = try post(
      LogBody(user: "odds").with("example_id", id).text + "\n" + LogBody(user: "even").with("example_id", id).text
    ).json()
    #expect(json["accepted"]?.integer == 1)
    #expect(json["results"]?.items.last?.at("error", "code")?.string == "idempotency_conflict")
  }

  @Test("1,000 lines are taken, one more is 413 and an Idempotency-Key 400, and nothing is stored")
  func limits() throws {
    let home = try RunningServer.shared.home
    let line = LogBody(user: "many", question: "q", answer: "a").text + "\n"
    let before = home.conversations.count
    #expect(try post(String(repeating: line, count: 1001)).status == 413)
    let client = try connect()
    try client.send(
      "POST", "/v1/log", fields: [("Content-Type", Self.type), ("Idempotency-Key", "k")], body: Array(line.utf8))
    #expect(try client.response().status == 400)
    #expect(home.conversations.count == before)
    #expect(try post(String(repeating: line, count: 1000)).json()["accepted"]?.integer == 1000)
    #expect(home.conversations.count == before + 1000)
  }

  @Test("Without a good line the answer is the same, and nothing is stored")
  func nothing() throws {
    let json = try post("\n{}\n").json()
    #expect(json["accepted"]?.integer == 0 && json["rejected"]?.integer == 1)
    #expect(try post("").json()["results"]?.items.isEmpty == true)
  }
}
