import Foundation
import Glibc
import Posix
import Records
import TestKit
import Testing

/// Erasures while others log, with the server killed in the middle of them.
@Suite("End to end: erasure", .serialized)
struct ErasureTests {
  /// What one user has left, and must be found nowhere.
  private struct Traces {
    var needles: [[UInt8]] = []

    /// Logs, rates and comments as that user.
    init(of user: String, marker: String, over client: TestClient) throws {
      for number in 0..<4 {
        let answer = LogBody.answer(about: number) + " \(marker)answer\(number)"
        let body = LogBody(user: user, session: "s", question: "\(marker)question\(number)?", answer: answer)
        let id = try #require(try client.post("/v1/log", body.bytes).json()["example_id"]?.string)
        let rating =
          "{\"example_id\":\"\(id)\",\"score\":\(2 + number),\"comment\":\"\(marker)comment\(number)\","
          + "\"corrected_message\":\"\(answer) \(marker)correction\(number)\"}"
        #expect(try client.post("/v1/feedback", rating).status == 200)
        needles.append(Array(id.utf8))
        needles.append(try #require(ExampleID(id)).bytes)
        guard number == 0 else { continue }
        let record = try client.get("/v1/examples/\(id)").json()
        let pseudonym = try #require(record["user_id"]?.string)
        let value = try #require(UInt64(pseudonym, radix: 16))
        needles.append(Array(pseudonym.utf8))
        needles.append((0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) })
      }
      needles.append(Array(marker.utf8))
      needles.append(Array(user.utf8))
    }

    func found(in home: TestServer.Home) -> [String] {
      home.files.flatMap { name in
        let bytes = home.bytes(name) ?? []
        return needles.filter { bytes.holds($0) }.map {
          "\(name): " + ($0.allSatisfy { (0x20..<0x7F).contains($0) } ? String(decoding: $0, as: UTF8.self) : "\($0)")
        }
      }
    }
  }

  private func erase(_ user: String, over client: TestClient) throws -> TestResponse {
    try client.post("/v1/users/erase", "{\"user_id\":\"\(user)\"}")
  }

  private func expectDataset(of rows: Int, _ client: TestClient) throws {
    let curated = try client.get("/v1/stats").json()["curated"]
    #expect(curated?["examples"]?.integer == rows)
    #expect((curated?["train"]?.integer ?? 0) + (curated?["test"]?.integer ?? 0) == rows)
    #expect(try client.get("/v1/progress").json()["high_quality"]?.integer == rows)
  }

  private func lineage(of id: String, _ home: TestServer.Home) throws -> ChildProcess.Exit {
    try CerberusBinary.run(["lineage", id, "--data-dir", home.path]).exit
  }

  private static let kills = 20

  @Test(arguments: [UInt64(20_261_128)])
  func `killed at any moment, an erasure is completed, and nobody else loses anything`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let home = try TestServer.Home(onDisk: true)
    var promised: Set<String> = []
    for round in 0..<Self.kills {
      let server = try TestServer(home)
      let (user, marker) = ("erased-user-\(round)", "marker\(seed % 1000)x\(round)x")
      let client = try server.connect()
      let traces = try Traces(of: user, marker: marker, over: client)
      if round.isMultiple(of: 3) { #expect(try client.post("/v1/curate", "").status == 200) }
      let ledger = Ledger(after: Int.random(in: 1...40, using: &random)) { _ in _ = try? server.kill() }
      let asked = Mutex(false)
      let isAnswered = Mutex(false)
      _ = try ThreadGroup.run(4) { thread in
        if thread == 0 {
          let answer = try? erase(user, over: server.connect())
          isAnswered.withLock { $0 = answer?.status == 200 }
          asked.withLock { $0 = true }
        } else {
          _ = logUntilTheEnd(try server.connect(), thread: thread, into: ledger)
        }
        return true
      }
      #expect(try server.wait() == .signal(SIGKILL))
      #expect(asked.withLock { $0 })
      promised.formUnion(ledger.ids)
      let next = try TestServer(home)
      let again = try erase(user, over: next.connect())
      #expect(again.status == 200, "\(again.text), seed \(seed), round \(round)")
      // Whoever got no receipt gets it now.
      if !isAnswered.withLock({ $0 }) {
        #expect(try again.json()["records"]?.integer == 4, "\(again.text), seed \(seed), round \(round)")
      }
      #expect(traces.found(in: home) == [], "seed \(seed), round \(round)")
      #expect(try next.stop() == .code(0))
      #expect(traces.found(in: home) == [], "stopped, seed \(seed), round \(round)")
    }
    let stored = try ids(in: home.conversations)
    #expect(Set(stored).count == stored.count)
    #expect(promised.subtracting(stored).isEmpty, "seed \(seed)")
    let verified = try CerberusBinary.run(["verify", "--data-dir", home.path])
    #expect(verified.exit == .code(0), "\(verified.output)")
    #expect(promised.count > Self.kills)
  }

