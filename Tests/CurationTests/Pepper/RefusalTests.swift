import Posix
import Records
import Testing
import TrainingLog

@testable import Curation

/// A refusal is of a person, whatever pseudonym the person has.
@Suite("Refusals after a change of the pepper")
struct RefusalTests {
  /// What `restore --new-pepper` leaves.
  @Test func `who refuses training is not trained on under another pseudonym`() throws {
    let users = try UserLog()
    try users.open.setConsent(ofUser: "ann", [.training], refused: true, now: UserLog.now)
    try users.reopen { try AtomicFile.replace(users.directory.pepper, with: [UInt8](repeating: 7, count: 32)) }
    try users.add("ann")
    let bob = try users.add("bob")
    try users.add("ann")
    func check() throws {
      #expect(try users.open.counters.tallies[.leftOut, "opted_out"].conversations == 2)
      #expect(try users.curate().map(\.id) == [bob.id.description])
    }
    try check()
    try users.reopen(rebuilding: true)
    try check()
    try users.open.setConsent(ofUser: "ann", [.training], refused: false, now: UserLog.now)
    #expect(try users.open.counters.tallies[.leftOut, "opted_out"].conversations == 0)
    #expect(try users.curate().count == 3)
  }

  /// The refusal may come while the record is being scrubbed.
  @Test func `a refusal of logging reaches a record that is under way`() throws {
    let users = try UserLog()
    try users.open.setConsent(ofUser: "ann", [.logging], refused: true, now: UserLog.now)
    try users.reopen { try AtomicFile.replace(users.directory.pepper, with: [UInt8](repeating: 7, count: 32)) }
    let record = try users.prepare("ann")
    #expect(try users.commit(.conversation(record)) == .optedOut)
  }
}
