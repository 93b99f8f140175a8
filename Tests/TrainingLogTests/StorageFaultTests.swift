import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// Contract, section 2, Durability: what fails is not acknowledged and cut off again, and what was acknowledged stays.
@Suite("Faults of the disk")
struct StorageFaultTests {
  let fixture: LogFixture
  let log: TrainingLog
  let day = LogFileName.conversations(LogFixture.today)
  let first: StoredConversation

  init() throws {
    fixture = try LogFixture()
    log = try fixture.open()
    first = try fixture.conversation(log, "first")
    #expect(log.commitNow(.conversation(first)) == [.stored(first.id)])
    fixture.disk.forgetCalls()
  }

  private func store(_ text: String) throws -> (record: StoredConversation, outcome: Outcome) {
    let record = try fixture.conversation(log, text)
    return (record, log.commitNow(.conversation(record))[0])
  }

  /// After whatever was done to the disk, the next record is stored whole, and a power failure keeps it and `first`.
  private func expectSound(_ comment: Testing.Comment? = nil) throws {
    fixture.disk.heal()
    let (last, outcome) = try store("last")
    #expect(outcome == .stored(last.id), comment)
    #expect(fixture.lines(day) == [fixture.text(first), fixture.text(last)], comment)
    #expect(fixture.disk.misuses == [], comment)
    fixture.disk.restartWithSyncedOnly()
    #expect(fixture.lines(day) == [fixture.text(first), fixture.text(last)], comment)
  }

  @Test("A short write on a full disk is cut off again", arguments: [0, 1, 100])
  func shortWrite(bytes: Int) throws {
    fixture.disk.fail(.append, code: FaultCode.noSpace, short: bytes)
    #expect(try store("x").outcome == .outOfSpace)
    #expect(fixture.lines(day) == [fixture.text(first)])
    #expect(log.counters.tallies[.total, "all"].conversations == 1)
    #expect(log.counters.work.failures == 1)
    try expectSound()
  }

  @Test("A failed write is a storage failure of the whole batch")
  func failedWrite() throws {
    fixture.disk.fail(.append, short: 30)
    let records = try (0..<3).map { try fixture.conversation(log, "\($0)") }
    #expect(log.commitNow(records.map { .conversation($0) }) == [.storageFailed, .storageFailed, .storageFailed])
    try expectSound()
  }

  @Test("The reserve is closed to new records, before a byte is written")
  func reserve() throws {
    let used = fixture.disk.content(day.name)?.count ?? 0
    let reserve = log.configuration.diskReserve
    let next = try fixture.conversation(log, "x")
    fixture.disk.setCapacity(used + reserve + next.line.count)
    #expect(log.commitNow(.conversation(next)) == [.outOfSpace])
    #expect(fixture.disk.count(.append) == 0)
    fixture.disk.setCapacity(used + reserve + next.line.count + 1)
    #expect(log.commitNow(.conversation(next)) == [.stored(next.id)])
  }

  @Test("A disk that cannot say how full it is takes nothing")
  func unknownSpace() throws {
    fixture.disk.fail(.freeBytes)
    #expect(try store("x").outcome == .storageFailed)
    try expectSound()
  }

