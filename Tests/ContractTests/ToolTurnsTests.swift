import Records
import TestKit
import Testing

/// What the contract means by "loads unmodified" where an assistant has called tools: the turns of a row stand in the order
/// in which they were said.
@Suite("Contract §1 and §2: turns of tools", .serialized)
struct ToolTurnsTests {
  private static let answer = LogBody.answer(about: 7)

  private static func message(_ turn: String) -> String {
    let role = String(turn.prefix { $0 != ":" })
    let content = String(turn.dropFirst(role.count + 1))
    return switch role {
    case "call": #"{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function"}]}"#
    case "said": #"{"role":"assistant","content":\#(jsonText(content)),"tool_calls":[{"id":"c1"}]}"#
    case "tool": #"{"role":"tool","tool_call_id":"c1","content":\#(jsonText(content))}"#
    default: #"{"role":"\#(role)","content":\#(jsonText(content))}"#
    }
  }

  /// What is sent before the answer, and what stands before it in the row: `call` is an assistant's turn without a text,
  /// `said` one with a text and a call.
  static let conversations: [(sent: [String], row: [String])] = [
    (["user:Q", "call:", "tool:T"], ["user:Q", "tool:T"]),
    (["user:Q", "said:Wait", "tool:T"], ["user:Q", "assistant:Wait", "tool:T"]),
    (["system:S", "user:Q", "said:Wait", "tool:T"], ["system:S", "user:Q", "assistant:Wait", "tool:T"]),
    (
      ["system:S", "assistant:Hello", "user:Q", "call:", "tool:T"], ["system:S", "assistant:Hello", "user:Q", "tool:T"]
    ),
    (["user:Q1", "assistant:A1", "user:Q", "call:", "tool:T"], ["user:Q1", "assistant:A1", "user:Q", "tool:T"]),
    (
      ["user:Q1", "assistant:A1", "user:Q", "said:One", "tool:T1", "tool:T2", "said:Two", "tool:T3"],
      ["user:Q1", "assistant:A1", "user:Q", "assistant:One", "tool:T1", "tool:T2", "assistant:Two", "tool:T3"]
    ),
    (
      ["user:Q1", "call:", "tool:T1", "assistant:A1", "user:Q", "call:", "tool:T2", "call:", "tool:T3"],
      ["user:Q1", "tool:T1", "assistant:A1", "user:Q", "tool:T2", "tool:T3"]
    ),
    // A tool's result before the question stays there.
    (
      ["user:Q1", "said:Wait", "tool:T", "assistant:A1", "user:Q"],
      ["user:Q1", "assistant:Wait", "tool:T", "assistant:A1", "user:Q"]
    ),
    (["user:Q1", "said:Wait", "tool:T", "user:Q"], ["user:Q1", "assistant:Wait", "tool:T", "user:Q"]),
    // One that answers nothing is left out.
    (["tool:T", "user:Q1", "assistant:A1", "user:Q"], ["user:Q1", "assistant:A1", "user:Q"]),
  ]

  private static func log(_ sent: [String], to server: TestServer) throws {
    let messages = (sent + ["assistant:" + answer]).map(message).joined(separator: ",")
    _ = try store(LogBody(messages: "[\(messages)]"), over: server.connect())
    #expect(try server.connect().post("/v1/curate", "").status == 200)
  }

  private static func turns(_ line: String) throws -> [String] {
    let messages = try JSONDocument(parsing: Array(line.utf8)).root["messages"]?.items ?? []
    return messages.map { ($0["role"]?.string ?? "") + ":" + ($0["content"]?.string ?? "") }
  }

  @Test(arguments: conversations)
  func `the row has its turns in the order in which they were said`(_ example: (sent: [String], row: [String])) throws {
    let server = try TestServer()
    try Self.log(example.sent, to: server)
    let rows = server.home.lines("curated/training_data.jsonl")
    #expect(try rows.map(Self.turns) == [example.row + ["assistant:" + Self.answer]])
    // The question and the answer are found in it again.
    #expect(try server.connect().post("/v1/curate", "").json()["examples"]?.integer == 1)
    for format in ["messages", "prompt-completion", "sharegpt", "alpaca"] {
      let file = server.home.path + "/\(format).jsonl"
      let export = try CerberusBinary.run(
        ["export", "--data-dir", server.home.path, "--output", file, "--format", format])
      #expect(export.exit == .code(0), "\(export.error)")
      let valid = try CerberusBinary.run(["validate-export", file, "--format", format])
      #expect(valid.exit == .code(0), "\(format): \(valid.output)\(valid.error)")
    }
    let alpaca = server.home.lines("alpaca.jsonl")
    #expect(try JSONDocument(parsing: Array(alpaca[0].utf8)).root["instruction"]?.string == "Q")
    #expect(try server.stop() == .code(0))
  }

  @Test func `openai leaves rows with tools out, since the ids of their calls are not kept, and counts them`() throws {
    let server = try TestServer()
    try Self.log(["user:Q", "said:Wait", "tool:T"], to: server)
    let file = server.home.path + "/openai.jsonl"
    func export() throws -> CerberusBinary.Outcome {
      try CerberusBinary.run(["export", "--data-dir", server.home.path, "--output", file, "--format", "openai"])
    }
    let nothing = try export()
    #expect(nothing.exit == .code(1) && nothing.error.contains("tool"), "\(nothing.error)")
    _ = try store(LogBody(user: "other"), over: server.connect())
    #expect(try server.connect().post("/v1/curate", "").json()["examples"]?.integer == 2)
    let one = try export()
    #expect(one.exit == .code(0) && one.error.contains("1 row with turns of tools is left out"), "\(one.error)")
    #expect(server.home.lines("openai.jsonl").count == 1)
    #expect(server.home.lines("openai.jsonl.manifest.json")[0].contains(#""openai":{"left_out_with_tools":1}"#))
    #expect(try CerberusBinary.run(["validate-export", file]).exit == .code(0))
    let http = try server.connect().get("/v1/export?format=openai")
    #expect(http.text.split(separator: "\n").count == 1)
    #expect(try server.stop() == .code(0))
  }
}
