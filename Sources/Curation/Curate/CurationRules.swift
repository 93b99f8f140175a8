import Records

/// Every rule of a run with its threshold, as the manifest prints them. The defaults are the contract's, section 6.
package struct CurationRules: Sendable {
  /// What one record must be.
  package var quality = QualityRules()
  /// Jaccard from which two texts are near-duplicates.
  package var nearDuplicate = 0.75
  /// Jaccard from which a training text is too near to a held-out one; above 1 there is no moat.
  package var moat = 0.5
  /// Rules that are off unless asked for, in the order in which they are looked at.
  package var optional: [LeftOut] = []

  /// Evaluation sets that must not be learnt by heart; nil where none were named.
  package var exclusion: Exclusion?
  /// Caps; off unless asked for.
  package var balance = Balance()

  package static let optionalRules: [LeftOut] = [.unclosedFence, .repetition, .refusal]

  package init() {}

  /// The reasons for which an example can be left out, in the order in which they are looked at.
  var reasons: [LeftOut] {
    RejectionCounts.always + optional + (exclusion == nil ? [] : [.contaminated]) + (balance.isOff ? [] : [.overCap])
  }

  /// The rules for one record that it breaks, in their order.
  func broken(isRefused: Bool, score: Int, isCorrected: Bool, text: TextSurvey) -> BrokenRules {
    var broken = BrokenRules()
    if isRefused { broken.insert(.optedOut) }
    if score > 0, score < quality.goodScore, !isCorrected { broken.insert(.lowScore) }
    if text.facts.contains(.blank) {
      broken.insert(.blank)
    } else if Int(text.answerCharacters) < quality.answerCharactersMin {
      broken.insert(.tooShort)
    }
    if text.facts.contains(.hasPII) { broken.insert(.pii) }
    guard !optional.isEmpty else { return broken }
    for (rule, fact) in [
      (LeftOut.unclosedFence, TextFacts.unclosedFence), (.repetition, .repetition), (.refusal, .refusal),
    ] where optional.contains(rule) && text.facts.contains(fact) {
      broken.insert(rule)
    }
    return broken
  }
}
