import TestKit
import Testing

/// What public probes of HTTP servers send, to the real server: each case must end as the RFC, or the stricter of its
/// choices, says, and nothing behind a refused request may be taken for a request. The tables of HTTPWireTests go further
/// into each rule; here the same way is shown through sockets, loops and routes.
@Suite("End to end: conformance", .serialized)
struct ConformanceTests {
  struct Case: Sendable {
    let name: String
    let text: String
    /// Of all answers, in order; the connection is closed behind them.
    let statuses: [Int]
  }

  private static let host = "\r\nHost: a\r\n"
  private static let get = "GET /livez HTTP/1.1" + host
  private static let post = "POST /nowhere HTTP/1.1" + host
  private static let next = get + "\r\n"

  private static func line(_ line: String, _ status: Int = 400) -> Case {
    Case(name: line, text: line + host + "\r\n" + next, statuses: [status])
  }

  private static func fields(_ lines: String, _ statuses: Int...) -> Case {
    Case(name: lines, text: get + lines + "\r\n\r\n" + next, statuses: statuses.isEmpty ? [400] : statuses)
  }

  /// The route is none, so that a body that is read to its end leaves a 404 and the next request its 200.
  private static func body(_ rest: String, _ statuses: Int...) -> Case {
    Case(name: rest, text: post + rest + next, statuses: statuses.isEmpty ? [400] : statuses)
  }

  private static func whole(_ text: String, _ statuses: Int...) -> Case {
    Case(name: text, text: text, statuses: statuses)
  }

