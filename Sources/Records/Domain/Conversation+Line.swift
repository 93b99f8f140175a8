/// The conversation line of the contract, section 1: every key always present, in this order.
extension Conversation {
  /// One line without its LF.
  package func line() -> [UInt8] {
    var writer = JSONWriter(reserving: 512 + userMessage.utf8.count + assistantMessage.utf8.count)
    writer.object { line in
      line.key("example_id")
      line.string(exampleID.description)
      line.key("timestamp")
      line.string(timestamp.description)
      line.key("user_id")
      line.string(userID)
      line.key("session_id")
      line.string(sessionID)
      line.key("user_message")
      line.string(userMessage)
      line.key("assistant_message")
      line.string(assistantMessage)
      line.key("history")
      line.array { array in for message in history { message.write(to: &array) } }
      line.key("context")
      line.value(context)
      line.key("language")
      line.string(language)
      line.key("framework")
      line.string(framework)
      line.key("complexity")
      line.string(complexity)
      line.key("model")
      line.string(model)
      line.key("variant")
      line.string(variant)
      line.key("redactions")
      line.object { object in
        for redaction in redactions {
          object.key(redaction.type)
          object.integer(redaction.count)
        }
      }
      line.key("idempotency")
      line.string(idempotency)
    }
    return writer.bytes
  }

  package init(line bytes: [UInt8]) throws(LineError) {
    let line = try LineFields(bytes)
    try self.init(
      exampleID: line.exampleID(), timestamp: line.timestamp(), userID: line.text("user_id"),
      sessionID: line.text("session_id"), userMessage: line.text("user_message"),
      assistantMessage: line.text("assistant_message"), history: line.messages("history"),
      context: line.element("context").value, language: line.text("language"), framework: line.text("framework"),
      complexity: line.text("complexity"), model: line.text("model"), variant: line.text("variant"),
      redactions: line.counts("redactions"), idempotency: line.text("idempotency"))
  }
}

extension Message {
  /// `{"role":…,"content":…}`, as trainers' `messages` columns hold it.
  package func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.key("role")
      object.string(role.rawValue)
      object.key("content")
      object.string(content)
    }
  }
}
