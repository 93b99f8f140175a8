import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// An erasure that was begun is completed, whatever happens in between.
@Suite("Interrupted erasures")
struct InterruptedErasureTests {
  /// Calls of the disk in the course of one whole erasure.
  private func calls(isSealed: Bool) throws -> Int {
    let stored = try ErasedLog(isSealed: isSealed)
    let log = try stored.fixture.open()
    stored.fixture.disk.forgetCalls()
    try log.eraseNow(user: "ann")
    return stored.fixture.disk.calls.count
  }

  /// What the receipt says when nothing comes in between.
  private func counts(isSealed: Bool) throws -> ErasureCounts {
    let stored = try ErasedLog(isSealed: isSealed)
    return try #require(try stored.fixture.open().eraseNow(user: "ann").first).counts
  }

  enum Ending: CaseIterable { case kill, powerFailure, syncedOnly }

  @Test(
    "The power fails, or the process is killed, at any call of the disk", arguments: Ending.allCases, [false, true])
  func crash(_ ending: Ending, isSealed: Bool) throws {
    let calls = try calls(isSealed: isSealed)
    #expect(calls > 40)
    let counts = try counts(isSealed: isSealed)
    for call in 0..<calls {
      let stored = try ErasedLog(seed: UInt64(call), isSealed: isSealed)
      let disk = stored.fixture.disk
      let wasBegun = try {
        let log = try stored.fixture.open()
        disk.failPower(after: call)
        let isDone = (try? log.eraseNow(user: "ann")) != nil
        #expect(!isDone || !disk.isDown, "call \(call): done without power")
        return log.erasures.erasedRecords > 0
      }()
      switch ending {
      case .kill: disk.restartAfterKill()
      case .powerFailure: disk.restartAfterPowerFailure()
      case .syncedOnly: disk.restartWithSyncedOnly()
      }
      let log = try stored.fixture.open()
      #expect(wasBegun)
      for record in stored.records["ann"] ?? [] { #expect(try log.example(record.id) == nil, "call \(call): hidden") }
      for erasure in log.unfinishedErasures() {
        #expect(try log.completeNow(erasure).counts == counts, "call \(call)")
      }
      try check(stored, log, "call \(call)")
    }
  }

  private func check(_ stored: ErasedLog, _ log: TrainingLog, _ comment: Testing.Comment) throws {
    #expect(try stored.traces(of: "ann") == [], comment)
    for user in ["bob", "cyd"] {
      #expect(stored.missing(of: user) == [], comment)
      for record in stored.records[user] ?? [] { #expect(try log.example(record.id)?.line == record.line, comment) }
    }
    #expect(log.counters.tallies[.total, "all"].conversations == 2 * ErasedLog.perUser, comment)
    #expect(log.unfinishedErasures().isEmpty, comment)
    #expect(stored.fixture.disk.misuses == [], comment)
    #expect(stored.fixture.disk.names.allSatisfy { LogFileName($0) ?? LogFileName(sealed: $0) != nil }, comment)
  }

  @Test(
    "A failing call leaves it unfinished and hidden; the next attempt, in the same process, completes it",
    arguments: [
      SimulatedDisk.Operation.open, .append, .synchronize, .read, .rename, .remove, .synchronizeDirectory,
    ], [false, true])
  func fault(_ operation: SimulatedDisk.Operation, isSealed: Bool) throws {
    let counts = try counts(isSealed: isSealed)
    var failures = 0
    for skip in 0..<40 {
      let stored = try ErasedLog(seed: UInt64(skip), isSealed: isSealed)
      let log = try stored.fixture.open()
      let disk = stored.fixture.disk
      disk.fail(operation, code: skip.isMultiple(of: 2) ? FaultCode.noSpace : FaultCode.io, short: 10, after: skip)
      do { try log.eraseNow(user: "ann") } catch { failures += 1 }
      disk.heal()
      for record in stored.records["ann"] ?? [] {
        #expect(try log.example(record.id) == nil, "\(operation) \(skip): hidden")
      }
      for erasure in log.unfinishedErasures() {
        #expect(try log.completeNow(erasure).counts == counts, "\(operation) \(skip)")
      }
      try check(stored, log, "\(operation) \(skip)")
      let late = try stored.fixture.conversation(log, "late", user: "bob")
      #expect(log.commitNow(.conversation(late)) == [.stored(late.id)], "\(operation) \(skip)")
      #expect(try log.example(late.id)?.line == late.line, "\(operation) \(skip)")
    }
    #expect(failures > 0)
  }

  @Test("A user who asks again is told when the first erasure is completed")
  func askedAgain() throws {
    let stored = try ErasedLog()
    let log = try stored.fixture.open()
    let first = try #require(try log.beginErasure(ofUser: "ann", now: LogFixture.now).first)
    let back = try stored.fixture.conversation(log, "back", user: "ann")
    #expect(log.commitNow(.conversation(back)) == [.stored(back.id)])
    let second = try log.beginErasure(ofUser: "ann", now: LogFixture.now)
    #expect(second.map(\.records) == [first.records, 1])
    #expect(second.first?.receiptID == first.receiptID)
    for erasure in second { _ = try log.completeNow(erasure) }
    #expect(!log.isUnfinished(first))
    #expect(try stored.traces(of: "ann") == [])
    #expect(try log.example(back.id) == nil)
  }

  @Test("A receipt is owed, also by a later process, until it is noted that it was received")
  func owed() throws {
    let stored = try ErasedLog()
    let bob = try #require(stored.records["bob"]?.first).id
    let (user, example) = try {
      let log = try stored.fixture.open()
      let erasure = try #require(try log.beginErasure(ofUser: "ann", now: LogFixture.now).first)
      let one = try #require(try log.beginErasure(of: bob, now: LogFixture.now)?.first)
      return (try log.completeNow(erasure), try log.completeNow(one))
    }()
    #expect(user.counts.records == 6)
    // The second time it was on its way when the process ended.
    for _ in 0..<2 {
      let log = try stored.fixture.open()
      #expect(try log.beginErasure(of: bob, now: LogFixture.now)?.isEmpty == true)
      #expect(log.takeReceipt(owedFor: bob) == example)
      #expect(log.takeReceipt(owedFor: bob) == nil)
      let again = try #require(try log.beginErasure(ofUser: "ann", now: LogFixture.now).first)
      #expect(try log.completeNow(again).counts == ErasureCounts())
      #expect(log.takeReceipt(owedFor: [again]) == user)
      #expect(log.takeReceipt(owedFor: [again]) == nil)
      // It did not get through.
      log.owe(user)
      #expect(log.takeReceipt(owedFor: [again]) == user)
    }
    try {
      let log = try stored.fixture.open()
      for receipt in [user, example] { try log.noteReceived(receipt, now: LogFixture.now) }
    }()
    let log = try stored.fixture.open()
    #expect(log.takeReceipt(owedFor: bob) == nil)
    let again = try #require(try log.beginErasure(ofUser: "ann", now: LogFixture.now).first)
    #expect(try log.completeNow(again).counts == ErasureCounts())
    #expect(log.takeReceipt(owedFor: [again]) == nil)
  }

  @Test("Where a second erasure of the same user removed more, what is owed is one receipt of both")
  func owedTwice() throws {
    let stored = try ErasedLog()
    let receipts = try {
      let log = try stored.fixture.open()
      let first = try #require(try log.eraseNow(user: "ann").first)
      let back = try stored.fixture.conversation(log, "back", user: "ann")
      #expect(log.commitNow(.conversation(back)) == [.stored(back.id)])
      return [first] + (try log.eraseNow(user: "ann"))
    }()
    #expect(receipts.map(\.counts.records) == [6, 1])
    let log = try stored.fixture.open()
    let again = try #require(try log.beginErasure(ofUser: "ann", now: LogFixture.now).first)
    for _ in 0..<2 {
      let joined = try #require(log.takeReceipt(owedFor: [again]))
      #expect(joined.id == receipts[1].id && joined.at == receipts[1].at)
      #expect(joined.counts.records == 7)
      #expect(joined.counts.bytes == receipts.reduce(0) { $0 + $1.counts.bytes })
      #expect(joined.isSigned(by: log.secrets.receiptKey))
      #expect(log.parts(of: joined) == receipts)
      #expect(log.takeReceipt(owedFor: [again]) == nil)
      // It did not get through.
      log.owe(joined)
    }
    try log.noteReceived(#require(log.takeReceipt(owedFor: [again])), now: LogFixture.now)
    let received = try LogFixture.lines(readFile(stored.fixture.directory.erasures) ?? []).suffix(2)
    #expect(zip(received, receipts).allSatisfy { $0.contains($1.id) && $0.contains("received") })
  }

  @Test("Receipts that an earlier version wrote down as not received are owed, and others are not")
  func earlierJournal() throws {
    let journal = ErasureJournal(key: [1])
    let subject = String(repeating: "b", count: 32)
    for (number, flag) in [(1, ",\"resumed\":true"), (2, "")] {
      let id = "receipt-\(number)"
      let receipt = ErasureReceipt(id: id, at: LogFixture.now, counts: ErasureCounts(), key: [1])
      for line in [
        #"{"receipt_id":"\#(id)","at":"\#(LogFixture.now)","user":"","subject":"\#(subject)","examples":[],"keys":[]}"#,
        #"{"receipt_id":"\#(id)","done":"\#(LogFixture.now)","receipt":\#(String(decoding: receipt.json, as: UTF8.self))\#(flag)}"#,
      ] { try journal.add(Array(line.utf8)) }
    }
    let claim = try #require(KeyedHash(hex: subject))
    #expect(journal.takeOwed(claim).map(\.id) == ["receipt-1"])
    #expect(journal.takeOwed(claim) == [])
  }
}
