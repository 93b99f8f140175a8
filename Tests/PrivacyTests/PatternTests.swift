import Foundation
import Testing

@testable import Privacy

/// The engine against an independent one: a row's pattern is also a regular expression, but for its full stops.
@Suite struct PatternTests {
  static let patterns = [
    "ab[0-9]{3}", "[ab]{2}c[0-9]{1,3}", "a[b-d]{2,}-[0-9]{2}", "x.[a-c]{1,2}.[0-9]{0,2}", "[a-c]{3}x[0-9]{2,4}",
    "a([b]{1,3})c", "[0-9]{1,2}/[a]{2}", "ab-[a-c_-]{3,5}", "[a-c]{2}-x[0-9]",
  ]

  static func expression(_ pattern: String) throws -> NSRegularExpression {
    // Runs give nothing back: possessive. A token is over where neither its last alphabet nor a word goes on.
    var text = ""
    var inSet = false
    for character in pattern {
      if character == "[" { inSet = true }
      if character == "]" { inSet = false }
      text += character == "." && !inSet ? "\\." : String(character)
      if character == "}" { text += "+" }
    }
    return try NSRegularExpression(pattern: "(?<![A-Za-z0-9_])(?:\(text))(?!(?<=[A-Za-z0-9_])[A-Za-z0-9_])")
  }

  @Test(arguments: patterns) func aPatternMatchesWhatARegularExpressionDoes(pattern: String) throws {
    let rule = Rule(name: "row", type: .secret, finder: .token(pattern), check: .none)
    let scrubber = try Scrubber(rules: [rule])
    let expression = try Self.expression(pattern)
    let alphabet = Array("abcdx0123_-./ ")
    var matched = 0
    for seed in 0..<6_000 as Range<UInt64> {
      var random = Seeded(state: seed)
      var text = ""
      for _ in 0..<1 + random.next() % 12 { text.append(alphabet[Int(random.next() % UInt64(alphabet.count))]) }
      // Half of the texts begin like the pattern, so that many match.
      if seed.isMultiple(of: 2) { text = Self.sample(pattern, &random) + text.prefix(Int(random.next() % 4)) }
      let first = expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text))
      let found = scrubber.scrub(text: text).redactions[.secret] > 0
      // Where the set of the last run goes on behind its most bytes, the token is not over.
      if found != (first != nil), let first, !found, Self.goesOn(text, first, pattern) { continue }
      #expect(found == (first != nil), "seed \(seed): \(text.debugDescription)")
      if found { matched += 1 }
    }
    #expect(matched > 100)
  }

  private static func goesOn(_ text: String, _ match: NSTextCheckingResult, _ pattern: String) -> Bool {
    guard let end = Range(match.range, in: text)?.upperBound, end < text.endIndex else { return false }
    let next = text[end]
    return pattern.hasSuffix("}") && (next == "-" || next == "_" || next.isNumber || next.isLetter)
  }

  /// A text that the pattern matches.
  static func sample(_ pattern: String, _ random: inout Seeded) -> String {
    guard let pattern = try? Pattern(pattern) else { return "" }
    var text = ""
    for element in pattern.elements {
      switch element {
      case .open, .close: continue
      case .literal(let byte): text.unicodeScalars.append(Unicode.Scalar(byte))
      case .run(let set, let least, let most):
        let members = (0...127 as ClosedRange<UInt8>).filter(set.contains)
        let count = least + Int(random.next() % UInt64(min(most, least + 3) - least + 1))
        for _ in 0..<count {
          text.unicodeScalars.append(Unicode.Scalar(members[Int(random.next() % UInt64(members.count))]))
        }
      }
    }
    return text
  }

  /// Dispatch only spares work: with every bit set, the same tokens are found.
  @Test func dispatchLosesNothing() throws {
    let rules = Rule.tokens.map { Rule(name: $0.name, type: $0.type, finder: $0.finder, check: .none) }
    for seed in 0..<400 as Range<UInt64> {
      var random = Seeded(state: seed)
      let rule = rules[Int(random.next() % UInt64(rules.count))]
      guard case .token(let pattern) = rule.finder else { continue }
      let token = Self.sample(pattern, &random)
      let alone = try Scrubber(rules: [rule]).scrub(text: "\(token) ;").value
      let among = try Scrubber(rules: rules).scrub(text: "\(token) ;").value
      #expect(alone != "\(token) ;", "\(rule.name) seed \(seed): \(token)")
      #expect(among != "\(token) ;", "\(rule.name) seed \(seed): \(token)")
    }
  }

  @Test func everyRowHasANameOfItsOwn() {
    let names = Rule.standard.map(\.name)
    let twice = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys
    #expect(twice.isEmpty, "\(twice)")
  }

  /// What a row of the table finds is found wherever it stands, and a shorter one is not.
  @Test(arguments: Rule.tokens.map(\.name)) func aRowFindsItsTokenAndNotItsBeginning(name: String) throws {
    let rule = try #require(Rule.tokens.first { $0.name == name })
    guard case .token(let pattern) = rule.finder else { return }
    let scrubber = try Scrubber(rules: [Rule(name: name, type: rule.type, finder: rule.finder, check: .none)])
    for seed in 0..<8 as Range<UInt64> {
      var random = Seeded(state: seed)
      let token = Self.sample(pattern, &random)
      for (left, right) in [("", ""), ("x = \"", "\""), ("\\n", "\\n"), ("是", "。"), ("(", ")")] {
        #expect(scrubber.scrub(text: left + token + right).redactions.total == 1, "\(left)\(token)\(right)")
      }
      let least = try Pattern(pattern).elements.reduce(0) { sum, element in
        if case .run(_, let min, _) = element { sum + min } else if case .literal = element { sum + 1 } else { sum }
      }
      let short = String(token.prefix(least - 1))
      #expect(scrubber.scrub(text: short).redactions.isEmpty, "\(short)")
      #expect(scrubber.scrub(text: "a" + token).redactions.isEmpty || !token.first!.isLetter && !token.first!.isNumber)
    }
  }
}
