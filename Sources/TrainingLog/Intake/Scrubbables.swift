import Privacy
import Records

/// What of each record is free text. The order is the order of numbering, question before answer.
extension Conversation: Scrubbable {
  package func scrubbed(by session: inout ScrubSession) -> Conversation {
    var clean = self
    clean.history = history.map { Message(role: $0.role, content: session.scrub($0.content)) }
    clean.userMessage = session.scrub(userMessage)
    clean.assistantMessage = session.scrub(assistantMessage)
    clean.context = session.scrub(context)
    clean.language = session.scrub(language)
    clean.framework = session.scrub(framework)
    clean.complexity = session.scrub(complexity)
    clean.model = session.scrub(model)
    clean.variant = session.scrub(variant)
    return clean
  }
}

extension ScrubSession {
  /// Each text on its own, and then all of them once more where they stand: what a value is, its key may tell. A number
  /// that goes becomes a text.
  fileprivate mutating func scrub(_ value: JSONValue) -> JSONValue {
    let alone = value.mapTexts { scrub($0) }
    switch alone {
    case .array, .object: break
    case .null, .bool, .number, .string: return alone
    }
    var writer = JSONWriter()
    writer.value(alone)
    let text = String(decoding: writer.bytes, as: UTF8.self)
    let clean = Array(scrub(text).utf8)
    if clean == writer.bytes { return alone }
    // Whatever has become of it, what was found is not stored.
    return (try? JSONDocument(parsing: clean).root.value) ?? .string(String(decoding: clean, as: UTF8.self))
  }
}

extension Comment: Scrubbable {
  package func scrubbed(by session: inout ScrubSession) -> Comment {
    var clean = self
    clean.comment = session.scrub(comment)
    return clean
  }
}

extension Correction: Scrubbable {
  package func scrubbed(by session: inout ScrubSession) -> Correction {
    var clean = self
    clean.correctedMessage = session.scrub(correctedMessage)
    return clean
  }
}

extension Redactions {
  /// From the counts of a stored record; types that this version does not know are left out.
  init(_ counts: [RedactionCount]) {
    self.init()
    for count in counts {
      if let type = RedactionType(rawValue: count.type) { self[type] = count.count }
    }
  }
}
