import Privacy
import Records

/// Access and portability (GDPR articles 15 and 20).
extension TrainingLog {
  /// Everything held on a user, a JSON object a line, each with a `type`: the records as they are stored
  /// (`conversation`), then `feedback`, `comment` and `correction` lines, then the history of refusals (`consent`).
  ///
  /// As of the moment of the call, in pieces; nothing is held up meanwhile.
  ///
  /// - Parameters:
  ///   - userID: as the backend names the user.
  ///   - sink: gets whole lines, each with its LF.
  package func exportUser(_ userID: String, to sink: (ArraySlice<UInt8>) throws -> Void) throws {
    let rows = try scan(ofUsers: pseudonyms.users(userID)) { _, rows in rows }
    for row in rows.values.sorted(by: { $0.id < $1.id }) {
      // One that was erased since the call began is gone.
      if let line = try commit.withWriter({ try $0.storedLine(of: row.id) }) {
        try sink(Self.typed("conversation", line)[...])
      }
    }
    for (name, type) in [(LogFileName.feedback, "feedback"), (.comments, "comment"), (.corrections, "correction")] {
      guard let lines = try commit.withWriter({ try $0.syncedLines(of: name) }) else { continue }
      try lines.forEach { line in
        guard let id = LineLead.id(of: line) ?? Self.id(of: line), rows[id] != nil, !erasures.hides(id) else { return }
        try sink(Self.typed(type, line)[...])
      }
    }
    for change in consent.history(of: consent.hasher.hash(userID: userID)) {
      try sink(Self.typed("consent", change.publicLine())[...])
    }
  }

  private static func id(of line: [UInt8]) -> ExampleID? {
    (try? JSONDocument(parsing: line).root["example_id"]?.string).flatMap { $0 }.flatMap { ExampleID($0) }
  }

  private static func typed(_ type: String, _ object: [UInt8]) -> [UInt8] {
    Array("{\"type\":\"\(type)\",".utf8) + object.dropFirst() + [UInt8(ascii: "\n")]
  }
}

extension ConsentChange {
  /// What concerns the user; the hashes are ours.
  fileprivate func publicLine() -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("at")
      object.string(at.description)
      object.key("purpose")
      object.string(purpose.rawValue)
      object.key("state")
      object.string(state.rawValue)
    }
    return writer.bytes
  }
}
