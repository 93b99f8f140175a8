import Testing

@testable import HTTPWire

/// The limits of the contract: a request at the limit is served, one byte more is refused, whatever the split.
struct LimitTests {
  @Test("The defaults are those of the contract") func defaults() {
    let limits = WireLimits()
    #expect(limits.requestLineBytes == 16 * 1024)
    #expect(limits.headerBytes == 32 * 1024)
    #expect(limits.headerLines == 100)
    #expect(limits.bodyBytes == 1024 * 1024)
    #expect(limits.headSeconds == 10 && limits.bodySeconds == 10 && limits.bodyBytesPerSecond == 64 * 1024)
    #expect(limits.idleSeconds == 30 && limits.lingerSeconds == 2 && limits.lingerBytes == 1024 * 1024)
    #expect(limits.drainSeconds == 1)
  }

  static func text(_ count: Int) -> String { String(repeating: "x", count: count) }

  /// A request line of `count` bytes without its CRLF.
  static func line(_ count: Int, query: Bool = false) -> String {
    let fixed = "GET /" + (query ? "?" : "") + " HTTP/1.1"
    return fixed.replacing(" HTTP", with: text(count - fixed.utf8.count) + " HTTP")
  }

  @Test(arguments: [8_000, 8_192, 16_000, 16_383, 16_384], [false, true])
  func longLine(_ count: Int, _ query: Bool) {
    let line = Self.line(count, query: query)
    #expect(line.utf8.count == count)
    let trace = Splits.check(bytes(line + "\r\nHost: a\r\n\r\n"))
    #expect(trace.statuses == [200])
  }

  @Test(arguments: [16_385, 16_386, 20_000], [false, true])
  func lineTooLong(_ count: Int, _ query: Bool) {
    let trace = Splits.check(bytes(Self.line(count, query: query) + "\r\nHost: a\r\n\r\n"))
    #expect(trace.events == [.refuse(.requestLineTooLong), .halfClose, .close])
    #expect(trace.statuses == [414])
  }

  @Test("A request line without an end is refused at its limit, not before") func endlessLine() {
    var drip = Drip()
    drip.feed("GET /" + Self.text(16 * 1024 - 5))
    #expect(drip.events == [])
    drip.feed("x")
    #expect(drip.refusal == .requestLineTooLong)
  }

  @Test("Rubbish without an end is refused like a line") func endlessRubbish() {
    #expect(Splits.check(bytes(Self.text(17_000))).statuses == [414])
  }

  /// Header lines of `bytes` bytes in all, in `lines` lines, Host among them.
  static func block(bytes count: Int, lines: Int) -> String {
    let host = "Host: a\r\n"
    let short = String(repeating: "A:\r\n", count: lines - 2)
    return host + short + "B:" + text(count - host.utf8.count - short.utf8.count - 4) + "\r\n"
  }

  @Test(arguments: [2, 3, 50, 99, 100]) func largeBlock(_ lines: Int) {
    let block = Self.block(bytes: 32 * 1024, lines: lines)
    #expect(block.utf8.count == 32 * 1024)
    #expect(Splits.check(bytes("GET / HTTP/1.1\r\n" + block + "\r\n")).statuses == [200])
  }

  @Test(arguments: [32 * 1024 + 1, 32 * 1024 + 2, 32 * 1024 + 3, 40_000], [2, 100])
  func blockTooLarge(_ count: Int, _ lines: Int) {
    let trace = Splits.check(bytes("GET / HTTP/1.1\r\n" + Self.block(bytes: count, lines: lines) + "\r\n"))
    #expect(trace.events == [.refuse(.fieldsTooLong), .halfClose, .close])
    #expect(trace.statuses == [431])
  }

  @Test("One more line when the block is full", arguments: ["A:\r\n", "A", "\t"]) func fullBlock(_ more: String) {
    let trace = Splits.check(bytes("GET / HTTP/1.1\r\n" + Self.block(bytes: 32 * 1024, lines: 2) + more + "x\r\n\r\n"))
    #expect(trace.statuses == [431])
  }

  @Test(arguments: [101, 102, 500]) func tooManyLines(_ lines: Int) {
    let trace = Splits.check(bytes("GET / HTTP/1.1\r\n" + Self.block(bytes: 8_000, lines: lines) + "\r\n"))
    #expect(trace.events == [.refuse(.tooManyFields), .halfClose, .close])
    #expect(trace.statuses == [431])
  }

  @Test("The longest line and the largest block together") func both() {
    let input = Self.line(16 * 1024) + "\r\n" + Self.block(bytes: 32 * 1024, lines: 100) + "\r\n"
    #expect(Splits.check(bytes(input)).statuses == [200])
  }

  @Test("A body at its limit is served, one byte more refused before it is sent") func body() {
    let limit = 1024 * 1024
    let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: "
    var drip = Drip(Drip.Rule(answer: { Response(status: 200, body: bytes("\($0.body.count)")) }))
    drip.feed(head + "\(limit)\r\n\r\n")
    let piece = [UInt8](repeating: 0x78, count: 10_007)
    var left = limit
    while left > 0 {
      drip.feed(Array(piece.prefix(left)))
      left -= min(left, piece.count)
    }
    #expect(Answer.all(in: drip.text).map(\.body) == ["1048576"])
    drip.feed(head + "\(limit + 1)\r\n\r\n")
    #expect(drip.events.suffix(2) == [.refuse(.bodyTooLong), .halfClose])
    #expect(Answer.all(in: drip.text).map(\.status) == [200, 413])
  }

  @Test(arguments: ["1048577", "9999999", "9223372036854775807"]) func declaredTooLong(_ length: String) {
    let input = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: \(length)\r\n\r\n"
    let trace = Splits.check(bytes(input))
    #expect(trace.events == [.refuse(.bodyTooLong), .halfClose, .close])
    #expect(trace.statuses == [413])
  }

  @Test("The time for a body does not overflow with the largest limit") func hugeLimit() {
    var limits = WireLimits()
    limits.bodyBytes = .max
    var drip = Drip(limits: limits)
    drip.feed("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    #expect(drip.connection.deadline != nil)
    drip.feed("7fffffffffffffff\r\nab")
    drip.end()
    #expect(drip.refusal == .endedEarly)
  }

  @Test("The driver is asked to stop reading while a request waits for its answer") func inputIsBounded() {
    var connection = ServerConnection(limits: WireLimits(), now: 0)
    let flood = bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + Self.text(8_000))
    flood.withUnsafeBytes { connection.receive($0, now: 0) }
    guard case .head = connection.nextAction(now: 0) else {
      Issue.record("no head")
      return
    }
    connection.accept(now: 0)
    guard case .request = connection.nextAction(now: 0) else {
      Issue.record("no request")
      return
    }
    var received = 0
    while connection.wantsInput, received < 10 << 20 {
      flood.withUnsafeBytes { connection.receive($0, now: 0) }
      received += flood.count
    }
    #expect(received < 100_000)
  }
}
