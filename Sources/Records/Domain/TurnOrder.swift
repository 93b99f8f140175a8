/// In which order the turns of a stored conversation were said.
///
/// A line has its question beside the history, so what the assistant and its tools said between the question and the answer
/// stands at the end of the history, behind which the question alone would come after the results that it has led to. The
/// roles tell where it stood: a result answers a call, a call is made for a question, and two turns of the assistant in a
/// row have a question between them where the second is a call. `Turns` sees to it that they tell it, but for two
/// turns of the user in a row before a call and for what was stored before it did: there the history comes first.
package struct TurnOrder: Equatable {
  /// Places in the history of what was said before the question.
  package private(set) var before: [Int] = []
  /// Of what was said after it and before the answer.
  package private(set) var after: [Int] = []

  /// A result that has no question before it answers nothing here and is left out, and so is an assistant's turn after the
  /// question that has no text: it holds the place of a call and is nothing to learn.
  ///
  /// - Parameter isBlank: whether the turn at that place has no text.
  package init(_ history: [Message.Role], isBlank: (Int) -> Bool) {
    let place = Self.place(in: history)
    var hasUser = false
    for (index, role) in history[..<place].enumerated() {
      hasUser = hasUser || role == .user
      if role != .tool || hasUser { before.append(index) }
    }
    after = (place..<history.count).filter { history[$0] != .assistant || !isBlank($0) }
  }

  /// How many turns of the history were said before the question.
  static func place(in history: [Message.Role]) -> Int {
    let said = history.indices.filter { history[$0] != .system && history[$0] != .developer }
    guard let first = said.first, said.contains(where: { history[$0] == .tool }) else { return history.count }
    func role(_ number: Int) -> Message.Role? { number < 0 ? nil : history[said[number]] }
    guard role(said.count - 1) == .tool else {
      // Nobody has asked before: all of it was said for this question.
      return said.contains { history[$0] == .user } ? history.count : first
    }
    // From the end over results and the calls that they answer.
    var number = said.count - 1
    while true {
      while role(number) == .tool { number -= 1 }
      guard number >= 0 else { return first }
      // Results right behind a user's turn, or behind a call for one, are that one's.
      guard role(number) == .assistant, role(number - 1) != .user else { return history.count }
      guard role(number - 1) == .tool else { return said[number] }
      number -= 1
    }
  }
}
