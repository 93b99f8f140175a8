import Records
import TestKit
import Testing

/// The description of the API against a server that runs.
@Suite(
  "Contract §2 OpenAPI", .serialized, RunningServer(arguments: ["--cors-origin", "https://a.example"]))
struct DescriptionTests {
  @Test func `the API is described as OpenAPI 3_1`() throws {
    let answer = try connect().get("/openapi.json")
    #expect(answer["Content-Type"] == "application/json")
    #expect(try answer.json()["openapi"]?.string?.hasPrefix("3.1") == true)
  }

  /// The table of the contract.
  static let routes: Set<String> = [
    "post /v1/log", "post /v1/feedback", "get /v1/stats", "get /v1/progress", "post /v1/curate", "get /v1/export",
    "get /v1/examples/{example_id}", "delete /v1/examples/{example_id}", "post /v1/users/erase",
    "post /v1/users/export", "post /v1/users/opt-out", "post /v1/users/opt-in", "get /livez", "get /readyz",
    "get /healthz", "get /metrics", "get /openapi.json", "get /", "get /dashboard",
  ]

  @Test func `it describes exactly the routes of the contract`() throws {
    let paths = try #require(try connect().get("/openapi.json").json().at("paths"))
    let methods: Set = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
    let described = paths.members.flatMap { path, operations in
      operations.keys.filter(methods.contains).map { "\($0) \(path.string ?? "")" }
    }
    #expect(Set(described) == Self.routes)
    #expect(described.count == Self.routes.count)
  }

  /// What the document shows is what a reader will paste; what it shows of an answer is what comes.
  @Test func `its examples work`() throws {
    let client = try connect()
    let paths = try #require(try client.get("/openapi.json").json().at("paths"))
    var id = ""
    // The conversation first, which the rating is of.
    let order = ["/v1/log", "/v1/feedback"]
    let others = paths.members.compactMap(\.key.string).filter { !order.contains($0) }
    var tried = 0
    for path in order + others {
      let content = paths.at(path, "post", "requestBody", "content", "application/json")
      guard let example = content?.at("example") else { continue }
      tried += 1
      var body = JSONWriter(reserving: 512)
      body.value(example.value)
      var text = String(decoding: body.bytes, as: UTF8.self)
      if let shown = example["example_id"]?.string { text = text.replacing(shown, with: id) }
      let answer = try client.post(path, text)
      let shown = paths.at(path, "post", "responses", "\(answer.status)", "content", "application/json", "example")
      #expect((200...201).contains(answer.status), "\(path): \(answer.text)")
      guard let shown else { continue }
      #expect(try answer.json().keys == shown.keys, "\(path)")
      id = try answer.json()["example_id"]?.string ?? id
    }
    #expect(tried == 6)
  }

  /// A request, and the code of the problem that it meets.
  struct Refused: Sendable, CustomTestStringConvertible {
    let code: String
    var method = "POST"
    var target = "/v1/log"
    var fields = [("Content-Type", "application/json")]
    var body: [UInt8]? = LogBody().bytes
    var testDescription: String { "\(code) of \(method) \(target)" }
  }

  static let refused = [
    Refused(code: "bad_request", fields: [("Host", "second")]),
    Refused(code: "invalid_json", body: Array("{".utf8)),
    Refused(
      code: "invalid_gzip", fields: [("Content-Type", "application/json"), ("Content-Encoding", "gzip")],
      body: Array("no gzip".utf8)),
    Refused(code: "bad_query", target: "/v1/feedback?score=%ff", fields: [], body: nil),
    Refused(code: "bad_idempotency_key", fields: [("Content-Type", "application/json"), ("Idempotency-Key", "")]),
    Refused(code: "unauthorized", fields: [("Content-Type", "application/json"), ("Authorization", "Bearer wrong")]),
    Refused(
      code: "origin_not_allowed", method: "OPTIONS", target: "/v1/feedback",
      fields: [("Origin", "https://b.example"), ("Access-Control-Request-Method", "POST")], body: nil),
    Refused(
      code: "unknown_example", method: "GET", target: "/v1/examples/01890a5d-ac96-774b-bcce-b302099a8057", fields: [],
      body: nil),
    Refused(code: "no_dataset", method: "GET", target: "/v1/export", fields: [], body: nil),
    Refused(code: "content_too_large", body: [UInt8](repeating: 0x20, count: 1 << 20 + 1)),
    Refused(
      code: "too_many_lines", fields: [("Content-Type", "application/x-ndjson")],
      body: Array(String(repeating: "{}\n", count: 1001).utf8)),
    Refused(code: "unsupported_media_type", fields: [("Content-Type", "text/csv")]),
    Refused(
      code: "unsupported_content_encoding", fields: [("Content-Type", "application/json"), ("Content-Encoding", "br")]),
    Refused(code: "invalid_fields", body: Array("{}".utf8)),
    Refused(
      code: "idempotency_conflict", fields: [("Content-Type", "application/json"), ("Idempotency-Key", "taken")]),
    Refused(code: "not_found", target: "/v1/nothing"),
    Refused(code: "method_not_allowed", method: "PUT"),
    Refused(
      code: "uri_too_long", method: "GET", target: "/" + String(repeating: "a", count: 16 << 10), fields: [], body: nil),
    Refused(code: "expectation_failed", fields: [("Content-Type", "application/json"), ("Expect", "much")]),
    Refused(
      code: "header_fields_too_large", method: "GET", target: "/livez",
      fields: (0...100).map { ("X-\($0)", "") }, body: nil),
    Refused(code: "not_implemented", fields: [("Transfer-Encoding", "gzip, chunked")], body: nil),
  ]

  @Test(arguments: refused) func `a refusal has a code that the document lists for it`(_ refused: Refused) throws {
    let client = try connect()
    let document = try client.get("/openapi.json").json()
    let taken = LogBody(answer: "Under this key stands another conversation already.")
    try client.send(
      "POST", "/v1/log", fields: [("Content-Type", "application/json"), ("Idempotency-Key", "taken")], body: taken.bytes
    )
    #expect((200...201).contains(try client.response().status))
    try client.send(refused.method, refused.target, fields: refused.fields, body: refused.body)
    let answer = try client.response()
    let code = try #require(try answer.json()["code"]?.string)
    #expect(code == refused.code)
    let path = String(refused.target.prefix { $0 != "?" })
    let template = path.hasPrefix("/v1/examples/") ? "/v1/examples/{example_id}" : path
    let responses = document.at("paths", template, refused.method.lowercased(), "responses")
    #expect(try codes(of: answer.status, responses, document).contains(code), "\(answer.status)")
  }

  /// Those of the status where the operation names it, else of what may come from any.
  private func codes(of status: Int, _ responses: JSONElement?, _ document: JSONElement) throws -> [String] {
    let reference = responses?.at("\(status)", "$ref")?.string ?? "#/components/responses/OtherProblem"
    let name = String(reference.split(separator: "/").last ?? "")
    let schema = document.at("components", "responses", name, "content", "application/problem+json", "schema")
    return try #require(schema?.at("allOf")?.items.last?.at("properties", "code", "enum")).items.compactMap(\.string)
  }
}
