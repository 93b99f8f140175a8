import Testing

@testable import HTTPWire

/// Ways to cut the same bytes; each must lead to the same events.
enum Splits {
  static func whole(_ input: [UInt8]) -> [[UInt8]] { [input] }

  static func byteByByte(_ input: [UInt8]) -> [[UInt8]] { input.map { [$0] } }

  static func at(_ index: Int, _ input: [UInt8]) -> [[UInt8]] { [Array(input[..<index]), Array(input[index...])] }

  /// Two pieces, cut at every place; inputs over 2,000 bytes at 40 places from either end and every 2003rd between.
  static func everyPoint(_ input: [UInt8]) -> [[[UInt8]]] {
    (0...input.count).filter { place in
      input.count <= 2_000 || place <= 40 || place + 40 >= input.count || place % 2003 == 0
    }.map { at($0, input) }
  }

  static func trace(
    _ pieces: [[UInt8]], _ rule: Drip.Rule = .plain, limits: WireLimits = WireLimits(), ends: Bool = true
  ) -> Drip.Trace {
    var drip = Drip(rule, limits: limits)
    for piece in pieces { drip.feed(piece) }
    if ends { drip.end() }
    return drip.trace
  }

  /// Feeds the input whole, byte by byte and cut at every place, demands the same events and answers, and gives them.
  @discardableResult
  static func check(
    _ input: [UInt8], _ rule: Drip.Rule = .plain, limits: WireLimits = WireLimits(), ends: Bool = true,
    _ location: SourceLocation = #_sourceLocation
  ) -> Drip.Trace {
    let expected = trace(whole(input), rule, limits: limits, ends: ends)
    let dripped = trace(byteByByte(input), rule, limits: limits, ends: ends)
    #expect(dripped == expected, "byte by byte: \(latin1(input).debugDescription)", sourceLocation: location)
    for pieces in everyPoint(input) {
      let cut = trace(pieces, rule, limits: limits, ends: ends)
      guard cut != expected else { continue }
      #expect(
        cut == expected, "cut at \(pieces[0].count): \(latin1(input).debugDescription)", sourceLocation: location)
      break
    }
    return expected
  }
}

extension Drip.Trace {
  var refusal: WireError? { events.lazy.compactMap { if case .refuse(let error) = $0 { error } else { nil } }.first }
  var heads: [String] { events.compactMap { if case .head(let text) = $0 { text } else { nil } } }
  var requests: [String] { events.compactMap { if case .request(let text) = $0 { text } else { nil } } }
  /// The status codes answered, in order, by a reader of its own.
  var statuses: [Int] { Answer.all(in: output).map(\.status) }
}
