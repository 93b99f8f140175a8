import Privacy
import Records
import TrainingLog

/// Brings records and ratings together: a candidate of each record, in the same order.
struct Judgement {
  private(set) var candidates: [Candidate] = []
  private let rules: CurationRules
  private let ratings: RatingBook
  private var refusals: Refusals

  /// Adds the texts of corrected answers to the survey.
  init(
    _ survey: inout Survey, ratings: RatingBook, consent: ConsentLedger?, rules: CurationRules,
    ledger: inout SplitLedger, scrubber: Scrubber
  ) throws {
    refusals = Refusals(consent)
    self.rules = rules
    self.ratings = ratings
    var judge = LineJudge(scrubber: scrubber)
    var corrections = SurveyPart()
    var texts: [TextSurvey] = []
    var corrected: [Int: Int32] = [:]
    for number in ratings.corrected.compactMap({ survey.numbers[$0].map { Int($0) } }).sorted() {
      guard let correction = try ratings.correction(of: survey.records[number].id) else { continue }
      // The record is read again for its question; corrections are few.
      let question = try survey.conversation(number).userMessage
      corrected[number] = Int32(survey.storeOf.count + texts.count)
      texts.append(
        judge.survey(
          question: question, answer: correction.correctedMessage,
          hasPII: !scrubber.scrub(correction).redactions.isEmpty || survey.records[number].text.facts.contains(.hasPII),
          into: &corrections))
    }
    _ = survey.add(texts, corrections.bands, ShingleStore(corrections.shingles))
    candidates.reserveCapacity(survey.records.count)
    for (number, record) in survey.records.enumerated() {
      let side = ledger.side(ofGroup: record.group)
      let isContaminated = try rules.exclusion.map { try self.isContaminated(survey.conversation(number), $0) } ?? false
      let row = corrected[number]
      let text = row ?? Int32(number)
      candidates.append(
        candidate(record, survey.text(text), at: text, side, isCorrected: row != nil, isContaminated))
    }
  }

  private func isContaminated(_ conversation: Conversation, _ exclusion: Exclusion) throws -> Bool {
    let correction = try ratings.correction(of: conversation.exampleID)?.correctedMessage
    return exclusion.hit(in: conversation, correction: correction) != nil
  }

  private mutating func candidate(
    _ record: SurveyedRecord, _ text: TextSurvey, at row: Int32, _ side: Side, isCorrected: Bool,
    _ isContaminated: Bool
  ) -> Candidate {
    let score = ratings.score(of: record.id)
    let isRefused = refusals.contains(record.user)
    var broken = rules.broken(isRefused: isRefused, score: score, isCorrected: isCorrected, text: text)
    if isContaminated { broken.insert(.contaminated) }
    let original = record.text
    var negative: NegativeReason?
    if !isRefused, !isContaminated, !original.facts.contains(.blank), !original.facts.contains(.hasPII) {
      // A correction that changes nothing but white space corrects nothing.
      if isCorrected, original.hash != text.hash { negative = .corrected }
      if broken.first == .lowScore { negative = .lowScore }
    }
    return Candidate(side: side, score: UInt8(score), broken: broken, negative: negative, text: row)
  }
}

/// Who refuses to be trained on, each user looked up once.
private struct Refusals {
  private let ledger: ConsentLedger?
  private var known: [UInt64: Bool] = [:]

  init(_ ledger: ConsentLedger?) {
    // Nobody does, as a rule, and then nothing is looked up.
    self.ledger = ledger.flatMap { $0.refusesAnybody ? $0 : nil }
  }

  mutating func contains(_ user: UInt64) -> Bool {
    guard let ledger else { return false }
    if let known = known[user] { return known }
    let refuses = ledger.refuses(.training, user: Pseudonym(value: user))
    known[user] = refuses
    return refuses
  }
}
