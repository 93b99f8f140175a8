import Testing

@testable import HTTPWire

/// Every deadline, a moment before it and at it, on a clock moved by hand.
struct DeadlineTests {
  static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
  static let moment = 0.001

  /// Nothing happens a moment before `seconds`; gives the drip at `seconds`.
  private func reach(_ seconds: Double, _ drip: Drip, _ location: SourceLocation = #_sourceLocation) -> Drip {
    var drip = drip
    let events = drip.events
    #expect(drip.connection.deadline == Nanoseconds(seconds * 1e9), sourceLocation: location)
    drip.sleep(until: seconds - Self.moment)
    #expect(drip.events == events, "too early", sourceLocation: location)
    #expect(drip.connection.deadline == Nanoseconds(seconds * 1e9), "it moved", sourceLocation: location)
    drip.sleep(until: seconds)
    #expect(drip.events != events, "too late", sourceLocation: location)
    return drip
  }

  @Test("Without a byte: closed without a word 10 s after accept", arguments: ["", "\r", "\r\n"])
  func nothing(_ input: String) {
    var drip = Drip()
    drip.feed(input)
    drip = reach(10, drip)
    #expect(drip.trace == Drip.Trace(events: [.close], output: ""))
  }

  @Test("The first head: 10 s from accept, however it drips", arguments: [0, 1, 5, 9.9]) func firstHead(_ begin: Double)
  {
    var drip = Drip()
    drip.sleep(until: begin)
    for byte in bytes("GET / HTTP/1.1\r\nHost: a\r\n") {
      drip.feed([byte])
      drip.sleep(until: Double(drip.now) / 1e9 + 0.001)
    }
    drip = reach(10, drip)
    #expect(drip.refusal == .headTimedOut)
    #expect(Answer.all(in: drip.text).map(\.status) == [408])
    #expect(drip.events.last == .halfClose)
  }

  @Test("A later head: 10 s from its first byte") func laterHead() {
    var drip = Drip()
    drip.feed(Self.get)
    drip.sleep(until: 20)
    #expect(drip.events.count == 2)
    drip.feed("G")
    drip.sleep(until: 25)
    drip.feed("ET / HTTP/1.1\r\n")
    drip = reach(30, drip)
    #expect(drip.refusal == .headTimedOut)
  }

  @Test("An empty line before a head begins nothing") func emptyLine() {
    var drip = Drip()
    drip.feed(Self.get)
    drip.sleep(until: 20)
    drip.feed("\r\n")
    #expect(drip.connection.deadline == 30_000_000_000)
    drip.sleep(until: 29)
    drip.feed("G")
    drip = reach(39, drip)
    #expect(drip.refusal == .headTimedOut)
  }

  @Test("Idle: 30 s from the answer, then a close without a word") func idle() {
    var drip = Drip()
    drip.sleep(until: 3)
    drip.feed(Self.get)
    drip = reach(33, drip)
    #expect(drip.events.last == .close && !drip.events.contains(.halfClose))
    #expect(drip.refusal == nil)
  }

  @Test("A head that comes in time has no more deadline while it is answered") func answering() {
    var connection = StreamTests.asked(Self.get)
    #expect(connection.deadline == nil)
    connection.timeOut(now: 1_000_000_000_000)
    connection.respond(Response(status: 200), date: Drip.date, now: 1_000_000_000_000)
    _ = connection.takeOutput(now: 1_000_000_000_000)
    _ = connection.nextAction(now: 1_000_000_000_000)
    #expect(connection.deadline == 1_030_000_000_000)
  }

  @Test(
    "A body: 10 s and 1 s per 64 KiB declared, in all",
    arguments: [
      (1, 10), (65_536, 11), (131_072, 12), (98_304, 11.5), (1_048_576, 26),
    ])
  func body(_ length: Int, _ seconds: Double) {
    for rule in [Drip.Rule.plain, .early] {
      var drip = Drip(rule)
      drip.sleep(until: 4)
      drip.feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n")
      drip.sleep(until: 6)
      drip.feed([UInt8](repeating: 0x78, count: length - 1))
      let due = length == 1 ? 14.000_015_258 : 4 + seconds
      guard length > 1 else {
        #expect(drip.connection.deadline == Nanoseconds(due * 1e9))
        continue
      }
      drip = reach(due, drip)
      // Answered early there is nothing more to say.
      #expect(drip.refusal == (rule.decide(Self.anyHead) == nil ? .bodyTimedOut : nil))
      #expect(Answer.all(in: drip.text).map(\.status) == (drip.refusal == nil ? [401] : [408]))
      #expect(drip.events.last == .halfClose)
    }
  }

  static var anyHead: RequestHead {
    guard let head = HostGrammarTests.head(get) else { preconditionFailure("no head") }
    return head
  }

  @Test("A chunked body has the time of the largest") func chunkedBody() {
    var drip = Drip()
    drip.feed("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    for second in 1...25 {
      drip.sleep(until: Double(second))
      drip.feed("1\r\nx\r\n")
    }
    drip = reach(26, drip)
    #expect(drip.refusal == .bodyTimedOut)
  }

  @Test("A body that comes in time stops the clock; its request is answered as late as it likes") func bodyInTime() {
    var drip = Drip()
    drip.feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab")
    drip.sleep(until: 9.9)
    drip.feed("c")
    #expect(drip.requests.count == 1)
    #expect(drip.connection.deadline == 39_900_000_000)
  }

  @Test("A body dropped in time goes back to idle") func droppedInTime() {
    var drip = Drip(.early)
    drip.feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab")
    drip.sleep(until: 9.9)
    drip.feed("c")
    #expect(drip.connection.deadline == 39_900_000_000)
  }

  @Test("A call before the deadline does nothing") func early() {
    var drip = Drip()
    drip.feed("GET")
    let before = drip.connection.deadline
    for tenth in 0..<100 { drip.sleep(until: Double(tenth) / 10) }
    #expect(drip.connection.deadline == before && drip.events == [])
  }

  @Test("A peer that takes nothing for 30 s is cut off, one that takes a byte is not") func writeStall() {
    var connection = StreamTests.asked(Self.get)
    connection.respond(Response(status: 200, body: bytes("hello")), date: Drip.date, now: 5)
    #expect(connection.deadline == 30_000_000_005)
    connection.didWrite(1, now: 20_000_000_000)
    #expect(connection.deadline == 50_000_000_000)
    connection.didWrite(0, now: 40_000_000_000)
    #expect(connection.deadline == 50_000_000_000)
    connection.timeOut(now: 49_999_999_999)
    #expect(connection.pendingOutput > 0)
    connection.timeOut(now: 50_000_000_000)
    guard case .close = connection.nextAction(now: 50_000_000_000) else {
      Issue.record("still open")
      return
    }
    #expect(connection.pendingOutput == 0 && connection.deadline == nil)
  }
}
