import Records

/// Question and answer among the `messages` of a curated row: the last turn of the user and the last turn of all. Between
/// them stands what tools were called for.
struct RowTurns {
  let question: String
  let answer: String

  /// nil where the row does not have both.
  init?(_ row: JSONElement) {
    guard let turns = row["messages"]?.items,
      let asked = turns.dropLast().last(where: { $0["role"]?.isText("user") == true }),
      let question = asked["content"]?.string, let answer = turns.last?["content"]?.string
    else { return nil }
    self.question = question
    self.answer = answer
  }
}
