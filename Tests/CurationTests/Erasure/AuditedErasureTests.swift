import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// What an erasure leaves in the audit log, wherever the process ends.
@Suite("Erasures in the audit log")
struct AuditedErasureTests {
  private static let now = UserLog.now

  private func note(_ users: UserLog, _ act: AuditAct.Name, _ receipt: ErasureReceipt) throws {
    try AuditLog(users.directory).append(AuditAct(act, by: "command", at: Self.now, reference: receipt.id))
  }

  @Test func `one that was completed and not noted is known to the next start, once`() throws {
    let users = try UserLog()
    for name in ["ann", "bob", "cyd"] { try users.add(name) }
    let single = try users.add("dan").id
    let noted = try Eraser(users.open).erase(userID: "ann", now: Self.now)
    try note(users, .eraseUser, noted)
    let lost = try Eraser(users.open).erase(userID: "bob", now: Self.now)
    let lostOfOne = try #require(try Eraser(users.open).erase(single, now: Self.now))
    _ = try Eraser(users.open).begin(userID: "cyd", now: Self.now)
    try users.reopen()
    let unnoted = try users.open.unnotedErasures()
    #expect(unnoted.map(\.act) == [.eraseUser, .eraseExample])
    #expect(unnoted.map(\.receipt) == [lost, lostOfOne])
    for (act, receipt) in unnoted { try note(users, act, receipt) }
    #expect(try users.open.unnotedErasures().isEmpty)
  }

  @Test func `without a log all are told, with one those since it began, and of a damaged one none`() throws {
    let users = try UserLog()
    try users.add("ann")
    _ = try Eraser(users.open).erase(userID: "ann", now: Self.now)
    #expect(try users.open.unnotedErasures().count == 1)
    let later = Self.now.advanced(bySeconds: 60)
    let log = AuditLog(users.directory)
    for _ in 0..<2 { try log.append(AuditAct(.curate, by: "open", at: later)) }
    #expect(try users.open.unnotedErasures().isEmpty)
    try users.add("bob")
    _ = try Eraser(users.open).erase(userID: "bob", now: later)
    #expect(try users.open.unnotedErasures().count == 1)
    let lines = try (readFile(users.directory.audit) ?? []).split(separator: 0x0A)
    try AtomicFile.replace(users.directory.audit, with: lines.dropLast().flatMap { $0 + [0x0A] })
    #expect(try users.open.unnotedErasures().isEmpty)
  }

  @Test func `each erasure is noted once, and a receipt that is given again as that`() throws {
    let users = try UserLog()
    try users.add("ann")
    func erase() throws -> [String] {
      var completed: Set<String> = []
      let eraser = try Eraser(users.open)
      let receipt = try eraser.erase(userID: "ann", now: Self.now) { completed.insert($0.id) }
      return completed.map { _ in "erased" }
        + eraser.further(receipt, .eraseUser, completed: completed).map(\.act.rawValue)
    }
    _ = try Eraser(users.open).begin(userID: "ann", now: Self.now)
    try users.reopen()
    var resumed: [ErasureReceipt] = []
    try Eraser(users.open).resume(now: Self.now) { resumed.append($0) }
    #expect(resumed.count == 1)
    try users.add("ann")
    #expect(try erase() == ["erased", "give_receipt"])
    #expect(try erase() == ["erased"])
  }
}