  @Test func `under load, one after the other, the answer comes when nothing is left`() throws {
    let home = try TestServer.Home(onDisk: true)
    let server = try TestServer(home)
    let ledger = Ledger(after: .max) { _ in }
    let isOver = Mutex(false)
    _ = try ThreadGroup.run(4) { thread in
      if thread > 0 {
        let other = try server.connect()
        var number = 0
        while !isOver.withLock({ $0 }) {
          number += 1
          let answer = try other.post("/v1/log", LogBody(user: "user-\(thread)", session: "s-\(number)").bytes)
          ledger.stored(try #require(try answer.json()["example_id"]?.string))
        }
        return true
      }
      defer { isOver.withLock { $0 = true } }
      let client = try server.connect()
      for round in 0..<10 {
        let traces = try Traces(of: "erased-user-\(round)", marker: "marker\(round)x", over: client)
        let answer = try erase("erased-user-\(round)", over: client)
        #expect(try answer.json()["records"]?.integer == 4, "\(answer.text)")
        #expect(traces.found(in: home) == [], "round \(round)")
      }
      return true
    }
    #expect(Set(ledger.ids).subtracting(try ids(in: home.conversations)).isEmpty)
    #expect(try server.connect().get("/v1/stats").json()["conversations"]?.integer == ledger.ids.count)
    #expect(try server.stop() == .code(0))
  }

  @Test func `without room for the copies it hides at once, answers 507, and completes by itself later`() throws {
    let home = try TestServer.Home(onDisk: true)
    let server = try TestServer(home)
    let client = try server.connect()
    let traces = try Traces(of: "erased-user", marker: "markerfull", over: client)
    for number in 0..<40 {
      let answer = String(repeating: "Long enough \(number). ", count: 1000)
      #expect(try client.post("/v1/log", LogBody(session: "s-\(number)", answer: answer).bytes).status == 201)
    }
    #expect(try client.post("/v1/curate", "").json()["examples"]?.integer == 44)
    let row = try #require(home.lines("curated/training_data.jsonl").first { $0.contains("markerfull") })
    let id = try #require(try JSONDocument(parsing: Array(row.utf8)).root["example_id"]?.string)
    #expect(try lineage(of: id, home) == .code(0))
    // A file may not grow beyond 256 KiB; the copies of the dataset and of the day would.
    try server.limitFileSize(256 << 10)
    let refused = try erase("erased-user", over: client)
    #expect(refused.status == 507, "\(refused.text)")
    #expect(try client.get("/v1/stats").json()["conversations"]?.integer == 40)
    // The rows are there, and count nowhere.
    #expect(home.lines("curated/training_data.jsonl").count == 44)
    try expectDataset(of: 40, client)
    #expect(try lineage(of: id, home) == .code(1))
    // What is to be erased, and how much that is.
    #expect(home.lines("state/erasures.jsonl").count == 2)
    #expect(try server.stop() == .code(0))
    let next = try TestServer(home)
    try expectDataset(of: 40, next.connect())
    let receipt = try erase("erased-user", over: next.connect())
    #expect(receipt.status == 200)
    #expect(traces.found(in: home) == [])
    #expect(try receipt.json()["records"]?.integer == 4)
    #expect(try next.connect().get("/v1/stats").json()["conversations"]?.integer == 40)
  }

  @Test(.enabled(if: LoopDisk.obstacle == nil, Comment(rawValue: LoopDisk.obstacle ?? "")))
  func `with no byte left it answers 507, and completes once there is room`() throws {
    let disk = try LoopDisk(mebibytes: 16)
    let home = TestServer.Home(at: disk.path + "/data")
    let server = try TestServer(home, arguments: ["--disk-reserve", "0"])
    let client = try server.connect()
    let traces = try Traces(of: "erased-user", marker: "markernone", over: client)
    #expect(try client.post("/v1/log", LogBody(session: "s-1").bytes).status == 201)
    let ballast = disk.path + "/ballast"
    let file = try Descriptor.writing(ballast)
    let page = [UInt8](repeating: 1, count: 4096)
    while (try? page.withUnsafeBytes { try file.write($0) }) != nil {}
    let refused = try erase("erased-user", over: client)
    #expect(refused.status == 507, "\(refused.text)")
    try FileManager.default.removeItem(atPath: ballast)
    _ = consume file
    let receipt = try erase("erased-user", over: client)
    #expect(receipt.status == 200, "\(receipt.text)")
    #expect(try receipt.json()["records"]?.integer == 4)
    #expect(traces.found(in: home) == [])
    #expect(try client.get("/v1/stats").json()["conversations"]?.integer == 1)
    #expect(try server.stop() == .code(0))
  }
}
