import Testing

@testable import Records

/// The `messages` form of `POST /v1/log`, and `history`.
@Suite("Turns of a conversation that is sent")
struct TurnsTests {
  private func read(_ messages: String, _ more: [String: String] = [:]) throws -> Submission {
    try SubmissionTests.read(
      ["user_message": "", "assistant_message": "", "messages": messages].merging(more) { $1 })
  }

  private func errors(_ messages: String, _ more: [String: String] = [:]) throws -> [FieldError] {
    try SubmissionTests.errors(
      ["user_message": "", "assistant_message": "", "messages": messages].merging(more) { $1 })
  }

  private static let user = #"{"role":"user","content":"q"}"#
  private static let assistant = #"{"role":"assistant","content":"a"}"#

  @Test("One question and its answer")
  func pair() throws {
    let submission = try read("[\(Self.user),\(Self.assistant)]")
    #expect(submission.userMessage == "q")
    #expect(submission.assistantMessage == "a")
    #expect(submission.history == [])
  }

  @Test("The last user and the last assistant turn are the example, earlier ones history")
  func long() throws {
    let submission = try read(
      """
      [{"role":"system","content":"s"},{"role":"developer","content":"d"},{"role":"user","content":"q1"},
      {"role":"assistant","content":"a1"},{"role":"user","content":"q2"},
      {"role":"assistant","content":null,"tool_calls":[{"id":"x"}]},{"role":"tool","content":"t","tool_call_id":"x"},
      {"role":"assistant","content":"a2","refusal":null}]
      """)
    #expect(submission.userMessage == "q2")
    #expect(submission.assistantMessage == "a2")
    // The turn without a text tells that the question stood before it and its result.
    #expect(submission.history.map(\.role) == [.system, .developer, .user, .assistant, .assistant, .tool])
    #expect(submission.history.map(\.content) == ["s", "d", "q1", "a1", "", "t"])
  }

  @Test(
    "A turn without a text is kept only where the place of the question cannot be told without it",
    arguments: [
      ("ucA", ""), ("uctA", "t"), ("ctuA", "t"), ("suctA", "st"), ("uauctA", "uaat"), ("uctauctA", "utaat"),
      ("uauaA", "uaa"), ("uccA", ""),
    ])
  func calls(sent: String, history: String) throws {
    let messages = sent.map { character in
      switch character {
      case "u": Self.user
      case "a", "A": Self.assistant
      case "s": #"{"role":"system","content":"s"}"#
      case "c": #"{"role":"assistant","content":null}"#
      default: #"{"role":"tool","content":"t"}"#
      }
    }
    let submission = try read("[\(messages.joined(separator: ","))]")
    #expect(submission.history.map { String($0.role.rawValue.prefix(1)) }.joined() == history)
  }

  @Test("A turn after the answer is no history of it")
  func after() throws {
    let submission = try read(#"[\#(Self.user),\#(Self.assistant),{"role":"tool","content":"t"}]"#)
    #expect(submission.history == [])
  }

  @Test("Content in text parts is joined")
  func parts() throws {
    let submission = try read(
      #"[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"\nb"}]},\#(Self.assistant)]"#)
    #expect(submission.userMessage == "a\nb")
  }

  @Test(
    "What is no usable list of messages",
    arguments: [
      ("1", "/messages", "must be an array of messages"), ("{}", "/messages", "must be an array of messages"),
      ("[]", "/messages", "must have a user turn"), ("[\(assistant)]", "/messages", "must have a user turn"),
      ("[\(user)]", "/messages", "must have an assistant turn that answers the last user turn"),
      ("[\(assistant),\(user)]", "/messages", "must have an assistant turn that answers the last user turn"),
      ("[\(user),\(assistant),\(user)]", "/messages", "must have an assistant turn that answers the last user turn"),
      (#"[{"role":"user","content":" "},\#(assistant)]"#, "/messages", "must not have a blank last user turn"),
      (#"[{"role":"user","content":[]},\#(assistant)]"#, "/messages", "must not have a blank last user turn"),
      (#"[\#(user),{"role":"assistant","content":"\n"}]"#, "/messages", "must not have a blank last assistant turn"),
      ("[\(user),\(assistant),7]", "/messages/2", "must be a JSON object"),
      (#"[{"content":"x"},\#(assistant)]"#, "/messages/0/role", "is required"),
      (#"[{"role":null,"content":"x"},\#(assistant)]"#, "/messages/0/role", "is required"),
      (#"[{"role":1,"content":"x"},\#(assistant)]"#, "/messages/0/role", "must be a string"),
      (
        #"[{"role":"User","content":"x"},\#(assistant)]"#, "/messages/0/role",
        "must be one of system, developer, user, assistant, tool"
      ),
      (#"[{"role":"user"},\#(assistant)]"#, "/messages/0/content", "is required"),
      (#"[{"role":"tool","content":null},\#(assistant)]"#, "/messages/0/content", "is required"),
      (
        #"[{"role":"user","content":1},\#(assistant)]"#, "/messages/0/content",
        "must be a string or an array of text parts"
      ),
      (
        #"[{"role":"user","content":{"text":"x"}},\#(assistant)]"#, "/messages/0/content",
        "must be a string or an array of text parts"
      ),
      (#"[{"role":"user","content":["x"]},\#(assistant)]"#, "/messages/0/content", "must have text parts only"),
      (
        #"[{"role":"user","content":[{"type":"image_url","image_url":{}}]},\#(assistant)]"#, "/messages/0/content",
        "must have text parts only"
      ),
      (
        #"[{"role":"user","content":[{"type":"text"}]},\#(assistant)]"#, "/messages/0/content",
        "must have text parts only"
      ),
      (
        #"[{"role":"user","content":[{"text":"x"}]},\#(assistant)]"#, "/messages/0/content", "must have text parts only"
      ),
    ])
  func bad(messages: String, pointer: String, detail: String) throws {
    #expect(try errors(messages) == [FieldError(pointer: pointer, detail: detail)])
  }

  @Test(
    "messages stands in place of the other fields, never beside them",
    arguments: ["user_message", "assistant_message", "history"])
  func both(name: String) throws {
    let value = name == "history" ? "[]" : "\"x\""
    #expect(
      try errors("[\(Self.user),\(Self.assistant)]", [name: value])
        == [FieldError(pointer: "/" + name, detail: "must be absent where messages is given")])
    #expect(try errors("[\(Self.user),\(Self.assistant)]", [name: "null"]) == [])
  }

  @Test(
    "History is a list of {role, content} and nothing else",
    arguments: [
      ("{}", "/history", "must be an array of {role, content}"),
      ("\"x\"", "/history", "must be an array of {role, content}"),
      ("[1]", "/history/0", "must be a JSON object"),
      (#"[{"role":"user","content":"x"},{"role":"user"}]"#, "/history/1/content", "is required"),
      (#"[{"role":"assistant"}]"#, "/history/0/content", "is required"),
      (#"[{"content":"x"}]"#, "/history/0/role", "is required"),
      (
        #"[{"role":"bot","content":"x"}]"#, "/history/0/role", "must be one of system, developer, user, assistant, tool"
      ),
      (
        #"[{"role":"user","content":"x","name":"y"}]"#, "/history/0",
        "has an unknown member; the nearest known name is \"role\""
      ),
    ])
  func history(value: String, pointer: String, detail: String) throws {
    #expect(try SubmissionTests.errors(["history": value]) == [FieldError(pointer: pointer, detail: detail)])
  }
}
