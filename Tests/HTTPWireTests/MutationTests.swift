import Testing

@testable import HTTPWire

/// Good and bad conversations, bent at random: nothing traps, and the events are the same whatever the split.
///
/// Seeded: a failure names its seed, and `failing` replays one.
struct MutationTests {
  /// Small enough for mutations to reach every limit.
  static var limits: WireLimits {
    var limits = WireLimits()
    limits.requestLineBytes = 64
    limits.headerBytes = 200
    limits.headerLines = 6
    limits.bodyBytes = 64
    limits.chunkExtensionBytes = 16
    limits.chunkSizeDigits = 4
    limits.trailerBytes = 24
    return limits
  }

  static let corpus: [[UInt8]] = [
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "\r\nGET http://[::1]:80/a?b HTTP/1.1\r\nHost: b\r\nConnection: x, keep-alive\r\n\r\n",
    "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n0\r\nT: u\r\n\r\n",
    "HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "PUT /%41%2f HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n",
  ].map { bytes($0) }

  /// What breaks parsers, to be put in anywhere.
  static let words: [[UInt8]] = [
    "\r\n", "\r\n\r\n", "\n", "\r", "\0", " ", "\t", ":", ";", ",", "%", "0", "-1", "+5", "ffff", "10000", "\u{80}",
    "\u{FF}",
    "HTTP/1.0", "HTTP/2.0", "HEAD ", "Host: a\r\n", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n",
    "Connection: close\r\n", "Expect: 100-continue\r\n", "0\r\n\r\n", "1\r\nx\r\n", "\"", "\\", "http://", "[::1]",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a: b\r\na: b\r\na: b\r\na: b\r\n",
  ].map { bytes($0) }

  static func mutated(_ random: inout Seeded) -> [UInt8] {
    var input = corpus[Int.random(in: 0..<corpus.count, using: &random)]
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let place = Int.random(in: 0...input.count, using: &random)
      let end = min(input.count, place + Int.random(in: 0...12, using: &random))
      switch Int.random(in: 0..<7, using: &random) {
      case 0: input.insert(UInt8.random(in: 0...255, using: &random), at: place)
      case 1: input.removeSubrange(place..<end)
      case 2 where place < input.count: input[place] = UInt8.random(in: 0...255, using: &random)
      case 3 where place < input.count: input[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 4: input.insert(contentsOf: Array(input[place..<end]), at: place)
      case 5: input += corpus[Int.random(in: 0..<corpus.count, using: &random)]
      default: input.insert(contentsOf: words[Int.random(in: 0..<words.count, using: &random)], at: place)
      }
    }
    return input
  }

  static func pieces(of input: [UInt8], _ random: inout Seeded) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var start = 0
    while start < input.count {
      let size = Int.random(in: 1...(Bool.random(using: &random) ? 3 : 60), using: &random)
      let end = min(input.count, start + size)
      pieces.append(Array(input[start..<end]))
      start = end
    }
    return pieces
  }

  /// Decides, answers and closes by what the request says, never by when it came.
  static let mixed = Drip.Rule(
    decide: { $0.path.utf8.count % 3 == 2 ? Response(status: 403, body: bytes("no")) : nil },
    answer: { Response(status: $0.body.count % 5 == 4 ? 204 : 200, body: $0.body, closes: $0.body.count == 7) })

  /// One seed; gives the events of the whole input.
  @discardableResult
  static func run(_ seed: UInt64) -> Drip.Trace {
    var random = Seeded(state: seed)
    let input = mutated(&random)
    let rule = [Drip.Rule.plain, .early, mixed][Int.random(in: 0..<3, using: &random)]
    let expected = Splits.trace(Splits.whole(input), rule, limits: limits)
    var cuts = [pieces(of: input, &random), pieces(of: input, &random)]
    if seed % 8 == 0 { cuts.append(Splits.byteByByte(input)) }
    for cut in cuts {
      let trace = Splits.trace(cut, rule, limits: limits)
      guard trace != expected else { continue }
      Issue.record("seed \(seed): \(cut.map { latin1($0) }) gives \(trace), whole \(expected)")
    }
    check(expected, seed)
    return expected
  }

  /// What holds for every conversation.
  private static func check(_ trace: Drip.Trace, _ seed: UInt64) {
    let refusals = trace.events.filter { if case .refuse = $0 { true } else { false } }.count
    let ends = trace.events.filter { $0 == .close }.count
    if refusals > 1 || ends != 1 || trace.events.last != .close { Issue.record("seed \(seed): \(trace.events)") }
    let heads = trace.heads.count
    if trace.requests.count > heads { Issue.record("seed \(seed): more requests than heads") }
    // Every head and every refusal outside of a body is answered once.
    let starts = trace.output.ranges(of: "X-Content-Type-Options: nosniff").count
    if starts > heads + refusals || starts < heads { Issue.record("seed \(seed): \(starts) answers to \(heads) heads") }
  }

  @Test(arguments: 0..<20) func bent(_ part: UInt64) {
    var refused: Set<WireError> = []
    var served = 0
    for seed in part * 1_000..<(part + 1) * 1_000 {
      let trace = Self.run(seed)
      if let error = trace.refusal { refused.insert(error) }
      served += trace.requests.count
    }
    // The mutations are neither all harmless nor all hopeless.
    #expect(refused.count >= 8 && served >= 200)
  }

  @Test("Seeds that failed once", arguments: [] as [UInt64]) func failing(_ seed: UInt64) { Self.run(seed) }
}
