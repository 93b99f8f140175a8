import Records
import Testing
import TrainingLog

@testable import Curation

@Suite("Exports for KTO and DPO")
struct PreferenceExportTests {
  /// Answers that share no five words, long enough to be published.
  private static func answer(_ number: Int, words: Int = 14) -> String {
    (0..<words).map { "word\(number)x\($0)" }.joined(separator: " ")
  }

  private static func export(_ folder: DataFolder, _ format: ExportFormat) throws -> (ExportOutcome, [JSONElement]) {
    var lines: [JSONElement] = []
    let outcome = try DatasetExport(directory: folder.directory).write(format: format) {
      lines.append(try JSONDocument(parsing: Array($0.dropLast())).root)
    }
    return (outcome, lines)
  }

  private static func text(_ row: JSONElement, _ column: StaticString) -> String {
    row[column]?.items.last?["content"]?.string ?? "-"
  }

  /// Score and whether a correction stands → label of the published answer, label of the original; nil: no row.
  static let labels: [(score: Int, isCorrected: Bool, published: Bool?, original: Bool?)] = [
    (5, false, true, nil), (4, false, true, nil), (3, false, nil, nil), (2, false, nil, false),
    (1, false, nil, false), (0, false, nil, nil), (5, true, nil, nil), (3, true, nil, nil), (1, true, nil, false),
    (0, true, nil, nil),
  ]

