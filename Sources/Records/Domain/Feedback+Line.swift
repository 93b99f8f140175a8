/// The lines of `feedback.jsonl`, `comments.jsonl` and `corrections.jsonl` (contract, section 1), without their LF.
extension Feedback {
  package func line() -> [UInt8] {
    attachedLine(to: exampleID, at: timestamp) { object in
      object.key("score")
      object.integer(score)
    }
  }

  package init(line bytes: [UInt8]) throws(LineError) {
    let line = try LineFields(bytes)
    guard let score = try line.element("score").integer, Feedback.scores.contains(score) else {
      throw .badField("score")
    }
    try self.init(exampleID: line.exampleID(), score: score, timestamp: line.timestamp())
  }
}

extension Comment {
  package func line() -> [UInt8] {
    attachedLine(to: exampleID, at: timestamp) { object in
      object.key("comment")
      object.string(comment)
    }
  }

  package init(line bytes: [UInt8]) throws(LineError) {
    let line = try LineFields(bytes)
    try self.init(exampleID: line.exampleID(), comment: line.text("comment"), timestamp: line.timestamp())
  }
}

extension Correction {
  package func line() -> [UInt8] {
    attachedLine(to: exampleID, at: timestamp) { object in
      object.key("corrected_message")
      object.string(correctedMessage)
    }
  }

  package init(line bytes: [UInt8]) throws(LineError) {
    let line = try LineFields(bytes)
    try self.init(
      exampleID: line.exampleID(), correctedMessage: line.text("corrected_message"), timestamp: line.timestamp())
  }
}

private func attachedLine(to id: ExampleID, at timestamp: Timestamp, _ body: (inout JSONWriter) -> Void) -> [UInt8] {
  var writer = JSONWriter(reserving: 160)
  writer.object { object in
    object.key("example_id")
    object.string(id.description)
    body(&object)
    object.key("timestamp")
    object.string(timestamp.description)
  }
  return writer.bytes
}
