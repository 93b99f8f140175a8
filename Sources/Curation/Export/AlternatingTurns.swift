import Records

/// A row as formats take it that know no roles but two and demand that they alternate: one system text, then question and
/// answer in turn, beginning with a question and ending with an answer. LLaMA-Factory passes over every row that does not.
///
/// System and developer turns become the one text. What the other side says (user, tool) answers to the assistant, so it
/// stands in the question's place; turns of one side in a row are joined by a blank line (a user beside a tool makes it
/// the user's); an answer before the first question has nothing to answer and is left out. Alpaca has a transcript in which
/// each can speak in its own name, so there the results of tools stand apart.
struct AlternatingTurns {
  private(set) var system = ""
  private(set) var turns: [Message] = []

  private let keepsToolsApart: Bool

  init(_ row: ExportRow, keepsToolsApart: Bool = false) {
    self.keepsToolsApart = keepsToolsApart
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
    func isOfOneSide(_ last: Message) -> Bool {
      keepsToolsApart ? last.role == message.role : (last.role == .assistant) == (message.role == .assistant)
    }
    guard let last = turns.last, isOfOneSide(last) else {
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

  /// `input` is what the answer builds on beside the question: the other turns as a transcript, "" where there are none.
  /// Lists of turns, as some trainers take them, would be empty in most rows, and an empty list has no type.
  ///
  /// - Parameter hasSystem: whether the dataset has system texts anywhere, since all rows have the same keys.
  func alpaca(hasSystem: Bool) -> [UInt8] {
    // A row has a question, and ends with its answer.
    let question = turns.lastIndex { $0.role == .user } ?? 0
    var writer = JSONWriter(reserving: 1_024)
    writer.object { object in
      object.key("instruction")
      object.string(turns[question].content)
      object.key("input")
      object.string(transcript(without: question))
      object.key("output")
      object.string(turns[turns.count - 1].content)
      guard hasSystem else { return }
      object.key("system")
      object.string(system)
    }
    return writer.bytes
  }

  private func transcript(without question: Int) -> String {
    turns.indices.dropLast().filter { $0 != question }.map { index in
      let turn = turns[index]
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
