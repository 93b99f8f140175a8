/// A record of the training log: one question, one answer and what came with them (contract, section 1).
package struct Conversation: Equatable, Sendable {
  package var exampleID: ExampleID
  package var timestamp: Timestamp
  /// Pseudonyms: 16 lower-case hexadecimal digits.
  package var userID: String
  package var sessionID: String
  package var userMessage: String
  package var assistantMessage: String
  package var history: [Message]
  package var context: JSONValue
  package var language: String
  package var framework: String
  package var complexity: String
  package var model: String
  package var variant: String
  /// Type of what was removed → number of distinct values, in a fixed order of types.
  package var redactions: [RedactionCount]
  /// Keyed hash of the Idempotency-Key (32 hexadecimal digits), or "".
  package var idempotency: String

  package init(
    exampleID: ExampleID, timestamp: Timestamp, userID: String, sessionID: String, userMessage: String,
    assistantMessage: String, history: [Message] = [], context: JSONValue = .null, language: String = "",
    framework: String = "", complexity: String = "", model: String = "", variant: String = "",
    redactions: [RedactionCount] = [], idempotency: String = ""
  ) {
    self.exampleID = exampleID
    self.timestamp = timestamp
    self.userID = userID
    self.sessionID = sessionID
    self.userMessage = userMessage
    self.assistantMessage = assistantMessage
    self.history = history
    self.context = context
    self.language = language
    self.framework = framework
    self.complexity = complexity
    self.model = model
    self.variant = variant
    self.redactions = redactions
    self.idempotency = idempotency
  }
}

package struct RedactionCount: Hashable, Sendable {
  /// The type as the contract spells it, such as `EMAIL`.
  package var type: String
  package var count: Int

  package init(type: String, count: Int) {
    self.type = type
    self.count = count
  }
}
