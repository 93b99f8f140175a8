import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// Erasure and expiry reach into sealed days.
@Suite("Erasure in sealed days")
struct SealedErasureTests {
  private let stored: ErasedLog
  private var fixture: LogFixture { stored.fixture }

  init() throws { stored = try ErasedLog(isSealed: true) }

  private func expectAnnIsGone(_ log: TrainingLog) throws {
    #expect(try stored.traces(of: "ann") == [])
    for user in ["bob", "cyd"] {
      #expect(stored.missing(of: user) == [])
      for record in stored.records[user] ?? [] { #expect(try log.example(record.id)?.line == record.line) }
    }
    #expect(log.counters.tallies[.total, "all"].conversations == 2 * ErasedLog.perUser)
  }

  @Test("Lines go from the sealed and the plain files; sealing, late records and restarts work as before")
  func erase() throws {
    let log = try fixture.open()
    let receipt = try #require(try log.eraseNow(user: "ann").first)
    #expect(receipt.counts.records == ErasedLog.perUser)
    let bytes = (stored.lines["ann"] ?? [:]).values.joined().reduce(0) { $0 + $1.utf8.count + 1 }
    #expect(receipt.counts.bytes == bytes)
    try expectAnnIsGone(log)
    #expect(try log.sealDays(before: LogFixture.today).days == 2)
    try expectAnnIsGone(log)
    let late = try fixture.conversation(log, "late", user: "bob", at: SealingFixture.yesterday)
    #expect(log.commitNow(.conversation(late)) == [.stored(late.id)])
    #expect(try log.example(late.id)?.line == late.line)
    let tallies = log.counters.tallies
    log.saveIndexNow()
    _ = consume log
    let reopened = try fixture.open()
    #expect(reopened.counters.tallies == tallies)
    #expect(try reopened.example(late.id)?.line == late.line)
    _ = consume reopened
    #expect(try fixture.rebuiltTallies() == tallies)
  }

  @Test("Where everything of a sealed day is erased, an empty one is left that every reader takes")
  func emptied() throws {
    let log = try fixture.open()
    for user in ErasedLog.users { try log.eraseNow(user: user) }
    #expect(log.counters.tallies[.total, "all"].conversations == 0)
    #expect(try log.sealDays(before: LogFixture.today).days == 0)
    _ = consume log
    #expect(try fixture.rebuiltTallies()[.total, "all"].conversations == 0)
  }

  @Test("A damaged member in which a record was goes as a whole; one without any stays")
  func damaged() throws {
    for (user, isGone) in [("ann", true), ("dan", false)] {
      let stored = try ErasedLog(isSealed: true)
      let name = LogFileName.conversations(SealingFixture.yesterday.day)
      let log = try stored.fixture.open()
      let other = try stored.fixture.conversation(log, "other", user: "dan", at: SealingFixture.yesterday)
      #expect(log.commitNow(.conversation(other)) == [.stored(other.id)])
      log.saveIndexNow()
      _ = consume log
      var bytes = stored.fixture.disk.content(name.name + ".gz") ?? []
      bytes[100] ^= 1
      stored.fixture.disk.put(name.name + ".gz", bytes)
      let reopened = try stored.fixture.open()
      try reopened.eraseNow(user: user)
      let member = try LogText.open(name, in: stored.fixture.directory, on: stored.fixture.disk).text.sealed?.table
        .members.first
      #expect(member?.text.isEmpty == isGone)
      #expect(try reopened.example(other.id)?.line == (isGone ? other.line : nil))
    }
  }

  @Test("A sealed day goes when its time is over, with what came late")
  func expire() throws {
    let log = try fixture.open()
    let days = try DayFile.before(SealingFixture.yesterday.day, in: fixture.directory, fixture.disk)
    #expect(days.map(\.day) == [SealingFixture.before.day])
    let counts = try log.expire(days, now: LogFixture.now.advanced(bySeconds: 89 * 86_400))
    #expect(counts.days == 1)
    #expect(counts.records == ErasedLog.perUser)
    #expect(fixture.disk.names.allSatisfy { !$0.contains(SealingFixture.before.day.description) })
    let tallies = log.counters.tallies
    _ = consume log
    #expect(try fixture.rebuiltTallies() == tallies)
  }
}
