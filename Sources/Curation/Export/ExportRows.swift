import Records
import TrainingLog

/// The rows of the dataset that a filter lets through.
struct ExportRows {
  let file: ReadOnlyFile
  let filter: ExportFilter
  /// Asked anew for each row: an erasure may begin while a long export is under way.
  let erasures: ErasureJournal?
  /// Called before each row, wanted or not.
  let eachRow: () throws -> Void

  /// Calls `body` with each row, its line and its offset.
  func read(_ body: (ExportRow, _ line: [UInt8], _ offset: Int) throws -> Void) throws {
    try LineReader().read(file) { line, offset in
      try eachRow()
      if let erasures, erasures.hidesSomething, let id = CuratedLine.id(of: line), erasures.hides(id) { return }
      guard let row = ExportRow(line) else { throw DatasetExport.Failure.damagedRow(offset: offset) }
      if filter.takes(row) { try body(row, line, offset) }
    }
  }
}

/// The turns of a curated row. The last two are the question and the answer.
struct ExportRow {
  let side: Side
  let language: String
  /// 0 when unrated.
  let score: Int
  let messages: [Message]

  init?(_ line: [UInt8]) {
    guard let root = try? JSONDocument(parsing: line).root, let items = root["messages"]?.items,
      let side = root["split"]?.string.flatMap(Side.init(rawValue:)), let language = root["language"]?.string,
      let score = root["score"]?.integer
    else { return nil }
    let messages = items.compactMap { item in
      item["role"]?.string.flatMap(Message.Role.init(rawValue:)).flatMap { role in
        item["content"]?.string.map { Message(role: role, content: $0) }
      }
    }
    guard messages.count == items.count, messages.suffix(2).map(\.role) == [.user, .assistant] else { return nil }
    self.side = side
    self.language = language
    self.score = score
    self.messages = messages
  }

  func openAI() -> [UInt8] {
    line { object in
      object.key("messages")
      object.turns(messages[...])
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
