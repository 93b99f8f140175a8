import Records
import Testing
import TrainingLog

@testable import Curation

@Suite("Exports")
struct ExportTests {
  /// Three rows in the order of the file: plain, with a whole past, held out.
  private static func folder(hasTools: Bool = true) throws -> DataFolder {
    let folder = try DataFolder()
    let past = [
      Message(role: .system, content: "Be brief."), Message(role: .developer, content: "Use Swift."),
      Message(role: .assistant, content: "Hello!"), Message(role: .user, content: "One"),
      Message(role: .user, content: "more \"thing\""), Message(role: .assistant, content: "Calling."),
      Message(role: .tool, content: "42"), Message(role: .assistant, content: "It is 42."),
      Message(role: .tool, content: "43"),
    ]
    try folder.add(
      conversation(1, question: "Q1\n\u{1F600}", answer: answer("A1"), at: "2026-03-01T10:00:00Z"),
      conversation(
        2, question: "Q2", answer: answer("A2"), history: past.filter { hasTools || $0.role != .tool },
        at: "2026-03-02T10:00:00Z"),
      conversation(3, user: user(.test), question: "Q3", answer: answer("A3"), at: "2026-03-03T10:00:00Z"))
    try folder.curate()
    return folder
  }

  private static func answer(_ name: String) -> String { name + " " + String(repeating: "x", count: 50) }

