import Privacy
import Records

/// A conversation ready to be stored: its line, and what the index will say of it. Can only be made from scrubbed text.
///
/// A class, since it changes hands six times between the loop and the committer: as a value each time would count up and
/// down every text in it, on two cores at once.
package final class StoredConversation: Sendable {
  package let id: ExampleID
  package let day: Day
  let line: [UInt8]
  let row: ExampleRow
  /// Only of what can be sent again: to compare it with.
  let repeatable: Conversation?
  let sent: SentFields
  let person: Person
  /// `Submission.refusalUnlessRepeated`.
  let refusalUnlessRepeated: InvalidFields?

  convenience init(
    _ scrubbed: Scrubbed<Conversation>, rules: QualityRules, sent: SentFields, person: Person = Person(),
    refusalUnlessRepeated: InvalidFields? = nil
  ) {
    var conversation = scrubbed.value
    conversation.redactions = scrubbed.redactions.map { RedactionCount(type: $0.name, count: $0.count) }
    self.init(
      conversation, line: conversation.line(), sent: sent, person: person,
      refusalUnlessRepeated: refusalUnlessRepeated, rules: rules, hasPII: false)
  }

  /// A line that stands in a day file already. `hasPII`: today's scrubber finds something in it.
  convenience init(reading conversation: Conversation, line: [UInt8], rules: QualityRules, hasPII: Bool) {
    self.init(
      conversation, line: line, sent: [], person: Person(), refusalUnlessRepeated: nil, rules: rules, hasPII: hasPII)
  }

  private init(
    _ conversation: Conversation, line: [UInt8], sent: SentFields, person: Person,
    refusalUnlessRepeated: InvalidFields?, rules: QualityRules, hasPII: Bool
  ) {
    id = conversation.exampleID
    day = conversation.timestamp.day
    self.line = line
    self.sent = sent
    self.person = person
    self.refusalUnlessRepeated = refusalUnlessRepeated
    let key = UInt64(conversation.idempotency.prefix(16), radix: 16) ?? 0
    // Only what a client can name may be sent again.
    repeatable = key != 0 || sent.contains(.exampleID) ? conversation : nil
    row = ExampleRow(
      id: id, day: day, offset: 0, length: line.count, crc: checksum(line),
      user: UInt64(conversation.userID, radix: 16) ?? 0, session: UInt64(conversation.sessionID, radix: 16) ?? 0,
      labels: .init(
        language: conversation.language, framework: conversation.framework, complexity: conversation.complexity,
        model: conversation.model, variant: conversation.variant),
      redactions: conversation.redactions, key: key,
      twin: ContentHash(question: conversation.userMessage, answer: conversation.assistantMessage).high,
      textReason: rules.textReason(
        question: conversation.userMessage, answer: conversation.assistantMessage, hasPII: hasPII))
  }
}
