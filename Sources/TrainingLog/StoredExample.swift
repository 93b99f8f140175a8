import Records

/// One example with all that is known of it now.
package struct StoredExample: Sendable {
  /// As it stands in its file, without the LF.
  package let line: [UInt8]
  /// The last rating, 0 when there is none.
  package let score: Int
  /// The last comment and the last corrected answer.
  package var comment: String?
  package var correctedMessage: String?

  /// The stored line's members in their order, then `score`, `comment` and `corrected_message` (`null` when there is
  /// none).
  package func json() -> [UInt8] {
    var writer = JSONWriter(reserving: line.count + 256)
    writer.object { object in
      for (key, value) in (try? JSONDocument(parsing: line).root.members) ?? [] {
        object.key(key.string ?? "")
        object.value(value.value)
      }
      object.key("score")
      object.integer(score)
      object.key("comment")
      if let comment { object.string(comment) } else { object.null() }
      object.key("corrected_message")
      if let correctedMessage { object.string(correctedMessage) } else { object.null() }
    }
    return writer.bytes
  }
}

extension TrainingLog {
  /// Reads an example; nil when none of that id is stored. Blocks: it waits for the commit under way, and comments and
  /// corrections are looked for in the whole of their files.
  package func example(_ id: ExampleID) throws -> StoredExample? {
    guard let place = try commit.withWriter({ try $0.place(of: id) }) else { return nil }
    guard try Conversation(line: place.line).exampleID == id else { throw LineError.badField("example_id") }
    var example = StoredExample(line: place.line, score: place.score)
    if let comments = place.comments {
      example.comment = try comments.last(of: id) { line throws(LineError) in
        let comment = try Comment(line: line)
        return (comment.exampleID, comment.comment)
      }
    }
    if let corrections = place.corrections {
      example.correctedMessage = try corrections.last(of: id) { line throws(LineError) in
        let correction = try Correction(line: line)
        return (correction.exampleID, correction.correctedMessage)
      }
    }
    return example
  }
}
