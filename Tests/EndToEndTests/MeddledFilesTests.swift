import Foundation
import Posix
import TestKit
import Testing
import TrainingLog

/// Somebody moves and cuts the files of the running server.
@Suite("End to end: files that somebody else changes", .serialized)
struct MeddledFilesTests {
  @Test func `a day file that was moved away or cut is noticed, and what comes next is kept`() throws {
    let server = try TestServer()
    let home = server.home
    let client = try server.connect()
    func log(_ count: Int) throws -> [String] {
      try (0..<count).map { _ in
        try #require(try client.post("/v1/log", LogBody().bytes).json()["example_id"]?.string)
      }
    }
    func status(_ id: String) throws -> Int { try client.get("/v1/examples/\(id)").status }
    let moved = try log(3)
    let day = home.path + "/training_logs/" + (try #require(home.days.first))
    try Directories.rename(day, to: home.path + "/moved.jsonl")
    let second = try log(4)
    #expect(try status(moved[0]) == 404)
    let cut = try #require(home.bytes("training_logs/" + home.days[0]))
    let end = try #require(cut.dropLast().lastIndex(of: 10)) + 30
    try Descriptor.appending(day).truncate(to: end)
    let third = try log(2)
    #expect(try status(second[3]) == 404)
    for id in second[..<3] + third { #expect(try status(id) == 200) }
    #expect(try client.get("/v1/stats").text.contains("\"conversations\":5,"))
    #expect(try server.stop() == .code(0))
    #expect(try ids(in: home.lines("training_logs/" + home.days[0])) == second[..<3] + third)
    #expect(home.lines("moved.jsonl").count == 3)
    #expect(server.errorText.components(separatedBy: "\"work\":\"meddling\"").count == 3)
    let verified = try CerberusBinary.run(["verify", "--data-dir", home.path])
    #expect(verified.exit == .code(0), "\(verified.output)")
  }

  @Test func `SIGHUP opens the files anew, for those who rotate them`() throws {
    let server = try TestServer()
    let home = server.home
    let client = try server.connect()
    #expect(try client.post("/v1/log", LogBody().bytes).status == 201)
    let day = "training_logs/" + (try #require(home.days.first))
    try Directories.rename(home.path + "/" + day, to: home.path + "/moved.jsonl")
    server.askToReopen()
    #expect(try client.post("/v1/log", LogBody().bytes).status == 201)
    #expect(home.lines(day).count == 1)
    #expect(try server.stop() == .code(0))
    #expect(server.errorText.contains("\"reopened\""))
    #expect(home.lines("moved.jsonl").count == 1)
  }

  @Test func `SIGHUP tells of files that it cannot open, as what it is`() throws {
    let server = try TestServer()
    let home = server.home
    #expect(try server.connect().post("/v1/log", LogBody().bytes).status == 201)
    let day = home.path + "/training_logs/" + (try #require(home.days.first))
    try Directories.rename(day, to: home.path + "/moved.jsonl")
    try Directories.make(day)
    server.askToReopen()
    #expect(try server.stop() == .code(0))
    #expect(server.errorText.contains("\"reopen_failed\""), "\(server.errorText)")
    #expect(!server.errorText.contains("maintenance_failed"))
  }

  @Test func `an audit log that is removed under the server is told with the next act`() throws {
    let server = try TestServer()
    let client = try server.connect()
    func act() throws { #expect(try client.post("/v1/users/opt-out", "{\"user_id\":\"ann\"}").status == 200) }
    try act()
    try Directories.remove(server.home.path + "/state/audit.jsonl")
    try act()
    #expect(try server.stop() == .code(0))
    #expect(server.home.lines("state/audit.jsonl").count == 1)
    #expect(server.errorText.contains("acts that were noted in state/audit.jsonl"), "\(server.errorText)")
  }

  @Test func `no server goes on without what a disk has lost of a ledger`() throws {
    let server = try TestServer()
    let home = server.home
    for user in ["ann", "bob"] {
      #expect(try server.connect().post("/v1/users/opt-out", "{\"user_id\":\"\(user)\"}").status == 200)
    }
    #expect(try server.stop() == .code(0))
    var ledger = try #require(home.bytes("state/consent.jsonl"))
    let end = try #require(ledger.firstIndex(of: 10))
    for index in 0..<end { ledger[index] = 0 }
    try Data(ledger).write(to: URL(fileURLWithPath: home.path + "/state/consent.jsonl"))
    let verified = try CerberusBinary.run(["verify", "--data-dir", home.path])
    #expect(verified.exit == .code(65))
    #expect((verified.output + verified.error).contains("state/consent.jsonl"), "\(verified.output)\(verified.error)")
    let next = try CerberusBinary.run(["serve", "--port", "0", "--data-dir", home.path])
    #expect(next.exit == .code(78) && next.error.contains("state/consent.jsonl"), "\(next.error)")
  }
}