  private static func export(_ folder: DataFolder, _ format: ExportFormat, _ split: String = "all") throws -> String {
    var bytes: [UInt8] = []
    let outcome = try DatasetExport(directory: folder.directory).write(format: format, split: split) { bytes += $0 }
    #expect(outcome.rows == bytes.count { $0 == 0x0A })
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `A1` and its like stand for the answers.
  static let golden: [(ExportFormat, String)] = [
    (
      .openai,
      #"""
      {"messages":[{"role":"user","content":"Q1\n😀"},{"role":"assistant","content":"A1"}]}
      {"messages":[{"role":"user","content":"Q3"},{"role":"assistant","content":"A3"}]}

      """#
    ),
    (
      .promptCompletion,
      #"""
      {"prompt":[{"role":"user","content":"Q1\n😀"}],"completion":[{"role":"assistant","content":"A1"}]}
      {"prompt":[{"role":"system","content":"Be brief."},{"role":"developer","content":"Use Swift."},\#
      {"role":"assistant","content":"Hello!"},{"role":"user","content":"One"},\#
      {"role":"user","content":"more \"thing\""},{"role":"assistant","content":"Calling."},\#
      {"role":"tool","content":"42"},{"role":"assistant","content":"It is 42."},{"role":"tool","content":"43"},\#
      {"role":"user","content":"Q2"}],"completion":[{"role":"assistant","content":"A2"}]}
      {"prompt":[{"role":"user","content":"Q3"}],"completion":[{"role":"assistant","content":"A3"}]}

      """#
    ),
    (
      .sharegpt,
      #"""
      {"conversations":[{"from":"human","value":"Q1\n😀"},{"from":"gpt","value":"A1"}]}
      {"conversations":[{"from":"system","value":"Be brief.\n\nUse Swift."},\#
      {"from":"human","value":"One\n\nmore \"thing\""},{"from":"gpt","value":"Calling."},\#
      {"from":"tool","value":"42"},{"from":"gpt","value":"It is 42."},\#
      {"from":"human","value":"43\n\nQ2"},{"from":"gpt","value":"A2"}]}
      {"conversations":[{"from":"human","value":"Q3"},{"from":"gpt","value":"A3"}]}

      """#
    ),
    (
      .alpaca,
      #"""
      {"instruction":"Q1\n😀","input":"","output":"A1","system":""}
      {"instruction":"Q2","input":"User: One\n\nmore \"thing\"\n\nAssistant: Calling.\n\nTool: 42\n\n\#
      Assistant: It is 42.\n\nTool: 43","output":"A2","system":"Be brief.\n\nUse Swift."}
      {"instruction":"Q3","input":"","output":"A3","system":""}

      """#
    ),
  ]

  @Test("Each format to the byte", arguments: golden)
  func bytes(format: ExportFormat, expected: String) throws {
    var expected = expected
    for name in ["A1", "A2", "A3"] { expected.replace("\"\(name)\"", with: "\"\(Self.answer(name))\"") }
    #expect(try Self.export(Self.folder(), format) == expected)
  }

  @Test("messages is the dataset as it is")
  func messages() throws {
    let folder = try Self.folder()
    let text = String(decoding: try folder.bytes(folder.directory.trainingData), as: UTF8.self)
    #expect(try Self.export(folder, .messages) == text)
    #expect(!text.isEmpty)
  }

  /// A row as earlier versions wrote it, the question behind the result of its tool, and what each format makes of it.
  private static let earlier = #"""
    {"messages":[{"role":"assistant","content":"C"},{"role":"tool","content":"T"},{"role":"user","content":"Q"},\#
    {"role":"assistant","content":"A"}],"example_id":"00000000-0000-4000-8000-000000000001","score":0,\#
    "language":"","framework":"","complexity":"","model":"","date":"2026-03-01","split":"train"}

    """#
  static let ordered: [(ExportFormat, String)] = [
    (
      .messages,
      #"""
      {"messages":[{"role":"user","content":"Q"},{"role":"assistant","content":"C"},{"role":"tool","content":"T"},\#
      {"role":"assistant","content":"A"}],"example_id":"00000000-0000-4000-8000-000000000001","score":0,\#
      "language":"","framework":"","complexity":"","model":"","date":"2026-03-01","split":"train"}

      """#
    ),
    (
      .promptCompletion,
      #"""
      {"prompt":[{"role":"user","content":"Q"},{"role":"assistant","content":"C"},{"role":"tool","content":"T"}],\#
      "completion":[{"role":"assistant","content":"A"}]}

      """#
    ),
    (
      .sharegpt,
      #"""
      {"conversations":[{"from":"human","value":"Q"},{"from":"gpt","value":"C"},{"from":"tool","value":"T"},\#
      {"from":"gpt","value":"A"}]}

      """#
    ),
    (
      .alpaca,
      #"""
      {"instruction":"Q","input":"Assistant: C\n\nTool: T","output":"A"}

      """#
    ),
    (.openai, ""),
  ]

  @Test("Rows whose question stands behind the results of its tools are put in order", arguments: ordered)
  func reordered(format: ExportFormat, expected: String) throws {
    let folder = try DataFolder()
    try AtomicFile.replace(folder.directory.trainingData, with: Array(Self.earlier.utf8))
    #expect(try Self.export(folder, format) == expected)
  }

  @Test("A dataset without a past has no columns for one")
  func plainAlpaca() throws {
    let folder = try DataFolder()
    try folder.add(conversation(1, question: "Q", answer: Self.answer("A")))
    try folder.curate()
    #expect(
      try Self.export(folder, .alpaca) == "{\"instruction\":\"Q\",\"input\":\"\",\"output\":\"\(Self.answer("A"))\"}\n")
  }

  /// Those that have a row for each of the dataset.
  static let formats = ExportFormat.allCases.filter { !$0.takesNegatives }

  @Test("One side of the split", arguments: formats)
  func sides(format: ExportFormat) throws {
    let folder = try Self.folder(hasTools: false)
    let (train, test) = (try Self.export(folder, format, "train"), try Self.export(folder, format, "test"))
    #expect(test.contains("A3") && !test.contains("A1") && !test.contains("A2"))
    #expect(train.contains("A1") && train.contains("A2") && !train.contains("A3"))
  }

  /// Languages and scores of the rows in the order of the file: python 0, swift 5, none 0, python 4 and held out.
  static let filters: [(split: String, language: String?, minScore: Int, expected: [String])] = [
    ("all", nil, 0, ["A1", "A2", "A3", "A4"]), ("all", "python", 0, ["A1", "A4"]), ("all", "Python", 0, []),
    ("all", "", 0, ["A3"]), ("all", nil, 1, ["A2", "A4"]), ("all", nil, 5, ["A2"]), ("train", "python", 0, ["A1"]),
    ("test", nil, 4, ["A4"]), ("test", nil, 5, []), ("train", "python", 1, []),
  ]

  @Test("Language and least score, in every format", arguments: filters, formats)
  func rowFilters(
    _ filter: (split: String, language: String?, minScore: Int, expected: [String]), format: ExportFormat
  ) throws {
    let folder = try DataFolder()
    let rows = [("python", 0, Side.train), ("swift", 5, .train), ("", 0, .train), ("python", 4, .test)]
    for (index, (language, score, side)) in rows.enumerated() {
      var record = conversation(
        index + 1, user: user(side), question: "Q\(index + 1)", answer: Self.answer("A\(index + 1)"))
      record.language = language
      try folder.add(record)
      if score > 0 { try folder.rate(record, score) }
    }
    try folder.curate()
    var text = ""
    var seen = 0
    let outcome = try DatasetExport(directory: folder.directory).write(
      format: format, split: filter.split, language: filter.language, minScore: filter.minScore,
      eachRow: { seen += 1 }, to: { text += String(decoding: $0, as: UTF8.self) })
    #expect(outcome.rows == filter.expected.count)
    #expect(["A1", "A2", "A3", "A4"].filter { text.contains(Self.answer($0)) } == filter.expected)
    #expect(seen >= rows.count, "each row is announced, wanted or not")
  }

  @Test("A reading can be left at any row, also where no row is wanted", arguments: formats)
  func leaving(format: ExportFormat) throws {
    struct Enough: Error {}
    let folder = try Self.folder()
    var rows = 0
    #expect(throws: Enough.self) {
      try DatasetExport(directory: folder.directory).write(
        format: format, language: "none",
        eachRow: {
          rows += 1
          if rows == 2 { throw Enough() }
        }, to: { _ in })
    }
    #expect(rows == 2)
  }

  @Test("A system text goes before rows that have none of their own", arguments: formats)
  func systemPrompt(format: ExportFormat) throws {
    let folder = try Self.folder(hasTools: false)
    var lines: [String] = []
    _ = try DatasetExport(directory: folder.directory).write(format: format, systemPrompt: "Be kind.") {
      lines.append(String(decoding: $0, as: UTF8.self))
    }
    #expect(lines.map { $0.contains("\"Be kind.\"") } == [true, false, true])
    #expect(lines.map { $0.contains("Be brief.") } == [false, true, false])
    guard format == .messages else { return }
    let rows = try folder.dataset()
    #expect(try lines.map { try Row(Array($0.utf8.dropLast())).id } == rows.map(\.id))
  }

  @Test("Names of formats are those of the contract")
  func names() {
    #expect(
      ExportFormat.allCases.map(\.rawValue) == [
        "messages", "openai", "prompt-completion", "kto", "dpo", "sharegpt", "alpaca",
      ])
  }

  @Test("What cannot be exported is said")
  func failures() throws {
    let folder = try DataFolder()
    let export = DatasetExport(directory: folder.directory)
    #expect(throws: DatasetExport.Failure.noDataset) { try export.write(format: .openai, split: "all") { _ in } }
    #expect(throws: DatasetExport.Failure.unknownSplit) { try export.write(format: .openai, split: "dev") { _ in } }
    for score in [-1, 6] {
      #expect(throws: DatasetExport.Failure.unknownScore) {
        try export.write(format: .openai, minScore: score) { _ in }
      }
    }
    try AtomicFile.replace(folder.directory.trainingData, with: Array("{\"messages\":[]}\n".utf8))
    #expect(throws: DatasetExport.Failure.damagedRow(offset: 0)) {
      try export.write(format: .openai, split: "all") { _ in }
    }
  }
}
