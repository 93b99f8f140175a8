import Foundation
import Glibc
import Posix
import Records
import TestKit
import Testing

@Suite("End to end: no room", .serialized)
struct FullDiskTests {
  /// Logs until it is refused.
  ///
  /// - Returns: the ids that were acknowledged.
  private func fill(_ client: TestClient, most: Int = 3000, size: Int = 40_000) throws -> [String] {
    var ids: [String] = []
    for number in 0..<most {
      let body = LogBody(
        session: "\(number)", answer: LogBody.answer(about: number) + String(repeating: " x", count: size / 2))
      let answer = try client.post("/v1/log", body.bytes)
      guard answer.status == 201, let id = try answer.json()["example_id"]?.string else {
        try #require(answer.status == 507)
        #expect(answer["Content-Type"] == "application/problem+json")
        return ids
      }
      ids.append(id)
    }
    Issue.record("it was never full")
    return ids
  }

  /// Reads go on, nothing of a refused record is in a file, and what was acknowledged is.
  private func check(_ home: TestServer.Home, _ client: TestClient, _ promised: [String]) throws {
    #expect(try client.get("/livez").status == 200)
    #expect(try client.get("/v1/stats").json()["conversations"]?.integer == promised.count)
    #expect(try client.get("/v1/examples/\(promised.last ?? "")").status == 200)
    for day in home.days { #expect(home.bytes("training_logs/" + day)?.last == 10) }
    #expect(try ids(in: home.conversations) == promised)
  }

  private func verify(_ home: TestServer.Home) throws {
    let outcome = try CerberusBinary.run(["verify", "--data-dir", home.path])
    #expect(outcome.exit == .code(0), "\(outcome.output)")
  }

  @Test func `a limit of file sizes is a full disk, until it is raised`() throws {
    let server = try TestServer(
      arguments: ["--disk-reserve", "1048576"], under: CerberusBinary.limited("-S -f 512"))
    do {
      let client = try server.connect()
      var promised = try fill(client)
      #expect(promised.count > 3)
      try check(server.home, client, promised)
      try server.liftFileSizeLimit()
      promised.append(try #require(try client.post("/v1/log", LogBody().bytes).json()["example_id"]?.string))
      try check(server.home, client, promised)
    }
    #expect(try server.stop() == .code(0))
    try verify(server.home)
  }

  @Test func `the curator without room answers 507, and runs when there is some`() throws {
    let server = try TestServer()
    let client = try server.connect()
    for number in 0..<20 {
      let body = LogBody(session: "\(number)", answer: LogBody.answer(about: number))
      #expect(try client.post("/v1/log", body.bytes).status == 201)
    }
    try server.limitFileSize(256)
    let answer = try client.post("/v1/curate", "")
    #expect(answer.status == 507, "\(answer.text)")
    #expect(try answer.json()["code"]?.string == "insufficient_storage")
    let command = try CerberusBinary.run(["curate", "--data-dir", server.home.path])
    #expect(command.exit == .code(74), "\(command.error)")
    try server.liftFileSizeLimit()
    #expect(try client.post("/v1/curate", "").status == 200)
    #expect(try server.stop() == .code(0))
  }

  @Test func `where no file may grow, nothing is ready, and everything that needs room is 507`() throws {
    let server = try TestServer()
    let client = try server.connect()
    #expect(try client.post("/v1/log", LogBody().bytes).status == 201)
    #expect(try client.get("/readyz").status == 200)
    try server.limitFileSize(0)
    let ready = try client.get("/readyz")
    #expect(ready.status == 503 && ready.text.contains("limit of file sizes"), "\(ready.text)")
    #expect(try client.get("/livez").status == 200)
    #expect(try client.post("/v1/log", LogBody().bytes).status == 507)
    let user = #"{"user_id":"user-1"}"#
    for route in ["opt-out", "erase"] {
      let answer = try client.post("/v1/users/" + route, user)
      #expect(answer.status == 507, "\(route): \(answer.text)")
    }
    try server.liftFileSizeLimit()
    #expect(try client.get("/readyz").status == 200)
    #expect(try client.post("/v1/users/erase", user).json()["records"]?.integer == 1)
    #expect(try server.stop() == .code(0))
    try verify(server.home)
  }

  @Test func `an act that cannot be noted is done, and the event log has the failure`() throws {
    let server = try TestServer()
    let client = try server.connect()
    #expect(try client.post("/v1/users/opt-out", #"{"user_id":"ann"}"#).status == 200)
    let noted = server.home.bytes("state/audit.jsonl")
    try server.limitFileSize(noted?.count ?? 0)
    #expect(try client.post("/v1/users/export", #"{"user_id":"ann"}"#).status == 200)
    try server.liftFileSizeLimit()
    #expect(try client.post("/v1/users/export", #"{"user_id":"bob"}"#).status == 200)
    #expect(try server.stop() == .code(0))
    let faults = try events(of: server).filter { $0["event"]?.string == "storage_fault" }
    #expect(faults.map { $0["work"]?.string } == ["audit", "audit"])
    #expect(server.home.lines("state/audit.jsonl").count == 3)
    try verify(server.home)
  }

  @Test(.enabled(if: LoopDisk.obstacle == nil, Comment(rawValue: LoopDisk.obstacle ?? "")), arguments: [0, 1 << 20])
  func `a file system of 16 MiB fills up, and takes records again once there is room`(reserve: Int) throws {
    let disk = try LoopDisk(mebibytes: 16)
    let home = TestServer.Home(at: disk.path + "/data")
    let ballast = disk.path + "/ballast"
    let server = try TestServer(home, arguments: ["--disk-reserve", "\(reserve)"])
    var promised: [String] = []
    do {
      let client = try server.connect()
      // All but two megabytes, so that the rest is soon full.
      let free = try Directories.freeBytes(disk.path)
      try Data(count: free - (2 << 20) - reserve).write(to: URL(fileURLWithPath: ballast))
      promised = try fill(client)
      try check(home, client, promised)
      if reserve > 0 {
        // What is left above the reserve may hold a smaller record.
        try Data(count: 64 << 10).write(to: URL(fileURLWithPath: ballast + "2"))
        #expect(try client.get("/readyz").status == 503)
      }
      try FileManager.default.removeItem(atPath: ballast)
      promised.append(try #require(try client.post("/v1/log", LogBody().bytes).json()["example_id"]?.string))
      try check(home, client, promised)
      #expect(try client.get("/readyz").status == 200)
    }
    #expect(try server.stop() == .code(0))
    try verify(home)
    // Nothing that a start needs was lost for want of room.
    let next = try TestServer(home)
    try check(home, next.connect(), promised)
    #expect(try next.kill() == .signal(SIGKILL))
  }
}
