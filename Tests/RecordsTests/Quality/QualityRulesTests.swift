import Testing

@testable import Records

/// Contract, section 6: the rules that one record can break on its own.
@Suite("Rules of quality")
struct QualityRulesTests {
  static let good = String(repeating: "x", count: 50)

  @Test(
    "Score: at least 4, or none, or a correction stands",
    arguments: [
      (0, false, nil), (1, false, .lowScore), (2, false, .lowScore), (3, false, .lowScore), (4, false, nil),
      (5, false, nil),
      (1, true, nil), (3, true, nil), (5, true, nil), (0, true, nil),
    ] as [(Int, Bool, LeftOut?)])
  func score(score: Int, isCorrected: Bool, reason: LeftOut?) {
    #expect(
      QualityRules().reason(score: score, isCorrected: isCorrected, question: "q", answer: Self.good, hasPII: false)
        == reason)
  }

  @Test(
    "Text: both there, the answer at least 50 scalars once trimmed",
    arguments: [
      ("q", good, nil), ("q", String(good.dropLast()), .tooShort), ("q", "  " + good.dropLast() + " \n", .tooShort),
      ("q", "\n" + good + "\n", nil), ("", good, .blank), (" \n\u{A0}", good, .blank), ("q", "", .blank),
      ("q", " \t", .blank),
      ("q", String(repeating: "é", count: 50), nil), ("q", String(repeating: "é", count: 49), .tooShort),
      ("q", String(repeating: "😀", count: 50), nil), ("q", String(repeating: "e\u{301}", count: 25), nil),
      ("q", "x" + String(repeating: " ", count: 48) + "x", nil),
      ("q", "x" + String(repeating: " ", count: 47) + "x", .tooShort),
      ("q", "\u{3000}" + good.dropLast() + "\u{2028}", .tooShort),
    ] as [(String, String, LeftOut?)])
  func text(question: String, answer: String, reason: LeftOut?) {
    #expect(QualityRules().textReason(question: question, answer: answer, hasPII: false) == reason)
  }

  @Test("One reason each: score before blank before short before personal data")
  func precedence() {
    let rules = QualityRules()
    #expect(rules.reason(score: 1, isCorrected: false, question: "", answer: "", hasPII: true) == .lowScore)
    #expect(rules.reason(score: 5, isCorrected: false, question: "", answer: "x", hasPII: true) == .blank)
    #expect(rules.reason(score: 5, isCorrected: false, question: "q", answer: "x", hasPII: true) == .tooShort)
    #expect(rules.reason(score: 5, isCorrected: false, question: "q", answer: Self.good, hasPII: true) == .pii)
  }

  @Test("Thresholds can be set")
  func thresholds() {
    var rules = QualityRules()
    rules.goodScore = 3
    rules.answerCharactersMin = 2
    #expect(rules.reason(score: 3, isCorrected: false, question: "q", answer: "xy", hasPII: false) == nil)
    #expect(rules.reason(score: 2, isCorrected: false, question: "q", answer: "xy", hasPII: false) == .lowScore)
    #expect(rules.textReason(question: "q", answer: "x", hasPII: false) == .tooShort)
  }

  @Test("The names of the reasons, as the statistics print them")
  func names() {
    #expect(
      LeftOut.allCases.map(\.rawValue) == [
        "opted_out", "low_score", "blank", "too_short", "pii", "exact_duplicate", "near_duplicate", "moat",
        "unclosed_fence", "repetition", "refusal", "contaminated", "over_cap",
      ])
  }
}
