import Testing

@testable import Records

/// `POST /v1/log`, contract section 2: the rules of each field.
@Suite("Fields of a conversation that is sent")
struct SubmissionTests {
  static let now = Timestamp(rfc3339: "2025-11-26T12:00:00Z")!
  static let window = AcceptanceWindow(now: now, retentionDays: 90)
  static let id = ExampleID(milliseconds: now.milliseconds, sequence: 1, random: 2)

  /// A valid body with these members in place of its own; "" leaves one out.
  static func body(_ changes: [String: String] = [:]) -> [UInt8] {
    var members = ["user_id": "\"u\"", "session_id": "\"s\"", "user_message": "\"q\"", "assistant_message": "\"a\""]
    members.merge(changes) { $1 }
    let text = members.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    return Array("{\(text.joined(separator: ","))}".utf8)
  }

  static func read(_ changes: [String: String] = [:]) throws -> Submission {
    try Submission(JSONDocument(parsing: body(changes)).root, window: window)
  }

  static func errors(_ changes: [String: String]) throws -> [FieldError] {
    do {
      _ = try read(changes)
      return []
    } catch let invalid as InvalidFields { return invalid.errors }
  }

  @Test("The smallest body")
  func smallest() throws {
    let submission = try Self.read()
    #expect(submission.exampleID == nil)
    #expect(submission.timestamp == nil)
    #expect(
      [submission.userID, submission.sessionID, submission.userMessage, submission.assistantMessage] == [
        "u", "s", "q", "a",
      ])
    #expect(submission.history == [])
    #expect(submission.context == .null)
    #expect(submission.language == nil)
    #expect(submission.framework == nil)
    #expect([submission.complexity, submission.model, submission.variant] == ["", "", ""])
  }

  @Test("Every field at once")
  func largest() throws {
    let submission = try Self.read([
      "example_id": "\"\(Self.id)\"", "timestamp": "\"2025-11-26T13:00:00+01:00\"",
      "context": #"{"n":1.50,"a":[null]}"#,
      "history": #"[{"role":"system","content":"c"},{"role":"tool","content":""}]"#, "language": "\"swift\"",
      "framework": "\"\"", "model": "\"m\"", "variant": "\"v\"", "complexity": "\"high\"",
    ])
    #expect(submission.exampleID == Self.id)
    #expect(submission.timestamp == Self.now)
    #expect(
      submission.context
        == .object([.init(name: "n", value: .number("1.50")), .init(name: "a", value: .array([.null]))]))
    #expect(submission.history == [Message(role: .system, content: "c"), Message(role: .tool, content: "")])
    #expect(submission.language == "swift")
    #expect(submission.framework == "")
    #expect([submission.model, submission.variant, submission.complexity] == ["m", "v", "high"])
  }

  static let optional = [
    "example_id", "timestamp", "context", "history", "language", "framework", "model", "variant", "complexity",
    "messages",
  ]

  @Test("null on an optional field means absent", arguments: optional)
  func null(name: String) throws {
    #expect(try Self.errors([name: "null"]) == [])
    #expect(try Self.read([name: "null"]).language == nil)
  }

  static let required = ["user_id", "session_id", "user_message", "assistant_message"]

  @Test("A required field that is missing or null is named", arguments: required, ["", "null"])
  func missing(name: String, value: String) throws {
    #expect(try Self.errors([name: value]) == [FieldError(pointer: "/" + name, detail: "is required")])
  }

  @Test(
    "Other types are refused",
    arguments: required + optional.filter { !["context", "history", "complexity", "messages"].contains($0) })
  func types(name: String) throws {
    for value in ["1", "true", "[]", "{}", "[\"x\"]"] {
      #expect(
        try Self.errors([name: value]) == [FieldError(pointer: "/" + name, detail: "must be a string")], "\(value)")
    }
  }

  static func quoted(_ count: Int, of text: String = "é") -> String { "\"\(String(repeating: text, count: count))\"" }

  @Test(
    "Lengths count characters (Unicode scalars), up to the limit and one more",
    arguments: [
      ("user_id", 256), ("session_id", 256), ("language", 128), ("framework", 128), ("model", 128), ("variant", 128),
      ("complexity", 64),
    ], ["x", "é", "😀"])
  func lengths(field: (name: String, max: Int), character: String) throws {
    #expect(try Self.errors([field.name: Self.quoted(field.max, of: character)]) == [])
    #expect(
      try Self.errors([field.name: Self.quoted(field.max + 1, of: character)])
        == [FieldError(pointer: "/" + field.name, detail: "must have at most \(field.max) characters")])
  }

  @Test("Scalars count, not what a reader sees as one letter")
  func scalars() throws {
    #expect(try Self.errors(["complexity": Self.quoted(32, of: "e\u{301}")]) == [])
    #expect(try Self.errors(["complexity": Self.quoted(33, of: "e\u{301}")]).count == 1)
  }

  @Test("An id is never empty", arguments: ["user_id", "session_id"])
  func emptyID(name: String) throws {
    #expect(
      try Self.errors([name: "\"\""]) == [FieldError(pointer: "/" + name, detail: "must have 1 to 256 characters")])
    #expect(try Self.errors([name: "\" \""]) == [])
  }

  @Test(
    "A message is never blank", arguments: ["user_message", "assistant_message"],
    ["", " ", #"\n\t\r"#, "\u{A0}\u{2003}\u{3000}", #"\u2028"#])
  func blank(name: String, text: String) throws {
    #expect(try Self.errors([name: "\"\(text)\""]) == [FieldError(pointer: "/" + name, detail: "must not be blank")])
  }

  @Test("A message keeps its white space")
  func kept() throws {
    #expect(try Self.read(["user_message": #"" \n x\t""#]).userMessage == " \n x\t")
  }

  @Test(
    "The client's id: a UUIDv7, at most 5 minutes ahead",
    arguments: [
      (ExampleID(milliseconds: now.milliseconds + 300_000, sequence: 0, random: 0).description, nil),
      (
        ExampleID(milliseconds: now.milliseconds + 300_001, sequence: 0, random: 0).description,
        "must be at most 5 minutes ahead"
      ),
      (ExampleID(milliseconds: 0, sequence: 0, random: 0).description, nil),
      ("01234567-89ab-4def-8123-456789abcdef", "must be a UUIDv7"), ("", "must be a UUIDv7"), ("x", "must be a UUIDv7"),
    ] as [(String, String?)])
  func exampleID(text: String, detail: String?) throws {
    #expect(
      try Self.errors(["example_id": "\"\(text)\""])
        == (detail.map { [FieldError(pointer: "/example_id", detail: $0)] } ?? []))
  }

  static let timeRule = "must be an RFC 3339 date and time with its offset, such as 2026-01-31T12:00:00Z"

  @Test(
    "The client's time: RFC 3339, within the retention window, at most 5 minutes ahead",
    arguments: [
      ("2025-11-26T12:05:00.000Z", nil), ("2025-11-26T12:05:00.001Z", "must be at most 5 minutes ahead"),
      ("2025-08-28T12:00:00.000Z", nil), ("2025-08-28T11:59:59.999Z", "must be within the last 90 days"),
      ("2025-11-26", Self.timeRule), ("yesterday", Self.timeRule), ("", Self.timeRule),
      ("2025-11-31T00:00:00Z", Self.timeRule),
      ("2025-11-26T12:00:00", Self.timeRule),
    ] as [(String, String?)])
  func timestamp(text: String, detail: String?) throws {
    #expect(
      try Self.errors(["timestamp": "\"\(text)\""])
        == (detail.map { [FieldError(pointer: "/timestamp", detail: $0)] } ?? []))
  }

  @Test(
    "Complexity is a string or a number, stored as text",
    arguments: [("\"x\"", "x"), ("3", "3"), ("-1.50e2", "-1.50e2")])
  func complexity(value: String, text: String) throws {
    #expect(try Self.read(["complexity": value]).complexity == text)
  }

  @Test("Complexity of another type", arguments: ["true", "[]", "{}"])
  func badComplexity(value: String) throws {
    #expect(
      try Self.errors(["complexity": value]) == [
        FieldError(pointer: "/complexity", detail: "must be a string or a number")
      ])
  }

  @Test("Context is any JSON value", arguments: ["1", "\"x\"", "[]", "{}", "false", #"{"user_id":[{"":null}]}"#])
  func context(value: String) throws {
    var writer = JSONWriter()
    writer.value(try Self.read(["context": value]).context)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == value)
  }

  @Test(
    "An unknown member is reported at its parent, by the nearest known name and never by its own",
    arguments: [
      ("usr_id", "user_id"), ("userid", "user_id"), ("user_msg", "user_id"), ("assistant_msg", "assistant_message"),
      ("timestmp", "timestamp"), ("lang", "language"), ("message", "messages"), ("", "model"),
      ("hunter2-secret", "variant"),
    ])
  func unknown(name: String, nearest: String) throws {
    let errors = try Self.errors([name: "1"])
    #expect(errors.count == 1)
    #expect(errors.first?.pointer == "")
    let detail = errors.first?.detail ?? ""
    #expect(detail.hasPrefix("has an unknown member; the nearest known name is \""))
    #expect(name.isEmpty || !detail.contains("\"\(name)\""))
    if name != "hunter2-secret" { #expect(detail.hasSuffix("\"\(nearest)\"")) }
  }

  @Test(
    "Names are exact: the same bytes once decoded",
    arguments: [("User_id", false), ("us\\u0065r_id", true), ("user_id ", false)])
  func exact(name: String, isKnown: Bool) throws {
    let errors = try Self.errors(["user_id": "", name: "\"u\""])
    #expect(errors.map(\.pointer) == (isKnown ? [] : ["", "/user_id"]))
  }

  @Test("Every broken rule is told at once, in the order of the fields")
  func all() throws {
    let errors = try Self.errors([
      "user_id": "", "session_id": "7", "user_message": "\" \"", "timestamp": "\"x\"", "nope": "1",
      "model": Self.quoted(129),
    ])
    #expect(errors.map(\.pointer) == ["", "/user_id", "/session_id", "/user_message", "/timestamp", "/model"])
  }

  @Test("At most 20 are told, and a body of unknown members costs no more")
  func twenty() throws {
    var changes: [String: String] = [:]
    for number in 0..<20_000 { changes["x\(number)"] = "0" }
    #expect(try Self.errors(changes).count == 20)
    let history = "[" + Array(repeating: "{}", count: 1000).joined(separator: ",") + "]"
    #expect(try Self.errors(["history": history]).count == 20)
  }

  @Test("No error repeats any of the input")
  func secret() throws {
    let secret = "hunter2"
    for name in Self.required + Self.optional + ["other"] {
      for value in [
        "\"\(secret)\"", "[\"\(secret)\"]", "{\"\(secret)\":1}", "\"\(String(repeating: secret, count: 50))\"",
      ] {
        for error in try Self.errors([name: value]) {
          #expect(!error.detail.contains(secret) && !error.pointer.contains(secret), "\(name) \(error)")
        }
      }
    }
  }

  @Test("What is no object", arguments: ["[]", "null", "1", "\"x\"", "true"])
  func noObject(text: String) throws {
    let root = try JSONDocument(parsing: Array(text.utf8)).root
    let error = #expect(throws: InvalidFields.self) { try Submission(root, window: Self.window) }
    #expect(error?.errors == [FieldError(pointer: "", detail: "must be a JSON object")])
  }
}
