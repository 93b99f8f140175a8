import Foundation
import TestKit
import Testing

@Suite("End to end: the index is derived", .serialized)
struct IndexTests {
  /// Stores, rates, corrects: a little of everything that statistics count.
  private func fill(_ server: TestServer, from first: Int, to last: Int) throws {
    let client = try server.connect()
    for number in first..<last {
      let body = LogBody(
        user: "u\(number % 7)", session: "s\(number % 11)", question: "Question \(number % 20), ada@acme.dev asks?",
        answer: number % 5 == 0 ? "Short." : LogBody.answer
      ).with("model", "\"m-\(number % 3)\"").with("variant", "\"v-\(number % 2)\"").with("complexity", "\(number % 4)")
      let id = try #require(try client.post("/v1/log", body.bytes).json()["example_id"]?.string)
      guard number % 2 == 0 else { continue }
      let correction = number % 6 == 0 ? ",\"corrected_message\":\(jsonText(LogBody.answer + " Corrected."))" : ""
      let comment = number % 4 == 0 ? ",\"comment\":\"Comment of bob@acme.dev\"" : ""
      let rating = "{\"example_id\":\"\(id)\",\"score\":\(1 + number % 5)\(comment)\(correction)}"
      try #require(try client.post("/v1/feedback", rating).status == 200)
    }
  }

  private func reports(_ server: TestServer) throws -> [String] {
    let client = try server.connect()
    return try ["/v1/stats", "/v1/progress"].map { try client.get($0).text }
  }

  private static let indexFiles = ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"]

  private func remove(_ home: TestServer.Home) throws {
    for name in Self.indexFiles where home.mode("state/" + name) != nil {
      try FileManager.default.removeItem(atPath: home.path + "/state/" + name)
    }
  }

  enum Damage: String, CaseIterable, Sendable {
    case deleted, emptied, garbage, cutInHalf, ofAnEarlierTime, untouched
  }

  @Test(arguments: Damage.allCases, [false, true])
  func `whatever becomes of it, the same records give the same answers`(_ damage: Damage, isKilled: Bool) throws {
    let home = try TestServer.Home()
    let first = try TestServer(home)
    try fill(first, from: 0, to: 60)
    try first.stop()
    let early = home.bytes("state/index.sqlite")
    let second = try TestServer(home)
    try fill(second, from: 60, to: 100)
    #expect(try second.connect().post("/v1/curate", "").status == 200)
    let expected = try reports(second)
    #expect(expected[0].contains("\"conversations\":100"))
    if isKilled { try second.kill() } else { try second.stop() }

    let index = URL(fileURLWithPath: home.path + "/state/index.sqlite")
    switch damage {
    case .untouched: break
    case .deleted: try remove(home)
    case .emptied:
      try remove(home)
      try Data().write(to: index)
    case .garbage:
      try remove(home)
      try Data(repeating: 0x5a, count: 40_000).write(to: index)
    case .cutInHalf:
      let bytes = try #require(home.bytes("state/index.sqlite"))
      try remove(home)
      try Data(bytes.prefix(bytes.count / 2)).write(to: index)
    case .ofAnEarlierTime:
      try remove(home)
      try Data(try #require(early)).write(to: index)
    }
    let third = try TestServer(home)
    #expect(try reports(third) == expected)
    // And it goes on from there.
    try fill(third, from: 100, to: 101)
    #expect(try reports(third)[0].contains("\"conversations\":101"))
    #expect(try third.stop() == .code(0))
  }

  @Test func `one that another process keeps locked, and that is behind the log, is made anew`() throws {
    let home = try TestServer.Home()
    let first = try TestServer(home)
    try fill(first, from: 0, to: 30)
    try first.stop()
    let early = Self.indexFiles.map { (name: $0, bytes: home.bytes("state/" + $0)) }
    let second = try TestServer(home)
    try fill(second, from: 30, to: 50)
    let expected = try reports(second)
    try second.stop()
    try remove(home)
    for file in early where file.bytes != nil {
      try Data(file.bytes ?? []).write(to: URL(fileURLWithPath: home.path + "/state/" + file.name))
    }
    let script = """
      import sqlite3, sys
      index = sqlite3.connect(sys.argv[1], isolation_level=None)
      index.execute("BEGIN EXCLUSIVE")
      print("held", flush=True)
      sys.stdin.read()
      """
    let holder = try ChildProcess(
      "/usr/bin/env", ["python3", "-c", script, home.path + "/state/index.sqlite"],
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
    #expect(try holder.nextOutputLine() == "held")
    let third = try TestServer(home)
    #expect(try reports(third) == expected)
    try fill(third, from: 50, to: 60)
    holder.closeInput()
    #expect(try holder.wait() == .code(0))
    try third.stop()
    #expect(try CerberusBinary.run(["verify", "--data-dir", home.path]).exit == .code(0))
  }
}
