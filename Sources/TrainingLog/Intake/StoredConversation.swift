import CZlib
import Privacy
import Records

/// A conversation ready to be stored: its line, and what the index will say of it. Can only be made from scrubbed text.
package struct StoredConversation: Sendable {
  package let id: ExampleID
  package let day: Day
  let line: [UInt8]
  let row: ExampleRow
  let conversation: Conversation
  let sent: SentFields
  let person: Person

  init(_ scrubbed: Scrubbed<Conversation>, rules: QualityRules, sent: SentFields, person: Person = Person()) {
    var conversation = scrubbed.value
    conversation.redactions = scrubbed.redactions.map { RedactionCount(type: $0.name, count: $0.count) }
    self.init(conversation, line: conversation.line(), sent: sent, person: person, rules: rules, hasPII: false)
  }

  /// A line that stands in a day file already. `hasPII`: today's scrubber finds something in it.
  init(reading conversation: Conversation, line: [UInt8], rules: QualityRules, hasPII: Bool) {
    self.init(conversation, line: line, sent: [], person: Person(), rules: rules, hasPII: hasPII)
  }

  private init(
    _ conversation: Conversation, line: [UInt8], sent: SentFields, person: Person, rules: QualityRules, hasPII: Bool
  ) {
    id = conversation.exampleID
    day = conversation.timestamp.day
    self.line = line
    self.sent = sent
    self.person = person
    self.conversation = conversation
    row = ExampleRow(
      id: id, day: day, offset: 0, length: line.count, crc: checksum(line),
      user: UInt64(conversation.userID, radix: 16) ?? 0, session: UInt64(conversation.sessionID, radix: 16) ?? 0,
      labels: .init(
        language: conversation.language, framework: conversation.framework, complexity: conversation.complexity,
        model: conversation.model, variant: conversation.variant),
      redactions: conversation.redactions, key: UInt64(conversation.idempotency.prefix(16), radix: 16) ?? 0,
      twin: ContentHash(question: conversation.userMessage, answer: conversation.assistantMessage).high,
      textReason: rules.textReason(
        question: conversation.userMessage, answer: conversation.assistantMessage, hasPII: hasPII))
  }
}

/// CRC-32 as zlib and gzip compute it (RFC 1952, section 8).
package func checksum(_ bytes: [UInt8]) -> UInt32 { UInt32(truncatingIfNeeded: crc32_z(0, bytes, bytes.count)) }
