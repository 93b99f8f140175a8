import Foundation
import Records
import TestKit
import Testing

@Suite("Contract §3 cerberus curate with options", .serialized)
struct CurateOptionsTests {
  private static func curate(_ home: TestServer.Home, _ arguments: String...) throws -> CerberusBinary.Outcome {
    try CerberusBinary.run(["curate", "--data-dir", home.path, "--json"] + arguments)
  }

  private static func json(_ outcome: CerberusBinary.Outcome) throws -> JSONElement {
    try JSONDocument(parsing: Array(outcome.output.utf8)).root
  }

  @Test(arguments: [true, false])
  func `what if and the story of one example, beside a server and without one, write nothing`(isServed: Bool) throws {
    let server = try TestServer()
    let client = try server.connect()
    var ids: [String] = []
    for number in 0..<4 {
      ids.append(try store(LogBody(user: "u\(number)", answer: LogBody.answer(about: number)), over: client))
    }
    try rate(ids[1], 3, over: client)
    if !isServed { #expect(try server.stop() == .code(0)) }
    let home = server.home
    let dry = try Self.json(Self.curate(home, "--dry-run"))
    #expect(dry["examples"]?.integer == 3)
    #expect(dry["rejected"]?["low_score"]?.integer == 1)
    #expect(try Self.json(Self.curate(home, "--min-score", "3"))["examples"]?.integer == 4)
    #expect(try Self.json(Self.curate(home, "--min-length", "60000"))["examples"]?.integer == 0)
    let story = try Self.json(Self.curate(home, "--explain", ids[1]))
    #expect(story["reason"]?.string == "low_score")
    #expect(story["near_duplicates"]?["n"]?.integer == 5, "what a Jaccard means stands beside it")
    #expect(try Self.curate(home, "--explain", "none").exit == .code(1))
    #expect(home.bytes("curated/training_data.jsonl") == nil)
    #expect(home.bytes("curated/manifest.json") == nil)
  }

  /// Body and Content-Type, and the answer.
  static let bodies: [(String, String?, Int)] = [
    ("", nil, 200), ("", "application/json", 200), ("", "text/plain", 200), ("{}", "application/json", 200),
    (" {} \n", "application/json", 200), ("{}", nil, 415), ("{}", "text/plain", 415), ("<x/>", "application/xml", 415),
    ("{", "application/json", 400), ("x", "application/json", 400), ("[]", "application/json", 422),
    ("1", "application/json", 422), (#"{"min_score":5}"#, "application/json", 422),
  ]

  @Test func `POST curate takes no body or an empty object, and runs on nothing else`() throws {
    let server = try TestServer()
    let client = try server.connect()
    for (body, type, status) in Self.bodies {
      let answer = try client.post("/v1/curate", Array(body.utf8), type: type)
      #expect(answer.status == status, "\(body) as \(type ?? "-"): \(answer.text)")
      let chunk = body.isEmpty ? "" : "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n"
      let fields = type.map { "Content-Type: \($0)\r\n" } ?? ""
      try client.send(
        "POST /v1/curate HTTP/1.1\r\nHost: localhost\r\n\(fields)Transfer-Encoding: chunked\r\n\r\n\(chunk)0\r\n\r\n")
      #expect(try client.response().status == status, "\(body) in chunks as \(type ?? "-")")
    }
    let unknown = try client.post("/v1/curate", #"{"min_score":5}"#).json()["errors"]?.items.first
    #expect(unknown?["pointer"]?.string?.isEmpty == true)
    #expect(try server.stop() == .code(0))
  }

  @Test func `evaluation sets and caps hold for the run that names them`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let words = "one two three four five six seven eight nine ten eleven twelve thirteen"
    for number in 0..<4 {
      let answer = number == 0 ? "Like so: \(words), and that is all there is to say." : LogBody.answer(about: number)
      _ = try store(LogBody(user: "u", question: "Question \(number)?", answer: answer), over: client)
    }
    let set = server.home.path + "/eval.jsonl"
    try Data("{\"prompt\":\"\(words)\"}\n".utf8).write(to: URL(fileURLWithPath: set))
    let clean = try Self.json(Self.curate(server.home, "--exclude", set))
    #expect(clean["rejected"]?["contaminated"]?.integer == 1)
    #expect(clean["rules"]?["optional"]?["contaminated"]?["files"]?.items.first?.string == "eval.jsonl")
    #expect(!server.home.lines("curated/training_data.jsonl").contains { $0.contains("Like so") })
    let card = String(decoding: server.home.bytes("curated/README.md") ?? [], as: UTF8.self)
    #expect(card.contains("13 words in a row with the evaluation sets `eval.jsonl`"))
    #expect(try Self.json(Self.curate(server.home, "--max-per-user", "2"))["rejected"]?["over_cap"]?.integer == 2)
    #expect(try Self.json(Self.curate(server.home, "--target", "3"))["examples"]?.integer == 3)
    let other = try Self.json(Self.curate(server.home, "--near-duplicate", "0.9", "--moat", "0.25"))
    #expect(other["rules"]?["near_duplicates"]?["jaccard"]?.numberText == "0.9")
    #expect(other["rules"]?["moat"]?["jaccard"]?.numberText == "0.25")
    let usual = try Self.json(Self.curate(server.home))
    #expect(usual["examples"]?.integer == 4)
    #expect(usual["rules"]?["near_duplicates"]?["jaccard"]?.numberText == "0.75")
    #expect(usual["rules"]?["moat"]?["jaccard"]?.numberText == "0.5")
    #expect(try Self.curate(server.home, "--exclude", set + "x").exit == .code(74))
    for wrong in [
      ["--temperature", "2"], ["--target", "0"], ["--min-score", "6"], ["--rule", "none"], ["--near-duplicate", "0.5"],
      ["--moat", "0"],
    ] {
      #expect(try CerberusBinary.run(["curate", "--data-dir", server.home.path] + wrong).exit == .code(64))
    }
  }

  @Test func `the routes of the command line are found through the control socket alone`() throws {
    let client = try TestServer().connect()
    #expect(try client.post("/control/curate", "{}").status == 404)
    #expect(try client.get("/control/curation").status == 404)
  }
}
