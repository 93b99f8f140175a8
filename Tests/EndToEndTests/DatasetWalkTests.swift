import Records
import TestKit
import Testing

/// The main job: a backend logs, a frontend rates, an operator looks, the curator writes, a trainer loads.
@Suite("End to end: from requests to a dataset", .serialized)
struct DatasetWalkTests {
  private static let corrected =
    "Use `sorted(items, key=len)`: it builds a new list and leaves the one that you have alone."

  private func log(_ body: LogBody, _ client: TestClient) throws -> String {
    let answer = try client.post("/v1/log", body.bytes)
    try #require(answer.status == 201, "\(answer.text)")
    return try #require(try answer.json()["example_id"]?.string)
  }

  private func rate(_ id: String, _ members: String, _ client: TestClient) throws {
    let answer = try client.post("/v1/feedback", "{\"example_id\":\"\(id)\",\(members)}")
    try #require(answer.status == 200, "\(answer.text)")
  }

  private func rows(_ lines: [String]) throws -> [JSONElement] {
    try lines.map { try JSONDocument(parsing: Array($0.utf8)).root }
  }

  @Test func `what was good is in the dataset, clean, and every format has it`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let good = try log(
      LogBody(
        user: "ada", question: "Why does my loop skip items? Write to ada@acme.dev.",
        answer:
          "The list shrinks while you walk it. Walk over a copy:\n\n```python\nfor x in items[:]:\n    items.remove(x)\n```"
      ).with("history", #"[{"role":"system","content":"Be brief."}]"#), client)
    try rate(good, #""score":5,"comment":"Thanks, bob@acme.dev""#, client)
    let unrated = try log(
      LogBody(
        messages: """
          [{"role":"user","content":"What is a trait in Rust, in one sentence?"},\
          {"role":"assistant","content":"A trait names behaviour that types can share, like an interface elsewhere."}]
          """
      ).with("user_id", "\"bob\""), client)
    // Answers that are no twins: else the moat leaves one out whenever the other falls to the hold-out.
    let low = try log(
      LogBody(user: "cy", question: "How do I sort strings?", answer: LogBody.answer(about: 1)), client)
    try rate(low, #""score":1"#, client)
    let corrected = try log(
      LogBody(user: "dee", question: "How do I sort by length?", answer: LogBody.answer(about: 2)), client)
    try rate(corrected, "\"score\":2,\"corrected_message\":\(jsonText(Self.corrected))", client)
    _ = try log(LogBody(user: "eve", question: "Is it?", answer: "Yes."), client)
    let twin = try log(
      LogBody(
        messages: """
          [{"role":"user","content":"What is a trait in Rust, in one sentence?"},\
          {"role":"assistant","content":"A trait names behaviour that types can share, like an interface elsewhere."}]
          """
      ).with("user_id", "\"fay\""), client)
    try rate(twin, #""score":4"#, client)

    let stats = try client.get("/v1/stats").json()
    #expect(stats["conversations"]?.integer == 6)
    #expect(stats["high_quality"]?.integer == 3)
    #expect(stats["rated"]?.integer == 4)

    let curated = try CerberusBinary.run(["curate", "--data-dir", server.home.path, "--json"])
    #expect(curated.exit == .code(0), "\(curated.error)")
    let lines = server.home.lines("curated/training_data.jsonl")
    let dataset = try rows(lines)
    #expect(Set(dataset.map { $0["example_id"]?.string }) == [good, corrected, twin])
    #expect(!dataset.contains { $0["example_id"]?.string == unrated })
    #expect(!lines.joined().contains("acme.dev"))
    let first = try #require(dataset.first { $0["example_id"]?.string == good })
    #expect(first["language"]?.string == "python")
    #expect(first["messages"]?.items.map { $0["role"]?.string } == ["system", "user", "assistant"])
    #expect(first["messages"]?.items[1]["content"]?.string == "Why does my loop skip items? Write to [EMAIL_1].")
    let negatives = try rows(server.home.lines("curated/preferences.jsonl"))
    #expect(Set(negatives.map { $0["example_id"]?.string }) == [low, corrected])

    for format in ["messages", "openai", "prompt-completion", "sharegpt", "alpaca"] {
      let outcome = try CerberusBinary.run(
        ["export", "--data-dir", server.home.path, "--output", "-", "--format", format])
      #expect(outcome.exit == .code(0), "\(format): \(outcome.error)")
      let exported = outcome.output.split(separator: "\n").map(String.init)
      #expect(try rows(exported).count == 3, "\(format)")
      for text in [Self.corrected, "The list shrinks while you walk it.", "A trait names behaviour"] {
        #expect(exported.count { $0.contains(jsonText(text).dropLast().dropFirst()) } == 1, "\(format): \(text)")
      }
      if format == "messages" { #expect(exported == lines) }
    }
    let summary = try CerberusBinary.run(["stats", "--data-dir", server.home.path])
    #expect(summary.output.contains("  3 examples, "), "\(summary.output)")
    #expect(try server.stop() == .code(0))
  }
}
