/// A conversation as a client sends it to `POST /v1/log`: raw ids and raw text. Never stored, never logged.
package struct Submission: Sendable {
  package static let idCharactersMax = 256
  package static let labelCharactersMax = 128
  package static let complexityCharactersMax = 64

  package var exampleID: ExampleID?
  package var timestamp: Timestamp?
  package var userID: String
  package var sessionID: String
  package var userMessage: String
  package var assistantMessage: String
  package var history: [Message]
  package var context: JSONValue
  /// nil where the client named none: the service detects it.
  package var language: String?
  package var framework: String?
  package var complexity: String
  package var model: String
  package var variant: String
  package var sent: SentFields = []
  /// Of a `timestamp` outside the window, where the body can be a repeat: what was stored in time is acknowledged again
  /// whatever the clock says by now, so whoever knows what is stored decides. nil where the time is no matter.
  package private(set) var refusalUnlessRepeated: InvalidFields?

  private static let known: [StaticString] = [
    "user_id", "session_id", "user_message", "assistant_message", "messages", "example_id", "timestamp", "context",
    "history", "language", "framework", "model", "variant", "complexity",
  ]

  private static let optional: [(StaticString, SentFields)] = [
    ("example_id", .exampleID), ("timestamp", .timestamp), ("history", .history), ("messages", .history),
    ("context", .context), ("language", .language), ("framework", .framework), ("complexity", .complexity),
    ("model", .model), ("variant", .variant),
  ]

  /// Reads a body by the rules of the contract, section 2; throws every broken rule at once.
  ///
  /// - Parameter hasKey: whether an Idempotency-Key came with it.
  package init(_ root: JSONElement, window: AcceptanceWindow, hasKey: Bool = false) throws(InvalidFields) {
    var body = BodyReader(root, known: Self.known)
    let userID = body.identifier("user_id")
    let sessionID = body.identifier("session_id")
    let turns = body.turns()
    exampleID = body.exampleID("example_id", window: window)
    timestamp = body.timestamp("timestamp")
    context = body.element("context")?.value ?? .null
    language = body.text("language", charactersMax: Self.labelCharactersMax)
    framework = body.text("framework", charactersMax: Self.labelCharactersMax)
    model = body.text("model", charactersMax: Self.labelCharactersMax) ?? ""
    variant = body.text("variant", charactersMax: Self.labelCharactersMax) ?? ""
    complexity = body.complexity("complexity") ?? ""
    for (name, field) in Self.optional where body.element(name) != nil { sent.insert(field) }
    if let fault = timestamp.flatMap(window.fault(of:)) {
      var untimely = body
      untimely.fail("timestamp", fault)
      let refusal = InvalidFields(errors: untimely.errors)
      guard body.errors.isEmpty, hasKey || exampleID != nil else { throw refusal }
      refusalUnlessRepeated = refusal
    }
    try body.check()
    // Every value that can be nil here has left an error behind, so the check has thrown.
    guard let userID, let sessionID, let turns else { throw InvalidFields(errors: body.errors) }
    self.userID = userID
    self.sessionID = sessionID
    userMessage = turns.question
    assistantMessage = turns.answer
    history = turns.history
  }
}

extension BodyReader {
  mutating func identifier(_ name: StaticString) -> String? {
    guard let id = requiredText(name, charactersMax: Submission.idCharactersMax) else { return nil }
    guard !id.isEmpty else {
      fail("\(name)", "must have 1 to \(Submission.idCharactersMax) characters")
      return nil
    }
    return id
  }

  fileprivate mutating func exampleID(_ name: StaticString, window: AcceptanceWindow) -> ExampleID? {
    guard let text = text(name) else { return nil }
    guard let id = ExampleID(text) else {
      fail("\(name)", "must be a UUIDv7")
      return nil
    }
    guard id.timestamp <= window.latest else {
      fail("\(name)", "must be at most 5 minutes ahead")
      return nil
    }
    return id
  }

  fileprivate mutating func timestamp(_ name: StaticString) -> Timestamp? {
    guard let text = text(name) else { return nil }
    guard let timestamp = Timestamp(rfc3339: text) else {
      fail("\(name)", "must be an RFC 3339 date and time with its offset, such as 2026-01-31T12:00:00Z")
      return nil
    }
    return timestamp
  }

  fileprivate mutating func complexity(_ name: StaticString) -> String? {
    guard let element = element(name) else { return nil }
    guard let text = element.string ?? element.numberText else {
      fail("\(name)", "must be a string or a number")
      return nil
    }
    guard text.hasAtMost(Submission.complexityCharactersMax) else {
      fail("\(name)", "must have at most \(Submission.complexityCharactersMax) characters")
      return nil
    }
    return text
  }
}
