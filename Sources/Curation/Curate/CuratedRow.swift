import Records

/// One row of `training_data.jsonl` or `preferences.jsonl` (contract, section 1: curated line).
struct CuratedRow {
  /// A line that is a record.
  let record: JSONElement
  let exampleID: ExampleID
  let day: Day
  /// Published in place of the record's answer.
  let correction: String?
  let score: Int
  let side: Side
  /// Only in `preferences.jsonl`.
  var reason: NegativeReason?

  /// One line with its LF. Texts are taken over as they stand in the record, where they stand in it as they would here.
  func line() -> [UInt8] {
    var writer = JSONWriter(reserving: 512 + record.byteCount + (correction?.utf8.count ?? 0))
    writer.object { line in
      line.key("messages")
      line.array { messages in
        let history = record["history"]?.items ?? []
        let order = Self.order(history)
        for index in order.before { messages.turn(history[index]) }
        messages.turn("user") { $0.string(of: record["user_message"]) }
        for index in order.after { messages.turn(history[index]) }
        messages.turn("assistant") { content in
          if let correction { content.string(correction) } else { content.string(of: record["assistant_message"]) }
        }
      }
      line.key("example_id")
      line.string(exampleID.description)
      line.key("score")
      line.integer(score)
      for name: StaticString in ["language", "framework", "complexity", "model"] {
        line.key(name)
        line.string(of: record[name])
      }
      line.key("date")
      line.string(day.description)
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

  private static func order(_ history: [JSONElement]) -> TurnOrder {
    // A stored line has known roles alone.
    TurnOrder(history.map { $0["role"]?.string.flatMap(Message.Role.init(rawValue:)) ?? .user }) {
      history[$0]["content"]?.string?.isBlank == true
    }
  }
}

extension JSONWriter {
  fileprivate mutating func turn(_ turn: JSONElement) {
    object { object in
      object.key("role")
      object.string(of: turn["role"])
      object.key("content")
      object.string(of: turn["content"])
    }
  }

  fileprivate mutating func turn(_ role: StaticString, _ content: (inout JSONWriter) -> Void) {
    object { object in
      object.key("role")
      object.string("\(role)")
      object.key("content")
      content(&object)
    }
  }
}
