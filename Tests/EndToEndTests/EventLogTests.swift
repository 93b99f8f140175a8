import Foundation
import Records
import TestKit
import Testing

/// The events that a real server wrote: everything on stderr behind the greeting.
func events(of server: TestServer) throws -> [JSONElement] {
  try server.errorText.split(separator: "\n").filter { $0.hasPrefix("{") }.map {
    try JSONDocument(parsing: Array($0.utf8)).root
  }
}

@Suite("Event log")
struct EventLogTests {
  private static let canary = "CANARY7q9"

  struct Request: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    /// The status, so that it is certain that the canary got as far as meant.
    let status: Int

    init(_ name: String, _ status: Int, _ line: String, _ fields: [String] = [], body: String? = nil) {
      self.name = name
      self.status = status
      let length = body.map { ["Content-Length: \($0.utf8.count)"] } ?? []
      let host = fields.contains { $0.hasPrefix("Host:") } ? [] : ["Host: localhost"]
      text = ([line] + host + fields + length).joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    }

    var testDescription: String { name }
  }

  private static let json = "Content-Type: application/json"
  private static let good = LogBody(user: canary, session: canary, question: "What is \(canary)?").text

  private static let requests: [Request] = [
    Request("body", 201, "POST /v1/log HTTP/1.1", [json], body: good),
    Request("idempotency key", 201, "POST /v1/log HTTP/1.1", [json, "Idempotency-Key: \(canary)"], body: good),
    Request("unknown member", 422, "POST /v1/log HTTP/1.1", [json], body: #"{"\#(canary)":1}"#),
    Request(
      "bad value", 422, "POST /v1/log HTTP/1.1", [json], body: LogBody().with("timestamp", jsonText(canary)).text),
    Request("no JSON", 400, "POST /v1/log HTTP/1.1", [json], body: "{\(canary)"),
    Request("duplicate member", 400, "POST /v1/log HTTP/1.1", [json], body: #"{"\#(canary)":1,"\#(canary)":2}"#),
    Request("media type", 415, "POST /v1/log HTTP/1.1", ["Content-Type: text/\(canary)"], body: good),
    Request("coding", 415, "POST /v1/log HTTP/1.1", [json, "Content-Encoding: \(canary)"], body: good),
    Request("lines", 200, "POST /v1/log HTTP/1.1", ["Content-Type: application/x-ndjson"], body: canary),
    Request("example id", 404, "POST /v1/feedback HTTP/1.1", [json], body: #"{"example_id":"\#(canary)","score":5}"#),
    Request("query", 422, "POST /v1/feedback?example_id=\(canary)&score=\(canary)&\(canary)=1 HTTP/1.1"),
    Request("bad query", 400, "POST /v1/feedback?\(canary)=%ff HTTP/1.1"),
    Request("query of another route", 200, "GET /livez?\(canary)=\(canary) HTTP/1.1"),
    Request(
      "headers", 200, "GET /v1/stats HTTP/1.1",
      [
        "User-Agent: \(canary)", "Referer: http://\(canary).example/", "Cookie: \(canary)=1", "X-Request-Id: \(canary)",
        "X-Forwarded-For: \(canary)", "Accept: \(canary)", "Accept-Encoding: \(canary)", "X-Original-URL: /\(canary)",
        "\(canary): \(canary)", "Forwarded: for=\(canary)",
      ]),
    Request("host", 200, "GET /livez HTTP/1.1", ["Host: \(canary).example"]),
    Request("bad host", 400, "GET /livez HTTP/1.1", ["Host: \(canary)/"]),
    Request("origin", 422, "POST /v1/feedback?score=1 HTTP/1.1", ["Origin: https://\(canary).example"]),
    Request(
      "preflight", 403, "OPTIONS /v1/feedback HTTP/1.1",
      ["Origin: https://\(canary).example", "Access-Control-Request-Method: \(canary)"]),
    Request("key", 401, "GET /v1/stats HTTP/1.1", ["Authorization: Bearer \(canary)"]),
    Request("malformed key", 401, "GET /v1/stats HTTP/1.1", ["Authorization: Bearer \(canary) \(canary)"]),
    Request("another scheme", 200, "GET /v1/stats HTTP/1.1", ["Authorization: \(canary) \(canary)"]),
    Request("path", 404, "GET /\(canary) HTTP/1.1"),
    Request("path below a route", 404, "GET /v1/log/\(canary) HTTP/1.1"),
    Request("parameter of a path", 404, "GET /v1/examples/\(canary) HTTP/1.1"),
    Request("encoded path", 404, "GET /%2e%2e/\(canary) HTTP/1.1"),
    Request("export", 422, "GET /v1/export?format=\(canary)&\(canary)=1 HTTP/1.1"),
    Request("method", 405, "\(canary) /v1/log HTTP/1.1"),
    Request("expectation", 417, "POST /v1/log HTTP/1.1", ["Expect: \(canary)", json], body: good),
    Request("version", 505, "GET / HTTP/9.9", ["X: \(canary)"]),
    Request("bad line", 400, "\(canary)"),
    Request("bad target", 400, "GET \\\(canary) HTTP/1.1"),
    Request("bad header", 400, "GET / HTTP/1.1", ["\(canary) : \(canary)"]),
    Request("bad length", 400, "POST /v1/log HTTP/1.1", ["Content-Length: \(canary)"]),
    Request("transfer coding", 400, "POST /v1/log HTTP/1.1", ["Transfer-Encoding: \(canary)"]),
    Request("long line", 414, "GET /\(String(repeating: canary, count: 2000)) HTTP/1.1"),
    Request("long header", 431, "GET / HTTP/1.1", ["X: \(String(repeating: canary, count: 5000))"]),
  ]

  @Test("What a client sends stands in no line and in no answer, at the most talkative level")
  func canary() throws {
    let server = try TestServer(
      arguments: ["--log-level", "trace", "--cors-origin", "https://app.example", "--trusted-proxy", "127.0.0.1"])
    for request in Self.requests {
      let client = try server.connect()
      try client.send(request.text)
      client.endSending()
      let answer = try client.response()
      #expect(answer.status == request.status, "\(request.name): \(answer.text)")
      let all = answer.fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n") + answer.text
      #expect(!all.lowercased().contains(Self.canary.lowercased()), "\(request.name): \(all)")
    }
    #expect(try server.stop() == .code(0))
    #expect(!server.errorText.lowercased().contains(Self.canary.lowercased()))
    #expect(server.outputText.isEmpty)
    let events = try events(of: server)
    // It was not the silence that kept it in: every request has its line, but for refused ones a line without details.
    let lines = events.count { ["request", "refused"].contains($0["event"]?.string ?? "") }
    #expect(lines == Self.requests.count)
    let names = Set(events.flatMap { $0.members.compactMap(\.key.string) }).subtracting(Self.names)
    #expect(names.isEmpty)
    // A client has no say in the words of a line.
    let routes = Set(events.compactMap { $0["route"]?.string }).subtracting(Self.routes)
    #expect(routes.isEmpty)
  }

  private static let names: Set = [
    "time", "level", "event", "version", "port", "request", "route", "method", "status", "bytes_in", "bytes_out", "ms",
    "reason", "key_id", "lines",
  ]
  private static let routes: Set = [
    "other", "/v1/log", "/v1/feedback", "/v1/stats", "/livez", "/v1/examples/{example_id}", "/v1/export",
  ]

  @Test("A request line says what happened, and the answer to an error names its line")
  func shape() throws {
    let server = try TestServer(arguments: ["--log-level", "debug"])
    let client = try server.connect()
    let stored = try client.post("/v1/log", LogBody().text)
    #expect(stored.status == 201)
    #expect(stored["X-Request-Id"] == nil)
    let missing = try client.get("/nowhere")
    #expect(try server.stop() == .code(0))
    let events = try events(of: server)
    #expect(events.first?["event"]?.string == "started")
    let requests = events.filter { $0["event"]?.string == "request" }
    try #require(requests.count == 2)
    let (first, second) = (requests[0], requests[1])
    #expect(first["level"]?.string == "debug")
    #expect(first["route"]?.string == "/v1/log")
    #expect(first["method"]?.string == "POST")
    #expect(first["status"]?.integer == 201)
    #expect(first["bytes_in"]?.integer == LogBody().bytes.count)
    #expect(first["bytes_out"]?.integer == stored.body.count)
    #expect(first["ms"]?.numberText.flatMap { Double($0) }.map { $0 > 0 && $0 < 10_000 } == true)
    #expect(first["time"]?.string.flatMap { Timestamp(rfc3339: $0) } != nil)
    #expect(second["level"]?.string == "info")
    #expect(second["route"]?.string == "other")
    #expect(second["status"]?.integer == 404)
    #expect(second["request"]?.string == missing["X-Request-Id"])
    #expect(first["request"]?.string != second["request"]?.string)
  }

  struct Level: CustomTestStringConvertible, Sendable {
    let name: String?
    /// Events of a start, a success, an error and the end.
    let events: [String]

    var testDescription: String { name ?? "default" }
  }

  @Test(
    "The level decides what is told; the greeting always comes first",
    arguments: [
      Level(name: nil, events: ["started", "request", "refused", "stopping", "stopped"]),
      Level(name: "trace", events: ["started", "request", "request", "refused", "stopping", "stopped"]),
      Level(name: "notice", events: []), Level(name: "error", events: []),
    ])
  func levels(level: Level) throws {
    let server = try TestServer(arguments: level.name.map { ["--log-level", $0] } ?? [])
    let client = try server.connect()
    #expect(try client.get("/livez").status == 200)
    #expect(try client.get("/nowhere").status == 404)
    try client.send("nonsense\r\n\r\n")
    #expect(try client.response().status == 400)
    #expect(try server.stop() == .code(0))
    #expect(server.errorText.hasPrefix("cerberus listens on http://127.0.0.1:\(server.port), data in "))
    #expect(server.errorText.components(separatedBy: "curl -s http://").count == 4, "three lines to try")
    // Requests of one connection are told in order, but the end is told by another thread.
    #expect(try events(of: server).compactMap { $0["event"]?.string }.sorted() == level.events.sorted())
  }

  @Test("A flood of errors is told in part, and how many were left out")
  func flood() throws {
    let server = try TestServer()
    let client = try server.connect()
    for _ in 0..<1000 { #expect(try client.get("/nowhere").status == 404) }
    #expect(try server.stop() == .code(0))
    let events = try events(of: server)
    let lines = events.count { $0["event"]?.string == "request" }
    let held = events.filter { $0["event"]?.string == "requests_not_logged" }.compactMap { $0["lines"]?.integer }
    #expect(lines + held.reduce(0, +) == 1000)
    // 50 a second; a slow machine may need a few.
    #expect((50..<900).contains(lines), "\(lines) lines")
  }

  @Test("A full disk and a damaged line are told, without their content")
  func faults() throws {
    let home = try TestServer.Home()
    let first = try TestServer(home)
    #expect(try first.connect().post("/v1/log", LogBody().text).status == 201)
    #expect(try first.stop() == .code(0))
    let day = try #require(home.days.first)
    let path = home.path + "/training_logs/" + day
    var content = try #require(FileManager.default.contents(atPath: path))
    let offset = content.count
    content += Data(#"{"example_id":"\#(Self.canary)"}"#.utf8) + Data("\n".utf8)
    try content.write(to: URL(fileURLWithPath: path))
    try FileManager.default.removeItem(atPath: home.path + "/state/index.sqlite")
    let server = try TestServer(home, arguments: ["--disk-reserve", "\(1 << 60)"])
    let client = try server.connect()
    #expect(try client.post("/v1/log", LogBody(user: "another").text).status == 507)
    let metrics = try client.get("/metrics").text
    #expect(metrics.contains("cerberus_refusals_total{reason=\"outOfSpace\"} 1\n"))
    #expect(metrics.contains("cerberus_damaged_lines 1\n"))
    #expect(try server.stop() == .code(0))
    let events = try events(of: server)
    let damage = try #require(events.first { $0["event"]?.string == "damaged_line" })
    #expect(damage["file"]?.string == day)
    #expect(damage["offset"]?.integer == offset)
    #expect(damage["line"]?.integer == 2)
    let fault = try #require(events.first { $0["event"]?.string == "storage_fault" })
    #expect(fault["level"]?.string == "error")
    #expect(fault["work"]?.string == "commit")
    let request = try #require(events.first { $0["status"]?.integer == 507 })
    #expect(request["level"]?.string == "warning")
    #expect(request["reason"]?.string == "outOfSpace")
    #expect(!server.errorText.contains(Self.canary))
  }
}
