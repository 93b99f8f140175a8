/// A line of somebody else's log as a body of `POST /v1/log`, and the rating that stands in it. Members that are not in the
/// table are passed over.
package struct ImportedLine: Sendable {
  /// Each field and the names under which it is taken, the first that is there and not null. `messages` also has the
  /// shape of ShareGPT (`from`, `value`); `prompt` and `completion` may be lists of turns as TRL has them.
  package static let names: [(field: String, accepted: [String])] = [
    ("user_id", ["user_id", "user", "uid", "userId", "user_hash", "anonymous_id"]),
    ("session_id", ["session_id", "session", "sessionId", "session_hash", "conversation_id", "thread_id", "chat_id"]),
    ("user_message", ["user_message", "question", "prompt", "instruction", "input", "query"]),
    ("assistant_message", ["assistant_message", "answer", "completion", "response", "output", "reply"]),
    ("messages", ["messages", "conversations", "turns"]), ("history", ["history"]), ("example_id", ["example_id"]),
    ("timestamp", ["timestamp", "created_at", "createdAt", "time", "date", "ts"]),
    ("context", ["context", "metadata"]),
    ("language", ["language", "lang", "programming_language"]), ("framework", ["framework"]),
    ("complexity", ["complexity", "difficulty"]), ("model", ["model", "model_name"]),
    ("variant", ["variant", "experiment"]), ("score", ["score", "rating", "stars"]),
    ("comment", ["comment", "feedback_text"]), ("corrected_message", ["corrected_message", "correction"]),
  ]

  private static let ofRating = ["score", "comment", "corrected_message"]

  /// In the names of the contract.
  package let body: [UInt8]
  /// The same of a rating but for its example: name and text.
  package let rating: [(name: String, value: String)]

  package init(_ root: JSONElement) throws(InvalidFields) {
    guard root.kind == .object else {
      throw InvalidFields(errors: [FieldError(pointer: "", detail: "must be a JSON object")])
    }
    var found: [(name: String, value: JSONValue)] = []
    for (field, accepted) in Self.names {
      for name in accepted {
        guard let value = root.members.first(where: { $0.key.string == name })?.value, !value.isNull else { continue }
        found.append((field, value.value))
        break
      }
    }
    func value(_ name: String) -> JSONValue? { found.first { $0.name == name }?.value }
    if case .array(let prompt) = value("user_message"), case .array(let answer) = value("assistant_message") {
      found.removeAll { ["user_message", "assistant_message", "messages"].contains($0.name) }
      found.append(("messages", .array(prompt + answer)))
    }
    // Of two forms of one conversation the whole one.
    if value("messages") != nil {
      found.removeAll { ["user_message", "assistant_message", "history"].contains($0.name) }
    }
    var writer = JSONWriter(reserving: 1_024)
    writer.object { object in
      for (name, value) in found where !Self.ofRating.contains(name) {
        if name == "example_id", case .string(let text) = value, ExampleID(text) == nil { continue }
        object.key(name)
        object.value(Self.translated(value, name))
      }
      // One session a user where the log knows none.
      if value("session_id") == nil {
        object.key("session_id")
        object.string("import")
      }
    }
    body = writer.bytes
    rating =
      value("score") == nil
      ? []
      : Self.ofRating.compactMap { name in
        switch value(name) {
        case .string(let text): (name, text)
        case .number(let text): (name, text)
        default: nil
        }
      }
    if !rating.isEmpty { _ = try Rating(parameters: [("example_id", "")] + rating) }
  }

  private static func translated(_ value: JSONValue, _ name: String) -> JSONValue {
    switch (name, value) {
    case ("timestamp", .string(let text)): .string(time(text))
    case ("timestamp", .number(let text)): Double(text).map { .string(time($0)) } ?? value
    case ("user_id", .number(let text)), ("session_id", .number(let text)): .string(text)
    case ("messages", .array(let turns)): .array(turns.map(turn))
    default: value
    }
  }

  /// Seconds or milliseconds since 1970: the former until the year 5138.
  private static func time(_ number: Double) -> String {
    let milliseconds = abs(number) < 1e11 ? number * 1000 : number
    return Timestamp(milliseconds: Int64(max(0, min(milliseconds, 9e15)))).description
  }

  /// A date alone, or one with a space before the time, as databases write them: UTC where nothing else is said.
  private static func time(_ text: String) -> String {
    if Timestamp(rfc3339: text) != nil { return text }
    if Timestamp(rfc3339: text + "T00:00:00Z") != nil { return text + "T00:00:00Z" }
    let joined = text.replacing(" ", with: "T", maxReplacements: 1)
    return Timestamp(rfc3339: joined) != nil ? joined : joined + "Z"
  }

  private static let speakers = [
    "human": "user", "gpt": "assistant", "bot": "assistant", "observation": "tool", "ai": "assistant",
  ]

  private static func turn(_ turn: JSONValue) -> JSONValue {
    guard case .object(let members) = turn else { return turn }
    func text(_ name: String) -> String? {
      if case .string(let text) = members.first(where: { $0.name == name })?.value { text } else { nil }
    }
    guard let from = text("from"), let value = text("value") else { return turn }
    return .object([
      .init(name: "role", value: .string(speakers[from] ?? from)), .init(name: "content", value: .string(value)),
    ])
  }
}
