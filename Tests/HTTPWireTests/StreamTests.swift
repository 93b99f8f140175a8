import Testing

@testable import HTTPWire

/// Answers of unknown length.
struct StreamTests {
  /// A connection that waits for its answer to `request`.
  static func asked(_ request: String) -> ServerConnection {
    var connection = ServerConnection(limits: WireLimits(), now: 0)
    bytes(request).withUnsafeBytes { connection.receive($0, now: 0) }
    guard case .head = connection.nextAction(now: 0) else { preconditionFailure("no head") }
    connection.accept(now: 0)
    guard case .request = connection.nextAction(now: 0) else { preconditionFailure("no request") }
    return connection
  }

  /// Streams the pieces, the first with the head, and gives what came out and what follows.
  static func stream(_ request: String, _ pieces: [String], closes: Bool = false, ends: Bool = true) -> (String, Drip) {
    var connection = asked(request)
    let first = bytes(pieces.first ?? "")
    connection.beginStream(Response(status: 200, body: first, closes: closes), date: Drip.date, now: 0)
    for piece in pieces.dropFirst() { connection.stream(bytes(piece), now: 0) }
    if ends { connection.endStream(now: 0) } else { connection.abortStream() }
    let text = latin1(connection.takeOutput(now: 0))
    var drip = Drip()
    drip.connection = connection
    drip.pump()
    return (text, drip)
  }

  static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
  static let head = "HTTP/1.1 200 OK\r\n\(ResponseTests.date)"

  @Test func chunked() {
    var (text, drip) = Self.stream(Self.get, ["", "hello", "", String(repeating: "x", count: 300)])
    #expect(
      text == Self.head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n12c\r\n"
        + String(repeating: "x", count: 300) + "\r\n0\r\n\r\n")
    #expect(drip.events == [])
    drip.feed(Self.get)
    #expect(drip.requests.count == 1)
  }

  @Test(arguments: [1, 9, 10, 15, 16, 17, 255, 256, 4_095, 4_096, 65_535, 65_536, 1 << 20]) func sizes(_ count: Int) {
    let (text, _) = Self.stream(Self.get, [String(repeating: "x", count: count)])
    #expect(Answer.all(in: text).map { $0.body.utf8.count } == [count])
    #expect(text.contains("\r\n" + String(count, radix: 16) + "\r\n"))
  }

  @Test("To 1.0 the close ends it") func version10() {
    let (text, drip) = Self.stream("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", ["ab", "cd"])
    #expect(text == Self.head + "Connection: close\r\n\r\nabcd")
    #expect(drip.events == [.halfClose])
  }

  @Test("To HEAD there is no body, not even its end", arguments: ["1.1", "1.0"]) func toHead(_ version: String) {
    let (text, drip) = Self.stream("HEAD / HTTP/\(version)\r\nHost: a\r\n\r\n", ["ab", "cd"])
    #expect(text.hasSuffix("\r\n\r\n") && Answer.all(in: text, headAt: [0]).count == 1)
    #expect(drip.events == (version == "1.1" ? [] : [.halfClose]))
  }

  @Test func closes() {
    let (text, drip) = Self.stream(Self.get, ["ab"], closes: true)
    #expect(text == Self.head + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nab\r\n0\r\n\r\n")
    #expect(drip.events == [.halfClose])
  }

  @Test("A stream that is cut off has no end, and the connection goes") func aborted() {
    let (text, drip) = Self.stream(Self.get, ["ab"], ends: false)
    #expect(text == Self.head + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n")
    #expect(drip.events == [.close])
  }

  @Test("Calls after the end of the connection do nothing") func afterClose() {
    var connection = Self.asked(Self.get)
    connection.beginStream(Response(status: 200, body: bytes("x")), date: Drip.date, now: 0)
    connection.timeOut(now: 31_000_000_000)
    guard case .close = connection.nextAction(now: 31_000_000_000) else {
      Issue.record("a stalled peer is still there")
      return
    }
    connection.stream(bytes("y"), now: 0)
    connection.endStream(now: 0)
    connection.abortStream()
    connection.accept(now: 0)
    connection.respond(Response(status: 200), date: Drip.date, now: 0)
    connection.beginStream(Response(status: 200), date: Drip.date, now: 0)
    connection.drain(now: 0)
    connection.receiveEnd()
    bytes(Self.get).withUnsafeBytes { connection.receive($0, now: 0) }
    #expect(connection.pendingOutput == 0 && connection.deadline == nil && !connection.wantsInput)
  }
}
