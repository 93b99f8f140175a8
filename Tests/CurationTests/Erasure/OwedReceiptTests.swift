import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// The process ends after all is gone and before the answer is out.
@Suite("Receipts that were owed when the process ended")
struct OwedReceiptTests {
  @Test("Whoever asks again, for the user or the record, gets the receipt of what was erased, with its versions")
  func askedAgain() throws {
    let users = try UserLog()
    try users.add("ann")
    let single = try users.add("bob").id
    let version = DatasetSummary(try DataCurator(users.open, tool: "test 1").run(now: UserLog.now) { _ in }).version
    let lost = try Eraser(users.open).erase(userID: "ann", now: UserLog.now)
    let lostOfOne = try #require(try Eraser(users.open).erase(single, now: UserLog.now))
    #expect(lost.counts.records == 1 && lost.counts.versions == [version])
    #expect(lostOfOne.counts.records == 1 && lostOfOne.counts.versions.contains(version))
    try users.reopen()
    #expect(try Eraser(users.open).erase(userID: "ann", now: UserLog.now) == lost)
    #expect(try Eraser(users.open).erase(single, now: UserLog.now) == lostOfOne)
    #expect(lost.isSigned(by: try users.open.secrets.receiptKey))
    for receipt in [lost, lostOfOne] { try Eraser(users.open).noteReceived(receipt, now: UserLog.now) }
    try users.reopen()
    #expect(try Eraser(users.open).erase(userID: "ann", now: UserLog.now).counts == ErasureCounts())
    #expect(try Eraser(users.open).erase(single, now: UserLog.now)?.counts == ErasureCounts())
  }

  @Test("Under another pepper, too")
  func rotated() throws {
    let users = try UserLog()
    try users.add("ann")
    let lost = try Eraser(users.open).erase(userID: "ann", now: UserLog.now)
    try users.rotate()
    #expect(try Eraser(users.open).erase(userID: "ann", now: UserLog.now) == lost)
  }

  enum Cut: CaseIterable { case begun, unsent, restarted }

  @Test("Who asks once learns all, also when the user has come again meanwhile", arguments: Cut.allCases)
  func cameAgain(_ cut: Cut) throws {
    let users = try UserLog()
    func curate() throws -> String {
      DatasetSummary(try DataCurator(users.open, tool: "test 1").run(now: UserLog.now) { _ in }).version
    }
    for _ in 0..<3 { try users.add("ann") }
    let first = try curate()
    switch cut {
    case .begun: _ = try Eraser(users.open).begin(userID: "ann", now: UserLog.now)
    case .unsent: try Eraser(users.open).owe(Eraser(users.open).erase(userID: "ann", now: UserLog.now))
    case .restarted:
      _ = try Eraser(users.open).erase(userID: "ann", now: UserLog.now)
      try users.reopen()
    }
    try users.add("ann")
    let second = try curate()
    let receipt = try Eraser(users.open).erase(userID: "ann", now: UserLog.now)
    #expect(receipt.counts.records == 4 && receipt.counts.curated == 4)
    #expect(receipt.counts.versions == [first, second])
    #expect(receipt.isSigned(by: try users.open.secrets.receiptKey))
    try Eraser(users.open).noteReceived(receipt, now: UserLog.now)
    try users.reopen()
    #expect(try Eraser(users.open).erase(userID: "ann", now: UserLog.now).counts == ErasureCounts())
  }
}
