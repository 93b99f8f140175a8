import Foundation
import Posix
import TestKit
import Testing

@Suite("End to end: secrets that were lost", .serialized)
struct LostSecretTests {
  @Test func `the curator stops without the ledger of the split, and says what to do`() throws {
    let server = try TestServer()
    let home = server.home
    let client = try server.connect()
    #expect(try client.post("/v1/log", LogBody().bytes).status == 201)
    #expect(try client.post("/v1/curate", "").status == 200)
    let ledger = try #require(home.bytes("state/split.jsonl"))
    try Directories.remove(home.path + "/state/split.jsonl")
    let answer = try client.post("/v1/curate", "")
    let detail = try #require(try answer.json()["detail"]?.string)
    #expect(answer.status == 500 && detail.contains("state/split.jsonl") && detail.contains("Put it back"), "\(detail)")
    func curate() throws -> CerberusBinary.Outcome { try CerberusBinary.run(["curate", "--data-dir", home.path]) }
    let served = try curate()
    #expect(served.exit == .code(78) && served.error.contains("state/split.jsonl"), "\(served.error)")
    #expect(try server.stop() == .code(0))
    let alone = try curate()
    #expect(alone.exit == .code(78) && alone.error.contains("state/split.jsonl"), "\(alone.error)")
    try Data(ledger).write(to: URL(fileURLWithPath: home.path + "/state/split.jsonl"))
    #expect(try curate().exit == .code(0))
  }

  @Test(
    "The server does not start, says what to do, and starts again with the file back", arguments: ["pepper", "keys"])
  func missing(name: String) throws {
    let home = try TestServer.Home()
    let first = try TestServer(home)
    #expect(try first.connect().post("/v1/log", LogBody().text).status == 201)
    #expect(try first.stop() == .code(0))
    let path = home.path + "/state/" + name
    try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
    let refused = try CerberusBinary.run(["serve", "--data-dir", home.path, "--port", "0"])
    #expect(refused.exit == .code(78))
    #expect(refused.error.contains("state/\(name) is missing") && refused.error.contains("backup"))
    #expect(home.bytes("state/" + name) == nil)
    try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
    let second = try TestServer(home)
    #expect(try second.connect().post("/v1/log", LogBody().text).status == 201)
    #expect(try second.stop() == .code(0))
    let users = try home.conversations.map { try StoredUser(line: $0).id }
    #expect(Set(users).count == 1 && users.count == 2)
  }

  @Test(
    "The same of a ledger that says who was erased, or who refuses", arguments: ["erasures.jsonl", "consent.jsonl"])
  func ledger(name: String) throws {
    let home = try TestServer.Home()
    let first = try TestServer(home)
    let client = try first.connect()
    let body = LogBody(user: "ann").bytes
    #expect(try client.post("/v1/log", body).status == 201)
    #expect(try client.post("/v1/users/erase", "{\"user_id\":\"ann\"}").status == 200)
    #expect(try client.post("/v1/users/opt-out", "{\"user_id\":\"ann\"}").status == 200)
    #expect(try first.stop() == .code(0))
    let path = home.path + "/state/" + name
    try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
    let refused = try CerberusBinary.run(["serve", "--data-dir", home.path, "--port", "0"])
    #expect(refused.exit == .code(78), "\(refused.error)")
    #expect(refused.error.contains("state/\(name)") && refused.error.contains("Put it back"), "\(refused.error)")
    let verified = try CerberusBinary.run(["verify", "--data-dir", home.path])
    #expect(verified.exit == .code(65) && verified.output.contains("state/\(name)"), "\(verified.output)")
    try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
    let second = try TestServer(home)
    #expect(try second.connect().post("/v1/log", body).text.contains("opted_out"))
    #expect(try second.stop() == .code(0))
  }

  @Test("Keys that turn unreadable while it runs are told, and the last good ones stay")
  func whileRunning() throws {
    let home = try TestServer.Home()
    let made = try CerberusBinary.run(
      ["keys", "create", "--data-dir", home.path, "--name", "a", "--scope", "read"])
    let key = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
    let server = try TestServer(home)
    let client = try server.connect()
    func status() throws -> Int {
      try client.send("GET", "/v1/stats", fields: [("Authorization", "Bearer \(key)")])
      return try client.response().status
    }
    #expect(try status() == 200)
    try Data("{".utf8).write(to: URL(fileURLWithPath: home.path + "/state/keys"))
    // A key that is asked for makes it look, but not twice within half a second.
    let begin = ContinuousClock.now
    while ContinuousClock.now - begin < .milliseconds(1200) { try #require(try status() == 200) }
    #expect(try server.stop() == .code(0))
    let faults = try events(of: server).filter { $0["event"]?.string == "storage_fault" }
    #expect(faults.count == 1)
    #expect(faults.first?["work"]?.string == "keys")
    #expect(faults.first?["level"]?.string == "error")
    #expect(!server.errorText.contains(key))
  }

  private struct StoredUser: Decodable {
    let id: String
    enum CodingKeys: String, CodingKey { case id = "user_id" }
    init(line: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(line.utf8)) }
  }
}

@Suite("End to end: a data directory far down")
struct DeepDirectoryTests {
  @Test func `the server and the command line find each other there`() throws {
    let home = try TestServer.Home()
    let deep = home.path + "/" + String(repeating: "a-long-name-of-a-folder/", count: 8) + "data"
    let server = try TestServer(home, arguments: ["--data-dir", deep])
    #expect(try server.connect().post("/v1/log", LogBody().text).status == 201)
    let stats = try CerberusBinary.run(["stats", "--json", "--data-dir", deep])
    #expect(stats.exit == .code(0), "\(stats.error)")
    #expect(stats.output.contains(#""conversations":1"#))
    #expect(try server.stop() == .code(0))
  }
}
