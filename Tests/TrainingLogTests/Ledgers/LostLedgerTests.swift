import Foundation
import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// What a ledger forbids comes back where the ledger is gone: nobody goes on without it unawares.
@Suite("Ledgers that somebody else removes, cuts short or writes over")
struct LostLedgerTests {
  enum Deed: String, CaseIterable {
    case remove, empty, cutLastLine, cutInLine
    // The size stays.
    case zeros, zerosInside, garbage, garbageLines, firstLineTwice, otherHash
  }

  private let fixture: LogFixture

  /// With two erased users and two who refuse; closed.
  init() throws {
    fixture = try LogFixture()
    let open = try fixture.open()
    let records = try ["ann", "bob", "cyd", "dan"].map { try fixture.conversation(open, $0, user: $0) }
    _ = open.commitNow(records.map { .conversation($0) })
    for user in ["ann", "bob"] { try open.eraseNow(user: user) }
    for user in ["cyd", "dan"] {
      try open.setConsent(ofUser: user, [.logging, .training], refused: true, now: LogFixture.now)
    }
    open.saveIndexNow()
  }

  private func path(_ name: String) -> String { fixture.directory.state + "/" + name }

  private func put(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
  }

  private func commit(_ deed: Deed, _ name: String) throws {
    let content = try #require(try readFile(path(name)))
    let lastLine = try #require(content.dropLast().lastIndex(of: 0x0A))
    switch deed {
    case .remove: try Directories.remove(path(name))
    case .empty: try put(name, [])
    case .cutLastLine: try put(name, Array(content[...lastLine]))
    case .cutInLine: try put(name, Array(content[...(lastLine + 10)]))
    case .zeros: try put(name, content.map { _ in 0 })
    case .zerosInside: try put(name, content[...lastLine].map { _ in 0 } + content[(lastLine + 1)...])
    case .garbage: try put(name, content.indices.map { UInt8(truncatingIfNeeded: $0 &* 167 | 0x80) })
    case .garbageLines: try put(name, content.map { $0 == 0x0A ? $0 : UInt8(ascii: "x") })
    case .firstLineTwice:
      let first = try #require(content.firstIndex(of: 0x0A)) + 1
      // As many bytes as before; what the second line said is gone.
      let twice = Array(content[..<first]) + content[..<first]
      try put(name, twice + content[twice.count...])
    case .otherHash:
      let at = content.count - (name == "audit.jsonl" ? 20 : 60)
      try put(name, content[..<at] + [content[at] == 0x30 ? 0x31 : 0x30] + content[(at + 1)...])
    }
  }

  private func faults(_ name: String) throws -> [VerificationReport.Fault] {
    try Verification(fixture.directory).run().faults.filter { $0.file == "state/" + name }
  }

  @Test(
    "No start goes on without what was erased or refused, and verify names the file",
    arguments: ["erasures.jsonl", "consent.jsonl"], Deed.allCases)
  func refused(name: String, deed: Deed) throws {
    #expect(try faults(name) == [])
    let whole = try #require(try readFile(path(name)))
    try commit(deed, name)
    let found = try readFile(path(name))
    #expect(try faults(name).isEmpty == false)
    for _ in 0..<2 {
      let failure = #expect(throws: TrainingLog.Failure.self) { try fixture.open() }
      #expect(failure?.description.contains("state/" + name) == true, "\(String(describing: failure))")
      // What is left of it is left alone.
      #expect(try readFile(path(name)) == found)
    }
    try put(name, whole)
    let log = try fixture.open()
    #expect(log.damagedLines == [])
    #expect(log.erasures.erasedRecords == 2 && log.consent.refusingUsers == 2)
    #expect(try faults(name) == [])
  }

  @Test("Who knows that it is lost says so by removing its mark", arguments: ["erasures.jsonl", "consent.jsonl"])
  func accepted(name: String) throws {
    try Directories.remove(path(name))
    try Directories.remove(path(name + ".mark"))
    let log = try fixture.open()
    #expect(log.damagedLines == [])
    #expect(log.erasures.erasedRecords == (name == "erasures.jsonl" ? 0 : 2))
    #expect(log.consent.refusingUsers == (name == "consent.jsonl" ? 0 : 2))
    #expect(try faults(name) == [])
  }

  @Test("A mark that is damaged keeps nobody from starting, and says what to do")
  func damagedMark() throws {
    let name = "erasures.jsonl"
    try put(name + ".mark", Array("x".utf8))
    for _ in 0..<2 {
      let log = try fixture.open()
      #expect(log.damagedLines.map(\.file) == ["state/" + name])
      #expect(log.damagedLines.first?.reason.contains("remove the mark") == true)
      #expect(log.erasures.erasedRecords == 2)
    }
    try Directories.remove(path(name + ".mark"))
    #expect(try fixture.open().damagedLines == [])
    #expect(try faults(name) == [])
  }

  @Test("A ledger written anew is the one that was written, at whatever call the process was killed")
  func rewritten() throws {
    var steps = 0
    while steps < 100 {
      let fixture = try LogFixture()
      let disk = SimulatedDisk(simulating: fixture.directory.state)
      func open() throws -> TrainingLog {
        try TrainingLog.reopened(.init(directory: fixture.directory), fileSystem: disk)
      }
      let log = try open()
      let name = LogFileName.consent
      for (user, refused) in [("ann", true), ("ann", false), ("bob", true)] {
        try log.setConsent(ofUser: user, [.training], refused: refused, now: LogFixture.now)
      }
      let before = disk.content(name.name)
      disk.failPower(after: steps)
      // The history of who has refused and come back goes.
      _ = try? log.eraseNow(user: "ann")
      let isOver = !disk.isDown
      _ = consume log
      if steps.isMultiple(of: 2) { disk.restartAfterPowerFailure() } else { disk.restartAfterKill() }
      let next = try open()
      #expect(next.damagedLines == [], "step \(steps)")
      #expect(next.consent.refusingUsers == 1, "step \(steps)")
      if isOver { #expect(disk.content(name.name) != before) }
      if isOver { break }
      steps += 1
    }
    #expect((5..<100).contains(steps))
  }

  @Test(
    "The audit log cut short, gone or changed is told by verify and by each start",
    arguments: [Deed.remove, .cutLastLine, .zeros, .zerosInside, .garbageLines, .firstLineTwice, .otherHash])
  func audit(deed: Deed) throws {
    let audit = AuditLog(fixture.directory)
    for name in [AuditAct.Name.curate, .backup, .optOut] {
      try audit.append(AuditAct(name, by: "owner", at: LogFixture.now))
    }
    #expect(try faults("audit.jsonl") == [])
    try commit(deed, "audit.jsonl")
    #expect(try faults("audit.jsonl").isEmpty == false)
    // Acts that follow do not hide it.
    for _ in 0..<4 { try audit.append(AuditAct(.curate, by: "owner", at: LogFixture.now)) }
    #expect(try faults("audit.jsonl").isEmpty == false)
    #expect(try fixture.open().damagedLines.map(\.file) == ["state/audit.jsonl"])
  }
}
