import Foundation
import Glibc
import Records
import TestKit
import Testing

@Suite("End to end: kill -9", .serialized)
struct KillTests {
  private static let rounds = 24

  /// Many rounds on one directory: writers keep a ledger of what was acknowledged while the server is killed at a random
  /// promise. Every promise must stand in exactly one whole line afterwards, whatever the kill left behind.
  @Test(arguments: [UInt64(20_261_126)])
  func `every acknowledged record is in exactly one complete line`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let home = try TestServer.Home(onDisk: true)
    var promised: Set<String> = []
    var rated: Set<String> = []
    for round in 0..<Self.rounds {
      let server = try TestServer(home)
      try check(home, promised, rated, server, "seed \(seed), start \(round)")
      let ledger = Ledger(after: Int.random(in: 1...120, using: &random)) { _ in _ = try? server.kill() }
      _ = try ThreadGroup.run(6) { thread in
        logUntilTheEnd(try server.connect(), thread: thread, into: ledger) != nil
      }
      #expect(try server.wait() == .signal(SIGKILL))
      #expect(Set(ledger.ids).count == ledger.ids.count, "an id was given twice")
      promised.formUnion(ledger.ids)
      rated.formUnion(ledger.ratings)
      // What a kill in the middle of a write(2) leaves; it rarely does so on its own.
      if random.isOne(in: 2) { try tear(home, &random) }
    }
    let last = try TestServer(home)
    try check(home, promised, rated, last, "seed \(seed), last start")
    #expect(try last.stop() == .code(0))
    let verified = try CerberusBinary.run(["verify", "--data-dir", home.path])
    #expect(verified.exit == .code(0), "\(verified.output)")
    #expect(promised.count > Self.rounds)
  }

  private func check(
    _ home: TestServer.Home, _ promised: Set<String>, _ rated: Set<String>, _ server: TestServer, _ place: String
  ) throws {
    for name in home.files where name.hasPrefix("training_logs/") {
      #expect(home.bytes(name).map { $0.isEmpty || $0.last == 10 } == true, "\(name) has a torn line, \(place)")
    }
    let stored = try ids(in: home.conversations)
    #expect(Set(stored).count == stored.count, "a record stands twice, \(place)")
    let lost = promised.subtracting(stored)
    #expect(lost.isEmpty, "\(lost.count) of \(promised.count) acknowledged records are lost, \(place)")
    let feedback = Set(try ids(in: home.lines("training_logs/feedback.jsonl")))
    #expect(rated.isSubset(of: feedback), "an acknowledged rating is lost, \(place)")
    let comments = Set(try ids(in: home.lines("training_logs/comments.jsonl")))
    #expect(rated.isSubset(of: comments), "an acknowledged comment is lost, \(place)")
    let stats = try server.connect().get("/v1/stats").json()
    #expect(stats["conversations"]?.integer == stored.count, "\(place)")
    #expect(stats["rated"]?.integer == feedback.count, "\(place)")
  }

  /// Adds the first part of a copy of the last line to a file.
  private func tear(_ home: TestServer.Home, _ random: inout SeededGenerator) throws {
    let names = home.days.map { "training_logs/" + $0 } + ["training_logs/feedback.jsonl"]
    guard let name = names.filter({ home.bytes($0) != nil }).randomElement(using: &random),
      let line = home.lines(name).last
    else { return }
    let part = Array(line.utf8.prefix(Int.random(in: 1..<line.utf8.count, using: &random)))
    let file = try #require(FileHandle(forWritingAtPath: home.path + "/" + name))
    try file.seekToEnd()
    try file.write(contentsOf: Data(part))
    try file.close()
  }

  @Test func `the lock and the socket of a killed server are in nobody's way`() throws {
    let server = try TestServer()
    try server.kill()
    #expect(server.home.mode("state/control.sock") != nil)
    let next = try TestServer(server.home)
    #expect(try CerberusBinary.run(["stats", "--data-dir", server.home.path]).exit == .code(0))
    #expect(try next.stop() == .code(0))
  }
}
