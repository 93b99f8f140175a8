import Glibc
import Records
import TestKit
import Testing

/// The server dies between storing a record and answering for it; the client asks again with the same key.
@Suite("End to end: retry after kill -9", .serialized)
struct KilledRetryTests {
  private static let clients = 24
  private static let roundsMax = 20

  private static func body(_ key: String) -> LogBody { LogBody(user: "u-\(key)", session: "s-\(key)") }

  private struct Answer {
    let id: String
    let isReplay: Bool
  }

  private static func log(_ key: String, _ client: TestClient) throws -> Answer {
    try client.send(
      "POST", "/v1/log", fields: [("Content-Type", "application/json"), ("Idempotency-Key", key)],
      body: body(key).bytes)
    let answer = try client.response()
    guard [200, 201].contains(answer.status), let id = try answer.json()["example_id"]?.string else {
      throw TestClient.Failure(description: "status \(answer.status)")
    }
    return Answer(id: id, isReplay: answer["Idempotency-Replayed"] == "true")
  }

  /// Rounds go on until a kill has hit that gap, which most do: with so many clients some record is in it most of the time.
  @Test(arguments: [UInt64(20_261_127)])
  func `the same key gives the id under which the record was stored, whether or not anyone was told`(
    _ seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let home = try TestServer.Home()
    var storedUntold = 0
    for round in 0..<Self.roundsMax where storedUntold == 0 || round < 3 {
      let place = "seed \(seed), round \(round)"
      let unanswered = try keysUnansweredAtKill(home, round, after: Int.random(in: 50...400, using: &random))
      let next = try TestServer(home)
      let client = try next.connect()
      let linesBefore = home.conversations.count
      var untold = 0
      for key in unanswered {
        let first = try Self.log(key, client)
        let second = try Self.log(key, client)
        #expect(second.isReplay && second.id == first.id, "\(place), key \(key)")
        if first.isReplay { untold += 1 }
      }
      let stored = try ids(in: home.conversations)
      #expect(Set(stored).count == stored.count, "\(place)")
      #expect(stored.count == linesBefore + unanswered.count - untold, "\(place)")
      storedUntold += untold
      #expect(try next.stop() == .code(0), "\(place)")
    }
    #expect(storedUntold > 0, "no kill came between store and answer, seed \(seed)")
  }

  /// Kills a server once it has answered so many requests.
  ///
  /// - Returns: the keys that were sent and not answered.
  private func keysUnansweredAtKill(_ home: TestServer.Home, _ round: Int, after count: Int) throws -> [String] {
    let server = try TestServer(home)
    let ledger = Ledger(after: count) { _ in _ = try? server.kill() }
    let keys = try ThreadGroup.run(Self.clients) { thread in
      let client = try server.connect()
      var number = 0
      while true {
        number += 1
        let key = "\(round)-\(thread)-\(number)"
        guard let answer = try? Self.log(key, client) else { return key }
        ledger.stored(answer.id)
      }
    }
    #expect(try server.wait() == .signal(SIGKILL))
    return keys
  }
}
