/// Points that a clue gives.
struct ClueVote: Sendable {
  /// Index of a language, or the number of languages plus the index of a framework.
  let subject: Int
  let points: Int
}

/// Clues that say the same thing with the same weight. Four points name something on their own.
struct ClueGroup: Sendable {
  let vote: ClueVote
  let keys: [String]

  static func says(_ language: StackLanguage, _ points: Int, _ keys: [String]) -> ClueGroup {
    ClueGroup(vote: ClueVote(subject: language.rawValue, points: points), keys: keys)
  }

  static func uses(_ framework: StackFramework, _ points: Int, _ keys: [String]) -> ClueGroup {
    let subject = StackLanguage.names.count + framework.rawValue
    return ClueGroup(vote: ClueVote(subject: subject, points: points), keys: keys)
  }

  static let all: [ClueGroup] = mentions + scripts + web + compiled + managed + apple + data + frameworks
}
