import TestKit
import Testing

/// A server that has the data directory and does not answer: stopped by a signal, or hung.
@Suite("End to end: a server that is silent", .serialized)
struct StoppedServerTests {
  private static let commands: [[String]] = [
    ["health"], ["stats"], ["progress"], ["curate"], ["curate", "--dry-run"], ["retain"], ["watch", "--count", "1"],
    ["opt-out", "--user-id", "u"], ["opt-in", "--user-id", "u"], ["erase", "--user-id", "u"],
    ["user-export", "--user-id", "u"], ["import", "/dev/null"],
  ]

  @Test func `commands that ask it give up with 69 and say so, and serve again when it goes on`() throws {
    let server = try TestServer()
    #expect(try server.connect().post("/v1/log", LogBody().bytes).status == 201)
    server.pause()
    let outcomes = try ThreadGroup.run(Self.commands.count) { number in
      try CerberusBinary.run(
        Self.commands[number] + ["--data-dir", server.home.path], environment: ["CERBERUS_SERVER_TIMEOUT": "1"])
    }
    server.goOn()
    for (command, outcome) in zip(Self.commands, outcomes) {
      #expect(outcome.exit == .code(69), "\(command): \(outcome.error)")
      #expect(outcome.error.contains("does not answer"), "\(command): \(outcome.error)")
    }
    #expect(try CerberusBinary.run(["health", "--data-dir", server.home.path]).exit == .code(0))
    #expect(try server.stop() == .code(0))
  }
}
