import Testing

@testable import HTTPWire

/// Several requests in one buffer: answered in order, one at a time, and never out of step.
struct PipeliningTests {
  static let three =
    "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
    + "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
    + "POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ndef\r\n0\r\nT: u\r\n\r\n"

  @Test func answeredInOrder() {
    let trace = Splits.check(bytes(Self.three + "\r\n" + Self.three))
    #expect(Answer.all(in: trace.output).map(\.body) == ["/1|", "/2|abc", "/3|def", "/1|", "/2|abc", "/3|def"])
    #expect(trace.events.count == 13)
    #expect(trace.events.last == .close)
  }

  @Test("One empty line before every request, never two") func emptyLines() {
    let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    #expect(Splits.check(bytes("\r\n" + get + "\r\n" + get + "\r\n")).statuses == [200, 200])
    #expect(Splits.check(bytes(get + "\r\n\r\n" + get)).statuses == [200, 400])
  }

  @Test("The next request is not looked at before the answer") func oneAtATime() throws {
    var connection = ServerConnection(limits: WireLimits(), now: 0)
    bytes(Self.three).withUnsafeBytes { connection.receive($0, now: 0) }
    for path in ["/1", "/2", "/3"] {
      guard case .head(let head) = connection.nextAction(now: 0) else {
        Issue.record("no head of \(path)")
        return
      }
      #expect(head.path == path)
      guard case .wait = connection.nextAction(now: 0) else {
        Issue.record("went on past the head of \(path)")
        return
      }
      connection.accept(now: 0)
      guard case .request(let request) = connection.nextAction(now: 0) else {
        Issue.record("no request \(path)")
        return
      }
      #expect(request.path == path)
      guard case .wait = connection.nextAction(now: 0) else {
        Issue.record("went on before the answer to \(path)")
        return
      }
      connection.respond(Response(status: 200), date: Drip.date, now: 0)
    }
    guard case .wait = connection.nextAction(now: 0) else {
      Issue.record("something is left")
      return
    }
  }

  @Test(
    "Early answers keep step: the body is read and dropped",
    arguments: [
      "Content-Length: 35\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
      "Transfer-Encoding: chunked\r\n\r\n23\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n\r\n0\r\nX: y\r\n\r\n",
      "Content-Length: 0\r\n\r\n", "X: y\r\n\r\n",
    ])
  func earlyAnswer(_ rest: String) {
    let rule = Drip.Rule(decide: { $0.path == "/early" ? Response(status: 403, body: bytes("no")) : nil })
    let early = "POST /early HTTP/1.1\r\nHost: a\r\n" + rest
    let trace = Splits.check(bytes(early + early + Self.three), rule)
    #expect(trace.statuses == [403, 403, 200, 200, 200])
    #expect(Answer.all(in: trace.output).allSatisfy { $0["connection"] == nil })
    #expect(Answer.all(in: trace.output).map(\.body) == ["no", "no", "/1|", "/2|abc", "/3|def"])
  }

  @Test("An early answer that closes ends it") func earlyClose() {
    let rule = Drip.Rule(decide: { _ in Response(status: 413, closes: true) })
    let trace = Splits.check(bytes("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" + Self.three), rule)
    #expect(trace.statuses == [413])
    #expect(trace.events.dropFirst() == [.halfClose, .close])
    #expect(Answer.all(in: trace.output)[0]["connection"] == "close")
  }

  @Test("A body answered early is held to the limit") func earlyTooLong() {
    var limits = WireLimits()
    limits.bodyBytes = 5
    let head = "POST /1 HTTP/1.1\r\nHost: a\r\n"
    let chunked = head + "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n1\r\n0\r\n\r\n"
    let trace = Splits.check(bytes(chunked + Self.three), .early, limits: limits)
    #expect(trace.statuses == [401])
    #expect(trace.events.dropFirst() == [.halfClose, .close])
    // A declared length is refused before anybody is asked.
    let declared = Splits.check(bytes(head + "Content-Length: 6\r\n\r\nabcdef" + Self.three), .early, limits: limits)
    #expect(declared.events == [.refuse(.bodyTooLong), .halfClose, .close])
  }

  @Test("Half-closed in a body that was answered early: closed without another word") func earlyEnd() {
    let trace = Splits.check(bytes("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc"), .early)
    #expect(trace.statuses == [401])
    #expect(trace.events.dropFirst() == [.close])
  }

  @Test("Requests that came before the end of input are still answered") func endAtOnce() {
    var connection = ServerConnection(limits: WireLimits(), now: 0)
    bytes(Self.three).withUnsafeBytes { connection.receive($0, now: 0) }
    connection.receiveEnd()
    var drip = Drip()
    drip.connection = connection
    drip.pump()
    #expect(Answer.all(in: drip.text).map(\.status) == [200, 200, 200])
    #expect(Answer.all(in: drip.text).map { $0["connection"] } == [nil, nil, "close"])
    #expect(drip.isClosed)
  }

  @Test(
    "After a refusal nothing more is served",
    arguments: [
      "GET /bad HTTP/1.1\r\n\r\n", "BAD\r\n\r\n", "POST /bad HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc",
      "POST /bad HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n0\r\n\r\n", "\r\n\r\n",
    ])
  func refusal(_ bad: String) {
    let trace = Splits.check(bytes(Self.three + bad + Self.three))
    #expect(trace.statuses == [200, 200, 200, 400])
    #expect(trace.events.suffix(2) == [.halfClose, .close])
  }

  @Test("Pipelined requests wait while the peer takes no answers") func backpressure() {
    var limits = WireLimits()
    limits.outputBytes = 1_000
    var connection = ServerConnection(limits: limits, now: 0)
    let get = bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    for _ in 0..<50 { get.withUnsafeBytes { connection.receive($0, now: 0) } }
    var answered = 0
    func run() {
      while true {
        switch connection.nextAction(now: 0) {
        case .head: connection.accept(now: 0)
        case .request:
          answered += 1
          connection.respond(Response(status: 200, body: [UInt8](repeating: 0x78, count: 300)), date: Drip.date, now: 0)
        default: return
        }
      }
    }
    run()
    #expect(answered == 3)
    #expect(connection.pendingOutput < 2_000)
    var rounds = 0
    while connection.pendingOutput > 0, rounds < 1_000 {
      connection.didWrite(min(700, connection.pendingOutput), now: 0)
      rounds += 1
      run()
    }
    #expect(answered == 50)
  }
}
