import Testing

@testable import HTTPWire

/// Bytes in and out of the buffers, against plain arrays.
struct BufferTests {
  @Test(arguments: 0..<20) func inputAgainstModel(_ seed: UInt64) {
    var random = Seeded(state: seed)
    var buffer = InputBuffer()
    var model: [UInt8] = []
    for step in 0..<400 {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<5:
        let more = (0..<Int.random(in: 0...3_000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
        }
        more.withUnsafeBytes { buffer.append($0) }
        model += more
      case 5..<9:
        let count = Bool.random(using: &random) ? model.count : Int.random(in: 0...model.count, using: &random)
        buffer.consume(count)
        model.removeFirst(count)
      default:
        guard step % 7 == 0 else { continue }
        buffer.clear()
        model = []
      }
      let same = buffer.withBytes { $0.elementsEqual(model) }
      #expect(same && buffer.count == model.count && buffer.isEmpty == model.isEmpty, "seed \(seed), step \(step)")
      guard same else { return }
    }
  }

  @Test("A long pipeline, a byte of output at a time or much, comes out as it went in", arguments: 0..<6)
  func output(_ seed: UInt64) {
    var random = Seeded(state: seed)
    var connection = StreamTests.asked(StreamTests.get)
    connection.beginStream(Response(status: 200), date: Drip.date, now: 0)
    var expected = ""
    var written: [UInt8] = []
    for _ in 0..<60 {
      let piece = String(
        repeating: String(Int.random(in: 0...9, using: &random)), count: Int.random(in: 1...20_000, using: &random))
      expected += piece
      connection.stream(bytes(piece), now: 0)
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let count = Int.random(in: 0...min(connection.pendingOutput, 40_000), using: &random)
        written += connection.withOutput { Array($0.prefix(count)) }
        connection.didWrite(count, now: 0)
      }
    }
    connection.endStream(now: 0)
    while connection.pendingOutput > 0 {
      let count = min(connection.pendingOutput, 70_000)
      written += connection.withOutput { Array($0.prefix(count)) }
      connection.didWrite(count, now: 0)
    }
    let answers = Answer.all(in: latin1(written))
    #expect(answers.count == 1 && answers.first?.body == expected, "seed \(seed)")
  }

  @Test("Silence is counted from when the answer went out") func idleFromWrite() {
    var connection = StreamTests.asked(StreamTests.get)
    connection.respond(Response(status: 200), date: Drip.date, now: 0)
    guard case .wait = connection.nextAction(now: 0) else {
      Issue.record("something to do")
      return
    }
    connection.didWrite(1, now: 20_000_000_000)
    connection.didWrite(connection.pendingOutput, now: 40_000_000_000)
    #expect(connection.deadline == 70_000_000_000)
  }

  @Test("While the server stops, output going out gives an idle connection no more time") func drainFromWrite() {
    var connection = StreamTests.asked(StreamTests.get)
    connection.beginStream(Response(status: 200, body: bytes("x")), date: Drip.date, now: 0)
    connection.drain(now: 0)
    connection.endStream(now: 500_000_000)
    connection.didWrite(connection.pendingOutput, now: 900_000_000)
    #expect(connection.deadline == 1_000_000_000)
  }
}
