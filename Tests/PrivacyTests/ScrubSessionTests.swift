import Testing

@testable import Privacy

@Suite struct ScrubSessionTests {
  @Test func theSameValueHasTheSameNumberInEveryText() {
    var session = Scrubber.standard.begin()
    #expect(session.scrub("a@firm.de b@firm.de") == "[EMAIL_1] [EMAIL_2]")
    #expect(session.scrub("b@firm.de 83.48.57.51 c@firm.de a@firm.de") == "[EMAIL_2] [IP_1] [EMAIL_3] [EMAIL_1]")
    #expect(session.redactions.map(\.name) == ["EMAIL", "IP"])
    #expect(session.redactions.map(\.count) == [3, 1])
    #expect(session.redactions.total == 4)
  }

  @Test(arguments: ["", "nothing", "a@firm.de é 83.48.57.51", "password：Winter1993 漢 a@firm.de", "\0a@firm.de"])
  func bytesAreScrubbedAsTheirText(_ text: String) {
    let standard = Scrubber.standard
    var bytes = Array(text.utf8)
    standard.scrub(utf8: &bytes)
    #expect(bytes == Array(standard.scrub(text: text).value.utf8))
    var broken = Array(text.utf8) + [0xC3, 0x28, 0xED, 0xA0, 0x80] + Array(" b@firm.de".utf8)
    let repaired = standard.scrub(text: String(decoding: broken, as: UTF8.self)).value
    standard.scrub(utf8: &broken)
    #expect(broken == Array(repaired.utf8))
  }

  @Test(
    "A bare number that is a member's value becomes a text, so that JSON stays JSON",
    arguments: [
      (#"{"card":4539148803436467,"n":1}"#, #"{"card":"[CARD_1]","n":1}"#),
      (#"{ "card" : 4539148803436467 }"#, #"{ "card" : "[CARD_1]" }"#),
      (#"{"a":"{\"card\":4539148803436467}"}"#, #"{"a":"{\"card\":\"[CARD_1]\"}"}"#),
      (
        #"{"a":"{\"b\":\"{\\\"card\\\": 4539148803436467}\"}"}"#,
        #"{"a":"{\"b\":\"{\\\"card\\\": \\\"[CARD_1]\\\"}\"}"}"#
      ),
      (#"{"card":"4539148803436467"}"#, #"{"card":"[CARD_1]"}"#),
      ("card: 4539148803436467", "card: [CARD_1]"), (#""card 4539148803436467""#, #""card [CARD_1]""#),
      ("case \"visa\": 4539148803436467;", "case \"visa\": [CARD_1];"),
    ])
  func members(_ text: String, _ clean: String) {
    #expect(Scrubber.standard.scrub(text: text).value == clean)
    #expect(Scrubber.standard.scrub(text: clean).value == clean)
  }

  @Test(
    "What grows, shrinks and stays as long as it was, in any order",
    arguments: ["83.48.57.51", "a@b.de", "PASSWORD=Tr0ub4dor", "mila.brandt@northwind-labs.de"].flatMap { first in
      ["83.48.57.51", "a@b.de", "PASSWORD=Tr0ub4dor", "mila.brandt@northwind-labs.de"].map { "\(first) - \($0)" }
    })
  func anyLength(_ pair: String) {
    let standard = Scrubber.standard
    let clean = pair.split(separator: " - ").map { standard.scrub(text: String($0)).value }
    let both = standard.scrub(text: "é \(pair) 漢").value
    #expect(both.hasPrefix("é \(clean[0]) - ") && both.hasSuffix(" 漢"))
    #expect(both.filter { $0 != "1" && $0 != "2" } == "é \(clean[0]) - \(clean[1]) 漢".filter { $0 != "1" && $0 != "2" })
  }

  @Test func aCommentIsNumberedFromAboveItsRecord() {
    var counts = Redactions()
    counts[.email] = 2
    let comment = Scrubber.standard.scrub("write b@firm.de from 83.48.57.51", startingAbove: counts)
    #expect(comment.value == "write [EMAIL_3] from [IP_1]")
    #expect(comment.redactions[.email] == 1)
  }

  @Test func redactionsAddTypeByType() {
    var sum = Redactions()
    sum[.user] = 2
    var other = Redactions()
    other[.user] = 1
    other[.card] = 5
    sum.add(other)
    #expect(sum.map(\.name) == ["CARD", "USER"])
    #expect(sum[.user] == 3)
    #expect(Redactions.none.isEmpty)
  }

  @Test(arguments: ["+", "[a", "[z-a]", "[a]{3", "a{3}", "[a]{1,}a", "(a", "a)(", "", "[a]{9,2}", "\\"])
  func aPatternOutsideTheSubsetIsRefused(pattern: String) {
    #expect(throws: PatternError.self) { try Scrubber(rules: [.token("bad", .secret, pattern)]) }
  }

  @Test func aRowIsAllThatAVendorNeeds() throws {
    let scrubber = try Scrubber(rules: [.token("acme", .secret, "acme-[a-z0-9]{12}")])
    #expect(scrubber.scrub(text: "use acme-k3j8x0q2m5p7.").value == "use [SECRET_1].")
  }
}

/// SplitMix64.
struct Seeded {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
