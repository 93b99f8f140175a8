import Testing

@testable import HTTPWire

/// Responses byte by byte.
struct ResponseTests {
  static func answer(_ response: Response, to request: String = "GET / HTTP/1.1\r\nHost: a\r\n\r\n") -> String {
    var drip = Drip(Drip.Rule(answer: { _ in response }))
    drip.feed(request)
    return drip.text
  }

  static let date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nX-Content-Type-Options: nosniff\r\n"

  @Test func exactly() {
    #expect(
      Self.answer(Response(status: 201, fields: [("Content-Type", "text/plain"), ("A", "b")], body: bytes("hi")))
        == "HTTP/1.1 201 Created\r\n\(Self.date)Content-Type: text/plain\r\nA: b\r\nContent-Length: 2\r\n\r\nhi")
    #expect(Self.answer(Response(status: 200)) == "HTTP/1.1 200 OK\r\n\(Self.date)Content-Length: 0\r\n\r\n")
    #expect(Self.answer(Response(status: 204, body: bytes("hi"))) == "HTTP/1.1 204 No Content\r\n\(Self.date)\r\n")
    #expect(Self.answer(Response(status: 304, body: bytes("hi"))) == "HTTP/1.1 304 Not Modified\r\n\(Self.date)\r\n")
    #expect(
      Self.answer(Response(status: 503, closes: true))
        == "HTTP/1.1 503 Service Unavailable\r\n\(Self.date)Content-Length: 0\r\nConnection: close\r\n\r\n")
  }

  @Test("The last answer by itself is what a connection would write") func last() {
    let response = Response(status: 503, fields: [("A", "b")], body: bytes("hi"), closes: true)
    #expect(
      String(decoding: response.lastBytes(date: HTTPDate(unixSeconds: 784_111_777)), as: UTF8.self)
        == Self.answer(response))
  }

  @Test("The answer to 1.0 says 1.1 and what happens to the connection") func version10() {
    #expect(
      Self.answer(Response(status: 200, body: bytes("x")), to: "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        == "HTTP/1.1 200 OK\r\n\(Self.date)Content-Length: 1\r\nConnection: keep-alive\r\n\r\nx")
    #expect(
      Self.answer(Response(status: 200, body: bytes("x")), to: "GET / HTTP/1.0\r\n\r\n")
        == "HTTP/1.1 200 OK\r\n\(Self.date)Content-Length: 1\r\nConnection: close\r\n\r\nx")
  }

  @Test(
    "Framing fields are the connection's own",
    arguments: [
      "Content-Length", "content-length", "CONTENT-LENGTH", "Transfer-Encoding", "transfer-encoding", "Connection",
      "connection", "Date", "dATE",
    ])
  func reserved(_ name: String) {
    let text = Self.answer(Response(status: 200, fields: [(name, "9"), ("A", "b")], body: bytes("hi")))
    #expect(text == "HTTP/1.1 200 OK\r\n\(Self.date)A: b\r\nContent-Length: 2\r\n\r\nhi")
  }

  @Test(
    "No value begins a line of its own", arguments: ["\r\nX: y", "\n", "\r", "\0", "\u{7F}", "a\r\n\r\nb", "\u{1}"])
  func injected(_ value: String) {
    let answers = Answer.all(in: Self.answer(Response(status: 200, fields: [("A", "1" + value + "2")])))
    #expect(answers.count == 1)
    #expect(answers.first?.fields.map(\.name) == ["date", "x-content-type-options", "a", "content-length"])
    let clean = value.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : String($0) }.joined()
    #expect(answers.first?["a"] == "1" + clean + "2")
    // Nor does a name.
    let text = Self.answer(Response(status: 200, fields: [("B" + value, "c")]))
    #expect(text.unicodeScalars.filter { $0 == "\n" || $0 == "\r" }.count == 12)
  }

  @Test("Values are sent as UTF-8") func utf8() {
    #expect(
      Self.answer(Response(status: 200, fields: [("A", "é\t€")])).contains("A: \u{C3}\u{A9}\t\u{E2}\u{82}\u{AC}\r\n"))
  }

  @Test("Every length in decimal", arguments: [0, 1, 9, 10, 11, 99, 100, 101, 999, 1_000, 12_345, 99_999, 100_000])
  func length(_ count: Int) {
    let text = Self.answer(Response(status: 200, body: [UInt8](repeating: 0x78, count: count)))
    let answers = Answer.all(in: text)
    #expect(answers.count == 1)
    #expect(answers.first?["content-length"] == "\(count)")
    #expect(answers.first?.body.utf8.count == count)
  }

  @Test("Every refusal is problem details that close", arguments: WireError.allCases)
  func refusal(_ error: WireError) throws {
    let text = Self.answer(error.response())
    let answer = try #require(Answer.all(in: text).first)
    #expect(answer.status == error.status && (400...505).contains(error.status))
    #expect(answer["content-type"] == "application/problem+json")
    #expect(answer["cache-control"] == "no-store")
    #expect(answer["connection"] == "close")
    #expect(answer["x-content-type-options"] == "nosniff")
    #expect(answer.all("date").count == 1)
    #expect(answer.reason != "Status")
    #expect(
      answer.body == "{\"type\":\"urn:cerberus:problem:\(error.code)\",\"title\":\"\(answer.reason)\","
        + "\"status\":\(error.status),\"detail\":\"\(error.detail(under: WireLimits()))\",\"code\":\"\(error.code)\"}")
    for text in [error.detail(under: WireLimits()), error.code, answer.reason] {
      #expect(!text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C })
    }
  }
}
