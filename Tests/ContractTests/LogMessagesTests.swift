import TestKit
import Testing

@Suite("Contract §2 POST /v1/log with messages", .serialized, .runningServer)
struct LogMessagesTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let what: String
    let messages: String
    let question: String
    let answer: String
    /// Role and content, separated by a colon.
    var history: [String] = []
    var testDescription: String { what }
  }

  static let examples: [Example] = [
    Example(
      what: "two turns", messages: #"[{"role":"user","content":"Q"},{"role":"assistant","content":"A"}]"#,
      question: "Q",
      answer: "A"),
    Example(
      what: "earlier turns are history",
      messages: """
        [{"role":"system","content":"S"},{"role":"developer","content":"D"},{"role":"user","content":"Q1"},\
        {"role":"assistant","content":"A1"},{"role":"tool","content":"T"},{"role":"user","content":"Q2"},\
        {"role":"assistant","content":"A2"}]
        """,
      question: "Q2", answer: "A2", history: ["system:S", "developer:D", "user:Q1", "assistant:A1", "tool:T"]),
    Example(
      what: "text parts",
      messages: """
        [{"role":"user","content":[{"type":"text","text":"Q"},{"type":"text","text":"?"}]},\
        {"role":"assistant","content":[{"type":"text","text":"A"}]}]
        """,
      question: "Q?", answer: "A"),
    Example(
      what: "other members are ignored",
      messages: """
        [{"role":"user","name":"n","content":"Q","cache_control":{"type":"x"}},\
        {"role":"assistant","content":"A","refusal":null,"tool_calls":[{"id":"1"}]}]
        """,
      question: "Q", answer: "A"),
  ]

  @Test(arguments: examples)
  func `the last user and the last assistant turn are the example`(_ example: Example) throws {
    let line = try storedLine(
      store(LogBody(messages: example.messages), over: connect()), in: RunningServer.shared.home)
    #expect(line.text("user_message") == example.question)
    #expect(line.text("assistant_message") == example.answer)
    let history = line["history"]?.items.map { ($0.at("role")?.string ?? "") + ":" + ($0.at("content")?.string ?? "") }
    #expect(history == example.history)
  }

  static let refused: [(String, String)] = [
    ("[]", "/messages"), ("{}", "/messages"), (#""text""#, "/messages"), ("[1]", "/messages/0"),
    (#"[{"role":"user","content":"Q"}]"#, "/messages"), (#"[{"role":"assistant","content":"A"}]"#, "/messages"),
    (#"[{"role":"user","content":" "},{"role":"assistant","content":"A"}]"#, "/messages"),
    (#"[{"role":"user","content":"Q"},{"role":"assistant","content":""}]"#, "/messages"),
    (#"[{"role":"user"},{"role":"assistant","content":"A"}]"#, "/messages/0/content"),
    (#"[{"role":"user","content":7},{"role":"assistant","content":"A"}]"#, "/messages/0/content"),
    (
      #"[{"role":"user","content":[{"type":"image_url","image_url":{}}]},{"role":"assistant","content":"A"}]"#,
      "/messages/0/content"
    ),
    (#"[{"role":"critic","content":"Q"},{"role":"assistant","content":"A"}]"#, "/messages/0/role"),
    (#"[{"content":"Q"},{"role":"assistant","content":"A"}]"#, "/messages/0/role"),
  ]

  @Test(arguments: refused)
  func `messages without a question and an answer are 422`(_ messages: String, _ pointer: String) throws {
    let answer = try connect().post("/v1/log", LogBody(messages: messages).bytes)
    #expect(answer.status == 422, "\(answer.text)")
    let errors = try answer.json().at("errors")?.items ?? []
    #expect(errors.contains { $0.at("pointer")?.string == pointer }, "\(answer.text)")
  }
}
