import Posix
import Privacy
import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// Whoever has all the keys and a user's id gets from the ledgers to no pseudonym under a pepper that was destroyed.
@Suite("Ledgers after an old pepper is destroyed")
struct DestroyedPepperTests {
  /// Follows the hashes of the ledgers from a user to whatever stands in a line with them.
  private struct Ledgers {
    private var lines: [Set<String>] = []
    private let keys: [[UInt8]]

    init(_ directory: DataDirectory, _ secrets: Secrets) throws {
      keys = [secrets.consentKey, secrets.journalKey]
      for path in [directory.consent, directory.erasures] {
        for line in try (readFile(path) ?? []).split(separator: 0x0A) {
          let root = try JSONDocument(parsing: Array(line)).root
          let former = root["former_users"]?.items.compactMap(\.string) ?? []
          let own = ["subject", "user", "receipt_id"].compactMap { name in
            root.members.first { $0.key.string == name }?.value.string
          }
          lines.append(Set((own + former).filter { !$0.isEmpty }))
        }
      }
    }

    private func hashes(_ kind: String, _ value: String) -> Set<String> {
      Set(
        keys.map { key in
          String(HMACSHA256(key: key).authenticate { $0.update((kind + ":" + value).utf8) }.hex.prefix(32))
        })
    }

    /// Whether they say that one of these pseudonyms is the user's.
    func lead(from user: String, _ live: [Pseudonym], to pseudonym: Pseudonym) -> Bool {
      var reached = live.reduce(into: hashes("user", user)) { $0.formUnion(hashes("pseudonym", $1.hex)) }
      while true {
        let more = lines.filter { !$0.isDisjoint(with: reached) }.reduce(into: reached) { $0.formUnion($1) }
        if more == reached { return !hashes("pseudonym", pseudonym.hex).isDisjoint(with: reached) }
        reached = more
      }
    }
  }

  private func isLinked(_ users: UserLog, _ user: String, to pseudonym: Pseudonym) throws -> Bool {
    let log = try users.open
    return try Ledgers(users.directory, log.secrets).lead(from: user, log.pseudonyms.users(user), to: pseudonym)
  }

  private static func day(_ number: Int) -> Timestamp { UserLog.now.advanced(bySeconds: 86_400 * number) }

  private func refuse(_ users: UserLog, _ refused: Bool = true, _ purpose: Purpose = .training) throws {
    try users.open.setConsent(ofUser: "ann", [purpose], refused: refused, now: Self.day(0))
  }

  @Test(arguments: [Purpose.training, .logging], [true, false])
  func `a refusal stays in force for old records and for new ones, and links nobody`(
    _ purpose: Purpose, isBefore: Bool
  ) throws {
    let users = try UserLog()
    let old = try users.add("ann")
    let bob = try users.add("bob")
    let pseudonym = try users.open.pseudonyms.users("ann")[0]
    if isBefore { try refuse(users, true, purpose) }
    let pepper = try users.rotate(at: Self.day(1))
    if !isBefore { try refuse(users, true, purpose) }
    _ = try users.commit(.conversation(try users.prepare("ann")))
    #expect(try isLinked(users, "ann", to: pseudonym))
    func check(_ when: String) throws {
      #expect(try users.open.consent.refusingUsers == 1, "\(when)")
      #expect(try users.rate(old, 5) == (purpose == .logging ? .ratingOptedOut : .rated), "\(when)")
      let record = try users.prepare("ann")
      let outcome: Outcome = purpose == .logging ? .optedOut : .stored(record.id)
      #expect(try users.commit(.conversation(record)) == outcome, "\(when)")
      let kept = purpose == .logging ? [old.id, bob.id] : [bob.id]
      #expect(try Set(users.curate().map(\.id)) == Set(kept.map(\.description)), "\(when)")
      #expect(try users.exported("ann").count { $0 == "consent" } == 1, "\(when)")
    }
    try users.destroy(pepper)
    #expect(try !isLinked(users, "ann", to: pseudonym))
    try check("destroyed")
    try users.reopen(rebuilding: true)
    try check("rebuilt")
    #expect(try !isLinked(users, "ann", to: pseudonym))
    #expect(try Verification(users.directory).run().faults.map(\.description) == [])

    // Taken back, it ends for whom it can be assigned to.
    try refuse(users, false, purpose)
    func checkAgain(_ when: String) throws {
      #expect(try users.open.consent.refusingUsers == 0, "\(when)")
      #expect(try users.rate(old, 5) == (purpose == .logging ? .ratingOptedOut : .rated), "\(when)")
      let later = try users.add("ann")
      let rows = try users.curate().map(\.id)
      #expect(rows.contains(later.id.description), "\(when)")
      #expect(rows.contains(old.id.description) == (purpose == .logging), "\(when)")
    }
    try checkAgain("taken back")
    #expect(try users.exported("ann").count { $0 == "consent" } == 2)
    _ = try Eraser(users.open).erase(userID: "ann", now: Self.day(2))
    try users.reopen(rebuilding: true)
    try checkAgain("erased")
    #expect(try users.exported("ann").count { $0 == "consent" } == 0)
  }

