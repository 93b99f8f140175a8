import Records

/// An answer of the dataset or of the negatives with its rating, as the formats of preferences weigh it.
struct RatedAnswer {
  enum Origin {
    /// Published as it was given, so that its rating is of it.
    case published
    /// A correction: what was rated is the original.
    case correction
    /// A negative: rated below good, or replaced by a correction.
    case negative
    case original

    /// Whether it stands in the file of negatives.
    var isNegative: Bool { self == .negative || self == .original }
  }

  let origin: Origin
  let place: LinePlace
  let side: Side
  /// Of all turns before the answer, and of these with the answer; white space folded.
  let prompt: ContentHash
  let text: ContentHash
  /// A random one once the record has expired; a correction and its original have it in common, then too.
  let id: String
  /// 1–5, 0 when unrated; the mean where the same answer stands in both files with different ratings.
  var score: Double

  var isRated: Bool { score > 0 }
}

/// All answers of both files that an export takes, the dataset's first, each in the order of its file.
struct RatedAnswers {
  private(set) var answers: [RatedAnswer] = []
  /// Answers that were rated well and badly, word for word the same.
  private(set) var conflicts = 0

  init(dataset: ExportRows, negatives: ExportRows?) throws {
    var bad: [RatedAnswer] = []
    var corrected: Set<String> = []
    try negatives?.read { row, line, offset in
      let origin: RatedAnswer.Origin = row.reason == .corrected ? .original : .negative
      if origin == .original { corrected.insert(row.id) }
      bad.append(RatedAnswer(row, origin, LinePlace(offset: offset, length: line.count)))
    }
    try dataset.read { row, line, offset in
      // A low score alone says so too: without a correction the row would not be there.
      let isCorrection = (1..<QualityRules().goodScore).contains(row.score) || corrected.contains(row.id)
      answers.append(
        RatedAnswer(row, isCorrection ? .correction : .published, LinePlace(offset: offset, length: line.count)))
    }
    answers += bad
    average()
  }

  /// People who disagree about one answer say nothing about two.
  private mutating func average() {
    var rated: [ContentHash: [Int]] = [:]
    for (number, answer) in answers.enumerated() where answer.isRated && answer.origin != .correction {
      rated[answer.text, default: []].append(number)
    }
    for numbers in rated.values where Set(numbers.map { answers[$0].score }).count > 1 {
      conflicts += 1
      let mean = numbers.reduce(0) { $0 + answers[$1].score } / Double(numbers.count)
      for number in numbers { answers[number].score = mean }
    }
  }
}

extension RatedAnswer {
  fileprivate init(_ row: ExportRow, _ origin: Origin, _ place: LinePlace) {
    self.origin = origin
    self.place = place
    side = row.side
    id = row.id
    score = Double(row.score)
    let turns = row.messages.dropLast().map { "\($0.role.rawValue): \($0.content)" }.joined(separator: "\n")
    prompt = ContentHash(question: turns, answer: "")
    text = ContentHash(question: turns, answer: row.answer)
  }
}