  @Test("After a failed sync the file is given up: a copy of its synced part takes its name")
  func failedSync() throws {
    fixture.disk.fail(.synchronize)
    #expect(try store("x").outcome == .storageFailed)
    #expect(
      fixture.disk.calls.filter { [.synchronize, .rename, .synchronizeDirectory].contains($0.operation) } == [
        .init(operation: .synchronize, name: day.name), .init(operation: .synchronize, name: day.name + ".tmp"),
        .init(operation: .rename, name: day.name + ".tmp"),
        .init(operation: .synchronizeDirectory, name: "training_logs"),
      ])
    #expect(fixture.disk.names == [day.name])
    try expectSound()
  }

  @Test("A sync that fails for want of space is a full disk")
  func fullAtSync() throws {
    fixture.disk.fail(.synchronize, code: FaultCode.noSpace)
    #expect(try store("x").outcome == .outOfSpace)
    try expectSound()
  }

  @Test(
    "Where giving up fails as well, nothing is stored until it works",
    arguments: [
      SimulatedDisk.Operation.open, .append, .read, .rename, .synchronizeDirectory, .remove,
    ])
  func replaceFails(operation: SimulatedDisk.Operation) throws {
    fixture.disk.fail(.synchronize, on: day.name)
    if operation == .append {
      fixture.disk.fail(.append, on: ".tmp", short: 5, times: 2)
    } else {
      fixture.disk.fail(operation, times: 2)
    }
    #expect(try store("x").outcome == .storageFailed)
    #expect(try store("y").outcome == .storageFailed)
    try expectSound()
  }

  @Test(
    "Where a file can be neither synced nor replaced it is told once; a disk that is only full will take the copy later",
    arguments: [FaultCode.io, FaultCode.noSpace])
  func unusable(code: Int32) throws {
    let told = Told()
    log.counters.whenUnusable { told.count.withLock { $0 += 1 } }
    fixture.disk.fail(.synchronize, on: day.name)
    #expect(try store("x").outcome == .storageFailed)
    #expect(!log.counters.isUnusable)
    fixture.disk.fail(.synchronize, on: day.name)
    fixture.disk.fail(.synchronize, on: ".tmp", code: code, times: 3)
    for _ in 0..<3 { #expect(try store("y").outcome != .stored(first.id)) }
    #expect(log.counters.isUnusable == (code == FaultCode.io))
    #expect(told.count.withLock { $0 } == (code == FaultCode.io ? 1 : 0))
    try expectSound()
  }

  private final class Told: Sendable { let count = Mutex(0) }

  @Test("Where the cut fails, the file is replaced; where that fails too, nothing follows half a line")
  func cutFails() throws {
    fixture.disk.fail(.append, on: day.name, code: FaultCode.noSpace, short: 40)
    fixture.disk.fail(.truncate)
    #expect(try store("x").outcome == .outOfSpace)
    try expectSound("replaced")
  }

  @Test("The same with a disk that takes no copy either")
  func cutAndCopyFail() throws {
    fixture.disk.fail(.append, on: day.name, code: FaultCode.noSpace, short: 40)
    fixture.disk.fail(.truncate)
    fixture.disk.fail(.open, on: ".tmp", code: FaultCode.noSpace, times: 2)
    #expect(try store("x").outcome == .outOfSpace)
    #expect(try store("y").outcome == .outOfSpace)
    try expectSound()
  }

  @Test("A fault in one file cuts the others back too", arguments: [LogFileName.feedback, .comments, .corrections])
  func severalFiles(bad: LogFileName) throws {
    for operation in [SimulatedDisk.Operation.append, .synchronize] {
      fixture.disk.fail(operation, on: bad.name, short: 7)
      let work = try fixture.rating(of: first.id, 3, comment: "c", correction: "a correction")
      #expect(log.commitNow(work) == [.storageFailed])
      for name in [LogFileName.feedback, .comments, .corrections] { #expect(fixture.lines(name) == []) }
      #expect(log.counters.tallies[.total, "all"].rated == 0)
    }
    #expect(log.commitNow(try fixture.rating(of: first.id, 3, comment: "c", correction: "d")) == [.rated])
    for name in [LogFileName.feedback, .comments, .corrections] { #expect(fixture.syncedLines(name).count == 1) }
    try expectSound()
  }

  @Test("A cut that fails in one file leaves none of the others uncut")
  func cutOfAll() throws {
    fixture.disk.fail(.synchronizeDirectory)
    fixture.disk.fail(.truncate)
    fixture.disk.fail(.open, on: ".tmp")
    let work = try fixture.rating(of: first.id, 3, comment: "c", correction: "a correction")
    #expect(log.commitNow(work) == [.storageFailed])
    fixture.disk.heal()
    #expect(log.commitNow(work) == [.rated])
    for name in [LogFileName.feedback, .comments, .corrections] { #expect(fixture.lines(name).count == 1) }
    try expectSound()
  }

  @Test("Where the name of a new file cannot be made durable, nothing in it is acknowledged, and it is tried again")
  func directorySync() throws {
    fixture.disk.fail(.synchronizeDirectory)
    let old = try fixture.conversation(log, at: moment("2025-11-20T00:00:00Z"))
    #expect(log.commitNow(.conversation(old)) == [.storageFailed])
    #expect(fixture.lines(.conversations(old.day)) == [])
    #expect(log.commitNow(.conversation(old)) == [.stored(old.id)])
    #expect(fixture.syncedLines(.conversations(old.day)) == [fixture.text(old)])
  }

  @Test("A day whose file cannot be opened fails its batch and nothing else")
  func openFails() throws {
    fixture.disk.fail(.open)
    let old = try fixture.conversation(log, at: moment("2025-11-20T00:00:00Z"))
    #expect(log.commitNow(.conversation(old)) == [.storageFailed])
    #expect(log.commitNow(.conversation(old)) == [.stored(old.id)])
    try expectSound()
  }

  @Test("A correction of a record that cannot be read just now fails alone")
  func correctionFails() throws {
    fixture.disk.fail(.read)
    let next = try fixture.conversation(log, "next")
    let correction = try fixture.rating(of: first.id, 1, correction: LogFixture.answer + "corrected")
    #expect(log.commitNow(correction, .conversation(next)) == [.storageFailed, .stored(next.id)])
    #expect(log.commitNow(correction) == [.rated])
    #expect(fixture.disk.misuses == [])
  }

  @Test("A fault while the index follows loses no other change of the batch, and the next start makes up for it")
  func indexFault() throws {
    // The first read is of whether the record can be corrected at all.
    fixture.disk.fail(.read, after: 1)
    let next = try fixture.conversation(log, "next")
    let correction = try fixture.rating(of: first.id, 1, correction: LogFixture.answer + "corrected")
    #expect(log.commitNow(correction, .conversation(next)) == [.rated, .stored(next.id)])
    #expect(log.counters.work.indexFailures == 1)
    #expect(log.commitNow(try fixture.rating(of: next.id, 5)) == [.rated])
    // The file of the index stays true to the time before.
    log.saveIndexNow()
    let saved = try ExampleIndex(path: fixture.directory.index, rules: log.rules)
    #expect(try saved.row(next.id) == nil)
  }
}
