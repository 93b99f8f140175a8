import Foundation
import Glibc
import Records
import TestKit
import Testing

/// The device under the real server loses its power: what the kernel has not brought to it is gone.
@Suite(
  "End to end: power cuts", .serialized,
  .enabled(if: LoopDisk.obstacle == nil, Comment(rawValue: LoopDisk.obstacle ?? "")))
struct PowerCutTests {
  /// Clients log and rate until the power goes at a random promise.
  ///
  /// - Returns: acknowledged records and ratings that are not there afterwards, and all of them.
  private func cut(
    _ disk: LoopDisk, after count: Int, under wrapper: [String] = []
  ) throws -> (lost: Int, promised: Int) {
    let home = TestServer.Home(at: disk.path + "/data")
    let server = try TestServer(home, arguments: ["--disk-reserve", "0"], under: wrapper)
    let ledger = Ledger(after: count) { ledger in
      // The cut takes a moment, in which the kernel may call a sync done whose commit it has just emptied: ext4 asks
      // whether the journal is broken only before it looks whether the commit is over.
      ledger.close()
      try? disk.cutPower()
      _ = try? server.kill()
    }
    _ = try ThreadGroup.run(4) { thread in
      logUntilTheEnd(try server.connect(), thread: thread, into: ledger) != nil
    }
    #expect(try server.wait() == .signal(SIGKILL))
    try disk.restorePower()
    let next = try TestServer(home, arguments: ["--disk-reserve", "0"])
    let stored = try ids(in: home.conversations)
    #expect(Set(stored).count == stored.count)
    let rated = Set(try ids(in: home.lines("training_logs/feedback.jsonl")))
    #expect(try next.connect().get("/v1/stats").json()["conversations"]?.integer == stored.count)
    #expect(try next.stop() == .code(0))
    let verified = try CerberusBinary.run(["verify", "--data-dir", home.path])
    #expect(verified.exit == .code(0), "\(verified.output)")
    let lost = Set(ledger.ids).subtracting(stored).count + Set(ledger.ratings).subtracting(rated).count
    return (lost, ledger.ids.count + ledger.ratings.count)
  }

  @Test(arguments: [UInt64(20_261_127)])
  func `everything that was acknowledged is there when the power is back`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let disk = try LoopDisk(mebibytes: 64)
    var promised = 0
    for round in 0..<5 {
      let outcome = try cut(disk, after: Int.random(in: 1...200, using: &random))
      #expect(outcome.lost == 0, "of \(outcome.promised), seed \(seed), round \(round)")
      promised += outcome.promised
    }
    #expect(promised > 5)
  }

  /// The test above would not notice anything if a power cut lost nothing.
  @Test(.enabled(if: Strace.obstacle == nil, Comment(rawValue: Strace.obstacle ?? "")))
  func `with syncs that do nothing acknowledged records are lost`() throws {
    let disk = try LoopDisk(mebibytes: 64)
    let wrapper = Strace.wrapper(calls: "fsync,fdatasync", fault: "fsync,fdatasync:retval=0")
    let outcome = try cut(disk, after: 100, under: wrapper)
    #expect(outcome.lost > 0, "of \(outcome.promised)")
  }
}