  /// What came after the erasure is still there under the old pseudonym.
  @Test func `an erasure from before links nobody to what came after it`() throws {
    let users = try UserLog()
    try users.add("ann")
    let pseudonym = try users.open.pseudonyms.users("ann")[0]
    #expect(try Eraser(users.open).erase(userID: "ann", now: Self.day(0)).counts.records == 1)
    let left = try users.add("ann")
    let oldest = try users.rotate(at: Self.day(1))
    try users.add("cyd")
    let middle = try users.rotate(at: Self.day(2))
    try users.add("cyd")
    let cyd = try users.open.pseudonyms.users("cyd")
    // Of both pseudonyms, and one that has no records.
    #expect(try Eraser(users.open).erase(userID: "cyd", now: Self.day(3)).counts.records == 2)
    #expect(try isLinked(users, "ann", to: pseudonym) && isLinked(users, "cyd", to: cyd[2]))
    try users.destroy(oldest)
    #expect(try !isLinked(users, "ann", to: pseudonym))
    #expect(try !isLinked(users, "cyd", to: cyd[2]) && isLinked(users, "cyd", to: cyd[1]))
    try users.destroy(middle)
    #expect(try !isLinked(users, "cyd", to: cyd[1]) && isLinked(users, "cyd", to: cyd[0]))
    #expect(try users.open.example(left.id) != nil)
    #expect(try users.records == 1)
    #expect(try Verification(users.directory).run().faults.map(\.description) == [])
  }

  @Test func `a backup from before takes the ledgers of after, and what they do not link any more`() throws {
    let users = try UserLog()
    let erased = try users.add("ann")
    try users.add("bob")
    try refuse(users)
    _ = try Eraser(users.open).erase(userID: "bob", now: Self.day(0))
    let pseudonyms = try ["ann", "bob"].map { try users.open.pseudonyms.users($0)[0] }
    let pepper = try users.rotate(at: Self.day(1))
    try users.add("ann")
    let archive = users.folder("before.tar")
    _ = try Backup(users.directory, pepperFile: nil, tool: "test 1")
      .write(to: archive, withPepper: false, now: Self.day(1))
    let present = try users.open.secrets.pepper
    #expect(try Eraser(users.open).erase(erased.id, now: Self.day(2))?.counts.records == 1)
    try users.destroy(pepper)
    let restored = DataDirectory(users.folder("restored"))
    _ = try Restoration(reading: archive).run(
      into: restored, .given(present), acceptsLostPeppers: true, .live(users.directory.state))
    let log = try TrainingLog.reopened(.init(directory: restored))
    try Eraser(log).resume(now: Self.day(3))
    #expect(try log.example(erased.id) == nil)
    #expect(log.consent.refusingUsers == 1)
    for (user, pseudonym) in zip(["ann", "bob"], pseudonyms) {
      let ledgers = try Ledgers(restored, log.secrets)
      #expect(!ledgers.lead(from: user, log.pseudonyms.users(user), to: pseudonym), "\(user)")
    }
    #expect(try Verification(restored).run().faults.map(\.description) == [])
  }

  /// Any of it may be interrupted: nothing is destroyed before the ledgers are untied.
  @Test func `where the ledgers cannot be written, the pepper stays`() throws {
    let folder = try TemporaryDirectory()
    let directory = DataDirectory(folder("data"))
    let log = try TrainingLog.reopened(.init(directory: directory))
    try log.setConsent(ofUser: "ann", [.training], refused: true, now: Self.day(0))
    let kept = try log.rotatePepper(now: Self.day(1))
    let before = try readFile(directory.consent)
    try Directories.make(directory.consent + ".mark.tmp", mode: 0o700)
    #expect(throws: (any Error).self) { try log.destroyPeppers([kept.id], now: Self.day(2)) }
    #expect(try FormerPepper.read(directory.formerPeppers) == [kept])
    #expect(try readFile(directory.consent) == before)
  }
}
