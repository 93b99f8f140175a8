/// Makes up conversations between a developer and an assistant: a question with an error or a snippet, an answer with
/// code and notes, 1.5 to 2.6 KB as JSON. About one in eight carries something that a scrubber must find, since a text
/// without any would let it off too lightly.
package enum DeveloperChat {
  package static func conversation(using random: inout SplitMix64) -> Conversation {
    let user = Int.random(in: 0..<5000, using: &random)
    let session = random.next()
    let names = Names(using: &random)
    let topic = random.pick(ChatTopic.all)
    var question = topic.question(names)
    if Int.random(in: 0..<8, using: &random) == 0 {
      question += "\n\n" + personalLine(using: &random)
    }
    var answer = topic.answer(names)
    let wantedBytes = Int.random(in: 1350...2350, using: &random)
    var notes = ChatTopic.notes.shuffled(using: &random)
    answer += "\n\nA few notes:\n"
    while question.utf8.count + answer.utf8.count < wantedBytes, let note = notes.popLast() {
      answer += "\n- " + note(names)
    }
    return Conversation(
      userID: "user-\(user)", sessionID: "session-" + String(session, radix: 16), userMessage: question,
      assistantMessage: answer)
  }

  /// Made up at run time, so that no real-looking secret stands in the source.
  private static func personalLine(using random: inout SplitMix64) -> String {
    let number = Int.random(in: 100...999, using: &random)
    let secret = String(random.next(), radix: 16) + String(random.next(), radix: 16)
    return random.pick([
      "You can reach me at dev\(number)@mail-\(number % 7).example.org if you need the whole log.",
      "The request came from 93.184.\(number % 250).\(number / 4), as far as the log says.",
      "I call it with `Authorization: Bearer \(secret)` and it still answers 401.",
      "The connection string is postgres://app:\(secret)@db.internal:5432/orders, in case that matters.",
    ])
  }

  /// The words that vary from one conversation to the next.
  struct Names {
    let entity: String
    let field: String
    let function: String
    let line: Int
    let count: Int

    init(using random: inout SplitMix64) {
      entity = random.pick([
        "Order", "Invoice", "Ticket", "Shipment", "Account", "Playlist", "Sensor", "Booking", "Recipe", "Device",
      ])
      field = random.pick(["status", "total", "owner", "createdAt", "priority", "region", "quantity", "checksum"])
      function = random.pick(["load", "refresh", "merge", "validate", "publish", "archive", "render", "schedule"])
      line = Int.random(in: 12...480, using: &random)
      count = Int.random(in: 3...90_000, using: &random)
    }
  }
}
