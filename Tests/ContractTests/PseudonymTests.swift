import Foundation
import TestKit
import Testing

@Suite("Contract §1 Pseudonyms", .serialized)
struct PseudonymTests {
  /// A server whose pepper is the bytes 0 to 31.
  private func knownPepper(_ content: [UInt8] = Array(0..<32)) throws -> TestServer {
    let home = try TestServer.Home()
    let path = home.path + "/given"
    try Data(content).write(to: URL(fileURLWithPath: path))
    return try TestServer(home, environment: ["CERBERUS_PEPPER_FILE": path])
  }

  /// From Python's hmac module: HMAC-SHA256(bytes(range(32)), "user:ada")[:16] and so on.
  @Test func `they are the first 16 digits of HMACs under the pepper`() throws {
    let server = try knownPepper()
    let client = try server.connect()
    for (user, userHash, sessionHash) in [
      ("ada", "bd414fdc2fd474d6", "9da94d2af30cba95"), ("bob", "4b090b0bb412e6c5", "6f8ad16ad92ef3b4"),
    ] {
      let line = try storedLine(store(LogBody(user: user, session: "s1"), over: client), in: server.home)
      #expect(line.text("user_id") == userHash)
      #expect(line.text("session_id") == sessionHash)
    }
  }

  @Test func `the pepper may be given as 64 hexadecimal digits`() throws {
    let digits = (0..<32).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\n"
    let server = try knownPepper(Array(digits.utf8))
    let line = try storedLine(store(LogBody(user: "ada"), over: server.connect()), in: server.home)
    #expect(line.text("user_id") == "bd414fdc2fd474d6")
  }

  @Test func `the pepper is 32 bytes, made at first start and kept`() throws {
    let home = try TestServer.Home()
    var pseudonyms: Set<String> = []
    var peppers: Set<[UInt8]> = []
    for _ in 0..<2 {
      let server = try TestServer(home)
      let line = try storedLine(store(LogBody(user: "ada"), over: server.connect()), in: home)
      pseudonyms.insert(try #require(line.text("user_id")))
      peppers.insert(try #require(home.bytes("state/pepper")))
      try server.stop()
      try FileManager.default.removeItem(atPath: home.path + "/training_logs/\(try #require(home.days.first))")
    }
    #expect(pseudonyms.count == 1)
    #expect(peppers.count == 1)
    #expect(peppers.first?.count == 32)
  }

  @Test func `another directory has another pepper`() throws {
    let peppers = try (0..<2).map { _ in
      let server = try TestServer()
      return try #require(server.home.bytes("state/pepper"))
    }
    #expect(peppers[0] != peppers[1])
  }

  @Test func `a session belongs to one user`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let lines = try ["ada", "bob"].map { user in
      try storedLine(store(LogBody(user: user, session: "same"), over: client), in: server.home)
    }
    #expect(lines[0].text("session_id") != lines[1].text("session_id"))
    let stats = try client.get("/v1/stats").json()
    #expect(stats.at("users")?.integer == 2)
    #expect(stats.at("sessions")?.integer == 2)
  }

  @Test func `raw ids are written nowhere, logs included`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let (user, session) = ("raw-user-7f3a9", "raw-session-7f3a9")
    let id = try store(LogBody(user: user, session: session), over: client)
    try rate(id, 5, over: client)
    // A refused one too.
    let refused = try client.post("/v1/log", LogBody(user: user, session: session).with("complexity", "[]").bytes)
    #expect(refused.status == 422)
    #expect(try client.post("/v1/curate", "").status == 200)
    #expect(try server.stop() == .code(0))
    let files = server.home.files
    #expect(files.count > 8, "\(files)")
    for file in files {
      let text = String(decoding: server.home.bytes(file) ?? [], as: UTF8.self)
      #expect(!text.contains("7f3a9"), "\(file)")
    }
    #expect(!(server.errorText + server.outputText + refused.text).contains("7f3a9"))
  }

  @Test func `a pepper of another length is a configuration error`() throws {
    let home = try TestServer.Home()
    let path = home.path + "/given"
    try Data(repeating: 1, count: 31).write(to: URL(fileURLWithPath: path))
    let outcome = try CerberusBinary.run(
      ["serve", "--data-dir", home.path, "--port", "0"], environment: ["CERBERUS_PEPPER_FILE": path])
    #expect(outcome.exit == .code(78))
    #expect(outcome.error.contains("pepper"))
  }
}
