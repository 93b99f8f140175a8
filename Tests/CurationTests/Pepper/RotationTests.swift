import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// A user has one pseudonym under each pepper that lives, and is one person under all of them.
@Suite("Rotation of the pepper")
struct RotationTests {
  @Test func `new records have another pseudonym, and the user's id finds all of them`() throws {
    let users = try UserLog()
    let old = try users.add("ann")
    try users.rotate()
    let new = try users.add("ann")
    let bob = try users.add("bob")
    let lines = try [old, new].map { try #require(try users.open.example($0.id)).line }
    let ids = try lines.map { try Conversation(line: $0) }
    #expect(ids[0].userID != ids[1].userID && ids[0].sessionID != ids[1].sessionID)
    #expect(try users.rate(old, 5) == .rated)
    #expect(try users.exported("ann") == ["conversation", "conversation", "feedback"])
    #expect(try users.curate().count == 3)

    let receipt = try Eraser(users.open).erase(userID: "ann", now: UserLog.now)
    #expect(receipt.counts.records == 2 && receipt.counts.feedback == 1 && receipt.counts.curated == 2)
    #expect(try users.exported("ann") == [])
    #expect(try users.curate().map(\.id) == [bob.id.description])
    #expect(try Eraser(users.open).erase(userID: "ann", now: UserLog.now).counts == ErasureCounts())
    #expect(try Verification(users.directory).run().faults.map(\.description) == [])
  }

  @Test func `an erasure that was interrupted before a rotation is completed after it`() throws {
    let users = try UserLog()
    try users.add("ann")
    #expect(try Eraser(users.open).begin(userID: "ann", now: UserLog.now).count == 1)
    try users.rotate()
    #expect(try Eraser(users.open).erase(userID: "ann", now: UserLog.now).counts.records == 1)
    #expect(try users.open.unfinishedErasures().isEmpty)
  }

  @Test func `what is erased after a rotation does not come back with a backup from before it`() throws {
    let users = try UserLog()
    for name in ["ann", "bob"] { try users.add(name) }
    let archive = users.folder("backup.tar")
    _ = try Backup(users.directory, pepperFile: nil, tool: "test 1")
      .write(to: archive, withPepper: true, now: UserLog.now)
    try AuditLog(users.directory).append(AuditAct(.backup, by: "command", at: UserLog.now))
    try users.rotate()
    let later = UserLog.now.advanced(bySeconds: 100 * 86_400)
    #expect(try Retainer(users.open, DataCurator(users.open, tool: "test 1")).run(now: later).records == 2)
    #expect(try Eraser(users.open).erase(userID: "ann", now: later).counts.records == 0)
    let restored = DataDirectory(users.folder("restored"))
    _ = try Restoration(reading: archive).run(into: restored, .ofBackup, .live(users.directory.state))
    let log = try TrainingLog.reopened(.init(directory: restored))
    try Eraser(log).resume(now: later)
    var lines: [String: Int] = [:]
    for name in ["ann", "bob"] { try log.exportUser(name) { _ in lines[name, default: 0] += 1 } }
    #expect(lines == ["bob": 1])
  }

  @Test func `a receipt that nobody was there to get waits for its user over a rotation`() throws {
    let users = try UserLog()
    try users.add("ann")
    _ = try Eraser(users.open).begin(userID: "ann", now: UserLog.now)
    try users.rotate()
    try Eraser(users.open).resume(now: UserLog.now)
    #expect(try Eraser(users.open).erase(userID: "ann", now: UserLog.now).counts.records == 1)
    #expect(try Eraser(users.open).erase(userID: "ann", now: UserLog.now).counts.records == 0)
  }

  @Test(arguments: [Purpose.training, .logging])
  func `a refusal before or after a rotation is of all records, and so is its end`(_ purpose: Purpose) throws {
    for isBefore in [true, false] {
      let users = try UserLog()
      let old = try users.add("ann")
      func refuse(_ refused: Bool) throws {
        try users.open.setConsent(ofUser: "ann", [purpose], refused: refused, now: UserLog.now)
      }
      if isBefore { try refuse(true) }
      try users.rotate()
      if !isBefore { try refuse(true) }
      let new = try users.prepare("ann")
      let outcome = try users.commit(.conversation(new))
      #expect(outcome == (purpose == .logging ? .optedOut : .stored(new.id)))
      #expect(try users.rate(old, 5) == (purpose == .logging ? .ratingOptedOut : .rated))
      #expect(try users.curate().count == (purpose == .logging ? 1 : 0))
      #expect(try users.open.consent.refusingUsers == 1)
      // Noted under two pseudonyms, and told once.
      #expect(try users.exported("ann").count { $0 == "consent" } == 1, "\(isBefore)")
      try users.reopen(rebuilding: true)
      #expect(try users.curate().count == (purpose == .logging ? 1 : 0))

      try refuse(false)
      #expect(try users.rate(old, 5) == .rated)
      let later = try users.add("ann")
      #expect(try users.curate().contains { $0.id == later.id.description })
      #expect(try users.curate().contains { $0.id == old.id.description })
      #expect(try users.open.consent.refusingUsers == 0)
      #expect(try users.exported("ann").count { $0 == "consent" } == 2, "\(isBefore)")
    }
  }

  @Test func `what is sent again after a rotation is no other conversation, unless it is`() throws {
    let users = try UserLog()
    let id = ("example_id", "019cd700-0000-7000-8000-000000000001")
    func send(_ user: String, _ number: Int) throws -> Outcome? {
      try users.commit(.conversation(try users.prepare(user, number: number, more: [id])))
    }
    let exampleID = try #require(ExampleID(id.1))
    #expect(try send("ann", 1) == .stored(exampleID))
    for rotations in 0...2 {
      #expect(try send("ann", 1) == .replayed(exampleID), "\(rotations)")
      #expect(try send("ann", 2) == .conflict, "\(rotations)")
      #expect(try send("bob", 1) == .conflict, "\(rotations)")
      try users.rotate()
    }
  }

  @Test func `destroying an old pepper makes its records unlinkable, and no others`() throws {
    let users = try UserLog()
    func day(_ number: Int) -> Timestamp { UserLog.now.advanced(bySeconds: 86_400 * number) }
    let first = try users.add("ann")
    let oldest = try users.rotate(at: day(1))
    try users.add("ann")
    let older = try users.rotate(at: day(2))
    let last = try users.add("ann")
    // All ids are of the first day.
    #expect(try users.open.loss(of: oldest) == (3, 3))
    #expect(try users.open.loss(of: older) == (0, 0))
    #expect(try users.exported("ann").count == 3)
    try users.destroy(oldest)
    #expect(try users.open.secrets.formerPeppers.map(\.id) == [older.id])
    #expect(try users.exported("ann").count == 2)
    try users.destroy(older)
    #expect(try users.exported("ann").count == 1)
    #expect(try Eraser(users.open).erase(userID: "ann", now: UserLog.now).counts.records == 1)
    #expect(try users.records == 2)
    #expect(try users.open.example(last.id) == nil)
    #expect(try Eraser(users.open).erase(first.id, now: UserLog.now)?.counts.records == 1)
  }

  @Test func `an interrupted rotation is a start like any other, and can be repeated`() throws {
    let users = try UserLog()
    try users.add("ann")
    let pepper = try #require(try readFile(users.directory.pepper))
    let keys = try #require(try readFile(users.directory.keys))
    try users.rotate()
    // The pepper was kept, and the new one never came, nor a start under it.
    try users.reopen {
      try AtomicFile.replace(users.directory.pepper, with: pepper)
      try AtomicFile.replace(users.directory.keys, with: keys)
    }
    #expect(try users.open.secrets.formerPeppers.isEmpty)
    try users.add("ann")
    #expect(try users.exported("ann").count == 2)
    try users.rotate()
    #expect(try users.open.secrets.formerPeppers.count == 1)
    #expect(try users.exported("ann").count == 2)
  }

  @Test func `a backup leaves old peppers out, or has them with the present one`() throws {
    let users = try UserLog()
    try users.add("ann")
    let before = users.folder("before.tar")
    func backup(_ path: String, withPepper: Bool) throws -> [String] {
      try Backup(users.directory, pepperFile: nil, tool: "test 1")
        .write(to: path, withPepper: withPepper, now: UserLog.now).files.map(\.name)
    }
    _ = try backup(before, withPepper: false)
    let kept = try users.rotate()
    try users.add("ann")
    let (plain, full) = (users.folder("plain.tar"), users.folder("full.tar"))
    #expect(try backup(plain, withPepper: false).filter { $0.hasPrefix("state/pepper") } == [])
    #expect(try backup(full, withPepper: true).suffix(2) == ["state/pepper", "state/pepper.old"])
    let present = try users.open.secrets.pepper
    try users.reopen {}
    func restored(
      _ path: String, _ pepper: Restoration.Pepper, _ former: [FormerPepper]
    ) throws -> (records: Int, lines: Int) {
      let directory = DataDirectory(users.folder("restored-\(path.split(separator: "/").last ?? "")"))
      let report = try Restoration(reading: path).run(into: directory, pepper, former: former, .ofBackup)
      #expect(report.isClean)
      let log = try TrainingLog.reopened(.init(directory: directory))
      var lines = 0
      try log.exportUser("ann") { _ in lines += 1 }
      return (log.counters.tallies[.total, "all"].conversations, lines)
    }
    #expect(try restored(full, .ofBackup, []) == (2, 2))
    #expect(try restored(plain, .given(present), [kept]) == (2, 2))
    // The pepper of the backup is an old one by now.
    #expect(throws: Restoration.Failure.wrongPepper) { _ = try restored(before, .given(present), []) }
    #expect(try restored(before, .given(present), [kept]) == (1, 1))
  }
}
