import Records
import TrainingLog

/// The rows of the dataset that a filter lets through.
struct ExportRows {
  let file: ReadOnlyFile
  let filter: ExportFilter
  /// Asked anew for each row: an erasure may begin while a long export is under way.
  let erasures: ErasureJournal?
  /// Put before rows that have no system text of their own; nil for none.
  var systemPrompt: String?
  /// Called before each row, wanted or not.
  let eachRow: () throws -> Void

  /// Calls `body` with each row, its line and its offset.
  func read(_ body: (ExportRow, _ line: [UInt8], _ offset: Int) throws -> Void) throws {
    try LineReader().read(file) { line, offset in
      try eachRow()
      try erasures?.readOn()
      if let erasures, erasures.hidesSomething, let id = CuratedLine.id(of: line), erasures.hides(id) { return }
      let row = try reader.row(line, offset)
      if filter.takes(row) { try body(row, line, offset) }
    }
  }

  var reader: Reader { Reader(file: file, systemPrompt: systemPrompt) }

  /// Makes rows of lines, on any thread.
  struct Reader: Sendable {
    let file: ReadOnlyFile
    let systemPrompt: String?

    /// A row that was read before.
    func row(at place: LinePlace) throws -> ExportRow {
      try row(file.read(at: place.offset, count: place.length), place.offset)
    }

    fileprivate func row(_ line: [UInt8], _ offset: Int) throws -> ExportRow {
      guard var row = ExportRow(line) else { throw DatasetExport.Failure.damagedRow(offset: offset) }
      if let systemPrompt { row.begin(with: systemPrompt) }
      return row
    }
  }
}

/// The turns of a curated row, in the order in which they were said. The last is the answer, the last of the user the
/// question.
struct ExportRow {
  let id: String
  let side: Side
  let language: String
  /// 0 when unrated.
  let score: Int
  /// Of negatives alone.
  let reason: NegativeReason?
  private(set) var messages: [Message]
  /// The line has them in another order: earlier versions put the question behind the results of its tools.
  private(set) var isReordered = false

  init?(_ line: [UInt8]) {
    guard let root = try? JSONDocument(parsing: line).root, let items = root["messages"]?.items,
      let side = root["split"]?.string.flatMap(Side.init(rawValue:)), let language = root["language"]?.string,
      let score = root["score"]?.integer, let id = root["example_id"]?.string
    else { return nil }
    let messages = items.compactMap { item in
      item["role"]?.string.flatMap(Message.Role.init(rawValue:)).flatMap { role in
        item["content"]?.string.map { Message(role: role, content: $0) }
      }
    }
    guard messages.count == items.count, messages.last?.role == .assistant,
      messages.contains(where: { $0.role == .user })
    else { return nil }
    self.id = id
    reason = root["reason"]?.string.flatMap(NegativeReason.init(rawValue:))
    self.side = side
    self.language = language
    self.score = score
    self.messages = messages
    putInOrder()
  }

  private mutating func putInOrder() {
    guard messages[messages.count - 2].role == .user else { return }
    let history = Array(messages.dropLast(2))
    let order = TurnOrder(history.map(\.role)) { history[$0].content.isBlank }
    guard order.before.count < history.count else { return }
    isReordered = true
    messages =
      order.before.map { history[$0] } + [messages[history.count]] + order.after.map { history[$0] }
      + messages.suffix(1)
  }

  var hasTools: Bool { messages.contains { $0.role == .tool } }

  mutating func begin(with systemPrompt: String) {
    guard !messages.contains(where: { $0.role == .system || $0.role == .developer }) else { return }
    messages.insert(Message(role: .system, content: systemPrompt), at: 0)
  }

  var answer: String { messages[messages.count - 1].content }
  /// There is one in every row.
  var question: String { messages.last { $0.role == .user }?.content ?? "" }

  /// The curated line with the turns as they are here.
  func messages(in line: [UInt8]) -> [UInt8] {
    self.line { object in
      for (key, value) in (try? JSONDocument(parsing: line).root.members) ?? [] {
        object.key(key.string ?? "")
        if key.isText("messages") { object.turns(messages[...]) } else { object.value(value.value) }
      }
    }
  }

  func openAI() -> [UInt8] {
    line { object in
      object.key("messages")
      object.turns(messages[...])
    }
  }

  func kto(label: Bool) -> [UInt8] {
    line { object in
      object.key("prompt")
      object.turns(messages.dropLast())
      object.key("completion")
      object.turns(messages.suffix(1))
      object.key("label")
      object.bool(label)
    }
  }

  /// This answer as the chosen one, over that of another row.
  func dpo(over rejected: ExportRow) -> [UInt8] {
    line { object in
      object.key("prompt")
      object.turns(messages.dropLast())
      object.key("chosen")
      object.turns(messages.suffix(1))
      object.key("rejected")
      object.turns(rejected.messages.suffix(1))
    }
  }

  func promptCompletion() -> [UInt8] {
    line { object in
      object.key("prompt")
      object.turns(messages.dropLast())
      object.key("completion")
      object.turns(messages.suffix(1))
    }
  }

  private func line(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter(reserving: 256 + messages.reduce(0) { $0 + $1.content.utf8.count })
    writer.object(body)
    return writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func turns(_ messages: ArraySlice<Message>) {
    array { array in for message in messages { message.write(to: &array) } }
  }
}
