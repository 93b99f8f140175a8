import Testing

@testable import HTTPWire

/// Who closes when (RFC 9112 section 9.3), and what the answer says about it.
struct PersistenceTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var version: String
    var lines: String
    var stays: Bool
    /// The `Connection` field of the answer.
    var says: String?
    var testDescription: String { version + " " + lines }
  }

  static let rows: [Row] = [
    Row(version: "1.1", lines: "", stays: true, says: nil),
    Row(version: "1.1", lines: "Connection: keep-alive", stays: true, says: nil),
    Row(version: "1.1", lines: "Connection: close", stays: false, says: "close"),
    Row(version: "1.1", lines: "Connection: CLOSE", stays: false, says: "close"),
    Row(version: "1.1", lines: "connection:\tClose\t", stays: false, says: "close"),
    Row(version: "1.1", lines: "Connection: keep-alive, close", stays: false, says: "close"),
    Row(version: "1.1", lines: "Connection: close, keep-alive", stays: false, says: "close"),
    Row(version: "1.1", lines: "Connection: x ,, close\t,y", stays: false, says: "close"),
    Row(version: "1.1", lines: "Connection: keep-alive\r\nConnection: close", stays: false, says: "close"),
    Row(version: "1.1", lines: "Connection: close\r\nConnection: keep-alive", stays: false, says: "close"),
    Row(version: "1.1", lines: "Connection: closed", stays: true, says: nil),
    Row(version: "1.1", lines: "Connection: clos", stays: true, says: nil),
    Row(version: "1.1", lines: "Connection: close x", stays: true, says: nil),
    Row(version: "1.1", lines: "Connection: upgrade, http2-settings\r\nUpgrade: h2c", stays: true, says: nil),
    Row(version: "1.1", lines: "Proxy-Connection: close", stays: true, says: nil),
    Row(version: "1.0", lines: "", stays: false, says: "close"),
    Row(version: "1.0", lines: "Connection: keep-alive", stays: true, says: "keep-alive"),
    Row(version: "1.0", lines: "Connection: Keep-Alive", stays: true, says: "keep-alive"),
    Row(version: "1.0", lines: "Connection: x, keep-alive", stays: true, says: "keep-alive"),
    Row(version: "1.0", lines: "Connection: close", stays: false, says: "close"),
    Row(version: "1.0", lines: "Connection: keep-alive, close", stays: false, says: "close"),
    Row(version: "1.0", lines: "Connection: keepalive", stays: false, says: "close"),
    Row(version: "1.0", lines: "Proxy-Connection: keep-alive", stays: false, says: "close"),
    Row(version: "1.0", lines: "Keep-Alive: 300", stays: false, says: "close"),
  ]

  @Test(arguments: rows) func persists(_ row: Row) {
    let line = row.lines.isEmpty ? "" : row.lines + "\r\n"
    for framing in ["\r\n", "Content-Length: 2\r\n\r\nhi"] {
      let input = "POST / HTTP/\(row.version)\r\nHost: a\r\n\(line)\(framing)"
      let next = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n"
      for rule in [Drip.Rule.plain, .early] {
        let trace = Splits.check(bytes(input + next), rule)
        let answers = Answer.all(in: trace.output)
        #expect(answers.count == (row.stays ? 2 : 1))
        #expect(answers.first?.all("connection") == (row.says.map { [$0] } ?? []))
        #expect(trace.events.contains(.halfClose) == !row.stays)
        #expect(trace.heads.count == (row.stays ? 2 : 1))
      }
    }
  }

  @Test("The answer may close too", arguments: ["1.1", "1.0"]) func answerCloses(_ version: String) {
    let rule = Drip.Rule(answer: { _ in Response(status: 200, closes: true) })
    let input = "GET / HTTP/\(version)\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"
    let trace = Splits.check(bytes(input + input), rule)
    #expect(trace.statuses == [200])
    #expect(Answer.all(in: trace.output)[0].all("connection") == ["close"])
    #expect(trace.events.suffix(2) == [.halfClose, .close])
  }

  @Test("A client that half-closes after its request still gets the answer, and the close") func halfClosed() {
    var connection = ServerConnection(limits: WireLimits(), now: 0)
    bytes("GET /x HTTP/1.1\r\nHost: a\r\n\r\n").withUnsafeBytes { connection.receive($0, now: 0) }
    connection.receiveEnd()
    var drip = Drip()
    drip.connection = connection
    drip.pump()
    let answers = Answer.all(in: drip.text)
    #expect(answers.map(\.body) == ["/x|"])
    #expect(answers.first?["connection"] == "close")
    #expect(drip.isClosed && !drip.events.contains(.halfClose))
  }

  @Test("Versions are those of each request, not of the first") func versionsMix() {
    let input =
      "GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + "GET /2 HTTP/1.1\r\nHost: a\r\n\r\n"
      + "GET /3 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + "GET /4 HTTP/1.0\r\n\r\n"
    let answers = Answer.all(in: Splits.check(bytes(input)).output)
    #expect(answers.map { $0["connection"] } == ["keep-alive", nil, "keep-alive", "close"])
  }
}
