import TestKit
import Testing

@Suite("Contract §2 POST /v1/log", .serialized, .runningServer)
struct LogTests {
  @Test func `a conversation is stored and answered with 201 and its id`() throws {
    let answer = try connect().post("/v1/log", LogBody().bytes)
    #expect(answer.status == 201)
    #expect(answer["Content-Type"] == "application/json")
    let body = try answer.json()
    #expect(body.keys == ["status", "example_id"])
    #expect(body.at("status")?.string == "success")
    let line = try storedLine(try #require(body.at("example_id")?.string), in: RunningServer.shared.home)
    #expect(line.text("user_message") == LogBody.question)
    #expect(line.text("assistant_message") == LogBody.answer)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let what: String
    let body: LogBody
    /// Where the broken rule is reported.
    var pointer = ""
    var testDescription: String { what }
  }

  private static func text(_ count: Int, _ character: String = "x") -> String {
    jsonText(String(repeating: character, count: count))
  }

  static let valid: [Case] = [
    Case(what: "ids of one character", body: LogBody(user: "u", session: "s")),
    Case(what: "ids of 256 characters", body: LogBody().with("user_id", text(256)).with("session_id", text(256))),
    Case(what: "ids of 256 characters, four bytes each", body: LogBody().with("user_id", text(256, "😀"))),
    Case(
      what: "labels of 128 characters",
      body: LogBody().with("language", text(128)).with("framework", text(128))
        .with("model", text(128)).with("variant", text(128, "é"))),
    Case(what: "complexity of 64 characters", body: LogBody().with("complexity", text(64))),
    Case(what: "empty labels", body: LogBody().with("model", "\"\"").with("complexity", "\"\"")),
    Case(what: "an id of now", body: LogBody().with("example_id", jsonText(uuidV7(serial: 1)))),
    Case(what: "an id 4 min ahead", body: LogBody().with("example_id", jsonText(uuidV7(seconds: 240, serial: 2)))),
    Case(what: "a time 4 min ahead", body: LogBody().with("timestamp", jsonText(rfc3339(seconds: 240)))),
    Case(what: "a time 89 days ago", body: LogBody().with("timestamp", jsonText(rfc3339(seconds: -89 * 86_400)))),
    Case(what: "context null", body: LogBody().with("context", "null")),
    Case(what: "context a number", body: LogBody().with("context", "1.50")),
    Case(
      what: "every role in history",
      body: LogBody().with(
        "history",
        "["
          + ["system", "developer", "user", "assistant", "tool"].map { #"{"role":"\#($0)","content":"a"}"# }
          .joined(separator: ",") + "]")),
    Case(what: "an empty history", body: LogBody().with("history", "[]")),
  ]

  @Test(arguments: valid)
  func `a value at its limit is taken`(_ example: Case) throws {
    let answer = try connect().post("/v1/log", example.body.bytes)
    #expect(answer.status == 201, "\(answer.text)")
  }

  static let invalid: [Case] = invalidIDs + invalidMessages + invalidLabels + invalidOthers

  static let invalidIDs: [Case] = ["user_id", "session_id"].flatMap { name -> [Case] in
    [
      Case(what: "no \(name)", body: LogBody().without(name), pointer: "/" + name),
      Case(what: "an empty \(name)", body: LogBody().with(name, "\"\""), pointer: "/" + name),
      Case(what: "257 characters of \(name)", body: LogBody().with(name, text(257)), pointer: "/" + name),
      Case(what: "a number as \(name)", body: LogBody().with(name, "1"), pointer: "/" + name),
    ]
  }

  static let invalidMessages: [Case] = ["user_message", "assistant_message"].flatMap { name -> [Case] in
    let other = name == "user_message" ? "assistant_message" : "user_message"
    let messages = #"[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]"#
    let both = LogBody().without(other).with("messages", messages)
    return [
      Case(what: "no \(name)", body: LogBody().without(name), pointer: "/" + name),
      Case(what: "an empty \(name)", body: LogBody().with(name, "\"\""), pointer: "/" + name),
      Case(what: "a blank \(name)", body: LogBody().with(name, #"" \n\t\u00a0\u3000""#), pointer: "/" + name),
      Case(what: "an object as \(name)", body: LogBody().with(name, "{}"), pointer: "/" + name),
      Case(what: "\(name) beside messages", body: both, pointer: "/" + name),
    ]
  }

  static let invalidLabels: [Case] = ["language", "framework", "model", "variant"].flatMap { name -> [Case] in
    [
      Case(what: "129 characters of \(name)", body: LogBody().with(name, text(129)), pointer: "/" + name),
      Case(what: "a number as \(name)", body: LogBody().with(name, "1"), pointer: "/" + name),
    ]
  }

  private static func bad(_ name: String, _ json: String, _ what: String, at pointer: String? = nil) -> Case {
    Case(what: what, body: LogBody().with(name, json), pointer: pointer ?? "/" + name)
  }

  static let invalidOthers: [Case] = [
    bad("complexity", text(65), "65 characters of complexity"),
    bad("complexity", String(repeating: "1", count: 65), "65 digits of complexity"),
    bad("complexity", "true", "complexity true"),
    bad("example_id", #""0b0b0b0b-1111-4111-8111-0b0b0b0b0b0b""#, "a UUIDv4"),
    bad("example_id", #""abc""#, "an id that is none"),
    // An hour, since these are computed when the run begins; the exact border is in the tests of AcceptanceWindow.
    bad("example_id", jsonText(uuidV7(seconds: 3600)), "an id an hour ahead"),
    bad("timestamp", jsonText(rfc3339(seconds: 3600)), "a time an hour ahead"),
    bad("timestamp", jsonText(rfc3339(seconds: -90 * 86_400 - 60)), "a time before the retention window"),
    bad("timestamp", #""yesterday""#, "a time that is none"),
    bad("timestamp", jsonText("\(day(-1))T10:00:00"), "a time without zone"),
    bad("timestamp", #""2026-02-30T10:00:00Z""#, "a day that is none"),
    bad("timestamp", "1760000000", "a time as number"),
    bad("history", "{}", "history an object"),
    bad("history", #"[{"content":"a"}]"#, "history without role", at: "/history/0/role"),
    bad("history", #"[{"role":"user"}]"#, "history without content", at: "/history/0/content"),
    bad("history", #"[{"role":"bot","content":"a"}]"#, "history with another role", at: "/history/0/role"),
  ]

  @Test(arguments: invalid)
  func `a value that breaks its rule is 422 and not stored`(_ example: Case) throws {
    let home = try RunningServer.shared.home
    let before = home.conversations.count
    let answer = try connect().post("/v1/log", example.body.bytes)
    #expect(answer.status == 422, "\(answer.text)")
    let errors = try #require(try answer.json().at("errors")).items
    #expect(errors.contains { $0.at("pointer")?.string == example.pointer }, "\(answer.text)")
    #expect(home.conversations.count == before)
  }

  @Test func `a client may mint the id`() throws {
    let id = uuidV7(serial: 77)
    #expect(try store(LogBody().with("example_id", jsonText(id)), over: connect()) == id)
    _ = try storedLine(id, in: RunningServer.shared.home)
  }

  @Test(arguments: [("3", "3"), ("0.50", "0.50"), ("-1e3", "-1e3"), (#""high""#, "high")])
  func `complexity is stored as text`(_ json: String, _ stored: String) throws {
    let line = try storedLine(store(LogBody().with("complexity", json), over: connect()), in: RunningServer.shared.home)
    #expect(line.text("complexity") == stored)
  }

  @Test(arguments: ["null", "1.50", "true", #""text""#, "[]", "{}", #"{"b":[1,{"a":null}],"a":"x"}"#])
  func `context is any JSON value, kept as it is`(_ json: String) throws {
    let line = try storedLine(store(LogBody().with("context", json), over: connect()), in: RunningServer.shared.home)
    #expect(line.text.contains("\"context\":\(json),\"language\""))
  }

  @Test func `messages are kept to the letter`() throws {
    let text = "Tabs\t, line\r\nbreaks, \"quotes\", \\ and 😀 e\u{301} \u{2028} \u{7f} </script>"
    let line = try storedLine(
      store(LogBody(question: text, answer: "Answer: " + text), over: connect()), in: RunningServer.shared.home)
    #expect(line.text("user_message")?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
    #expect(line.text("assistant_message")?.unicodeScalars.elementsEqual(("Answer: " + text).unicodeScalars) == true)
  }

  @Test func `language and framework are detected from the text when absent`() throws {
    let body = LogBody(
      question: "How do I add a route?",
      answer:
        "```python\nfrom flask import Flask\napp = Flask(__name__)\n@app.route('/')\ndef index():\n    return 'hi'\n```"
    )
    let line = try storedLine(store(body, over: connect()), in: RunningServer.shared.home)
    #expect(line.text("language") == "python")
    #expect(line.text("framework") == "flask")
  }

  @Test func `what the client names is kept, the empty string too`() throws {
    let body = LogBody().with("language", #""COBOL""#).with("framework", #""""#)
    let line = try storedLine(store(body, over: connect()), in: RunningServer.shared.home)
    #expect(line.text("language") == "COBOL")
    #expect(line.text("framework") == "")
  }

  @Test func `nothing is guessed where the text tells nothing`() throws {
    let body = LogBody(question: "How are you today?", answer: "Fine, thank you. And how is the weather where you are?")
    let line = try storedLine(store(body, over: connect()), in: RunningServer.shared.home)
    #expect(line.text("language") == "")
    #expect(line.text("framework") == "")
  }
}