  @Test("KTO: 4 and 5 are wanted, 1 and 2 are not, 3 and unrated never stand there", arguments: labels)
  func kto(row: (score: Int, isCorrected: Bool, published: Bool?, original: Bool?)) throws {
    let folder = try DataFolder()
    let record = conversation(1, answer: Self.answer(1))
    try folder.add(record)
    if row.score > 0 { try folder.rate(record, row.score) }
    if row.isCorrected {
      try folder.append(
        Correction(
          exampleID: record.exampleID, correctedMessage: Self.answer(2), timestamp: DataFolder.now
        ).line(), to: .corrections)
    }
    try folder.curate()
    let (_, rows) = try Self.export(folder, .kto)
    func label(_ answer: String) -> Bool? {
      rows.first { Self.text($0, "completion") == answer }?["label"].flatMap { $0.value == .bool(true) }
    }
    #expect(
      label(row.isCorrected ? Self.answer(2) : Self.answer(1))
        == (row.published ?? (row.isCorrected ? nil : row.original)))
    if row.isCorrected { #expect(label(Self.answer(1)) == row.original) }
    for row in rows { #expect(row.members.map { $0.key.string } == ["prompt", "completion", "label"]) }
  }

  @Test("KTO: no neighbours share prompt, near-twin or session, and the classes weigh the same")
  func order() throws {
    let folder = try DataFolder()
    var sessions: [String: String] = [:]
    for number in 0..<60 {
      var record = conversation(number, question: "Question \(number / 3)?", answer: Self.answer(number))
      record.sessionID = user(.train, from: number % 7 * 100)
      if number % 5 == 0 { record.assistantMessage = Self.answer(0, words: 80) + " tail of number\(number)" }
      try folder.add(record)
      try folder.rate(record, [5, 1, 2, 4][number % 4])
      sessions[record.assistantMessage] = record.sessionID
    }
    try folder.curate()
    let (outcome, rows) = try Self.export(folder, .kto)
    #expect(rows.count > 40)
    for (a, b) in zip(rows, rows.dropFirst()) {
      #expect(Self.text(a, "prompt") != Self.text(b, "prompt"))
      let answers = [a, b].map { Self.text($0, "completion") }
      #expect(!answers.allSatisfy { $0.contains(" tail of ") })
      #expect(sessions[answers[0]] != sessions[answers[1]])
    }
    let kto = try #require(outcome.kto)
    let wanted = Double(rows.count { $0["label"]?.value == .bool(true) })
    let (unwanted, weights) = (Double(rows.count) - wanted, kto.weights)
    #expect(abs(wanted * weights.desirable - unwanted * weights.undesirable) < 0.1)
    #expect(min(weights.desirable, weights.undesirable) == 1)
    #expect((kto.leftOut, kto.besideOwnSession) == (0, 0))
  }

  @Test("Rows of one prompt are kept apart as far as that goes; the rest is left out, not put side by side")
  func onePrompt() throws {
    let folder = try DataFolder()
    for number in 0..<9 {
      let record = conversation(
        number, user: user(.train, from: number * 50), question: number < 7 ? "The same?" : nil,
        answer: Self.answer(number))
      try folder.add(record)
      try folder.rate(record, number % 2 == 0 ? 5 : 1)
    }
    try folder.curate()
    let (outcome, rows) = try Self.export(folder, .kto)
    #expect(rows.count == 5)
    #expect(outcome.kto?.leftOut == 4)
  }

  @Test("One session alone: its rows stay, and the manifest says that they are neighbours")
  func oneSession() throws {
    let folder = try DataFolder()
    for number in 0..<6 {
      let record = conversation(number, answer: Self.answer(number))
      try folder.add(record)
      try folder.rate(record, number % 2 == 0 ? 5 : 1)
    }
    try folder.curate()
    let (outcome, rows) = try Self.export(folder, .kto)
    #expect(rows.count == 6)
    #expect(outcome.kto?.besideOwnSession == 5)
  }

  /// Scores of two answers to one prompt, words that they have in common of 60, and whether they make a pair.
  static let pairs: [(first: Int, second: Int, shared: Int, isPair: Bool)] = [
    (5, 3, 0, true), (4, 2, 0, true), (5, 1, 0, true), (4, 3, 0, false), (5, 4, 0, false), (5, 0, 0, false),
    (3, 1, 0, false), (5, 1, 40, true), (5, 1, 59, false),
  ]

  @Test("DPO: two scores apart and not nearly the same", arguments: pairs)
  func dpo(row: (first: Int, second: Int, shared: Int, isPair: Bool)) throws {
    let folder = try DataFolder()
    let words = (0..<60).map { "common\($0)" }
    let other = words.enumerated().map { $0.offset < row.shared ? $0.element : "other\($0.offset)" }
    for (number, (score, text)) in [(row.first, words), (row.second, other)].enumerated() {
      let record = conversation(number, question: "The  same\nprompt?", answer: text.joined(separator: " "))
      try folder.add(record)
      if score > 0 { try folder.rate(record, score) }
    }
    try folder.curate()
    let (outcome, rows) = try Self.export(folder, .dpo)
    #expect(rows.count == (row.isPair ? 1 : 0))
    #expect(outcome.dpo?.rated == rows.count)
    guard let pair = rows.first else { return }
    #expect(pair.members.map { $0.key.string } == ["prompt", "chosen", "rejected"])
    #expect(Self.text(pair, "chosen") == words.joined(separator: " "))
    #expect(Self.text(pair, "rejected") == other.joined(separator: " "))
    #expect(pair["prompt"]?.items.count == 1)
  }

  @Test("DPO: a correction over its original, also unrated and hardly changed; no pair across the split")
  func corrected() throws {
    let folder = try DataFolder()
    let record = conversation(1, question: "Q?", answer: Self.answer(1))
    try folder.add(record)
    try folder.append(
      Correction(
        exampleID: record.exampleID, correctedMessage: Self.answer(1) + " more", timestamp: DataFolder.now
      ).line(), to: .corrections)
    let good = conversation(2, user: user(.test), question: "Elsewhere?", answer: Self.answer(2))
    let bad = conversation(3, question: "Elsewhere?", answer: Self.answer(3))
    try folder.add(good, bad)
    try folder.rate(good, 5)
    try folder.rate(bad, 1)
    try folder.curate()
    let (outcome, rows) = try Self.export(folder, .dpo)
    #expect(rows.map { Self.text($0, "chosen") } == [Self.answer(1) + " more"])
    #expect(rows.map { Self.text($0, "rejected") } == [Self.answer(1)])
    #expect(outcome.dpo?.corrected == 1)
  }

  @Test("The same answer rated well and badly counts with its mean, as a conflict, and is no pair")
  func conflicts() throws {
    let folder = try DataFolder()
    for (number, score) in [(1, 5), (2, 1)] {
      let record = conversation(number, question: "Q?", answer: Self.answer(1))
      try folder.add(record)
      try folder.rate(record, score)
    }
    try folder.curate()
    let (pairs, rows) = try Self.export(folder, .dpo)
    #expect(rows.isEmpty)
    #expect(pairs.conflicts == 1)
    let (labels, labelled) = try Self.export(folder, .kto)
    #expect(labelled.isEmpty)
    #expect(labels.conflicts == 1)
  }

  @Test("The same files give the same bytes", arguments: [ExportFormat.kto, .dpo])
  func deterministic(format: ExportFormat) throws {
    let folder = try DataFolder()
    for number in 0..<40 {
      let record = conversation(number, question: "Question \(number / 4)?", answer: Self.answer(number))
      try folder.add(record)
      try folder.rate(record, [5, 1, 2, 4][number % 4])
    }
    try folder.curate()
    func bytes() throws -> [UInt8] {
      var bytes: [UInt8] = []
      _ = try DatasetExport(directory: folder.directory).write(format: format) { bytes += $0 }
      return bytes
    }
    let first = try bytes()
    #expect(!first.isEmpty)
    #expect(try bytes() == first)
  }
}
