import Testing

@testable import HTTPWire

/// The server stops: what is under way is answered, what comes within 1 s too, and then the connection goes.
struct DrainTests {
  static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

  private func drained(_ rule: Drip.Rule = .plain, after input: String, at seconds: Double = 5) -> Drip {
    var drip = Drip(rule)
    drip.feed(input)
    drip.sleep(until: seconds)
    drip.connection.drain(now: drip.now)
    drip.pump()
    return drip
  }

  @Test("Idle: closed without a word after 1 s", arguments: ["", get, "\r\n"]) func idle(_ input: String) {
    var drip = drained(after: input)
    #expect(drip.connection.deadline == 6_000_000_000)
    drip.sleep(until: 5.999)
    #expect(!drip.isClosed)
    drip.sleep(until: 6)
    #expect(drip.isClosed && !drip.events.contains(.halfClose))
    #expect(Answer.all(in: drip.text).count == (input == Self.get ? 1 : 0))
  }

  @Test("A second call does not give more time") func twice() {
    var drip = drained(after: Self.get)
    drip.sleep(until: 5.5)
    drip.connection.drain(now: drip.now)
    #expect(drip.connection.deadline == 6_000_000_000)
  }

  @Test("It never gives more time than there was") func lateIdle() {
    let drip = drained(after: Self.get, at: 29.5)
    #expect(drip.connection.deadline == 30_000_000_000)
  }

  @Test("A request that comes within the second is answered and closes", arguments: ["", get]) func late(
    _ input: String
  ) {
    var drip = drained(after: input)
    drip.sleep(until: 5.9)
    drip.feed(Self.get + Self.get)
    let answers = Answer.all(in: drip.text)
    #expect(answers.count == (input.isEmpty ? 1 : 2))
    #expect(answers.last?["connection"] == "close")
    #expect(drip.events.last == .halfClose)
  }

  @Test("A head that has begun may be completed") func inHead() {
    var drip = drained(after: "GET / HTTP/1.1\r\n")
    drip.sleep(until: 8)
    drip.feed("Host: a\r\n\r\n")
    #expect(Answer.all(in: drip.text).map { $0["connection"] } == ["close"])
    #expect(drip.events.last == .halfClose)
  }

  @Test("A body that has begun may be completed") func inBody() {
    var drip = drained(after: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab")
    drip.sleep(until: 8)
    drip.feed("c" + Self.get)
    #expect(Answer.all(in: drip.text).map(\.body) == ["/|abc"])
    #expect(drip.events.last == .halfClose)
  }

  @Test("1.0 with keep-alive closes too") func version10() {
    var drip = drained(after: "")
    drip.feed("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    #expect(Answer.all(in: drip.text).map { $0.all("connection") } == [["close"]])
  }

  @Test("After an answer that did not say close, a request within the second is answered still") func promised() {
    // The 401 went out before the stop; the rest of its body and the next request come after it.
    var drip = drained(.early, after: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab")
    drip.sleep(until: 5.5)
    drip.feed("c")
    #expect(drip.connection.deadline == 6_000_000_000)
    drip.feed(Self.get)
    #expect(Answer.all(in: drip.text).map { $0["connection"] } == [nil, "close"])
    #expect(drip.events.last == .halfClose)
  }

  @Test("A stream begun before the stop likewise", arguments: [5.5, 8]) func stream(_ end: Double) {
    var connection = StreamTests.asked(Self.get)
    connection.beginStream(Response(status: 200, body: bytes("x")), date: Drip.date, now: 0)
    connection.drain(now: 5_000_000_000)
    var drip = Drip()
    drip.now = Nanoseconds(end * 1e9)
    connection.endStream(now: drip.now)
    drip.connection = connection
    drip.pump()
    #expect(Answer.all(in: drip.text).map { $0["connection"] } == [nil])
    #expect(drip.connection.deadline.map { $0 <= max(6_000_000_000, drip.now) } == true)
    drip.sleep(until: max(6, end))
    #expect(drip.isClosed)
  }

  @Test("A stream begun after the stop says close") func streamAfter() {
    var connection = StreamTests.asked(Self.get)
    connection.drain(now: 0)
    connection.beginStream(Response(status: 200, body: bytes("x")), date: Drip.date, now: 0)
    connection.endStream(now: 0)
    let text = latin1(connection.takeOutput(now: 0))
    #expect(Answer.all(in: text).map { $0["connection"] } == ["close"])
    guard case .halfClose = connection.nextAction(now: 0) else {
      Issue.record("not closing")
      return
    }
  }
}
