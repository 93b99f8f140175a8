import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// A sealing that is interrupted by whatever may happen to a disk, at every call it makes: no record is lost, none is
/// there twice, and the next sealing completes it.
@Suite("Interrupted sealing")
struct SealingCrashTests {
  /// Both days were sealed before, and one has grown since: the sealing compresses, and merges.
  private func makeSample(seed: UInt64) throws -> SealingFixture {
    let sample = try SealingFixture(seed: seed)
    let log = try sample.fixture.open()
    _ = try log.sealDays(before: SealingFixture.yesterday.day)
    try sample.add(log, "late", at: SealingFixture.before)
    log.saveIndexNow()
    return sample
  }

  private func complete(_ sample: SealingFixture, _ note: String) throws {
    let log = try sample.fixture.open()
    try sample.check(log, note)
    let tallies = log.counters.tallies
    // Records that come now must not bring back what was sealed.
    try sample.add(log, "after", at: SealingFixture.before)
    try sample.add(log, "after", at: SealingFixture.yesterday)
    _ = try log.sealDays(before: LogFixture.today)
    try sample.check(log, note)
    #expect(sample.days().filter { $0.hasSuffix(".gz") }.count == 2, "\(note)")
    #expect(sample.days().filter { $0.hasSuffix(".jsonl") }.count == 1, "\(note)")
    #expect(log.counters.tallies.lines != tallies.lines)
    log.saveIndexNow()
    let last = log.counters.tallies
    _ = consume log
    #expect(try sample.fixture.rebuiltTallies() == last, "\(note)")
  }

  enum End: CaseIterable { case kill, powerFailure, syncedOnly }

  @Test("A crash at any call", arguments: End.allCases, 0..<4 as Range<UInt64>)
  func crash(end: End, seed: UInt64) throws {
    var calls = 0
    while true {
      let sample = try makeSample(seed: seed)
      let disk = sample.fixture.disk
      let log = try sample.fixture.open()
      disk.failPower(after: calls)
      let result = Result { try log.sealDays(before: LogFixture.today) }
      _ = consume log
      if !disk.isDown {
        #expect(try result.get().days == 2)
        break
      }
      switch end {
      case .kill: disk.restartAfterKill()
      case .powerFailure: disk.restartAfterPowerFailure()
      case .syncedOnly: disk.restartWithSyncedOnly()
      }
      try complete(sample, "\(end), seed \(seed), power failure after \(calls) calls")
      calls += 1
    }
    #expect(calls > 30)
  }

  @Test(
    "A call that fails, at every position, while the server goes on",
    arguments: [.open, .append, .synchronize, .read, .synchronizeDirectory, .rename, .remove, .list, .freeBytes]
      as [SimulatedDisk.Operation])
  func fault(operation: SimulatedDisk.Operation) throws {
    var position = 0
    while true {
      let sample = try makeSample(seed: 1)
      let disk = sample.fixture.disk
      let log = try sample.fixture.open()
      let before = disk.count(operation)
      disk.fail(operation, after: position)
      let result = Result { try log.sealDays(before: LogFixture.today) }
      let count = disk.count(operation) - before
      disk.heal()
      let note = "\(operation) \(position)"
      try sample.check(log, note)
      try sample.add(log, "next", at: SealingFixture.before)
      try sample.add(log, "next", at: SealingFixture.yesterday)
      try sample.check(log, note)
      log.saveIndexNow()
      _ = consume log
      try complete(sample, note)
      if case .success = result, count <= position { break }
      position += 1
    }
    #expect(position > 0)
  }
}
