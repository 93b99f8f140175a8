import Records

/// A row as formats take it that know no roles but two and demand that they alternate: one system text, then question and
/// answer in turn, beginning with a question and ending with an answer. LLaMA-Factory passes over every row that does not.
///
/// System and developer turns become the one text. What the other side says (user, tool) answers to the assistant, so it
/// stands in the question's place; turns of one side in a row are joined by a blank line (a user beside a tool makes it
/// the user's); an answer before the first question has nothing to answer and is left out.
struct AlternatingTurns {
  private(set) var system = ""
  private(set) var turns: [Message] = []

  init(_ row: ExportRow) {
    var systems: [String] = []
    for message in row.messages {
      switch message.role {
      case .system, .developer: systems.append(message.content)
      case .assistant: if !turns.isEmpty { append(message) }
      case .user, .tool: append(message)
      }
    }
    system = systems.joined(separator: "\n\n")
  }

  private mutating func append(_ message: Message) {
    guard let last = turns.last, (last.role == .assistant) == (message.role == .assistant) else {
      turns.append(message)
      return
    }
    turns[turns.count - 1] = Message(
      role: last.role == message.role ? last.role : .user, content: last.content + "\n\n" + message.content)
  }

  func shareGPT() -> [UInt8] {
    var writer = JSONWriter(reserving: 1_024)
    writer.object { object in
      object.key("conversations")
      object.array { array in
        if !system.isEmpty { array.turn("system", system) }
        for turn in turns {
          array.turn(turn.role == .assistant ? "gpt" : turn.role == .tool ? "tool" : "human", turn.content)
        }
      }
    }
    return writer.bytes
  }

  /// `input` is what the question builds on: the turns before it as a transcript, "" where there are none. Lists of turns,
  /// as some trainers take them, would be empty in most rows, and an empty list has no type.
  ///
  /// - Parameter hasSystem: whether the dataset has system texts anywhere, since all rows have the same keys.
  func alpaca(hasSystem: Bool) -> [UInt8] {
    var writer = JSONWriter(reserving: 1_024)
    writer.object { object in
      object.key("instruction")
      // The last two turns are always there: a row ends with a question and its answer.
      object.string(turns[turns.count - 2].content)
      object.key("input")
      object.string(transcript)
      object.key("output")
      object.string(turns[turns.count - 1].content)
      guard hasSystem else { return }
      object.key("system")
      object.string(system)
    }
    return writer.bytes
  }

  private var transcript: String {
    turns.dropLast(2).map { turn in
      let speaker = turn.role == .assistant ? "Assistant" : turn.role == .tool ? "Tool" : "User"
      return "\(speaker): \(turn.content)"
    }.joined(separator: "\n\n")
  }
}

extension JSONWriter {
  fileprivate mutating func turn(_ from: String, _ value: String) {
    object { object in
      object.key("from")
      object.string(from)
      object.key("value")
      object.string(value)
    }
  }
}
