import Records
import TestKit
import Testing

@Suite("Contract §1 Files: preferences.jsonl follows erasure, retention and split in the same way", .serialized)
struct PreferencesTests {
  private static let path = "curated/preferences.jsonl"

  private func low(_ user: String, _ number: Int, daysAgo: Int = 0, over client: TestClient) throws -> String {
    let body = LogBody(user: user, question: "Low \(number)?", answer: LogBody.answer(about: number))
      .with("timestamp", jsonText(rfc3339(seconds: -daysAgo * 86_400)))
    let id = try store(body, over: client)
    try rate(id, 1, over: client)
    return id
  }

  @Test func `an erased user's rows go at once`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let ids = try ["ann", "bob"].enumerated().map { try low($0.element, $0.offset, over: client) }
    #expect(try client.post("/v1/curate", "").json()["preferences"]?.integer == 2)
    #expect(try ErasureTests.erase("ann", over: client)["curated"]?.integer == 1)
    let rows = try server.home.lines(Self.path).map(StoredLine.init)
    #expect(rows.map { $0.text("example_id") } == [ids[1]])
  }

  @Test func `one of an expired record stays, under a random UUIDv4`() throws {
    let server = try TestServer(arguments: ["--retention-days", "5", "--no-maintenance"])
    #expect(try server.stop() == .code(0))
    // Logged while 90 days were kept.
    let first = try TestServer(server.home, arguments: ["--no-maintenance"])
    let old = try low("ann", 1, daysAgo: 10, over: first.connect())
    #expect(try first.connect().post("/v1/curate", "").json()["preferences"]?.integer == 1)
    #expect(try first.stop() == .code(0))
    let retained = try CerberusBinary.run(["retain", "--retention-days", "5", "--data-dir", server.home.path])
    #expect(retained.exit == .code(0), "\(retained.error)")
    let next = try TestServer(server.home, arguments: ["--retention-days", "5", "--no-maintenance"])
    for _ in 0..<2 {
      let rows = try server.home.lines(Self.path).map(StoredLine.init)
      let id = try #require(rows.first?.text("example_id"))
      #expect(rows.count == 1 && id != old && id.dropFirst(14).first == "4", "\(id)")
      #expect(rows.first?.text("reason") == "low_score")
      #expect(try next.connect().post("/v1/curate", "").status == 200)
    }
    #expect(try next.stop() == .code(0))
  }

  @Test func `a user's negatives stand on the side of the user's examples`() throws {
    let server = try TestServer()
    let client = try server.connect()
    var userOf: [String: Int] = [:]
    for user in 0..<60 {
      let good = LogBody(user: "u\(user)", question: "Good \(user)?", answer: LogBody.answer(about: 1000 + user))
      userOf[try store(good, over: client)] = user
      userOf[try low("u\(user)", user, over: client)] = user
    }
    #expect(try client.post("/v1/curate", "").json()["preferences"]?.integer == 60)
    var sides: [Int: Set<String>] = [:]
    for file in ["curated/training_data.jsonl", Self.path] {
      for row in try server.home.lines(file).map(StoredLine.init) {
        let user = try #require(userOf[row.text("example_id") ?? ""])
        sides[user, default: []].insert(row.text("split") ?? "")
      }
    }
    #expect(sides.count == 60 && sides.values.allSatisfy { $0.count == 1 })
    // All of 60 on one side by chance is less likely than one in five hundred, and then nothing was compared.
    #expect(sides.values.reduce(into: Set()) { $0.formUnion($1) }.contains("train"))
  }
}
