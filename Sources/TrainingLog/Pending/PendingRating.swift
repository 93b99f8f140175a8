import Privacy
import Records

/// A rating that came before its conversation, scrubbed; a line of `state/pending.jsonl`.
///
/// Comment and correction are numbered from 1 each, since the record's counts are not known yet; what was removed is
/// counted, so that the numbers can be moved up when they are.
struct PendingRating: Equatable {
  let id: ExampleID
  var score: Int
  var comment: Text?
  var correction: Text?
  var timestamp: Timestamp

  struct Text: Equatable {
    let text: String
    let redactions: Redactions

    init(text: String, redactions: Redactions) {
      self.text = text
      self.redactions = redactions
    }
  }

  /// A later rating replaces the score; a comment or correction stands until a later one replaces it.
  func merged(with later: PendingRating) -> PendingRating {
    PendingRating(
      id: id, score: later.score, comment: later.comment ?? comment, correction: later.correction ?? correction,
      timestamp: later.timestamp)
  }

  func line() -> [UInt8] {
    var writer = JSONWriter(reserving: 256)
    writer.object { object in
      object.key("example_id")
      object.string(id.description)
      object.key("score")
      object.integer(score)
      for (name, text): (StaticString, Text?) in [("comment", comment), ("corrected_message", correction)] {
        object.key(name)
        guard let text else {
          object.null()
          continue
        }
        object.object { object in
          object.key("text")
          object.string(text.text)
          object.key("redactions")
          object.object { counts in
            for (type, count) in text.redactions {
              counts.key(type)
              counts.integer(count)
            }
          }
        }
      }
      object.key("timestamp")
      object.string(timestamp.description)
    }
    return writer.bytes
  }

  /// nil for a line that is none.
  init?(line: [UInt8]) {
    guard let root = try? JSONDocument(parsing: line).root,
      let id = root["example_id"]?.string.flatMap({ ExampleID($0) }),
      let score = root["score"]?.integer, Feedback.scores.contains(score),
      let timestamp = root["timestamp"]?.string.flatMap({ Timestamp(rfc3339: $0) })
    else { return nil }
    self.init(
      id: id, score: score, comment: root["comment"].flatMap(Text.init),
      correction: root["corrected_message"].flatMap(Text.init), timestamp: timestamp)
  }

  init(id: ExampleID, score: Int, comment: Text?, correction: Text?, timestamp: Timestamp) {
    self.id = id
    self.score = score
    self.comment = comment
    self.correction = correction
    self.timestamp = timestamp
  }
}

extension PendingRating.Text {
  fileprivate init?(_ element: JSONElement) {
    guard let text = element["text"]?.string else { return nil }
    var redactions = Redactions()
    for member in element["redactions"]?.members ?? [] {
      guard let type = member.key.string.flatMap(RedactionType.init(rawValue:)) else { continue }
      redactions[type] = member.value.integer ?? 0
    }
    self.init(text: text, redactions: redactions)
  }
}
