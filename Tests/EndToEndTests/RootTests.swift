import Foundation
import Glibc
import TestKit
import Testing

/// What an administrator does at the command line while the service is stopped must not lock the service out.
@Suite("End to end: as root", .serialized, .enabled(if: geteuid() == 0, "needs root"))
struct RootTests {
  private static let service: uid_t = 61_234

  private func status(_ path: String) -> stat {
    var status = stat()
    lstat(path, &status)
    return status
  }

  private func strangers(in home: TestServer.Home) -> [String] {
    (FileManager.default.enumerator(atPath: home.path)?.allObjects as? [String] ?? []).filter {
      status(home.path + "/" + $0).st_uid != Self.service
    }
  }

  private func run(_ home: TestServer.Home, _ words: String...) throws {
    let outcome = try CerberusBinary.run(words + ["--data-dir", home.path])
    #expect(outcome.exit == .code(0), "\(words): \(outcome.error)")
    #expect(strangers(in: home) == [], "\(words)")
  }

  @Test func `what it makes in the data directory belongs to whom the directory belongs to`() throws {
    let home = try TestServer.Home()
    let folder = try TemporaryDirectory()
    let logs = folder("logs.jsonl")
    let line = #"{"uid": "ada", "question": "What is a heap?", "answer": "A tree with an order", "ts": 1700000000}"#
    try Data((line + "\n").utf8).write(to: URL(fileURLWithPath: logs))
    try #require(chown(home.path, Self.service, Self.service) == 0)
    try run(home, "keys", "create", "--name", "backend", "--scope", "log")
    try run(home, "import", logs)
    try run(home, "curate")
    try run(home, "reindex")
    try run(home, "opt-out", "--user-id", "ada")
    try run(home, "keys", "rotate-pepper")
    try run(home, "erase", "--user-id", "ada")
    try run(home, "retain")
    try run(home, "verify")
  }

  @Test func `a backup stays with who makes it`() throws {
    let home = try TestServer.Home()
    let folder = try TemporaryDirectory()
    try #require(chown(folder.path, Self.service, Self.service) == 0)
    _ = try CerberusBinary.run(["keys", "create", "--name", "a", "--scope", "log", "--data-dir", home.path])
    let outcome = try CerberusBinary.run(["backup", "--output", folder("b.tar"), "--data-dir", home.path])
    #expect(outcome.exit == .code(0), "\(outcome.error)")
    #expect(status(folder("b.tar")).st_uid == 0)
  }
}
