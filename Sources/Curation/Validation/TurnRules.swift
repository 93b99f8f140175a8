import Records

/// What the turns of a row must be for a trainer to take it, by format.
struct TurnRules {
  let format: ExportFormat

  func faults(of row: JSONElement) -> [String] {
    switch format {
    case .messages, .openai: conversation(row, "messages")
    case .promptCompletion: prompted(row, ["completion"])
    case .kto: prompted(row, ["completion"]) + label(row)
    case .dpo: prompted(row, ["chosen", "rejected"]) + distinct(row)
    case .sharegpt: alternating(row)
    case .alpaca: texts(row)
    }
  }

  private func roles(_ row: JSONElement, _ column: StaticString) -> [Message.Role?] {
    (row[column]?.items ?? []).map { $0["role"]?.string.flatMap(Message.Role.init(rawValue:)) }
  }

  /// Each turn has a role that chat templates know and a text; at least one is there.
  private func turns(_ row: JSONElement, _ column: StaticString) -> [String] {
    let items = row[column]?.items ?? []
    if items.isEmpty { return ["\(column) has no turn"] }
    if roles(row, column).contains(nil) { return ["\(column) has a turn without a role that chat templates know"] }
    if items.contains(where: { $0["content"]?.string == nil }) {
      return ["\(column) has a turn whose content is no text"]
    }
    return tools(items, roles(row, column), column)
  }

  /// A result answers a call, which was made for somebody; openai wants to know for which (OpenAI, "Function calling").
  private func tools(_ items: [JSONElement], _ roles: [Message.Role?], _ column: StaticString) -> [String] {
    guard let first = roles.firstIndex(of: .tool) else { return [] }
    guard roles[..<first].contains(.user) else { return ["\(column) has a turn of a tool before any of the user"] }
    let isNamed = zip(items, roles).allSatisfy { $1 != .tool || $0["tool_call_id"]?.string?.isBlank == false }
    return format != .openai || isNamed
      ? [] : ["\(column) has a turn of a tool without its tool_call_id, which openai demands"]
  }

  private func conversation(_ row: JSONElement, _ column: StaticString) -> [String] {
    let faults = turns(row, column)
    guard faults.isEmpty else { return faults }
    let roles = roles(row, column)
    // What stands between a question and its answer is there for the tools.
    let tail = roles[((roles.lastIndex(of: .user) ?? roles.count - 1) + 1)...]
    guard tail == [.assistant] || (tail.last == .assistant && tail.contains(.tool)) else {
      return ["\(column) does not end with a question and its answer"]
    }
    return blank(row[column]?.items.last, "the answer")
  }

  /// TRL takes turns or plain texts ("Dataset formats and types"), in all columns the same.
  private func prompted(_ row: JSONElement, _ answers: [StaticString]) -> [String] {
    let texts = (["prompt"] + answers).filter { row[$0]?.kind == .string }
    if texts.isEmpty { return prompt(row) + answers.flatMap { single(row, $0) } }
    guard texts.count > answers.count else { return ["some columns are texts and others lists of turns"] }
    return texts.filter { row[$0]?.string?.isBlank == true }.map { "\($0) is blank" }
  }

  private func prompt(_ row: JSONElement) -> [String] {
    let faults = turns(row, "prompt")
    guard faults.isEmpty else { return faults }
    let last = roles(row, "prompt").last
    return last == .user || last == .tool ? [] : ["prompt does not end with a turn of the user or a tool"]
  }

  private func single(_ row: JSONElement, _ column: StaticString) -> [String] {
    let faults = turns(row, column)
    guard faults.isEmpty else { return faults }
    guard roles(row, column) == [.assistant] else { return ["\(column) is not one turn of the assistant"] }
    return blank(row[column]?.items.last, "\(column)")
  }

  private func blank(_ turn: JSONElement?, _ name: String) -> [String] {
    turn?["content"]?.string?.isBlank == false ? [] : ["\(name) is blank"]
  }

  private func label(_ row: JSONElement) -> [String] {
    if case .bool = row["label"]?.value { return [] }
    return ["label is not true or false"]
  }

  private func distinct(_ row: JSONElement) -> [String] {
    let answers = ["chosen", "rejected"].map { (column: StaticString) in
      ContentHash(question: "", answer: row[column]?.string ?? row[column]?.items.first?["content"]?.string ?? "")
    }
    return answers[0] == answers[1] ? ["chosen and rejected are the same"] : []
  }

  private func alternating(_ row: JSONElement) -> [String] {
    var speakers = (row["conversations"]?.items ?? []).map { $0["from"]?.string ?? "" }
    if speakers.first == "system" { speakers.removeFirst() }
    guard !speakers.isEmpty, speakers.count.isMultiple(of: 2) else {
      return ["conversations do not end with an answer to a question"]
    }
    guard speakers[0] != "tool" else { return ["conversations do not begin with a turn of human"] }
    for (index, speaker) in speakers.enumerated() {
      let isAnswer = !index.isMultiple(of: 2)
      guard isAnswer ? speaker == "gpt" : speaker == "human" || speaker == "tool" else {
        return ["conversations do not alternate between human and gpt"]
      }
    }
    let values = (row["conversations"]?.items ?? []).map { $0["value"]?.string }
    if values.contains(nil) { return ["conversations has a turn whose value is no text"] }
    return values.last??.isBlank == false ? [] : ["the answer is blank"]
  }

  private func texts(_ row: JSONElement) -> [String] {
    var faults: [String] = []
    for column in ["instruction", "input", "output"] as [StaticString] where row[column]?.string == nil {
      faults.append("\(column) is no text")
    }
    if row["instruction"]?.string?.isBlank == true, row["input"]?.string?.isBlank == true {
      faults.append("instruction and input are blank")
    }
    if row["output"]?.string?.isBlank == true { faults.append("output is blank") }
    return faults
  }
}
