import TestKit
import Testing

/// Contract, section 2: CORS on POST /v1/feedback alone, an exact list of origins, never `*`, never credentials.
@Suite(
  "Contract §2 CORS",
  RunningServer(arguments: ["--cors-origin", "https://app.example", "--cors-origin", "http://localhost:3000"]))
struct CrossOriginTests {
  private func ask(
    _ method: String, _ target: String, _ fields: [(String, String)], body: String? = nil
  ) throws -> TestResponse {
    let client = try connect()
    try client.send(method, target, fields: fields, body: body.map { Array($0.utf8) })
    return try client.response(toHead: method == "HEAD")
  }

  /// Names in lower case.
  private func corsFields(_ response: TestResponse) -> [String] {
    response.fields.map { $0.name.lowercased() }.filter { $0.hasPrefix("access-control-") }
  }

  @Test(
    "A preflight from the list says what the route needs and no more",
    arguments: ["https://app.example", "http://localhost:3000"])
  func preflight(origin: String) throws {
    let answer = try ask(
      "OPTIONS", "/v1/feedback",
      [
        ("Origin", origin), ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "content-type,x-other"),
      ])
    #expect(answer.status == 204)
    #expect(answer["Access-Control-Allow-Origin"] == origin)
    #expect(answer["Access-Control-Allow-Methods"] == "POST")
    #expect(answer["Access-Control-Allow-Headers"] == "Content-Type, Authorization")
    #expect(answer["Access-Control-Allow-Credentials"] == nil)
    #expect(answer["Vary"] == "Origin")
    #expect(answer["Content-Length"] == nil)
  }

  @Test(
    "A preflight from elsewhere gets nothing", arguments: ["https://evil.example", "null", "https://app.example:8443"])
  func elsewhere(origin: String) throws {
    let answer = try ask("OPTIONS", "/v1/feedback", [("Origin", origin), ("Access-Control-Request-Method", "POST")])
    #expect(answer.status == 403)
    #expect(corsFields(answer).isEmpty)
    #expect(answer["Vary"] == "Origin")
  }

  @Test(
    "OPTIONS that is no preflight is a method like any other", arguments: [[], [("Origin", "https://app.example")]])
  func noPreflight(fields: [(String, String)]) throws {
    let answer = try ask("OPTIONS", "/v1/feedback", fields)
    #expect(answer.status == 405)
    #expect(answer["Allow"] == "POST, OPTIONS")
  }

  @Test(
    "Each answer to a listed origin can be read by it, errors too",
    arguments: ["https://app.example", "https://evil.example", nil])
  func rating(origin: String?) throws {
    let id = try store(LogBody(user: "cors"), over: connect())
    let fields = (origin.map { [("Origin", $0)] } ?? []) + [("Content-Type", "application/json")]
    let allowed = origin == "https://app.example" ? origin : nil
    for (body, status) in [("{\"example_id\":\"\(id)\",\"score\":5}", 200), ("{\"score\":9}", 422), ("{", 400)] {
      let answer = try ask("POST", "/v1/feedback", fields, body: body)
      #expect(answer.status == status)
      #expect(answer["Access-Control-Allow-Origin"] == allowed)
      #expect(corsFields(answer) == (allowed == nil ? [] : ["access-control-allow-origin"]))
      #expect(answer["Vary"] == "Origin")
    }
    let withBadKey = try ask("POST", "/v1/feedback", fields + [("Authorization", "Bearer nobody")], body: "{}")
    #expect(withBadKey.status == 401)
    #expect(withBadKey["Access-Control-Allow-Origin"] == allowed)
    let large = try ask("POST", "/v1/feedback", fields, body: String(repeating: " ", count: 1 << 20) + "{}")
    #expect(large.status == 413)
    #expect(large["Access-Control-Allow-Origin"] == allowed)
    #expect(large["Vary"] == "Origin")
    #expect(large["X-Request-Id"] != nil)
  }

  /// Forms and bodies of plain text need no preflight: hiding the answer would not keep them from storing.
  @Test(
    "What the page of another origin sends changes nothing, unless it is a rating from the list",
    arguments: [
      ("cross-site", "https://evil.example", 403), ("same-site", "http://localhost:3001", 403),
      ("cross-site", "https://app.example", 200), ("same-site", "http://localhost:3000", 200),
      // A page that hides where it is from sends its beacons so.
      ("cross-site", "null", 200),
      // Behind a proxy that changes Host only the browser knows that page and collector are of one origin.
      ("same-origin", "https://collector.example", 200), ("none", "https://collector.example", 200),
    ])
  func ratingOfPage(site: String, origin: String, status: Int) throws {
    let id = try store(LogBody(user: "page"), over: connect())
    let fields = [("Origin", origin), ("Sec-Fetch-Site", site), ("Content-Type", "text/plain;charset=UTF-8")]
    let answer = try ask("POST", "/v1/feedback", fields, body: "{\"example_id\":\"\(id)\",\"score\":5}")
    #expect(answer.status == status)
    if status == 403 { #expect(try answer.json().at("code")?.string == "origin_not_allowed") }
    let record = try ask("GET", "/v1/examples/\(id)", []).json()
    #expect(record.at("score")?.integer == (status == 403 ? 0 : 5))
  }

  @Test(
    "No page of another origin can do anything else, not even one on the list",
    arguments: [
      ("POST", "/v1/log"), ("POST", "/v1/curate"), ("POST", "/v1/users/erase"), ("DELETE", "/v1/examples/x"),
    ], ["https://app.example", "https://evil.example", "null"])
  func act(_ act: (method: String, target: String), ofPage origin: String) throws {
    let fields = [("Origin", origin), ("Sec-Fetch-Site", "cross-site"), ("Content-Type", "application/json")]
    let answer = try ask(act.method, act.target, fields, body: act.method == "POST" ? "{}" : nil)
    #expect(answer.status == 403)
    #expect(try answer.json().at("code")?.string == "origin_not_allowed")
  }

  /// The name of an attacker that points to this machine: what his page asks there is of the same origin.
  @Test(
    "Without keys no name of another machine reaches what people have written",
    arguments: [
      ("collector.attacker.example:8080", 403), ("attacker.example", 403), ("localhost:8080", 404),
      ("app.localhost", 404), ("127.0.0.1", 404), ("[::1]:80", 404), ("a", 404), ("192.0.2.7:80", 404),
    ], ["GET /v1/export", "GET /v1/examples/01890a5d-ac96-774b-bcce-b302099a8057", "DELETE /v1/examples/x"])
  func rebinding(_ host: (name: String, status: Int), ask: String) throws {
    let client = try connect()
    try client.send("\(ask) HTTP/1.1\r\nHost: \(host.name)\r\n\r\n")
    let answer = try client.response()
    if host.status == 403 {
      #expect(try answer.json().at("code")?.string == "host_not_allowed")
    }
    #expect(answer.status == host.status || (host.status == 404 && answer.status == 422))
  }

  @Test("What is counted, and what is logged, goes by any name", arguments: ["/v1/stats", "/metrics", "/livez"])
  func anyName(target: String) throws {
    let client = try connect()
    try client.send("GET \(target) HTTP/1.1\r\nHost: collector.example\r\n\r\n")
    #expect(try client.response().status == 200)
  }

  @Test(
    "No other route ever says so, whatever is asked",
    arguments: [
      "/v1/log", "/v1/stats", "/v1/progress", "/v1/curate", "/v1/export", "/v1/examples/x", "/livez", "/readyz",
      "/metrics", "/", "/nowhere", "/v1/feedback/", "/v1/%66eedback",
    ], ["OPTIONS", "GET", "POST", "HEAD"])
  func otherRoutes(target: String, method: String) throws {
    let answer = try ask(
      method, target,
      [("Origin", "https://app.example"), ("Access-Control-Request-Method", "POST")],
      body: method == "POST" ? "{}" : nil)
    #expect(corsFields(answer).isEmpty)
    if method == "OPTIONS" { #expect([404, 405].contains(answer.status)) }
  }
}
