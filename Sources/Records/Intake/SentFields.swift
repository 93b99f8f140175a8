/// Which fields a client sent with a conversation. What it left out is no part of "the same body" when it sends again.
package struct SentFields: OptionSet, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let exampleID = SentFields(rawValue: 1 << 0)
  package static let timestamp = SentFields(rawValue: 1 << 1)
  package static let history = SentFields(rawValue: 1 << 2)
  package static let context = SentFields(rawValue: 1 << 3)
  package static let language = SentFields(rawValue: 1 << 4)
  package static let framework = SentFields(rawValue: 1 << 5)
  package static let complexity = SentFields(rawValue: 1 << 6)
  package static let model = SentFields(rawValue: 1 << 7)
  package static let variant = SentFields(rawValue: 1 << 8)
}

extension Conversation {
  /// Whether this is `stored` sent once more: every field sent, as it would be stored, is what stands there.
  ///
  /// Compared are the lines, byte by byte, since `==` on String is canonical equivalence.
  package func repeats(_ stored: Conversation, sent: SentFields) -> Bool {
    var again = self
    again.idempotency = stored.idempotency
    if !sent.contains(.exampleID) { again.exampleID = stored.exampleID }
    if !sent.contains(.timestamp) { again.timestamp = stored.timestamp }
    if !sent.contains(.history) { again.history = stored.history }
    if !sent.contains(.context) { again.context = stored.context }
    if !sent.contains(.language) { again.language = stored.language }
    if !sent.contains(.framework) { again.framework = stored.framework }
    if !sent.contains(.complexity) { again.complexity = stored.complexity }
    if !sent.contains(.model) { again.model = stored.model }
    if !sent.contains(.variant) { again.variant = stored.variant }
    // Values found in fields not sent are missing from these counts; the texts say it all.
    again.redactions = stored.redactions
    return again.withoutCalls.line() == stored.withoutCalls.line()
  }

  /// Without the assistant's turns that have no text: earlier versions left all of them out.
  private var withoutCalls: Conversation {
    var conversation = self
    conversation.history.removeAll { $0.role == .assistant && $0.content.isEmpty }
    return conversation
  }
}
