import Records

/// One row of `training_data.jsonl` or `preferences.jsonl` (contract, section 1: curated line).
struct CuratedRow {
  let conversation: Conversation
  /// The published answer; the original one for a negative.
  let answer: String
  let score: Int
  let side: Side
  /// Only in `preferences.jsonl`.
  var reason: NegativeReason?

  /// One line with its LF.
  func line() -> [UInt8] {
    var writer = JSONWriter(reserving: 512 + conversation.userMessage.utf8.count + answer.utf8.count)
    writer.object { line in
      line.key("messages")
      line.array { messages in
        for message in conversation.history { message.write(to: &messages) }
        Message(role: .user, content: conversation.userMessage).write(to: &messages)
        Message(role: .assistant, content: answer).write(to: &messages)
      }
      line.key("example_id")
      line.string(conversation.exampleID.description)
      line.key("score")
      line.integer(score)
      line.key("language")
      line.string(conversation.language)
      line.key("framework")
      line.string(conversation.framework)
      line.key("complexity")
      line.string(conversation.complexity)
      line.key("model")
      line.string(conversation.model)
      line.key("date")
      line.string(conversation.timestamp.day.description)
      line.key("split")
      line.string(side.rawValue)
      if let reason {
        line.key("reason")
        line.string(reason.rawValue)
      }
    }
    writer.bytes.append(UInt8(ascii: "\n"))
    return writer.bytes
  }
}
