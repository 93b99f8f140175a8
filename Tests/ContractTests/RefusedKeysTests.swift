import TestKit
import Testing

@Suite("Contract §2 Auth: failed attempts", .serialized)
struct RefusedKeysTests {
  private static let attempts = 200

  @Test(arguments: [true, false])
  func `they stay 401, however many; only their log line is rate-limited`(_ hasKnownID: Bool) throws {
    let home = try TestServer.Home()
    let made = try CerberusBinary.run(["keys", "create", "--name", "a", "--scope", "read", "--data-dir", home.path])
    let key = made.output.dropLast()
    let server = try TestServer(home)
    let client = try server.connect()
    let zeros = String(repeating: "0", count: 64)
    let wrong = hasKnownID ? "\(key.dropLast(64))\(zeros)" : "cbk_ffffffffffff_\(zeros)"
    for _ in 0..<Self.attempts {
      try client.send("GET", "/v1/stats", fields: [("Authorization", "Bearer \(wrong)")])
      try #require(try client.response().status == 401)
    }
    // The good key is none the worse for it.
    try client.send("GET", "/v1/stats", fields: [("Authorization", "Bearer \(key)")])
    #expect(try client.response().status == 200)
    #expect(try server.stop() == .code(0))
    let told = server.errorText.split(separator: "\n").count { $0.contains("\"status\":401") }
    #expect((1..<Self.attempts).contains(told), "\(told) lines")
  }
}
