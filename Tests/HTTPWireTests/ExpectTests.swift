import Testing

@testable import HTTPWire

/// `Expect: 100-continue` (RFC 9110 section 10.1.1).
struct ExpectTests {
  static let interim = "HTTP/1.1 100 Continue\r\n\r\n"
  static let head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"

  @Test(
    "The interim answer comes after the head is accepted, before the body",
    arguments: [
      "100-continue", "100-Continue", "100-CONTINUE", " 100-continue\t",
    ])
  func continues(_ value: String) {
    for framing in ["Content-Length: 5", "Transfer-Encoding: chunked"] {
      var drip = Drip()
      drip.feed("POST / HTTP/1.1\r\nHost: a\r\nExpect:\(value)\r\n\(framing)\r\n\r")
      #expect(drip.text == "")
      drip.feed("\n")
      #expect(drip.text == Self.interim)
      drip.feed(framing.hasPrefix("C") ? "hello" : "5\r\nhello\r\n0\r\n\r\n")
      #expect(drip.requests.count == 1)
      #expect(Answer.all(in: drip.text).map(\.status) == [100, 200])
    }
  }

  @Test(
    "Nobody waits, so nothing is said",
    arguments: [
      "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n",
      "POST / HTTP/1.0\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
    ])
  func silent(_ input: String) {
    var drip = Drip()
    for byte in bytes(input) { drip.feed([byte]) }
    #expect(Answer.all(in: drip.text).map(\.status) == [200])
    Splits.check(bytes(input))
  }

  @Test("No interim answer when the body is there already") func bodyWithHead() {
    let trace = Splits.trace(Splits.whole(bytes(Self.head + "hello")))
    #expect(trace.statuses == [200])
    var drip = Drip()
    drip.feed(Self.head + "h")
    #expect(drip.text == "")
    Splits.check(bytes(Self.head + "hello" + Self.head + "world"))
  }

  @Test(
    "Only after the checks of the head: a refused head is never continued",
    arguments: [
      ("Content-Length: 5\r\nHost: b", 400), ("Content-Length: x", 400), ("Content-Length: 1048577", 413),
      ("Transfer-Encoding: gzip, chunked", 501), ("Content-Length: 5\r\nTransfer-Encoding: chunked", 400),
      ("Content-Length: 5\r\nExpect: x", 417),
    ])
  func refused(_ lines: String, _ status: Int) {
    var drip = Drip()
    drip.feed("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\(lines)\r\n\r\n")
    #expect(Answer.all(in: drip.text).map(\.status) == [status])
    #expect(drip.events.last == .halfClose)
  }

  @Test(
    "Other expectations",
    arguments: [
      "", "100", "100-continu", "100-continued", "200-ok", "100-continue, 100-continue", "100-continue;q=1",
      "\"100-continue\"",
      "x=y",
    ])
  func unknown(_ value: String) {
    for version in ["1.0", "1.1"] {
      let input = "POST / HTTP/\(version)\r\nHost: a\r\nExpect: \(value)\r\nContent-Length: 5\r\n\r\nhello"
      let trace = Splits.check(bytes(input + Self.head))
      #expect(trace.events == [.refuse(.expectationUnknown), .halfClose, .close])
      #expect(trace.statuses == [417])
    }
  }

  @Test(
    "A final answer in place of the 100 closes, for nobody could say whether the body will come",
    arguments: [
      "Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    ])
  func earlyAnswer(_ rest: String) {
    let input = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\(rest)GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    let trace = Splits.check(bytes(input), .early)
    #expect(trace.statuses == [401])
    #expect(trace.events.dropFirst() == [.halfClose, .close])
    #expect(Answer.all(in: trace.output)[0]["connection"] == "close")
  }
}
