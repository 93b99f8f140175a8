import Glibc
import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Service

/// Who gives up before the receipt comes, gets it when asking again.
@Suite("Receipts that nobody waited for")
struct LostReceiptTests {
  private static func request(_ client: TestClient) throws {
    try client.send(
      "POST", "/v1/users/erase", fields: [("Content-Type", "application/json")],
      body: Array("{\"user_id\":\"ann\"}".utf8))
  }

  /// Whether it comes true.
  private static func waits(for isTrue: () -> Bool) -> Bool {
    let deadline = Clocks.monotonicNanoseconds() + 20_000_000_000
    while !isTrue() {
      guard Clocks.monotonicNanoseconds() < deadline else { return false }
      sched_yield()
    }
    return true
  }

  private static func erase(over client: TestClient) throws -> JSONElement {
    try request(client)
    return try client.response().json()
  }

  @Test func `a client that is gone before the erasure had its turn gets the receipt the next time, once`() throws {
    let home = try TestServer.Home()
    let server = try TestServer(home)
    #expect(try server.connect().post("/v1/log", LogBody(user: "ann").bytes).status == 201)
    // Whoever erases waits for a curator, which this is.
    let lock = try DataDirectory(home.path).lockCuration()
    do {
      let client = try server.connect()
      try Self.request(client)
      #expect(Self.waits(for: { home.lines("state/erasures.jsonl").count == 1 }))
    }
    _ = consume lock
    #expect(Self.waits(for: { home.lines("state/erasures.jsonl").last?.contains("\"owed\":true") ?? false }))
    #expect(try server.stop() == .code(0))
    let next = try TestServer(home)
    let client = try next.connect()
    let receipt = try Self.erase(over: client)
    #expect(receipt["records"]?.integer == 1)
    let id = try #require(receipt["receipt_id"]?.string)
    #expect(home.lines("state/erasures.jsonl").first?.contains(id) == true)
    #expect(try Self.erase(over: client)["records"]?.integer == 0)
    #expect(try next.stop() == .code(0))
  }
}
