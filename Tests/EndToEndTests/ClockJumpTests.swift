import Foundation
import Records
import TestKit
import Testing
import TrainingLog

/// The wall clock jumps while clients log: forward, back, over midnight.
@Suite(
  "End to end: clock jumps", .serialized,
  .enabled(if: FakeTime.obstacle == nil, Comment(rawValue: FakeTime.obstacle ?? "")))
struct ClockJumpTests {
  private static let perJump = 40

  /// Seconds ahead of the real clock; the last ones come to midnight within a moment.
  private static func jumps() -> [Int] {
    let now = SystemClock().now
    let toMidnight = Int(86_400 - now.milliseconds / 1000 % 86_400)
    return [0, 3600, 2 * 86_400, -86_400, -20 * 86_400, 40 * 86_400, 0, toMidnight - 1, toMidnight, -1]
  }

  @Test func `ids stay unique and ascending, each record stands in the file of its own day, nobody is cut off`() throws
  {
    let time = try FakeTime()
    let server = try TestServer(arguments: ["--no-maintenance"], environment: time.environment, under: FakeTime.wrapper)
    defer { time.cleanUp(after: server) }
    var told: [[String]] = []
    for jump in Self.jumps() {
      try time.jump(by: jump)
      let ids = try ThreadGroup.run(4) { thread in
        let client = try server.connect()
        return try (0..<Self.perJump).map { number in
          let answer = try client.post("/v1/log", LogBody(session: "\(jump)-\(thread)-\(number)").bytes)
          try #require(answer.status == 201)
          let id = try #require(try answer.json()["example_id"]?.string)
          // A rating finds its record, whatever the clock says by now.
          if number % 10 == 0 {
            try #require(try client.post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":5}").status == 200)
          }
          return id
        }
      }
      told += ids
    }
    // One connection that lives through all jumps: its requests have deadlines, its ids an order.
    let client = try server.connect()
    var lasting: [String] = []
    for jump in Self.jumps() + [86_400 * 365, 0] {
      try time.jump(by: jump)
      for _ in 0..<5 {
        let id = try #require(try client.post("/v1/log", LogBody().bytes).json()["example_id"]?.string)
        lasting.append(id)
      }
    }
    #expect(try server.stop() == .code(0))
    told.append(lasting)
    for ids in told { #expect(ids == ids.sorted()) }
    let all = told.flatMap { $0 }
    #expect(Set(all).count == all.count)
    var stored: [String] = []
    for day in server.home.days {
      for line in server.home.lines("training_logs/" + day) {
        let record = try Conversation(line: Array(line.utf8))
        stored.append(record.exampleID.description)
        #expect(day == "conversations_\(record.timestamp.day).jsonl")
      }
    }
    #expect(stored.sorted() == all.sorted())
    #expect(server.home.days.count > 4)
    let verified = try CerberusBinary.run(["verify", "--data-dir", server.home.path])
    #expect(verified.exit == .code(0), "\(verified.output)")
  }
}
