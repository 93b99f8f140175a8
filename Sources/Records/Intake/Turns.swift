/// The question, the answer and what went before, from either form of a `POST /v1/log` body.
struct Turns {
  var question: String
  var answer: String
  var history: [Message]
}

extension BodyReader {
  mutating func turns() -> Turns? {
    guard let messages = element("messages") else {
      let question = requiredProse("user_message")
      let answer = requiredProse("assistant_message")
      let history = history()
      guard let question, let answer, let history else { return nil }
      return Turns(question: question, answer: answer, history: history)
    }
    for (name, element) in [
      ("user_message", element("user_message")), ("assistant_message", element("assistant_message")),
      ("history", element("history")),
    ] where element != nil {
      fail(name, "must be absent where messages is given")
    }
    return turns(of: messages)
  }

  private mutating func history() -> [Message]? {
    guard let element = element("history") else { return [] }
    guard element.kind == .array else {
      fail("history", "must be an array of {role, content}")
      return nil
    }
    var history: [Message] = []
    for (index, item) in element.items.enumerated() {
      var turn = BodyReader(item, at: "/history/\(index)", known: ["role", "content"])
      let role = turn.role()
      let content = turn.content(mayBeAbsent: false)
      add(turn.errors)
      if let role, let content { history.append(Message(role: role, content: content)) }
    }
    return history
  }

  /// OpenAI style: the last user and the last assistant turn are the example, earlier ones its history. Turns without text
  /// (an assistant's tool call) have nothing to learn from and are left out, but for those that the place of the question
  /// cannot be told without (`TurnOrder`).
  private mutating func turns(of element: JSONElement) -> Turns? {
    guard element.kind == .array else {
      fail("messages", "must be an array of messages")
      return nil
    }
    let before = errors.count
    var messages: [Message] = []
    var calls: Set<Int> = []
    for (index, item) in element.items.enumerated() {
      var turn = BodyReader(item, at: "/messages/\(index)", known: nil)
      let role = turn.role()
      let content = turn.content(mayBeAbsent: role == .assistant)
      add(turn.errors)
      guard let role, turn.errors.isEmpty else { continue }
      if content == nil { calls.insert(messages.count) }
      messages.append(Message(role: role, content: content ?? ""))
    }
    guard errors.count == before else { return nil }
    guard let question = messages.lastIndex(where: { $0.role == .user }) else {
      fail("messages", "must have a user turn")
      return nil
    }
    let answer = messages.indices.last { messages[$0].role == .assistant && !calls.contains($0) }
    guard let answer, answer > question else {
      fail("messages", "must have an assistant turn that answers the last user turn")
      return nil
    }
    for (index, name) in [(question, "user"), (answer, "assistant")] where messages[index].content.isBlank {
      fail("messages", "must not have a blank last \(name) turn")
      return nil
    }
    let earlier = (0..<question).filter { !calls.contains($0) }.map { messages[$0] }
    let between = question + 1..<answer
    var history = earlier + between.filter { !calls.contains($0) }.map { messages[$0] }
    if messages[between].contains(where: { $0.role == .tool }),
      TurnOrder.place(in: history.map(\.role)) != earlier.count
    {
      let whole = earlier + messages[between]
      if TurnOrder.place(in: whole.map(\.role)) == earlier.count { history = whole }
    }
    return Turns(question: messages[question].content, answer: messages[answer].content, history: history)
  }

  private mutating func role() -> Message.Role? {
    guard let text = requiredText("role") else { return nil }
    guard let role = Message.Role(rawValue: text) else {
      fail("role", "must be one of \(Message.Role.allCases.map(\.rawValue).joined(separator: ", "))")
      return nil
    }
    return role
  }

  /// A string, or an array of `{"type":"text","text":…}` parts, which are joined.
  private mutating func content(mayBeAbsent: Bool) -> String? {
    guard let element = element("content") else {
      if isObject, !mayBeAbsent { fail("content", "is required") }
      return nil
    }
    if let text = element.string { return text }
    guard element.kind == .array else {
      fail("content", "must be a string or an array of text parts")
      return nil
    }
    var text = ""
    for part in element.items {
      guard part["type"]?.isText("text") == true, let piece = part["text"]?.string else {
        fail("content", "must have text parts only")
        return nil
      }
      text += piece
    }
    return text
  }
}
