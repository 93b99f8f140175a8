import Testing

@testable import Records

/// The lines of the files, byte for byte as the contract has them in section 1.
@Suite("Lines of the log")
struct LineTests {
  static let id = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"

  static var full: Conversation {
    Conversation(
      exampleID: ExampleID(id)!, timestamp: Timestamp(rfc3339: "2025-11-26T02:31:07.123Z")!,
      userID: "0123456789abcdef", sessionID: "fedcba9876543210", userMessage: "How do I \"quote\"?\nLike\tthis \\ 😀",
      assistantMessage: "Use `\\\"`.",
      history: [
        Message(role: .system, content: "Be brief."), Message(role: .user, content: "Hi"),
        Message(role: .assistant, content: ""),
      ],
      context: .object([
        .init(name: "b", value: .number("1.50")), .init(name: "a", value: .array([.null, .bool(true)])),
      ]),
      language: "swift", framework: "vapor", complexity: "3", model: "m-1", variant: "é",
      redactions: [RedactionCount(type: "EMAIL", count: 2), RedactionCount(type: "IP", count: 1)],
      idempotency: "00112233445566778899aabbccddeeff")
  }

  static var bare: Conversation {
    Conversation(
      exampleID: ExampleID(id)!, timestamp: Timestamp(milliseconds: 0), userID: "0123456789abcdef",
      sessionID: "fedcba9876543210", userMessage: "q", assistantMessage: "a")
  }

  static let fullLine =
    #"{"example_id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","timestamp":"2025-11-26T02:31:07.123Z","#
    + #""user_id":"0123456789abcdef","session_id":"fedcba9876543210","#
    + #""user_message":"How do I \"quote\"?\nLike\tthis \\ 😀","assistant_message":"Use `\\\"`.","#
    + #""history":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},"#
    + #"{"role":"assistant","content":""}],"context":{"b":1.50,"a":[null,true]},"language":"swift","#
    + #""framework":"vapor","complexity":"3","model":"m-1","variant":"é","redactions":{"EMAIL":2,"IP":1},"#
    + #""idempotency":"00112233445566778899aabbccddeeff"}"#

  static let bareLine =
    #"{"example_id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","timestamp":"1970-01-01T00:00:00.000Z","#
    + #""user_id":"0123456789abcdef","session_id":"fedcba9876543210","user_message":"q","assistant_message":"a","#
    + #""history":[],"context":null,"language":"","framework":"","complexity":"","model":"","variant":"","#
    + #""redactions":{},"idempotency":""}"#

  @Test("A conversation line, key by key in order", arguments: [(full, fullLine), (bare, bareLine)])
  func conversation(conversation: Conversation, line: String) throws {
    #expect(String(decoding: conversation.line(), as: UTF8.self) == line)
    let read = try Conversation(line: Array(line.utf8))
    #expect(read == conversation)
    #expect(read.line() == Array(line.utf8))
  }

  static let keys = [
    "example_id", "timestamp", "user_id", "session_id", "user_message", "assistant_message", "history", "context",
    "language", "framework", "complexity", "model", "variant", "redactions", "idempotency",
  ]

  @Test("A line without one of its keys is damaged, and says which", arguments: keys)
  func missing(key: String) throws {
    let line = fullLineWithout(key)
    let error = #expect(throws: LineError.self) { try Conversation(line: line) }
    #expect(error == .missing(key))
  }

  private func fullLineWithout(_ key: String) -> [UInt8] {
    let text = Self.fullLine.replacing("\"\(key)\":", with: "\"x\(key)\":")
    return Array(text.utf8)
  }

  @Test("A line with one value of another type is damaged, and says which", arguments: keys.filter { $0 != "context" })
  func badValue(key: String) throws {
    var writer = JSONWriter()
    writer.object { object in
      for member in try! JSONDocument(parsing: Self.fullLine.utf8.map { $0 }).root.members {
        object.key(member.key.string!)
        if member.key.string == key { object.integer(7) } else { object.value(member.value.value) }
      }
    }
    let error = #expect(throws: LineError.self) { try Conversation(line: writer.bytes) }
    #expect(error == .badField(key))
  }

