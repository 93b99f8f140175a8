import Foundation
import Records
import TestKit
import Testing

@Suite("Contract §2 POST /v1/users/erase, DELETE /v1/examples/{example_id}", .serialized)
struct ErasureTests {
  private static let members = [
    "receipt_id", "at", "records", "feedback", "comments", "corrections", "curated", "bytes", "versions", "signature",
  ]

  private static func receipt(_ answer: TestResponse) throws -> JSONElement {
    try #require(answer.status == 200, "\(answer.text)")
    let root = try answer.json()
    #expect(root.members.map { $0.key.string } == members)
    #expect(answer["Cache-Control"] == "no-store")
    return root
  }

  static func erase(_ user: String, over client: TestClient) throws -> JSONElement {
    try receipt(client.post("/v1/users/erase", "{\"user_id\":\(jsonText(user))}"))
  }

  /// Files of the data directory that hold one of the words.
  static func files(in home: TestServer.Home, holding words: [String]) -> [String] {
    home.files.filter { name in
      let bytes = home.bytes(name) ?? []
      return words.contains { bytes.holds(Array($0.utf8)) }
    }
  }

  @Test func `the receipt counts what is gone, and nothing of it is left in any file`() throws {
    let server = try TestServer()
    let client = try server.connect()
    var ids: [String] = []
    for number in 0..<3 {
      ids.append(
        try store(
          LogBody(user: "ann", question: "annquestion \(number)?", answer: LogBody.answer(about: number)), over: client)
      )
    }
    let other = try store(LogBody(user: "bob", answer: LogBody.answer(about: 9)), over: client)
    try rate(ids[0], 5, #","comment":"anncomment""#, over: client)
    try rate(ids[0], 2, over: client)
    try rate(ids[1], 1, #","corrected_message":"anncorrection \#(LogBody.answer(about: 4))""#, over: client)
    let version = try #require(try client.post("/v1/curate", "").json()["version"]?.string)
    let pseudonym = try #require(try storedLine(ids[0], in: server.home).text("user_id"))
    let receipt = try Self.erase("ann", over: client)
    // Of the three one is rated down, and goes among the negatives; one is there with its original and its correction.
    for (name, count) in [("records", 3), ("feedback", 3), ("comments", 1), ("corrections", 1), ("curated", 4)] {
      #expect(receipt.members.first { $0.key.string == name }?.value.integer == count, "\(name)")
    }
    #expect(receipt["versions"]?.items.compactMap(\.string) == [version])
    #expect(try #require(receipt["bytes"]?.integer) > 1000)
    let words = ids + ["annquestion", "anncomment", "anncorrection", pseudonym, "\"ann\""]
    #expect(Self.files(in: server.home, holding: words) == [])
    #expect(try client.get("/v1/stats").json()["conversations"]?.integer == 1)
    #expect(try client.get("/v1/stats").json()["erased_records"]?.integer == 3)
    #expect(try client.get("/v1/stats").json()["curated"]?["examples"]?.integer == 1)
    #expect(try client.get("/v1/examples/\(other)").status == 200)
    #expect(server.home.lines("curated/training_data.jsonl").count == 1)
    #expect(server.home.lines("curated/versions.jsonl").count == 2)
  }

  @Test func `the receipt names exactly the versions that held a row, and lineage forgets it`() throws {
    let server = try TestServer()
    let client = try server.connect()
    func version() throws -> String { try #require(try client.post("/v1/curate", "").json()["version"]?.string) }
    _ = try store(LogBody(user: "bob", answer: LogBody.answer(about: 1)), over: client)
    let first = try version()
    // An id that is older than the first version.
    let id = uuidV7(seconds: -3600, serial: 7)
    let body = LogBody(user: "ann", question: "Mine?", answer: LogBody.answer(about: 2)).with("example_id", "\"\(id)\"")
    _ = try store(body, over: client)
    let second = try version()
    _ = try store(LogBody(user: "bob", question: "More?", answer: LogBody.answer(about: 3)), over: client)
    let third = try version()
    func lineage(_ subject: String) throws -> CerberusBinary.Outcome {
      try CerberusBinary.run(["lineage", subject, "--json", "--data-dir", server.home.path])
    }
    let known = try JSONDocument(parsing: Array(lineage(id).output.utf8)).root
    #expect(known["versions"]?.items.map { $0["version"]?.string } == [second, third])
    #expect(try lineage(second).output.contains(id))
    #expect(try !lineage(first).output.contains(id))
    let receipt = try Self.erase("ann", over: client)
    #expect(receipt["versions"]?.items.compactMap(\.string) == [second, third])
    #expect(try lineage(id).exit == .code(1))
    #expect(try !lineage(second).output.contains(id))
    let last = try JSONDocument(parsing: #require(server.home.bytes("curated/manifest.json"))).root
    #expect(try lineage(#require(last["version"]?.string)).exit == .code(0))
    let card = String(decoding: try #require(server.home.bytes("curated/README.md")), as: UTF8.self)
    #expect(card.contains("| `training_data.jsonl` | 2 |"))
    for wrong in ["x", "0123"] { #expect(try lineage(wrong).exit == .code(64)) }
  }

  @Test func `a second erasure gives a receipt of zeros, and so does that of an unknown user`() throws {
    let client = try TestServer().connect()
    _ = try store(LogBody(user: "ann"), over: client)
    #expect(try Self.erase("ann", over: client)["records"]?.integer == 1)
    for user in ["ann", "nobody"] {
      let receipt = try Self.erase(user, over: client)
      for (name, value) in receipt.members where value.kind == .number {
        #expect(value.integer == 0, "\(name.string ?? "")")
      }
      #expect(receipt["versions"]?.items.count == 0)
    }
  }

  @Test func `erased ids and keys are 410, feedback for them 404, also after a restart; the user may come back`() throws
  {
    let id = uuidV7(serial: 41)
    let body = LogBody(user: "ann").with("example_id", "\"\(id)\"")
    let first = try TestServer()
    let client = try first.connect()
    #expect(try client.post("/v1/log", body.bytes).status == 201)
    func keyed(_ client: TestClient) throws -> TestResponse {
      try client.send(
        "POST", "/v1/log", fields: [("Content-Type", "application/json"), ("Idempotency-Key", "k1")],
        body: LogBody(user: "ann", question: "Another?").bytes)
      return try client.response()
    }
    #expect(try keyed(client).status == 201)
    #expect(try Self.erase("ann", over: client)["records"]?.integer == 2)
    func check(_ client: TestClient) throws {
      let named = try client.post("/v1/log", body.bytes)
      #expect(named.status == 410)
      #expect(try named.json()["code"]?.string == "erased")
      #expect(try keyed(client).status == 410)
      #expect(try client.post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":5}").status == 404)
      let lines = try client.post("/v1/log", body.bytes, type: "application/x-ndjson").json()
      #expect(lines["results"]?.items.first?["error"]?["status"]?.integer == 410)
    }
    try check(client)
    #expect(try first.stop() == .code(0))
    let second = try TestServer(first.home)
    try check(second.connect())
    _ = try store(LogBody(user: "ann"), over: second.connect())
  }

  @Test func `one record by its id: a receipt, then zeros; 404 for one that never was`() throws {
    let client = try TestServer().connect()
    let (id, other) = (try store(LogBody(user: "ann"), over: client), try store(LogBody(user: "ann"), over: client))
    #expect(try Self.receipt(delete("/v1/examples/\(id)", client))["records"]?.integer == 1)
    #expect(try client.get("/v1/examples/\(id)").status == 404)
    #expect(try client.get("/v1/examples/\(other)").status == 200)
    #expect(try Self.receipt(delete("/v1/examples/\(id)", client))["records"]?.integer == 0)
    for unknown in ["01938e5e-0000-7000-8000-000000000009", "none"] {
      #expect(try delete("/v1/examples/\(unknown)", client).status == 404)
    }
    let refused = try client.post("/v1/examples/\(other)", "{}")
    #expect(refused.status == 405)
    #expect(refused["Allow"] == "GET, HEAD, DELETE")
  }

  private func delete(_ target: String, _ client: TestClient) throws -> TestResponse {
    try client.send("DELETE", target)
    return try client.response()
  }

  @Test func `an erasure is no opt-out`() throws {
    let server = try TestServer()
    let client = try server.connect()
    _ = try store(LogBody(user: "ann"), over: client)
    _ = try Self.erase("ann", over: client)
    _ = try store(LogBody(user: "ann"), over: client)
    #expect(try client.get("/v1/stats").json()["opted_out_users"]?.integer == 0)
  }

  static let wrong: [(body: String, status: Int)] = [
    ("{}", 422), ("{\"user_id\":null}", 422), ("{\"user_id\":\"\"}", 422), ("{\"user_id\":3}", 422), ("[]", 422),
    ("{\"user_id\":\"\(String(repeating: "x", count: 257))\"}", 422),
    ("{\"user_id\":\"u\",\"purpose\":\"training\"}", 422),
    ("{\"user_id\":\"u\"", 400), ("", 400),
  ]

  @Test(arguments: wrong, ["erase", "export"])
  func `a wrong body is refused and erases nothing`(_ row: (body: String, status: Int), _ action: String) throws {
    let client = try TestServer().connect()
    let answer = try client.post("/v1/users/\(action)", row.body)
    #expect(answer.status == row.status)
    #expect(try answer.json()["code"]?.string?.isEmpty == false)
  }

  /// Each is another user.
  private static let spelled = [
    ("ann", "ann"), ("ann", "ann\n"), ("ann\n", "ann\n\n"), ("ann\nbob", "ann\nbob"),
    ("ann\r", "ann\r\n"), ("\n", "\n\n"), ("änn", "änn\n"),
  ]

  @Test(arguments: spelled)
  func `an id on stdin is all of it but for one line end`(_ id: String, input: String) throws {
    let home = try TestServer.Home()
    let server = try TestServer(home)
    let client = try server.connect()
    for user in Set(Self.spelled.map(\.0)) { _ = try store(LogBody(user: user), over: client) }
    let printed = try CerberusBinary.run(
      ["user-export", "--user-id", "-", "--data-dir", home.path], input: input)
    #expect(printed.output.split(separator: "\n").count == 1, "\(printed.error)")
    let erased = try CerberusBinary.run(["erase", "--user-id", "-", "--json", "--data-dir", home.path], input: input)
    #expect(erased.output.contains("\"records\":1"), "\(erased.error)")
    #expect(try client.post("/v1/users/export", "{\"user_id\":\(jsonText(id))}").text == "")
    #expect(try server.stop() == .code(0))
  }

  @Test(arguments: [("", Int32(65)), ("\n", 64)])
  func `no id on stdin is told`(_ input: String, exit: Int32) throws {
    let home = try TestServer.Home()
    let printed = try CerberusBinary.run(["erase", "--user-id", "-", "--data-dir", home.path], input: input)
    #expect(printed.exit == .code(exit), "\(printed.error)")
  }

  @Test(arguments: ["erase", "export", "opt-out", "opt-in"])
  func `ids travel in bodies, never in URLs`(_ action: String) throws {
    let server = try TestServer()
    let client = try server.connect()
    _ = try store(LogBody(user: "ann"), over: client)
    for body in ["", "{}"] {
      let answer = try client.post("/v1/users/\(action)?user_id=ann", body)
      #expect((400...422).contains(answer.status), "\(answer.status)")
    }
    for path in ["/v1/users/\(action)/ann", "/v1/users/ann/\(action)", "/v1/users/ann"] {
      #expect(try client.post(path, "{}").status == 404)
    }
    let stats = try client.get("/v1/stats").json()
    #expect(stats["conversations"]?.integer == 1 && stats["opted_out_users"]?.integer == 0)
  }

  @Test func `receipts are signed: verify knows its own and no other`() throws {
    let server = try TestServer()
    _ = try store(LogBody(user: "ann"), over: server.connect())
    let printed = try CerberusBinary.run(
      ["erase", "--user-id", "-", "--json", "--data-dir", server.home.path], input: "ann\n")
    #expect(printed.exit == .code(0), "\(printed.error)")
    let file = server.home.path + "/receipt"
    func verify(_ text: String) throws -> ChildProcess.Exit {
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
      return try CerberusBinary.run(["verify", "--receipt", file, "--data-dir", server.home.path]).exit
    }
    #expect(try verify(printed.output) == .code(0))
    #expect(try verify(printed.output.replacing("\"records\":1", with: "\"records\":2")) == .code(65))
    #expect(try verify("{}") == .code(65))
    let other = try TestServer()
    let foreign = try CerberusBinary.run(
      ["verify", "--receipt", "-", "--data-dir", other.home.path], input: printed.output)
    #expect(foreign.exit == .code(65))
  }
}
