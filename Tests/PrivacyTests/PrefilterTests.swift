import Testing

@testable import Privacy

/// Dispatch only spares work: with tokens and words tried at every byte, the same spans are found.
@Suite struct PrefilterTests {
  static let unfiltered: CompiledRules? = try? CompiledRules(Rule.standard, prefilters: false)

  @Test(arguments: 1...40 as ClosedRange<UInt64>) func theFilterLosesNothing(seed: UInt64) throws {
    let unfiltered = try #require(Self.unfiltered)
    var random = Seeded(state: seed &+ 9_000)
    var found = 0
    for round in 0..<25 {
      let text = ScrubberPropertyTests.mix(&random)
      let bytes = Array(text.utf8)
      let (with, without) = bytes.withUnsafeBufferPointer { buffer in
        (
          Scan.spans(in: buffer, by: Scrubber.standard.rules).map(\.description),
          Scan.spans(in: buffer, by: unfiltered).map(\.description)
        )
      }
      #expect(with == without, "seed \(seed) round \(round): \(text.debugDescription)")
      found += with.count
    }
    #expect(found > 0)
  }

  /// Each row's own token, among random bytes.
  @Test func everyRowIsReachedThroughTheFilter() throws {
    let unfiltered = try #require(Self.unfiltered)
    for (index, rule) in Rule.tokens.enumerated() {
      guard case .token(let pattern) = rule.finder else { continue }
      var random = Seeded(state: UInt64(index))
      for left in ["", "x ", "\\n", "=", "是", "("] {
        let bytes = Array((left + PatternTests.sample(pattern, &random) + " y").utf8)
        bytes.withUnsafeBufferPointer { buffer in
          let with = Scan.spans(in: buffer, by: Scrubber.standard.rules).map(\.description)
          #expect(with == Scan.spans(in: buffer, by: unfiltered).map(\.description), "\(rule.name) behind \(left)")
        }
      }
    }
  }
}

extension Scan {
  fileprivate static func spans(in text: UnsafeBufferPointer<UInt8>, by rules: CompiledRules) -> [Span] {
    var disguise = Disguise()
    return spans(in: text, by: rules, undoing: &disguise)
  }
}

extension Scan.Span {
  fileprivate var description: String { "\(start)..<\(end) \(type.rawValue)" }
}
