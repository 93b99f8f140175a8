import TestKit
import Testing

@Suite("End to end: SIGTERM under load", .serialized)
struct StopUnderLoadTests {
  @Test(arguments: [1, 40, 300])
  func `everything acknowledged is on disk and the exit is 0`(_ promises: Int) throws {
    let server = try TestServer()
    let ledger = Ledger(after: promises) { _ in server.askToStop() }
    let last = try ThreadGroup.run(8) { thread in
      logUntilTheEnd(try server.connect(), thread: thread, into: ledger)
    }
    #expect(try server.wait() == .code(0), "\(server.errorText)")
    // Each thread asks again at once, so that some request arrived while the server stopped.
    #expect(last.contains { $0?["Connection"] == "close" })
    let stored = try ids(in: server.home.conversations)
    #expect(Set(stored).count == stored.count)
    #expect(Set(stored) == Set(ledger.ids), "answered and stored are the same when nothing was cut off")
    let rated = Set(try ids(in: server.home.lines("training_logs/feedback.jsonl")))
    #expect(rated.isSuperset(of: ledger.ratings))

    let next = try TestServer(server.home)
    #expect(try next.connect().get("/v1/stats").json()["conversations"]?.integer == stored.count)
  }
}
