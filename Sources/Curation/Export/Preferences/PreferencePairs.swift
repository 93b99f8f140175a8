import Records

/// The pairs for DPO: of two answers to one prompt the better rated, and a correction over its original.
///
/// Both stand on one side of the split. Two rated answers make a pair when their scores are 2 apart and they differ
/// (Jaccard of their word 5-shingles below 0.9); the chosen one is good. A correction wins over its original whatever
/// they share, since what a human changed is what is to be learnt.
struct PreferencePairs {
  static let scoreGap = 2.0
  static let jaccardBelow = 0.9
  /// Pairs of one negative, and good answers that are tried for them, so that a prompt of a thousand answers makes
  /// thousands of pairs, not a million.
  static let partnersMax = 4
  static let triesMax = 16

  /// Numbers of answers, in the order of the chosen, then of the rejected.
  private(set) var pairs: [(chosen: Int, rejected: Int)] = []
  private(set) var corrected = 0
  var rated: Int { pairs.count - corrected }

  /// - Parameter answer: the text of an answer.
  init(_ answers: [RatedAnswer], answer: (Int) throws -> String) throws {
    var originals: [String: Int] = [:]
    var good: [Group: [Int]] = [:]
    for (number, answer) in answers.enumerated() {
      if answer.origin == .original { originals[answer.id] = number }
      if answer.origin == .published, answer.score >= Double(QualityRules().goodScore) {
        good[Group(answer), default: []].append(number)
      }
    }
    for (number, answer) in answers.enumerated() where answer.origin == .correction {
      guard let original = originals[answer.id], answers[original].text != answer.text else { continue }
      pairs.append((number, original))
      corrected += 1
    }
    var maker = ShingleMaker()
    var sets: [Int: [UInt32]] = [:]
    func set(_ number: Int) throws -> [UInt32] {
      if let set = sets[number] { return set }
      let set = maker.make(question: "", answer: try answer(number)).set
      sets[number] = set
      return set
    }
    var turns: [Group: Int] = [:]
    for (number, bad) in answers.enumerated() where bad.isRated && bad.origin.isNegative {
      guard let partners = good[Group(bad)] else { continue }
      // Each begins with another one, so that all good answers get their share.
      let first = turns[Group(bad), default: 0]
      turns[Group(bad)] = first + 1
      var found = 0
      for turn in 0..<min(partners.count, Self.triesMax) where found < Self.partnersMax {
        let chosen = partners[(first + turn) % partners.count]
        guard answers[chosen].score - bad.score >= Self.scoreGap, answers[chosen].text != bad.text,
          Jaccard.of(try set(chosen), try set(number)) < Self.jaccardBelow
        else { continue }
        pairs.append((chosen, number))
        found += 1
      }
      sets[number] = nil
    }
    pairs.sort { $0 < $1 }
  }

  private struct Group: Hashable {
    let prompt: ContentHash
    let side: Side

    init(_ answer: RatedAnswer) {
      prompt = answer.prompt
      side = answer.side
    }
  }
}
