import Testing

@testable import HTTPWire

/// Closing in stages, so that a client that still sends can read the answer (RFC 9112 section 9.6).
struct LingerTests {
  static let bad = "BAD\r\n"
  static let piece = [UInt8](repeating: 0x78, count: 64 * 1024)

  /// A connection that has refused a request at 1 s and half-closed.
  static func lingering() -> Drip {
    var drip = Drip()
    drip.sleep(until: 1)
    drip.feed(bad)
    #expect(drip.events == [.refuse(.requestLineMalformed), .halfClose])
    return drip
  }

  @Test("2 s and no longer, whatever comes") func time() {
    var drip = Self.lingering()
    for tenth in 1...19 {
      drip.sleep(until: 1 + Double(tenth) / 10)
      drip.feed("x")
    }
    #expect(drip.connection.deadline == 3_000_000_000)
    #expect(!drip.isClosed)
    drip.sleep(until: 3)
    #expect(drip.isClosed)
  }

  @Test("1 MiB and no more") func volume() {
    var drip = Self.lingering()
    for _ in 0..<16 { drip.feed(Self.piece) }
    #expect(!drip.isClosed)
    drip.feed("x")
    #expect(drip.isClosed)
  }

  @Test("Until the peer closes") func end() {
    var drip = Self.lingering()
    drip.feed("x")
    drip.end()
    #expect(drip.isClosed)
    #expect(Answer.all(in: drip.text).map(\.status) == [400])
  }

  @Test("Half-closed only when all is written") func written() {
    var connection = ServerConnection(limits: WireLimits(), now: 0)
    bytes(Self.bad).withUnsafeBytes { connection.receive($0, now: 0) }
    guard case .refuse(let error) = connection.nextAction(now: 0) else {
      Issue.record("not refused")
      return
    }
    connection.respond(error.response(), date: Drip.date, now: 0)
    while connection.pendingOutput > 0 {
      guard case .wait = connection.nextAction(now: 0) else {
        Issue.record("not waiting for the output")
        return
      }
      connection.didWrite(min(50, connection.pendingOutput), now: 0)
    }
    guard case .halfClose = connection.nextAction(now: 0), case .wait = connection.nextAction(now: 0) else {
      Issue.record("not lingering")
      return
    }
  }

  @Test("A peer that never stops sending is not read for ever: the driver is told to stop") func flood() {
    for written in [false, true] {
      var connection = ServerConnection(limits: WireLimits(), now: 0)
      bytes(Self.bad).withUnsafeBytes { connection.receive($0, now: 0) }
      guard case .refuse(let error) = connection.nextAction(now: 0) else {
        Issue.record("not refused")
        return
      }
      connection.respond(error.response(), date: Drip.date, now: 0)
      if written {
        _ = connection.takeOutput(now: 0)
        guard case .halfClose = connection.nextAction(now: 0) else {
          Issue.record("not half-closed")
          return
        }
      }
      var received = 0
      while connection.wantsInput, received < 8 << 20 {
        Self.piece.withUnsafeBytes { connection.receive($0, now: 0) }
        received += Self.piece.count
      }
      #expect(received == (1 << 20) + Self.piece.count, "written: \(written)")
    }
  }

  @Test("What came before the half-close counts, and the answer still goes out first") func floodBefore() {
    var connection = ServerConnection(limits: WireLimits(), now: 0)
    bytes(Self.bad).withUnsafeBytes { connection.receive($0, now: 0) }
    var drip = Drip()
    guard case .refuse(let error) = connection.nextAction(now: 0) else {
      Issue.record("not refused")
      return
    }
    connection.respond(error.response(), date: Drip.date, now: 0)
    for _ in 0..<17 { Self.piece.withUnsafeBytes { connection.receive($0, now: 0) } }
    drip.connection = connection
    drip.pump()
    #expect(Answer.all(in: drip.text).map(\.status) == [400])
    #expect(drip.events == [.halfClose, .close])
  }
}
