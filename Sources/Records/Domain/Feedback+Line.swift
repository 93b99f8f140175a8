/// The lines of `feedback.jsonl`, `comments.jsonl` and `corrections.jsonl` (contract, section 1), without their LF.
extension Feedback {
  package func line() -> [UInt8] {
    attachedLine(to: exampleID, at: timestamp) { object in
      object.key("score")
      object.integer(score)
    }
  }

  package init(line bytes: [UInt8]) throws(LineError) {
    if let written = Feedback(written: bytes) {
      self = written
      return
    }
    let line = try LineFields(bytes)
    guard let score = try line.element("score").integer, Feedback.scores.contains(score) else {
      throw .badField("score")
    }
    try self.init(exampleID: line.exampleID(), score: score, timestamp: line.timestamp())
  }

  /// A line in the very form that `line()` gives it, which nearly all have: read at fixed places, a tenth of the work. nil
  /// for any other.
  private init?(written bytes: [UInt8]) {
    guard bytes.count == Self.written.count else { return nil }
    for (byte, form) in zip(bytes, Self.written) where form != Self.free && byte != form { return nil }
    let score = Int(bytes[61]) - Int(UInt8(ascii: "0"))
    // In bounds: as long as the form, in which these are the free places.
    guard Feedback.scores.contains(score),
      let id = ExampleID(String(decoding: bytes[15..<51], as: UTF8.self)),
      let timestamp = Timestamp(rfc3339: String(decoding: bytes[76..<100], as: UTF8.self))
    else { return nil }
    self.init(exampleID: id, score: score, timestamp: timestamp)
  }

  private static let free = UInt8(ascii: "*")
  private static let written = Array(
    #"{"example_id":"************************************","score":*,"timestamp":"************************"}"#.utf8)
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
