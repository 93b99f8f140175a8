import TestKit
import Testing

@Suite("Contract §2 Errors", .serialized, .runningServer)
struct ProblemTests {
  /// One way to each kind of error: method, target, type, body, status.
  static let errors: [(String, String, String?, [UInt8]?, Int)] = [
    ("GET", "/nothing", nil, nil, 404), ("GET", "/v1/log/", nil, nil, 404), ("GET", "/v1/log", nil, nil, 405),
    ("POST", "/v1/stats", nil, [], 405), ("DELETE", "/v1/feedback", nil, nil, 405),
    ("POST", "/v1/log", "text/csv", LogBody().bytes, 415),
    ("POST", "/v1/log", "application/json", Array("{".utf8), 400),
    ("POST", "/v1/log", "application/json", Array("{}".utf8), 422),
    ("POST", "/v1/feedback?score=9", nil, nil, 422),
  ]

  @Test(arguments: errors)
  func `errors are problem details with type, title, status, detail and code`(
    _ method: String, _ target: String, _ type: String?, _ body: [UInt8]?, _ status: Int
  ) throws {
    let client = try connect()
    try client.send(method, target, fields: type.map { [("Content-Type", $0)] } ?? [], body: body)
    let answer = try client.response()
    #expect(answer.status == status)
    #expect(answer["Content-Type"] == "application/problem+json")
    let problem = try answer.json()
    let code = try #require(problem.at("code")?.string)
    #expect(problem.at("type")?.string == "urn:cerberus:problem:" + code)
    #expect(problem.at("status")?.integer == status)
    for name in ["title", "detail"] { #expect(problem.at(name)?.string?.isEmpty == false, "\(name)") }
    #expect(problem.keys.allSatisfy { ["type", "title", "status", "detail", "code", "errors"].contains($0) })
    for error in problem.at("errors")?.items ?? [] { #expect(error.keys == ["pointer", "detail"]) }
  }

  @Test func `405 names what is allowed`() throws {
    let client = try connect()
    for (method, target, allowed) in [
      ("GET", "/v1/log", "POST"), ("PUT", "/v1/stats", "GET, HEAD"),
      // Without a list of origins there is nothing that OPTIONS could answer.
      ("OPTIONS", "/v1/feedback", "POST"),
    ] {
      try client.send(method, target)
      #expect(try client.response()["Allow"] == allowed)
    }
  }

  @Test func `every broken rule is named at its place`() throws {
    let body = LogBody().with("session_id", "7").with("user_message", "\" \"").with("model", "[]").without("user_id")
    let answer = try connect().post("/v1/log", body.bytes)
    #expect(answer.status == 422)
    let pointers = try #require(try answer.json().at("errors")).items.compactMap { $0.at("pointer")?.string }
    #expect(Set(pointers) == ["/user_id", "/session_id", "/user_message", "/model"])
    #expect(pointers.count == 4)
  }

  @Test func `at most 20 errors are listed`() throws {
    let history = "[" + Array(repeating: #"{"role":"nobody"}"#, count: 30).joined(separator: ",") + "]"
    let answer = try connect().post("/v1/log", LogBody().with("history", history).bytes)
    #expect(answer.status == 422)
    #expect(try answer.json().at("errors")?.items.count == 20)
  }

  @Test(
    arguments: [
      ("sesion_id", "session_id"), ("assistent_message", "assistant_message"), ("lang", "language"),
      ("Model", "model"),
    ])
  func `an unknown member is reported at its parent with the nearest known name`(
    _ unknown: String, _ nearest: String
  ) throws {
    let answer = try connect().post("/v1/log", LogBody().with(unknown, "\"x\"").bytes)
    #expect(answer.status == 422)
    let errors = try #require(try answer.json().at("errors")).items
    #expect(errors.count == 1)
    #expect(errors.first?.at("pointer")?.string == "")
    #expect(errors.first?.at("detail")?.string?.contains(nearest) == true)
    #expect(!answer.text.contains("\"\(unknown)\""))
  }

  @Test func `an unknown member of a turn is reported at the turn`() throws {
    let history = #"[{"role":"user","content":"a"},{"role":"user","content":"b","contnt":"c"}]"#
    let answer = try connect().post("/v1/log", LogBody().with("history", history).bytes)
    #expect(answer.status == 422)
    #expect(try answer.json().at("errors")?.items.map { $0.at("pointer")?.string } == ["/history/1"])
  }

  /// The word stands at each place where input can stand.
  static let word = "zebra7131"

  static let echoes: [(String, String, String)] = [
    ("/v1/log", "application/json", "{\"\(word)\":1}"),
    ("/v1/log", "application/json", LogBody().with("timestamp", "\"\(word)\"").text),
    ("/v1/log", "application/json", LogBody().with("example_id", "\"\(word)\"").text),
    ("/v1/log", "application/json", LogBody().with("history", "[{\"role\":\"\(word)\",\"content\":\"\(word)\"}]").text),
    ("/v1/log", "application/json", LogBody().with("context", "{\"\(word)\":\(word)}").text),
    ("/v1/log", "application/json", LogBody().with("context", "{\"\(word)\":1,\"\(word)\":2}").text),
    ("/v1/log", word + "/json", "{}"), ("/\(word)", "application/json", "{}"),
    ("/v1/feedback?\(word)=\(word)&score=\(word)", "application/json", ""),
    ("/v1/feedback", "application/json", "{\"example_id\":\"\(word)\",\"score\":5}"),
    ("/v1/feedback", "text/plain", word), ("/v1/\(word)%zz", "application/json", "{}"),
  ]

  @Test(arguments: echoes)
  func `no error repeats input`(_ target: String, _ type: String, _ body: String) throws {
    let client = try connect()
    try client.send("POST", target, fields: [("Content-Type", type)], body: body.isEmpty ? nil : Array(body.utf8))
    let answer = try client.response()
    #expect(answer.status >= 400)
    #expect(!answer.text.contains(Self.word), "\(answer.text)")
    #expect(!answer.fields.contains { $0.value.contains(Self.word) })
  }
}
