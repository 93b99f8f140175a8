import Posix
import Records
import Testing
import TrainingLog

@testable import Curation

@Suite("Validation of exports")
struct ExportValidationTests {
  private static func validate(_ bytes: [UInt8], _ format: ExportFormat? = nil) throws -> ExportValidation {
    let folder = try DataFolder()
    let path = folder.directory.root + "/export"
    try AtomicFile.replace(path, with: bytes)
    return try ExportValidation(ReadOnlyFile(path), format: format)
  }

  private static let u = #"{"role":"user","content":"Q"}"#
  private static let a = #"{"role":"assistant","content":"A"}"#
  private static let b = #"{"role":"assistant","content":"B"}"#
  private static let tool = #"{"role":"tool","content":"T"}"#
  private static func of(_ role: String) -> String { #"{"role":"\#(role)","content":"C","tool_call_id":"c1"}"# }
  private static let good = #"{"messages":[\#(u),\#(a)]}"#
  private static func kto(_ prompt: String, _ answer: String) -> String {
    #"{"prompt":[{"role":"user","content":"\#(prompt)"}],"completion":[{"role":"assistant","content":"\#(answer)"}],"#
      + #""label":true}"#
  }

  /// Lines, and the faults as `line reason`.
  static let files: [(lines: [String], faults: [String])] = [
    ([good, good], []),
    ([], ["0 there is no row; a reader cannot tell the columns"]),
    ([good, "{"], ["2 the line ends in the middle of a value"]),
    ([good, "", good], ["2 the line is empty"]),
    (["[]"], ["1 the line is no object"]),
    ([#"{"messages":[\#(u),\#(a)],"messages":1}"#], ["1 the line has the same key twice in one object"]),
    (
      [#"{"messages":[{"role":"user","content":"\ud800"},\#(a)]}"#],
      ["1 the line has an escaped surrogate without its partner"]
    ),
    (
      [#"{"messages":[\#(u),\#(a)],"score":1}"#, #"{"messages":[\#(u),\#(a)],"score":1.5}"#],
      ["2 score is a number with a fraction, and a whole number in an earlier row"]
    ),
    ([#"{"messages":[\#(u),\#(a)],"note":null}"#], ["1 note is null"]),
    ([#"{"messages":[\#(u),\#(a)],"tags":[]}"#], ["1 tags is an empty list, which has no type"]),
    (
      [#"{"messages":[\#(u),\#(a)],"a":1,"b":1}"#, #"{"messages":[\#(u),\#(a)],"b":1,"a":1}"#],
      ["2 the row has other keys than in an earlier row, or in another order"]
    ),
    (
      [#"{"messages":[\#(u),{"role":"assistant","content":"A","name":"n"}]}"#],
      ["1 messages[] has other keys than in an earlier row, or in another order"]
    ),
    ([#"{"messages":[\#(u),\#(a)],"label":1}"#], ["1 label is a name that trainers give a meaning of their own"]),
    (
      [#"{"messages":[\#(u),\#(a)],"input_ids":"x"}"#],
      ["1 input_ids is a name that trainers give a meaning of their own"]
    ),
    (
      [#"{"messages":[\#(u),\#(a)],"at":"2026-01-01T00:00:00Z"}"#],
      ["1 at is a time, but not in UTC with milliseconds"]
    ),
    ([#"{"messages":[\#(u),\#(a)],"at":"2026-01-01T00:00:00.000Z"}"#], []),
    ([#"{"messages":[\#(a),\#(u)]}"#], ["1 messages does not end with a question and its answer"]),
    (
      [#"{"messages":[{"role":"human","content":"Q"},\#(a)]}"#],
      ["1 messages has a turn without a role that chat templates know"]
    ),
    ([#"{"messages":[\#(u),{"role":"assistant","content":" "}]}"#], ["1 the answer is blank"]),
    ([#"{"question":"Q","answer":"A"}"#], ["1 the columns are those of no format"]),
    ([#"{"prompt":[\#(a)],"completion":[\#(a)]}"#], ["1 prompt does not end with a turn of the user or a tool"]),
    ([#"{"prompt":[\#(u)],"completion":[\#(u)]}"#], ["1 completion is not one turn of the assistant"]),
    ([#"{"prompt":[\#(u)],"completion":[\#(a)],"label":"true"}"#], ["1 label is not true or false"]),
    ([kto("P", "A"), kto("Q", "B"), kto("Q", "C")], ["3 prompt is the same as in the row before"]),
    (
      [
        kto("P one two three four", "five six seven eight nine ten"), kto("P one two three four", "x"),
        kto("x P one two three four five", "six seven eight nine ten eleven twelve thirteen fourteen fifteen"),
        kto("y P one two three four five", "six seven eight nine ten eleven twelve thirteen fourteen fifteen"),
      ],
      ["2 prompt is the same as in the row before", "4 the row is a near-duplicate of the one before"]
    ),
    ([#"{"prompt":[\#(u)],"chosen":[\#(a)],"rejected":[\#(a)]}"#], ["1 chosen and rejected are the same"]),
    ([#"{"prompt":[\#(u)],"chosen":[\#(a)],"rejected":[\#(b)]}"#], []),
    (
      [#"{"conversations":[{"from":"gpt","value":"A"},{"from":"human","value":"Q"}]}"#],
      ["1 conversations do not alternate between human and gpt"]
    ),
    (
      [#"{"conversations":[{"from":"human","value":"Q"}]}"#],
      ["1 conversations do not end with an answer to a question"]
    ),
    // Plain texts in place of turns.
    ([#"{"prompt":"Q","completion":"A"}"#], []), ([#"{"prompt":"Q","completion":" "}"#], ["1 completion is blank"]),
    ([#"{"prompt":"Q","chosen":"A","rejected":"B"}"#], []),
    ([#"{"prompt":"Q","chosen":"A","rejected":"A"}"#], ["1 chosen and rejected are the same"]),
    (
      [#"{"prompt":"Q","chosen":"A","rejected":[\#(b)]}"#],
      ["1 some columns are texts and others lists of turns"]
    ),
    (
      [#"{"prompt":"Q","completion":"A","label":true}"#, #"{"prompt":"Q","completion":"B","label":false}"#],
      ["2 prompt is the same as in the row before"]
    ),
    ([#"{"instruction":"Q","input":"","output":" "}"#], ["1 output is blank"]),
    (
      [#"{"messages":[\#(tool),\#(u),\#(a)],"score":1}"#],
      ["1 messages has a turn of a tool before any of the user"]
    ),
    ([#"{"messages":[\#(u),\#(a),\#(tool),\#(a)],"score":1}"#], []),
    ([#"{"messages":[\#(u),\#(tool)],"score":1}"#], ["1 messages does not end with a question and its answer"]),
    ([#"{"messages":[\#(u),\#(a),\#(a)],"score":1}"#], ["1 messages does not end with a question and its answer"]),
    (
      [#"{"messages":[\#(u),\#(a),\#(tool),\#(a)]}"#],
      ["1 messages has a turn of a tool without its tool_call_id, which openai demands"]
    ),
    ([#"{"messages":[\#(of("user")),\#(of("assistant")),\#(of("tool")),\#(of("assistant"))]}"#], []),
    (
      [#"{"prompt":[\#(tool),\#(u)],"completion":[\#(a)]}"#],
      ["1 prompt has a turn of a tool before any of the user"]
    ),
    ([#"{"prompt":[\#(u),\#(a),\#(tool)],"completion":[\#(a)]}"#], []),
    (
      [#"{"conversations":[{"from":"tool","value":"T"},{"from":"gpt","value":"A"}]}"#],
      ["1 conversations do not begin with a turn of human"]
    ),
    ([#"{"instruction":"Q","input":"","output":"A"}"#], []),
  ]

  @Test("Each rule names line and reason", arguments: files)
  func rules(_ row: (lines: [String], faults: [String])) throws {
    let report = try Self.validate(Array(row.lines.map { $0 + "\n" }.joined().utf8))
    #expect(report.faults.map { "\($0.line) \($0.reason)" } == row.faults)
    #expect(report.faultCount == row.faults.count)
  }

  @Test("openai has its one column and no other")
  func exact() throws {
    let bytes = Array((#"{"messages":[\#(Self.u),\#(Self.a)],"score":1}"# + "\n").utf8)
    #expect(try Self.validate(bytes, .openai).faults.map(\.reason) == ["there are columns beside messages"])
    #expect(try Self.validate(bytes).format == .messages)
  }

  @Test("Compressed files are read too, and damage of theirs is named")
  func compressed() throws {
    var bytes: [UInt8] = []
    let writer = GzipWriter { bytes += $0 }
    for _ in 0..<3 { try writer.append(Array((Self.good + "\n").utf8)[...]) }
    try writer.finish()
    #expect(try Self.validate(bytes).rows == 3)
    #expect(try Self.validate(bytes.dropLast(4)).faults.map(\.reason) == ["the compressed file ends too early"])
    bytes[bytes.count - 6] ^= 1
    #expect(try Self.validate(bytes).faults.map(\.reason) == ["the file is no valid gzip"])
  }

  @Test("Thousands of faults are counted, and the first hundred named")
  func many() throws {
    let report = try Self.validate(Array(String(repeating: "{}\n", count: 3000).utf8))
    #expect(report.faultCount == 3000)
    #expect(report.faults.count == ExportValidation.faultsMax)
  }

  @Test("What we export is valid, in every format and told by its columns", arguments: ExportFormat.allCases)
  func own(format: ExportFormat) throws {
    let folder = try DataFolder()
    let past = [
      Message(role: .system, content: "Be brief."), Message(role: .user, content: "One"),
      Message(role: .assistant, content: "Calling."), Message(role: .tool, content: "42"),
      Message(role: .assistant, content: "It is 42."),
    ]
    for number in 0..<80 {
      let record = conversation(
        number, user: user(.train, from: number), question: "Question \(number / 2)?",
        answer: (0..<12).map { "word\(number)x\($0)" }.joined(separator: " "), history: number == 7 ? past : [])
      try folder.add(record)
      try folder.rate(record, [5, 1, 2, 4][number % 4], correction: number % 9 == 0 ? goodAnswer(number) : nil)
    }
    try folder.curate()
    var bytes: [UInt8] = []
    let outcome = try DatasetExport(directory: folder.directory).write(format: format) { bytes += $0 }
    for asked in [format, nil] {
      let report = try Self.validate(bytes, asked)
      #expect(report.faults == [])
      #expect(report.rows == outcome.rows)
      #expect(report.format == format)
    }
    #expect(outcome.rows > 10)
  }
}
