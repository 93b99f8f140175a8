import Records

/// What can be said of a question and an answer without knowing any other, as far as a rule asks for it. The thresholds
/// behind the facts stand in `Limits` and in the manifest.
struct TextFacts: OptionSet, BitwiseCopyable, Sendable {
  let rawValue: UInt32

  static let blank = TextFacts(rawValue: 1)
  /// Today's scrubber finds something.
  static let hasPII = TextFacts(rawValue: 2)
  /// A code fence is opened and never closed: the answer was cut off.
  static let unclosedFence = TextFacts(rawValue: 4)
  static let repetition = TextFacts(rawValue: 8)
  /// The answer declines, or is the message of an error.
  static let refusal = TextFacts(rawValue: 16)
  /// There is code in the answer.
  static let hasFence = TextFacts(rawValue: 32)

  enum Limits {
    /// Shares of the answer's 5-shingles that stand there for a second time; code repeats itself by nature.
    static let repeatedShare = 0.5
    static let repeatedShareOfCode = 0.75
    /// Answers with fewer shingles say too little to repeat themselves.
    static let repetitionShinglesMin = 24
    /// A refusal stands at the beginning of an answer, and such an answer is short. Unicode scalars.
    static let refusalWithin = 160
    static let refusalCharactersMax = 600
  }

  /// Of an answer; `shingles` tells how it repeats itself.
  static func of(question: String, answer: String, _ shingles: ShingleMaker.Shingles, characters: Int) -> TextFacts {
    var facts: TextFacts = []
    if question.isBlank || characters == 0 { facts.insert(.blank) }
    let fences = CodeFences(answer)
    if fences.isOpen { facts.insert(.unclosedFence) }
    if fences.count > 0 { facts.insert(.hasFence) }
    let share = fences.count > 0 ? Limits.repeatedShareOfCode : Limits.repeatedShare
    if shingles.inAnswer >= Limits.repetitionShinglesMin,
      Double(shingles.repeatedInAnswer) > share * Double(shingles.inAnswer)
    {
      facts.insert(.repetition)
    }
    if characters <= Limits.refusalCharactersMax, RefusalPhrases.begin(answer) { facts.insert(.refusal) }
    return facts
  }
}
