import Records

/// A live record together with its ratings: what the rules for one record say of it. Its number is the record's.
struct Candidate: Sendable {
  let side: Side
  /// The last rating, 0 when unrated.
  let score: UInt8
  /// Every rule for one record that it breaks.
  let broken: BrokenRules
  /// Set when its original answer is a negative.
  let negative: NegativeReason?
  /// The question and the published answer: their row in the survey.
  let text: Int32

  /// Why the record alone keeps it out of the dataset, if it does; the first of the order.
  var reason: LeftOut? { broken.first }
}

/// Rules for one record, in the order in which they are looked at.
struct BrokenRules: Sendable {
  private static let order: [LeftOut] = [
    .optedOut, .lowScore, .blank, .tooShort, .pii, .unclosedFence, .repetition, .refusal, .contaminated,
  ]

  private var bits: UInt16 = 0

  mutating func insert(_ rule: LeftOut) {
    guard let bit = Self.order.firstIndex(of: rule) else { preconditionFailure("\(rule) is no rule for one record") }
    bits |= 1 << UInt16(bit)
  }

  func contains(_ rule: LeftOut) -> Bool {
    Self.order.firstIndex(of: rule).map { bits >> UInt16($0) & 1 == 1 } ?? false
  }

  var count: Int { bits.nonzeroBitCount }
  var first: LeftOut? { bits == 0 ? nil : Self.order[bits.trailingZeroBitCount] }
  var all: [LeftOut] { Self.order.indices.filter { bits >> UInt16($0) & 1 == 1 }.map { Self.order[$0] } }
}

/// Why an answer stands in `preferences.jsonl`.
package enum NegativeReason: String, Sendable {
  /// Rated below good, and no correction stands.
  case lowScore = "low_score"
  /// A correction stands: this is the answer that it replaced.
  case corrected

  /// Where a number must do; 0 stands for none.
  var code: UInt8 {
    switch self {
    case .lowScore: 1
    case .corrected: 2
    }
  }
}
