import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

@Suite("Sealing")
struct SealingTests {
  private let sample: SealingFixture
  private var fixture: LogFixture { sample.fixture }
  private let yesterday = LogFileName.conversations(SealingFixture.yesterday.day)

  init() throws { sample = try SealingFixture() }

  @Test("Days that are over become sealed files; the others, and the ratings, stay as they are")
  func seal() throws {
    let log = try fixture.open()
    let counts = try log.sealDays(before: LogFixture.today)
    #expect(counts.days == 2)
    #expect(counts.bytes == [0, 1, 3, 4].reduce(0) { $0 + sample.records[$1].line.count + 1 })
    #expect(
      fixture.disk.names == [
        "comments.jsonl", "conversations_2025-11-24.jsonl.gz", "conversations_2025-11-25.jsonl.gz",
        "conversations_2025-11-26.jsonl", "corrections.jsonl", "feedback.jsonl",
      ])
    try sample.check(log)
    #expect(try log.sealDays(before: LogFixture.today) == SealingCounts())
  }

  @Test("A start takes sealed days as they are, with and without an index")
  func restart() throws {
    let tallies = try fixture.open().counters.tallies
    let log = try fixture.open()
    _ = try log.sealDays(before: LogFixture.today)
    _ = consume log
    let reopened = try fixture.open()
    #expect(reopened.counters.tallies == tallies)
    #expect(reopened.damagedLines.isEmpty)
    try sample.check(reopened)
    _ = consume reopened
    #expect(try fixture.rebuiltTallies() == tallies)
    try sample.check(try fixture.open())
  }

  @Test("A late record goes to the day's plain file, and the next sealing adds it to the sealed one")
  func late() throws {
    let log = try fixture.open()
    _ = try log.sealDays(before: LogFixture.today)
    let old = fixture.disk.content(yesterday.name + ".gz") ?? []
    let late = try sample.add(log, "late", at: SealingFixture.yesterday)
    #expect(fixture.disk.content(yesterday.name) == .line(fixture.text(late)))
    #expect(fixture.disk.content(yesterday.name + ".gz") == old)
    try sample.check(log)
    log.saveIndexNow()
    _ = consume log
    let reopened = try fixture.open()
    try sample.check(reopened)
    #expect(try reopened.sealDays(before: LogFixture.today).days == 1)
    #expect(fixture.disk.content(yesterday.name) == nil)
    // What was sealed is not touched.
    #expect(fixture.disk.content(yesterday.name + ".gz")?.starts(with: old) == true)
    try sample.check(reopened)
    #expect(try sample.add(reopened, "again", at: SealingFixture.yesterday).row.offset == 0)
    try sample.check(reopened)
  }

  @Test("A record that comes while its day is being compressed keeps the day as it is, until the next time")
  func grows() throws {
    let log = try fixture.open()
    let record = try fixture.conversation(log, "meanwhile", at: SealingFixture.yesterday)
    let isDone = Mutex(false)
    fixture.disk.onCall { call in
      guard call.operation == .synchronize, call.name == "conversations_2025-11-25.jsonl.gz.tmp" else { return }
      guard
        isDone.withLock({ done in
          defer { done = true }; return !done
        })
      else { return }
      #expect(log.commitNow(.conversation(record)) == [.stored(record.id)])
    }
    #expect(try log.sealDays(before: LogFixture.today).days == 1)
    fixture.disk.onCall(nil)
    #expect(isDone.withLock { $0 })
    #expect(fixture.lines(yesterday).count == 3)
    #expect(sample.days().filter { $0.hasSuffix(".tmp") || $0.hasSuffix("25.jsonl.gz") } == [])
    #expect(try log.sealDays(before: LogFixture.today).days == 1)
    #expect(try log.example(record.id)?.line == record.line)
  }

  @Test("Ratings, corrections and repetitions of sealed records are as of any other")
  func ratings() throws {
    let log = try fixture.open()
    _ = try log.sealDays(before: LogFixture.today)
    #expect(
      log.commitNow(try fixture.rating(of: sample.records[3].id, 1, correction: LogFixture.answer + "new")) == [.rated])
    #expect(try log.example(sample.records[3].id)?.correctedMessage == LogFixture.answer + "new")
    #expect(log.commitNow(.conversation(sample.records[4])) == [.replayed(sample.records[4].id)])
    let tallies = log.counters.tallies
    log.saveIndexNow()
    _ = consume log
    #expect(try fixture.rebuiltTallies() == tallies)
  }

  @Test("Nothing is sealed where the disk has no room for both forms")
  func full() throws {
    let log = try fixture.open()
    fixture.disk.setCapacity(64 << 20)
    #expect(throws: SystemError(call: "write", code: SystemError.noSpace)) {
      try log.sealDays(before: LogFixture.today)
    }
    #expect(sample.days().allSatisfy { $0.hasSuffix(".jsonl") })
  }
}
