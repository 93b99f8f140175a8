import Privacy
import Records

/// What of each record is free text. The order is the order of numbering, question before answer.
extension Conversation: Scrubbable {
  package func scrubbed(by session: inout ScrubSession) -> Conversation {
    var clean = self
    clean.history = history.map { Message(role: $0.role, content: session.scrub($0.content)) }
    clean.userMessage = session.scrub(userMessage)
    clean.assistantMessage = session.scrub(assistantMessage)
    clean.context = context.mapTexts { session.scrub($0) }
    clean.language = session.scrub(language)
    clean.framework = session.scrub(framework)
    clean.complexity = session.scrub(complexity)
    clean.model = session.scrub(model)
    clean.variant = session.scrub(variant)
    return clean
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
