import Posix
import TestKit
import Testing

/// A disk that takes half a second for every sync (strace's delays).
@Suite(
  "End to end: slow disk", .serialized,
  .enabled(if: Strace.obstacle == nil, Comment(rawValue: Strace.obstacle ?? "")))
struct SlowDiskTests {
  private static let delay = "fdatasync:delay_enter=500000"

  private func lines(_ count: Int, _ session: String) -> [UInt8] {
    (0..<count).flatMap { LogBody(session: "\(session)-\($0)").bytes + [UInt8(ascii: "\n")] }
  }

  @Test func `answers take longer, and as many as ever are right`() throws {
    let server = try TestServer(under: Strace.wrapper(calls: "fdatasync", fault: Self.delay))
    let begin = ContinuousClock.now
    let told = try ThreadGroup.run(12) { thread in
      let client = try server.connect()
      return try (0..<3).map { try client.post("/v1/log", LogBody(session: "\(thread)-\($0)").bytes).status }
    }
    #expect(told.flatMap { $0 } == [Int](repeating: 201, count: 36))
    // Three syncs one after the other at least; by far not 36, since those who wait share one.
    let time = ContinuousClock.now - begin
    #expect(time > .milliseconds(1500) && time < .seconds(15), "\(time)")
    #expect(try server.connect().get("/readyz").status == 200)
    #expect(try server.stop() == .code(0))
    #expect(server.home.conversations.count == 36)
  }

  @Test func `what the queue has no room for is 503, and memory stays flat`() throws {
    let server = try TestServer(
      arguments: ["--max-queue", "1000"], under: Strace.wrapper(calls: "fdatasync", fault: Self.delay))
    var accepted = 0
    var refused = 0
    var memory: [Int] = []
    for round in 0..<4 {
      let answers = try ThreadGroup.run(8) { thread in
        let client = try server.connect()
        return try client.post(
          "/v1/log", lines(1000, "\(round)-\(thread)"), type: "application/x-ndjson")
      }
      for answer in answers {
        switch answer.status {
        case 200:
          accepted += 1
          #expect(answer.text.hasPrefix("{\"accepted\":1000,\"rejected\":0,"))
        case 503:
          refused += 1
          #expect(answer["Retry-After"] != nil)
        default: Issue.record("status \(answer.status)")
        }
      }
      #expect(try server.connect().get("/livez").status == 200)
      memory.append(try #require(server.peakMemoryBytes))
    }
    #expect(accepted >= 4 && refused >= 4)
    #expect(memory[3] - memory[0] < 32 << 20, "\(memory)")
    #expect(try server.stop() == .code(0))
    #expect(server.home.conversations.count == accepted * 1000)
  }
}
