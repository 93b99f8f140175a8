import Posix
import Privacy
import Records

/// Turns what a client sent into what may be stored: pseudonyms for ids, an id and a time where none was given, the names
/// of language and framework where the text tells them, and then the scrubber. Raw ids and raw text end here.
package struct ConversationLogger: Sendable {
  private let pseudonyms: LivePseudonyms
  private let consent: ConsentLedger
  private let scrubber: Scrubber
  private let rules: QualityRules
  private let journal: HMACSHA256
  private let scrubTimes: SharedHistogram
  private var ids = ExampleIDGenerator()
  private var random = KernelRandom()

  /// - Parameters:
  ///   - journalKey: hashes idempotency keys.
  ///   - scrubTimes: takes how long each conversation's scrubbing took.
  package init(
    pseudonyms: LivePseudonyms, consent: ConsentLedger, scrubber: Scrubber, rules: QualityRules,
    journalKey: [UInt8], scrubTimes: SharedHistogram
  ) {
    self.scrubTimes = scrubTimes
    self.pseudonyms = pseudonyms
    self.consent = consent
    self.scrubber = scrubber
    self.rules = rules
    journal = HMACSHA256(key: journalKey)
  }

  package mutating func prepare(
    _ submission: Submission, key: IdempotencyKey? = nil, now: Timestamp
  ) -> StoredConversation {
    var language = submission.language
    var framework = submission.framework
    if language == nil || framework == nil {
      let detected = StackDetector.detect(in: [submission.userMessage, submission.assistantMessage])
      language = language ?? detected.language
      framework = framework ?? detected.framework
    }
    let conversation = Conversation(
      exampleID: submission.exampleID ?? ids.next(now: now, using: &random), timestamp: submission.timestamp ?? now,
      userID: pseudonyms.present.user(submission.userID).description,
      sessionID: pseudonyms.present.session(submission.sessionID, of: submission.userID).description,
      userMessage: submission.userMessage, assistantMessage: submission.assistantMessage, history: submission.history,
      context: submission.context, language: language ?? "", framework: framework ?? "",
      complexity: submission.complexity, model: submission.model, variant: submission.variant,
      idempotency: key.map(hash) ?? "")
    let begin = Clocks.monotonicNanoseconds()
    let scrubbed = scrubber.scrub(conversation)
    scrubTimes.record(Clocks.monotonicNanoseconds() - begin)
    let person = Person(
      former: pseudonyms.formerIdentities(user: submission.userID, session: submission.sessionID),
      subject: consent.subject(ofUser: submission.userID))
    return StoredConversation(
      scrubbed, rules: rules, sent: submission.sent, person: person,
      refusalUnlessRepeated: submission.refusalUnlessRepeated)
  }

  /// 32 hexadecimal digits of a keyed hash: the key itself may name a person.
  private func hash(_ key: IdempotencyKey) -> String {
    String(
      journal.authenticate { hash in
        hash.update("idempotency:".utf8)
        hash.update(key.bytes)
      }.hex.prefix(32))
  }
}
