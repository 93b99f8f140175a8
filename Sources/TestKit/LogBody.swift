/// A body for `POST /v1/log`: a valid one to begin with, changed member by member.
package struct LogBody: Sendable {
  /// Names and values as JSON text, in order.
  package var members: [(name: String, json: String)]

  package static let question = "How do I reverse a list in Python without changing the original?"
  package static let answer =
    "Use a slice with a negative step, items[::-1], or list(reversed(items)); both leave the original as it was."

  /// An answer that shares no five words with that of another number: no near-duplicate, no moat.
  package static func answer(about number: Int) -> String {
    "About \(number): " + (1...14).map { "point\(number)x\($0)" }.joined(separator: " ") + "."
  }

  package init(
    user: String = "user-1", session: String = "session-1", question: String = Self.question,
    answer: String = Self.answer
  ) {
    members = [
      ("user_id", jsonText(user)), ("session_id", jsonText(session)), ("user_message", jsonText(question)),
      ("assistant_message", jsonText(answer)),
    ]
  }

  /// The form with `messages` in place of the two messages.
  package init(messages: String) {
    self.init()
    self = without("user_message").without("assistant_message").with("messages", messages)
  }

  /// The member replaced, or added at the end. `json` is JSON text.
  package func with(_ name: String, _ json: String) -> LogBody {
    var body = self
    if let index = body.members.firstIndex(where: { $0.name == name }) {
      body.members[index].json = json
    } else {
      body.members.append((name, json))
    }
    return body
  }

  package func without(_ name: String) -> LogBody {
    var body = self
    body.members.removeAll { $0.name == name }
    return body
  }

  package var text: String { "{" + members.map { "\(jsonText($0.name)):\($0.json)" }.joined(separator: ",") + "}" }
  package var bytes: [UInt8] { Array(text.utf8) }
}

/// A string as a JSON string.
package func jsonText(_ text: String) -> String {
  var json = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": json += "\\\""
    case "\\": json += "\\\\"
    case "\n": json += "\\n"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: json.unicodeScalars.append(scalar)
    }
  }
  return json + "\""
}
