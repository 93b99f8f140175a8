import Posix
import Privacy
import Records
import TestKit
import Testing

@testable import TrainingLog

/// A mark keeps no healthy directory from starting: it is behind its ledger or level with it, whatever has happened.
@Suite("Marks of ledgers that are whole")
struct LedgerMarkTests {
  /// One after the other; the last one that was acknowledged decides.
  private static let acts: [(user: String, refuses: Bool?)] = [
    ("ann", true), ("bob", true), ("ann", false), ("ann", true), ("ann", nil), ("cyd", true), ("bob", nil),
    ("dan", true),
  ]

  private let fixture: LogFixture
  private let disk: SimulatedDisk

  init() throws { try self.init(seed: 1) }

  private init(seed: UInt64) throws {
    fixture = try LogFixture()
    disk = SimulatedDisk(simulating: fixture.directory.state, seed: seed)
  }

  private func open() throws -> TrainingLog {
    try TrainingLog.reopened(.init(directory: fixture.directory), fileSystem: disk)
  }

  /// nil erases, which takes the history of the user's refusals with it.
  private func commit(_ act: (user: String, refuses: Bool?), _ log: TrainingLog) throws {
    if let refused = act.refuses {
      try log.setConsent(ofUser: act.user, [.training], refused: refused, now: LogFixture.now)
    } else {
      _ = try log.eraseNow(user: act.user)
    }
  }

  /// Users whose refusal was acknowledged; what failed may be there or not.
  private func commitAll(_ log: TrainingLog) -> (sure: Set<String>, open: Set<String>) {
    var (sure, open): (Set<String>, Set<String>) = ([], [])
    for act in Self.acts {
      do {
        try commit(act, log)
        if act.refuses == true { sure.insert(act.user) } else if act.refuses == false { sure.remove(act.user) }
        open.remove(act.user)
      } catch { open.insert(act.user) }
    }
    return (sure, open)
  }

  private func expectWhole(_ known: (sure: Set<String>, open: Set<String>), _ note: Testing.Comment) throws {
    let log = try open()
    #expect(log.damagedLines == [], note)
    for user in Set(Self.acts.map(\.user)).subtracting(known.open) {
      #expect(log.consent.refuses(.training, userID: user) == known.sure.contains(user), note)
    }
    for name in ["erasures.jsonl", "consent.jsonl"] where disk.content(name)?.isEmpty == false {
      let mark = try #require(disk.content(name + ".mark").flatMap(LedgerMark.init), note)
      #expect(mark.states.map(\.bytes) == [disk.content(name)?.count], note)
    }
  }

  enum End: CaseIterable { case power, syncedOnly, kill }

  @Test("Killed, or without power, at any call", arguments: End.allCases)
  func crashed(_ end: End) throws {
    var steps = 0
    while true {
      let one = try LedgerMarkTests(seed: UInt64(steps + 1))
      let log = try one.open()
      one.disk.failPower(after: steps)
      let known = one.commitAll(log)
      let isOver = !one.disk.isDown
      _ = consume log
      switch end {
      case .power: one.disk.restartAfterPowerFailure()
      case .syncedOnly: one.disk.restartWithSyncedOnly()
      case .kill: one.disk.restartAfterKill()
      }
      try one.expectWhole(known, "step \(steps)")
      if isOver { break }
      steps += 1
    }
    #expect(steps > 60)
  }

  @Test(
    "A call that fails, of the ledger or of its mark, for each of them",
    arguments: [SimulatedDisk.Operation.append, .synchronize, .rename, .synchronizeDirectory],
    [FaultCode.io, FaultCode.noSpace])
  func failing(_ operation: SimulatedDisk.Operation, code: Int32) throws {
    for skip in 0..<40 {
      let one = try LedgerMarkTests(seed: 1)
      let log = try one.open()
      one.disk.fail(operation, code: code, short: 3, after: skip)
      let known = one.commitAll(log)
      _ = consume log
      #expect(one.disk.misuses == [])
      one.disk.restartWithSyncedOnly()
      try one.expectWhole(known, "call \(skip)")
    }
  }

  @Test("Where no mark can ever be written, everything goes on, and the next start makes up for it")
  func unwritable() throws {
    let log = try open()
    for name in ["erasures", "consent"] { disk.fail(.append, on: name + ".jsonl.mark.tmp", times: .max) }
    // Only what takes the place of a whole ledger is refused then.
    let known = commitAll(log)
    #expect(known.sure.isSuperset(of: ["cyd", "dan"]))
    _ = consume log
    disk.heal()
    try expectWhole(known, "no mark")
  }

  @Test(
    "A directory without marks, or with ones that an older program has left behind, gets them",
    arguments: [false, true])
  func older(hasMarks: Bool) throws {
    let log = try open()
    for act in Self.acts.prefix(2) { try commit(act, log) }
    let name = "consent.jsonl"
    let mark = try #require(disk.content(name + ".mark"))
    try commit(("eve", true), log)
    _ = consume log
    if hasMarks {
      disk.put(name + ".mark", mark)
    } else {
      try disk.remove(fixture.directory.state + "/" + name + ".mark")
    }
    try expectWhole((["ann", "bob"], []), "older")
    // And from then on it is watched over.
    let whole = try #require(disk.content(name))
    disk.put(name, Array(whole.prefix(whole.count / 2)))
    #expect(throws: TrainingLog.Failure.self) { try open() }
  }

  @Test("Garbage behind what was acknowledged is set aside, also where it ends with a line end")
  func garbage() throws {
    let log = try open()
    for act in Self.acts.prefix(2) { try commit(act, log) }
    _ = consume log
    let name = "consent.jsonl"
    let whole = try #require(disk.content(name))
    disk.put(name, whole + Array("x\ny\n".utf8))
    try expectWhole((["ann", "bob"], []), "garbage")
    #expect(disk.content(name) == whole)
    // Without a mark nobody knows that it was not acknowledged.
    disk.put(name, whole + Array("x\ny\n".utf8))
    try disk.remove(fixture.directory.state + "/" + name + ".mark")
    #expect(throws: TrainingLog.Failure.self) { try open() }
  }
}