  @Test(
    "Bad ids, times, roles and counts are damage",
    arguments: [
      ("7cc3", "4cc3", LineError.badField("example_id")), ("2025-11-26T", "2025-13-26T", .badField("timestamp")),
      (#""role":"user""#, #""role":"owner""#, .badField("history")), (#""role":"user","#, "", .badField("history")),
      (#""EMAIL":2"#, #""EMAIL":0"#, .badField("redactions")), (#""EMAIL":2"#, #""EMAIL":-1"#, .badField("redactions")),
      (#""EMAIL":2"#, #""EMAIL":1.5"#, .badField("redactions")),
    ])
  func damage(from: String, to: String, error: LineError) {
    let line = Array(Self.fullLine.replacing(from, with: to).utf8)
    #expect(throws: error) { try Conversation(line: line) }
  }

  @Test("What is no JSON object is no line", arguments: ["[]", "1", "null", "\"x\"", "", "{", "{}x", "\0\0\0"])
  func noObject(text: String) {
    let bytes = Array(text.utf8)
    #expect(throws: LineError.self) { try Conversation(line: bytes) }
    #expect(throws: LineError.self) { try Feedback(line: bytes) }
    #expect(throws: LineError.self) { try Records.Comment(line: bytes) }
    #expect(throws: LineError.self) { try Correction(line: bytes) }
  }

  @Test("Every cut of a line is damaged, so that half a record never counts")
  func cuts() {
    let line = Array(Self.fullLine.utf8)
    for length in 0..<line.count {
      #expect(throws: LineError.self, "first \(length) bytes") { try Conversation(line: Array(line[..<length])) }
    }
  }

  @Test("A feedback line", arguments: Feedback.scores)
  func feedback(score: Int) throws {
    let feedback = Feedback(
      exampleID: ExampleID(Self.id)!, score: score, timestamp: Timestamp(rfc3339: "2025-11-26T02:31:07.123Z")!)
    let line = #"{"example_id":"\#(Self.id)","score":\#(score),"timestamp":"2025-11-26T02:31:07.123Z"}"#
    #expect(String(decoding: feedback.line(), as: UTF8.self) == line)
    #expect(try Feedback(line: Array(line.utf8)) == feedback)
  }

  @Test("A feedback line in its usual form is read as any other is, whatever byte of it differs")
  func usualFeedback() throws {
    let line = Array(#"{"example_id":"\#(Self.id)","score":4,"timestamp":"2025-11-26T02:31:07.123Z"}"#.utf8)
    var readable = 0
    for position in line.indices {
      for byte in Array(#"09afz"\:{} -Z"#.utf8) {
        var other = line
        other[position] = byte
        // White space before it is no usual form.
        let expected = try? Feedback(line: [0x20] + other)
        #expect((try? Feedback(line: other)) == expected, "\(String(decoding: other, as: UTF8.self))")
        if expected != nil { readable += 1 }
      }
    }
    #expect(readable > 100)
  }

  @Test("A score that no rating can have is damage", arguments: ["0", "6", "-1", "4.0", "\"4\"", "null", "1e0"])
  func badScore(score: String) {
    let line = #"{"example_id":"\#(Self.id)","score":\#(score),"timestamp":"2025-11-26T02:31:07.123Z"}"#
    #expect(throws: LineError.badField("score")) { try Feedback(line: Array(line.utf8)) }
  }

  @Test("A comment line and a correction line")
  func attached() throws {
    let (id, time) = (ExampleID(Self.id)!, Timestamp(rfc3339: "2025-11-26T02:31:07.123Z")!)
    let comment = Records.Comment(exampleID: id, comment: "a\n\"b\"", timestamp: time)
    let commentLine = #"{"example_id":"\#(Self.id)","comment":"a\n\"b\"","timestamp":"2025-11-26T02:31:07.123Z"}"#
    #expect(String(decoding: comment.line(), as: UTF8.self) == commentLine)
    #expect(try Records.Comment(line: Array(commentLine.utf8)) == comment)
    let correction = Correction(exampleID: id, correctedMessage: "c\u{1}", timestamp: time)
    let line = #"{"example_id":"\#(Self.id)","corrected_message":"c\u0001","timestamp":"2025-11-26T02:31:07.123Z"}"#
    #expect(String(decoding: correction.line(), as: UTF8.self) == line)
    #expect(try Correction(line: Array(line.utf8)) == correction)
    #expect(throws: LineError.missing("comment")) { try Records.Comment(line: Array(line.utf8)) }
    #expect(throws: LineError.missing("corrected_message")) { try Correction(line: Array(commentLine.utf8)) }
  }

  @Test("What a damaged line says never repeats the line")
  func message() {
    let line = Array(Self.fullLine.replacing("\"swift\"", with: "{\"hunter2\":1}").utf8)
    let error = #expect(throws: LineError.self) { try Conversation(line: line) }
    #expect(error?.description == "language has a value that its type does not allow")
  }
}
