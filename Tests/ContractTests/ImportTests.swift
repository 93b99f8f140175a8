import Foundation
import Records
import TestKit
import Testing

@Suite("Contract §3 cerberus import", .serialized)
struct ImportTests {
  private static func lines(_ users: [String]) -> [String] {
    users.enumerated().map { number, user in
      #"{"user":"\#(user)","session":"s","prompt":"Question \#(number)? Mail \#(user)@nordwind-it.de.","#
        + #""response":"\#(LogBody.answer(about: number))","created_at":"2021-03-04 05:06:07","rating":5}"#
    }
  }

  private static func run(_ home: TestServer.Home, _ lines: [String]) throws -> CerberusBinary.Outcome {
    let path = home.path + "/old.jsonl"
    try FileManager.default.createDirectory(atPath: home.path, withIntermediateDirectories: true)
    try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try CerberusBinary.run(["import", path, "--data-dir", home.path, "--json"])
  }

  private static func counts(_ outcome: CerberusBinary.Outcome) throws -> [Int?] {
    let root = try JSONDocument(parsing: Array(outcome.output.utf8)).root
    return ["imported", "repeated", "opted_out", "erased", "rated", "refused"].map { (name: StaticString) in
      root[name]?.integer
    }
  }

  @Test(arguments: [true, false])
  func `lines of any past date come in scrubbed, rated and once, beside a server and without one`(
    isServed: Bool
  ) throws {
    let server = try TestServer()
    if !isServed { #expect(try server.stop() == .code(0)) }
    let home = server.home
    let lines = Self.lines(["ann", "bob", "0123456789abcdef"])
    #expect(try Self.counts(Self.run(home, lines)) == [3, 0, 0, 0, 3, 0])
    #expect(try Self.counts(Self.run(home, lines)) == [0, 3, 0, 0, 0, 0])
    let stored = try home.lines("training_logs/conversations_2021-03-04.jsonl").map(StoredLine.init)
    #expect(stored.count == 3)
    for line in stored {
      #expect(line.text("timestamp") == "2021-03-04T05:06:07.000Z")
      #expect(line.text("user_message")?.contains("[EMAIL_1]") == true)
      #expect(!line.text.contains("0123456789abcdef"), "ids that are hashed already are hashed again")
    }
    #expect(home.lines("training_logs/feedback.jsonl").count == 3)
    let curated = try CerberusBinary.run(["curate", "--data-dir", home.path, "--json"])
    #expect(try JSONDocument(parsing: Array(curated.output.utf8)).root["examples"]?.integer == 3)
    #expect(try CerberusBinary.run(["verify", "--data-dir", home.path]).exit == .code(0))
  }

  @Test
  func
    `an import that ended between a record and its rating is completed by the next one, and no newer rating is lost`()
    throws
  {
    let server = try TestServer()
    let lines = Self.lines(["ann", "bob"])
    // The same records as far as they are stored before their ratings.
    let unrated = lines.map { $0.replacingOccurrences(of: #","rating":5"#, with: "") }
    #expect(try Self.counts(Self.run(server.home, unrated)) == [2, 0, 0, 0, 0, 0])
    let first = try server.home.lines("training_logs/conversations_2021-03-04.jsonl").map(StoredLine.init)[0]
    let client = try server.connect()
    let id = try #require(first.text("example_id"))
    #expect(try client.post("/v1/feedback", #"{"example_id":"\#(id)","score":2}"#).status == 200)
    #expect(try Self.counts(Self.run(server.home, lines)) == [0, 2, 0, 0, 1, 0])
    #expect(try Self.counts(Self.run(server.home, lines)) == [0, 2, 0, 0, 0, 0])
    #expect(server.home.lines("training_logs/feedback.jsonl").filter { $0.contains(id) }.count == 1)
  }

  @Test func `who refuses is not imported, what is erased does not come back, and a bad line is named`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let lines = Self.lines(["ann", "bob", "cyd"])
    #expect(try Self.counts(Self.run(server.home, lines)) == [3, 0, 0, 0, 3, 0])
    #expect(try client.post("/v1/users/erase", #"{"user_id":"ann"}"#).status == 200)
    #expect(try client.post("/v1/users/opt-out", #"{"user_id":"bob"}"#).status == 200)
    let outcome = try Self.run(server.home, lines + ["{", #"{"user_id":"x","prompt":"Q"}"#])
    #expect(outcome.exit == .code(65))
    #expect(try Self.counts(outcome) == [0, 1, 1, 1, 0, 2])
    #expect(outcome.error.contains("old.jsonl:4: "))
    #expect(outcome.error.contains("old.jsonl:5: /assistant_message is required"))
    #expect(try client.post("/control/import", "{}").status == 404)
    #expect(try CerberusBinary.run(["import", "/nowhere", "--data-dir", server.home.path]).exit == .code(74))
  }

  @Test func `thousands of lines go in batches, in their order`() throws {
    let server = try TestServer()
    let lines = Self.lines((0..<2_500).map { "user\($0 % 50)" })
    #expect(try Self.counts(Self.run(server.home, lines)) == [2_500, 0, 0, 0, 2_500, 0])
    let stored = server.home.lines("training_logs/conversations_2021-03-04.jsonl")
    #expect(stored.enumerated().allSatisfy { $0.element.contains("Question \($0.offset)? ") })
  }
}
