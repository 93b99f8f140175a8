import Testing

@testable import HTTPWire

/// Requests that must be refused, each for one reason, however their bytes are cut; nothing after them is served.
struct BadRequestTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var input: String
    var error: WireError
    var status: Int
    var testDescription: String { String(input.prefix(70).debugDescription) }

    init(_ input: String, _ error: WireError, _ status: Int = 400) {
      self.input = input
      self.error = error
      self.status = status
    }
  }

  /// The request line.
  static let lines: [Row] = [
    Row("GET  / HTTP/1.1\r\n", .requestLineMalformed),
    Row("GET /  HTTP/1.1\r\n", .requestLineMalformed),
    Row("GET  HTTP/1.1\r\n", .requestLineMalformed),
    Row("GET / HTTP/1.1 \r\n", .requestLineMalformed),
    Row(" GET / HTTP/1.1\r\n", .requestLineMalformed),
    Row("GET\t/ HTTP/1.1\r\n", .requestLineMalformed),
    Row("GET /\tHTTP/1.1\r\n", .requestLineMalformed),
    Row("GET /a b HTTP/1.1\r\n", .requestLineMalformed),
    Row("GET / HTTP/1.1 HTTP/1.1\r\n", .requestLineMalformed),
    Row("GET /\r\n", .requestLineMalformed),
    Row("GET\r\n", .requestLineMalformed),
    Row("GET \r\n", .requestLineMalformed),
    Row("GET / \r\n", .requestLineMalformed),
    Row("/ HTTP/1.1\r\n", .requestLineMalformed),
    Row("G(T / HTTP/1.1\r\n", .requestLineMalformed),
    Row("G\u{E9}T / HTTP/1.1\r\n", .requestLineMalformed),
    Row("GET: / HTTP/1.1\r\n", .requestLineMalformed),
    Row("\"GET\" / HTTP/1.1\r\n", .requestLineMalformed),
    Row("\r\n\r\nGET / HTTP/1.1\r\n", .requestLineMalformed),
    Row("\r\nHost: a\r\n", .requestLineMalformed),
    Row("GET / HTTP/1.1\n", .strayByte),
    Row("GET / HTTP/1.1\r\r\n", .strayByte),
    Row("GET / HTTP/1.1\rHost: a\r\n", .strayByte),
    Row("\nGET / HTTP/1.1\r\n", .strayByte),
    Row("\rGET / HTTP/1.1\r\n", .strayByte),
    Row("\r\n\nGET / HTTP/1.1\r\n", .strayByte),
    Row("GET /\0 HTTP/1.1\r\n", .strayByte),
    Row("GET /\u{B} HTTP/1.1\r\n", .strayByte),
    Row("GET /\u{7F} HTTP/1.1\r\n", .strayByte),
    Row("GET\u{C}/ HTTP/1.1\r\n", .strayByte),
    // A TLS client hello.
    Row("\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{FC}\u{3}\u{3}", .strayByte),
    Row("CONNECT a:443 HTTP/1.1\r\n", .connectRefused, 501),
    Row("CONNECT / HTTP/1.1\r\n", .connectRefused, 501),
  ]

  static let versions: [Row] =
    ["HTTP/1.2", "HTTP/1.9", "HTTP/2.0", "HTTP/0.9", "HTTP/3.0", "HTTP/9.9", "HTTP/0.0"]
    .map { Row("GET / \($0)\r\n", .versionUnsupported, 505) }
    + [
      "HTTP/1", "HTTP/1.", "HTTP/.1", "HTTP/11.1", "HTTP/1.10", "HTTP/01.1", "HTTP/1.01", "http/1.1", "Http/1.1",
      "HTTP/1,1", "HTTP 1.1", "HTTP/ 1.1", "HTTP/1.1x", "HTTPS/1.1", "XTTP/1.1", "HTTP/a.1", "HTTP/1.\u{B9}", "1.1",
      "HTTP/-1.1", "HTTP/+1.1", "HTTP\\1.1", "ICY/1.1", "HTTP/1.1\t",
    ].map { Row("GET / \($0)\r\n", .requestLineMalformed) }
    + [Row("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\u{12}\u{4}\0", .versionUnsupported, 505)]

  /// Each is put after a good request line and Host.
  static let fields: [Row] = [
    Row("A : b\r\n", .fieldMalformed),
    Row("A\t: b\r\n", .fieldMalformed),
    Row(": b\r\n", .fieldMalformed),
    Row("A\r\n", .fieldMalformed),
    Row("A b: c\r\n", .fieldMalformed),
    Row("A: b\r\n c\r\n", .fieldMalformed),
    Row("A: b\r\n\tc\r\n", .fieldMalformed),
    Row("A: b\r\n \r\n", .fieldMalformed),
    Row(" A: b\r\n", .fieldMalformed),
    Row("A(: b\r\n", .fieldMalformed),
    Row("A\u{E9}: b\r\n", .fieldMalformed),
    Row("A[]: b\r\n", .fieldMalformed),
    Row("A/B: b\r\n", .fieldMalformed),
    Row("A@B: b\r\n", .fieldMalformed),
    Row("\"A\": b\r\n", .fieldMalformed),
    Row("A{: b\r\n", .fieldMalformed),
    Row("A,B: b\r\n", .fieldMalformed),
    Row("A;B: b\r\n", .fieldMalformed),
    Row("A=B: b\r\n", .fieldMalformed),
    Row("A: b\n", .strayByte),
    Row("A: b\rc\r\n", .strayByte),
    Row("A: b\r\r\n", .strayByte),
    Row("A: b\0c\r\n", .strayByte),
    Row("A\0: b\r\n", .strayByte),
    Row("A: \u{1}\r\n", .strayByte),
    Row("A: \u{8}\r\n", .strayByte),
    Row("A: \u{1B}[0m\r\n", .strayByte),
    Row("A: \u{7F}\r\n", .strayByte),
    Row("A: b\r\n\n", .strayByte),
    Row("A: b\n\r\n", .strayByte),
    Row("\r\rA: b\r\n", .strayByte),
    Row("Host: a\r\n\r\n", .hostInvalid),
    Row("HOST: b\r\n\r\n", .hostInvalid),
    Row("Expect: 100-continue, x\r\n\r\n", .expectationUnknown, 417),
    Row("Expect: 200-ok\r\n\r\n", .expectationUnknown, 417),
    Row("Expect: 100-continue\r\nExpect: more\r\n\r\n", .expectationUnknown, 417),
  ]

  static func check(_ input: String, _ row: Row) {
    // What follows must never be taken for a request.
    let all = input + "\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
    let trace = Splits.check(bytes(all))
    #expect(trace.refusal == row.error)
    #expect(trace.requests == [])
    #expect(trace.statuses == [row.status])
    #expect(trace.events == [.refuse(row.error), .halfClose, .close])
    #expect(row.error.status == row.status)
    let answer = Answer.all(in: trace.output).first
    #expect(answer?["connection"] == "close")
    #expect(answer?["content-type"] == "application/problem+json")
    #expect(answer?["cache-control"] == "no-store")
  }

  @Test(arguments: lines) func requestLine(_ row: Row) { Self.check(row.input, row) }

  @Test(arguments: versions) func version(_ row: Row) { Self.check(row.input, row) }

  @Test(arguments: fields) func field(_ row: Row) {
    Self.check("GET / HTTP/1.1\r\nHost: a\r\n" + row.input, row)
  }

  @Test("Every control byte is refused in every place of a head", arguments: (0..<32).filter { $0 != 9 } + [127])
  func control(_ byte: UInt8) {
    let head = bytes("GET /abc HTTP/1.1\r\nHost: a\r\nName: value\r\n\r\n")
    for place in 0..<head.count - 1 {
      var input = head
      input.insert(byte, at: place)
      let trace = Splits.trace(Splits.whole(input))
      #expect(trace.requests == [] && trace.refusal == .strayByte, "\(byte) at \(place)")
    }
  }

  @Test("A 1.1 request without Host") func noHost() {
    Self.check("GET / HTTP/1.1\r\nX: y", Row("", .hostInvalid))
    Self.check("GET http://a/ HTTP/1.1\r\nX: y", Row("", .hostInvalid))
  }

  @Test("Two Host fields are refused in 1.0 too") func twoHosts() {
    Self.check("GET / HTTP/1.0\r\nHost: a\r\nHost: a", Row("", .hostInvalid))
  }

  @Test(
    "Half-closed before the request is complete",
    arguments: [
      "G", "GET / HTTP/1.1", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r",
      "\r", "\r\nG",
    ])
  func endedEarly(_ input: String) {
    let trace = Splits.check(bytes(input))
    #expect(trace.events == [.refuse(.endedEarly), .close])
    #expect(trace.statuses == [400])
  }

  @Test(
    "Half-closed in a body",
    arguments: [
      "Content-Length: 3\r\n\r\nab", "Content-Length: 3\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n",
      "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r",
    ])
  func endedInBody(_ input: String) {
    let trace = Splits.check(bytes("POST / HTTP/1.1\r\nHost: a\r\n" + input))
    #expect(trace.events.dropFirst() == [.refuse(.endedEarly), .close])
    #expect(trace.heads.count == 1)
    #expect(trace.statuses == [400])
  }

  @Test("Half-closed without a request: closed without a word", arguments: ["", "\r\n"])
  func endedBefore(_ input: String) {
    let trace = Splits.check(bytes(input))
    #expect(trace == Drip.Trace(events: [.close], output: ""))
  }
}
