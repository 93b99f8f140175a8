import Foundation
import Records
import TestKit
import Testing

@Suite("Contract §2 GET /v1/examples/{example_id}", .serialized)
struct ExamplesTests {
  private static func store(_ body: LogBody = LogBody(), over client: TestClient) throws -> String {
    try #require(try client.post("/v1/log", body.bytes).json()["example_id"]?.string)
  }

  private static func rate(_ id: String, _ score: Int, _ rest: String = "", over client: TestClient) throws {
    let body = "{\"example_id\":\"\(id)\",\"score\":\(score)\(rest)}"
    #expect(try client.post("/v1/feedback", body).status == 200)
  }

  static let bodies = [
    LogBody(),
    LogBody(question: "Why does \"ada@example.net\" \u{1F600} fail?\n\tline", answer: LogBody.answer + " e\u{301}")
      .with("context", #"{"n":1.50e3,"a":[null,true],"b":{"c":"d"}}"#).with("variant", #""b""#)
      .with("history", #"[{"role":"system","content":"Be brief."}]"#).with("complexity", "2"),
  ]

  @Test(arguments: bodies)
  func `the stored line's members in order, then what was said of it`(_ body: LogBody) throws {
    let server = try TestServer()
    let client = try server.connect()
    let id = try Self.store(body, over: client)
    let stored = try #require(server.home.conversations.first { $0.contains(id) })
    let unrated = try client.get("/v1/examples/\(id)")
    #expect(unrated.status == 200)
    #expect(unrated["Content-Type"] == "application/json")
    #expect(unrated["Cache-Control"] == "no-store")
    #expect(unrated.text == String(stored.dropLast()) + #","score":0,"comment":null,"corrected_message":null}"#)
    try Self.rate(id, 2, #","comment":"Too \"terse\".","corrected_message":"A longer\nanswer.""#, over: client)
    let rated = try client.get("/v1/examples/\(id)")
    #expect(
      rated.text == String(stored.dropLast())
        + #","score":2,"comment":"Too \"terse\".","corrected_message":"A longer\nanswer."}"#)
  }

  @Test func `the last rating, comment and correction, each on its own, also after a restart`() throws {
    let first = try TestServer()
    let client = try first.connect()
    let (id, other) = (try Self.store(over: client), try Self.store(LogBody(user: "user-2"), over: client))
    try Self.rate(id, 1, #","comment":"one","corrected_message":"first""#, over: client)
    try Self.rate(id, 2, #","comment":"two""#, over: client)
    try Self.rate(other, 5, #","comment":"not mine","corrected_message":"not mine""#, over: client)
    try Self.rate(id, 3, #","corrected_message":"second""#, over: client)
    try Self.rate(id, 4, over: client)
    func check(_ server: TestServer) throws {
      let answer = try server.connect().get("/v1/examples/\(id)").json()
      #expect(answer["score"]?.integer == 4)
      #expect(answer["comment"]?.string == "two")
      #expect(answer["corrected_message"]?.string == "second")
    }
    try check(first)
    #expect(try first.stop() == .code(0))
    try check(TestServer(first.home))
  }

  /// `*` stands for the id. A line that another hand has written, and the comment that then stands.
  static let foreign: [(String, String)] = [
    (#"{"timestamp":"2026-11-26T00:00:00.000Z", "comment":"new", "example_id":"*"}"#, "new"),
    (#" {"example_id":"*","comment":"new","timestamp":"2026-11-26T00:00:00.000Z"}"#, "new"),
    (#"{"example_id":"*","comment":3}"#, "old"), (#"{"example_id":"*","#, "old"), ("", "old"),
  ]

  @Test(arguments: foreign, [false, true])
  func `lines that another hand has written count as well`(_ line: (String, String), _ isUpper: Bool) throws {
    let first = try TestServer()
    let client = try first.connect()
    let id = try Self.store(over: client)
    try Self.rate(id, 5, #","comment":"old""#, over: client)
    #expect(try first.stop() == .code(0))
    let file = try #require(FileHandle(forWritingAtPath: first.home.path + "/training_logs/comments.jsonl"))
    try file.seekToEnd()
    let text = line.0.replacing("*", with: isUpper ? id.uppercased() : id)
    try file.write(contentsOf: Data((text + "\n").utf8))
    try file.close()
    let server = try TestServer(first.home)
    let answer = try server.connect().get("/v1/examples/\(isUpper ? id.uppercased() : id)").json()
    #expect(answer["comment"]?.string == line.1)
    #expect(answer["example_id"]?.string == id)
  }

  /// `*` stands for the id of a stored example.
  @Test(arguments: [
    "01926f3a-7c1e-7d42-9c55-0b9d5e0f6a11", "x", "01926f3a-7c1e-4d42-9c55-0b9d5e0f6a11", "%7B", "*0", "0*", "%30*",
    "*%2F",
    "*%00", "*?", "*?x=1",
  ])
  func `an id that is stored is found and any other is 404`(_ text: String) throws {
    let server = try TestServer()
    let client = try server.connect()
    let id = try Self.store(over: client)
    let answer = try client.get("/v1/examples/" + text.replacing("*", with: id))
    // A query is no part of the path.
    guard !text.hasPrefix("*?") else { return #expect(answer.status == 200) }
    #expect(answer.status == 404)
    #expect(answer["Content-Type"] == "application/problem+json")
    #expect(try answer.json()["code"]?.string == "unknown_example")
    #expect(!answer.text.contains(id))
  }

  /// `*` stands for the id of a stored example.
  @Test(arguments: [
    "/v1/examples", "/v1/examples/", "/v1/examples/*/", "/v1/examples/*/x", "/v1/examples//*", "/V1/examples/*",
    "/v1/./examples/*", "/v1/x/../examples/*", "/v1%2Fexamples/*", "/v1/examples/x/../*", "/v1/examples/{example_id}",
  ])
  func `what is near the path is no route`(_ path: String) throws {
    let server = try TestServer()
    let client = try server.connect()
    let id = try Self.store(over: client)
    let answer = try client.get(path.replacing("*", with: id))
    #expect([400, 404].contains(answer.status))
    #expect(!answer.text.contains("unknown_example"))
    #expect(!answer.text.contains(LogBody.question))
  }

  @Test(arguments: ["POST", "PUT", "PATCH", "OPTIONS"])
  func `other methods are 405`(_ method: String) throws {
    let server = try TestServer()
    let client = try server.connect()
    let id = try Self.store(over: client)
    try client.send(method, "/v1/examples/\(id)", body: [])
    let answer = try client.response()
    #expect(answer.status == 405)
    #expect(try #require(answer["Allow"]).hasPrefix("GET, HEAD"))
  }

  @Test func `HEAD is GET without the body`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let id = try Self.store(over: client)
    let get = try client.get("/v1/examples/\(id)")
    try client.send("HEAD", "/v1/examples/\(id)")
    let head = try client.response(toHead: true)
    #expect(head.status == 200)
    #expect(head["Content-Length"] == String(get.body.count))
    #expect(try client.get("/livez").text == "ok\n")
  }

  @Test func `it is there as soon as it is acknowledged, on any connection`() throws {
    let server = try TestServer()
    let ids = try ThreadGroup.run(8) { number in
      let client = try server.connect()
      return try (0..<20).map { _ in
        let id = try Self.store(LogBody(user: "user-\(number)"), over: client)
        #expect(try server.connect().get("/v1/examples/\(id)").json()["example_id"]?.string == id)
        return id
      }
    }
    #expect(Set(ids.joined()).count == 160)
  }
}
