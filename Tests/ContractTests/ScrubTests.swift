import TestKit
import Testing

@Suite("Contract §3 cerberus scrub", .serialized)
struct ScrubTests {
  @Test(
    arguments: [
      ("", ""), ("nothing to hide\n", "nothing to hide\n"), ("no line end", "no line end"),
      ("a\r\nb\n\n", "a\r\nb\n\n"),
      ("write to ada@acme.dev now\n", "write to [EMAIL_1] now\n"),
      ("ada@acme.dev, bob@acme.dev,\nada@acme.dev", "[EMAIL_1], [EMAIL_2],\n[EMAIL_1]"),
    ])
  func `stdin is printed scrubbed`(_ text: String, _ scrubbed: String) throws {
    let outcome = try CerberusBinary.run(["scrub"], input: text)
    #expect(outcome.exit == .code(0))
    #expect(outcome.output == scrubbed)
    #expect(outcome.error.isEmpty)
  }

  @Test func `as a filter each line is one record`() throws {
    let input = """
      {"text":"mail ada@acme.dev and bob@acme.dev"}
      {"text":"again ada@acme.dev"}
      {"text":""}
      {"text":"line\\nbreak \\u00fc \\"quoted\\""}

      """
    let outcome = try CerberusBinary.run(["scrub", "--jsonl"], input: input)
    #expect(outcome.exit == .code(0), "\(outcome.error)")
    #expect(
      outcome.output == """
        {"text":"mail [EMAIL_1] and [EMAIL_2]","redactions":{"EMAIL":2}}
        {"text":"again [EMAIL_1]","redactions":{"EMAIL":1}}
        {"text":"","redactions":{}}
        {"text":"line\\nbreak ü \\"quoted\\"","redactions":{}}

        """)
  }

  @Test func `each line is flushed before the next comes in`() throws {
    let process = try CerberusBinary.start(["scrub", "--jsonl"])
    for number in 0..<20 {
      try process.write("{\"text\":\"\(number) u\(number)@acme.dev\"}\n")
      // Waits with the input still open: what is not flushed never comes.
      #expect(try process.nextOutputLine() == "{\"text\":\"\(number) [EMAIL_1]\",\"redactions\":{\"EMAIL\":1}}")
    }
    process.closeInput()
    #expect(try process.wait() == .code(0))
  }

  @Test(arguments: ["no json", "[]", "{}", #"{"text":7}"#, #"{"text":"a""#, #"{"text":"secretword9"}x"#])
  func `a line that is no such object is bad data, and not repeated`(_ line: String) throws {
    let outcome = try CerberusBinary.run(["scrub", "--jsonl"], input: "{\"text\":\"ok\"}\n\(line)\n")
    #expect(outcome.exit == .code(65))
    #expect(outcome.output == "{\"text\":\"ok\",\"redactions\":{}}\n")
    #expect(outcome.error.contains("line 2"))
    #expect(!outcome.error.contains("secretword9"))
  }
}