  static let lines: [Case] = [
    line("GET /livez HTTP/1.0", 200), line("GET http://a/livez HTTP/1.1\r\nConnection: close", 200),
    line("GET  /livez HTTP/1.1"), line("GET\t/livez HTTP/1.1"), line("GET HTTP/1.1"), line("GET /livez"),
    line("GET /livez HTTP/1"), line("GET /livez HTTP/01.01"), line("GET /livez HTTP/ 1.1"),
    line("GET /livez HTTP/9.9", 505),
    line("GET /livez HTTP/1.2", 505), line("GET /livez http/1.1"), line("GET /livez#x HTTP/1.1"),
    line("GET livez HTTP/1.1"),
    line("GET * HTTP/1.1"), line("GET /%zz HTTP/1.1"), line("GET /%2 HTTP/1.1"), line("GET /\u{0} HTTP/1.1"),
    line("GET /\u{1f} HTTP/1.1"), line("GET /li vez HTTP/1.1"), line("GET /\u{e9} HTTP/1.1"), line("GET /<x> HTTP/1.1"),
    line("GET http://u@a/livez HTTP/1.1"), line("CONNECT a:443 HTTP/1.1", 501), line("G@T /livez HTTP/1.1"),
    line("\u{feff}GET /livez HTTP/1.1"), line("\nGET /livez HTTP/1.1"), line("\r\n\r\nGET /livez HTTP/1.1"),
    line("GET /" + String(repeating: "x", count: 70_000) + " HTTP/1.1", 414),
    whole("\r\n" + next, 200), whole("GET /livez HTTP/1.1\n\n", 400), whole("GET /livez\r\n", 400), whole(""),
    whole("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505), whole("GET /livez HTTP/1.1\r\n\r\n", 400),
    whole("GET /livez HTTP/1.0\r\n\r\n" + next, 200), whole("\u{16}\u{3}\u{1}\u{2}", 400),
    whole("get /livez HTTP/1.1" + host + "\r\n" + next, 405, 200), whole("TRACE /livez HTTP/1.1" + host + "\r\n", 405),
    whole("BREW /livez HTTP/1.1" + host + "\r\n", 405), whole("OPTIONS * HTTP/1.1" + host + "\r\n" + next, 204, 200),
    whole("GET /" + String(repeating: "x", count: 8000) + " HTTP/1.1" + host + "\r\n" + next, 404, 200),
  ]

  static let heads: [Case] =
    [
      fields("X: y", 200, 200), fields("X:y", 200, 200), fields("X:", 200, 200), fields("X: \t y \t", 200, 200),
      fields("X: \u{e9}", 200, 200), fields("X : y"), fields(": y"), fields("X"), fields("X[: y"), fields("X: a\r\n b"),
      fields(" X: y"), fields("X: a\rb"), fields("X: a\nY: b"), fields("X: a\u{0}b"), fields("X: \u{7}"),
      fields("X: \u{7f}"),
      fields("\u{e9}: y"), fields("X Y: z"), fields("Host: a"), fields("Host: b"), fields("Expect: 200-ok", 417),
      fields("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13", 200, 200),
      fields("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk", 200, 200),
      fields("Connection: close", 200), fields("Connection: X, CLOSE", 200), fields("Range: bytes=0-1", 200, 200),
      fields("X-HTTP-Method-Override: DELETE", 200, 200), fields("X-Original-URL: /nowhere", 200, 200),
      fields("X: " + String(repeating: "y", count: 70_000), 431),
      fields(String(repeating: "X: y\r\n", count: 200) + "X: y", 431),
    ]
    + [
      "", " ", "a b", "a, b", "u@a", "a/p", "a:x", "a:70000", "a:-1", "[::1", "::1", "[::g]", "http://a", "a?", "a\\",
      "a:1:2",
    ]
    .map { whole("GET /livez HTTP/1.1\r\nHost: \($0)\r\n\r\n" + next, 400) }
    + ["a", "a:", "a:80", "[::1]", "[::1]:80", "127.0.0.1", "a.b.", "A-b_c", "[v1.x]"]
    .map { whole("GET /livez HTTP/1.1\r\nHost: \($0)\r\n\r\n" + next, 200, 200) }

  static let framing: [Case] = [
    body("Content-Length: 5\r\n\r\nhello", 404, 200), body("Content-Length: 0\r\n\r\n", 404, 200),
    body("\r\n", 404, 200),
    body("Content-Length: 005\r\n\r\nhello", 404, 200), body("Content-Length: +5\r\n\r\nhello"),
    body("Content-Length: -1\r\n\r\n"), body("Content-Length: -0\r\n\r\n"), body("Content-Length: 5, 5\r\n\r\nhello"),
    body("Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
    body("Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
    body("Content-Length: 0x5\r\n\r\nhello"), body("Content-Length: 1_0\r\n\r\nhellohello"),
    body("Content-Length: 5.0\r\n\r\nhello"),
    body("Content-Length:\r\n\r\n"), body("Content-Length: 99999999999999999999\r\n\r\n"),
    body("Content-Length: 5 5\r\n\r\nhello"),
    body("Content-Length : 5\r\n\r\nhello"), body("Content-Length: 9223372036854775807\r\n\r\n", 413),
    body("Content-Length: 2000000\r\n\r\nhello", 413),
    body("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG"),
    body("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
    body("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 404, 200),
    body("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 404, 200),
    body("Transfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n", 404, 200),
    body("Transfer-Encoding:\tchunked \r\n\r\n0\r\n\r\n", 404, 200),
    body("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
    body("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
    body("Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"), body("Transfer-Encoding: chunked,\r\n\r\n0\r\n\r\n"),
    body("Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n"), body("Transfer-Encoding: identity\r\n\r\n"),
    body("Transfer-Encoding:\r\n\r\n"),
    body("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    body("Transfer-Encoding: \u{b}chunked\r\n\r\n0\r\n\r\n"),
    body("Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"), body("Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
    body("Transfer-Encoding: chunked;x=1\r\n\r\n0\r\n\r\n"), body("Transfer_Encoding: chunked\r\n\r\n", 404, 200),
    whole("POST /nowhere HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + next, 400),
    whole("GET /livez HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello" + next, 200, 200),
    whole("OPTIONS * HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello" + next, 204, 200),
    whole(post + "Content-Length: 10\r\n\r\nhello", 404),
    whole(post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", 404),
  ]

  /// On a route that reads the body: 415 would come before it, so the type is right; `{` is no JSON.
  private static func chunked(_ chunks: String, _ statuses: Int...) -> Case {
    let head =
      "POST /v1/log HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    return Case(name: chunks, text: head + chunks + next, statuses: statuses.isEmpty ? [400] : statuses)
  }

  /// A body that is read to its end is answered with 400 for its content and leaves the connection open.
  static let chunks: [Case] = [
    chunked("1\r\n{\r\n0\r\n\r\n", 400, 200), chunked("01\r\n{\r\n00\r\n\r\n", 400, 200),
    chunked("1;a=b\r\n{\r\n0\r\n\r\n", 400, 200),
    chunked("1;a=\"b c\"\r\n{\r\n0;x\r\n\r\n", 400, 200), chunked("A\r\n{         \r\n0\r\n\r\n", 400, 200),
    chunked("1\r\n{\r\n0\r\nX: y\r\n\r\n", 400, 200), chunked("1\r\n{\r\n0\r\nContent-Length: 5\r\n\r\n", 400, 200),
    chunked("1\r\n{\r\n0\r\nTransfer-Encoding: chunked\r\nHost: b\r\nAuthorization: Bearer x\r\n\r\n", 400, 200),
    chunked("g\r\n{\r\n0\r\n\r\n"), chunked("0x1\r\n{\r\n0\r\n\r\n"), chunked("+1\r\n{\r\n0\r\n\r\n"),
    chunked("-1\r\n{\r\n0\r\n\r\n"),
    chunked(" 1\r\n{\r\n0\r\n\r\n"), chunked("1 \r\n{\r\n0\r\n\r\n"), chunked("\r\n{\r\n0\r\n\r\n"),
    chunked("1_0\r\n{\r\n0\r\n\r\n"),
    chunked("1\n{\r\n0\r\n\r\n"), chunked("1\r{\r\n0\r\n\r\n"), chunked("1\r\n{\n0\r\n\r\n"),
    chunked("1\r\n{0\r\n\r\n"),
    chunked("1\r\n{x\r\n0\r\n\r\n"), chunked("2\r\n{\r\n0\r\n\r\n"), chunked("1\r\n{\r\n0\r\n\n"),
    chunked("1\r\n{\r\n0\n\r\n"),
    chunked("1;a\nb\r\n{\r\n0\r\n\r\n"), chunked("1;\u{0}\r\n{\r\n0\r\n\r\n"), chunked("1\r\n{\r\n0\r\nX : y\r\n\r\n"),
    chunked("1\r\n{\r\n0\r\nX: a\nb\r\n\r\n"), chunked("fffffffffffffffff\r\n{", 413),
    chunked("8000000000000000\r\n{", 413),
    chunked("1;" + String(repeating: "x", count: 70_000) + "\r\n{\r\n0\r\n\r\n"),
    chunked("1\r\n{\r\n0\r\nX: " + String(repeating: "x", count: 70_000) + "\r\n\r\n", 431),
  ]

  static let paths: [Case] = [
    "/v1/../livez", "/./livez", "//livez", "/livez/", "/%6civez", "/livez%2f", "/v1%2f..%2flivez", "/livez;x", "/LIVEZ",
    "/livez%00", "/livez.", "/v1/log/../../livez", "/%2e%2e/livez", "/livez%20",
  ].map { whole("GET \($0) HTTP/1.1" + host + "\r\n" + next, 404, 200) }

  static let tables = ["lines": lines, "heads": heads, "framing": framing, "chunks": chunks, "paths": paths]

  @Test("each case ends as the RFC says", arguments: ["lines", "heads", "framing", "chunks", "paths"])
  func table(_ name: String) throws {
    let cases = try #require(Self.tables[name])
    let server = try TestServer()
    for test in cases {
      let client = try server.connect()
      // The server may have answered and closed before all is sent.
      try? client.send(test.text)
      client.endSending()
      var statuses: [Int] = []
      var last: TestResponse?
      while let answer = try? client.response() {
        statuses.append(answer.status)
        last = answer
        #expect(answer["Date"] != nil && answer["X-Content-Type-Options"] == "nosniff")
      }
      let name = test.name.prefix(100).debugDescription
      #expect(statuses == test.statuses, "\(name)")
      #expect(try client.rest().isEmpty, "\(name)")
      // No case ends in a 400 of the route itself: what refused the framing says that it closes.
      if let last, ![200, 404, 405].contains(last.status) { #expect(last["Connection"] == "close", "\(name)") }
    }
    #expect(server.home.conversations.isEmpty)
    #expect(try server.stop() == .code(0))
  }
}
