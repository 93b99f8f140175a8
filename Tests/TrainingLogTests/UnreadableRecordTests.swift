import Foundation
import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// Records that cannot be read cost nobody anything else, and come back when their file is put right.
@Suite("Records that cannot be read")
struct UnreadableRecordTests {
  enum Place: String, CaseIterable { case sealed, plain }

  private func damage(_ stored: DamagedLog, _ place: Place) throws -> (path: String, whole: [UInt8]) {
    guard place == .plain else {
      try stored.flip(stored.members[0].bytes.lowerBound + 60)
      return (stored.path, stored.whole)
    }
    let path = stored.fixture.directory.path(of: .conversations(LogFixture.today))
    let whole = try readFile(path) ?? []
    var bytes = whole
    bytes[stored.records[2 * DamagedLog.perMember].line.count + 1 + 60] ^= 0x80
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return (path, whole)
  }

  /// One of those that `damage` makes unreadable, with its number.
  private func unreadable(_ stored: DamagedLog, _ place: Place) -> StoredConversation {
    stored.records[place == .sealed ? 9 : 2 * DamagedLog.perMember + 1]
  }

  @Test("What was damaged when the index was made is indexed when it is whole again", arguments: Place.allCases)
  func restored(_ place: Place) throws {
    let stored = try DamagedLog()
    let log = try stored.open()
    let tallies = log.counters.tallies
    _ = consume log
    let (path, whole) = try damage(stored, place)
    try stored.removeIndex()
    for _ in 0..<2 {
      let damaged = try stored.open()
      let missing = place == .sealed ? DamagedLog.perMember : 1
      #expect(damaged.counters.tallies[.total, "all"].conversations == stored.records.count - missing)
    }
    // As long as nothing has changed the index stays.
    let aside = stored.fixture.directory.quarantine + "/index.sqlite"
    #expect(!Directories.exists(aside))
    try Data(whole).write(to: URL(fileURLWithPath: path))
    let repaired = try stored.open()
    #expect(repaired.counters.tallies == tallies)
    #expect(Directories.exists(aside))
    let record = unreadable(stored, place)
    #expect(repaired.commitNow(.conversation(record)) == [.replayed(record.id)])
    repaired.saveIndexNow()
    _ = consume repaired
    let report = try Verification(stored.fixture.directory).run()
    #expect(report.isClean, "\(report.faults.prefix(5))")
    try Directories.remove(aside)
    _ = try stored.open()
    #expect(!Directories.exists(aside))
  }

  @Test("A correction of one fails alone, and the index goes on", arguments: Place.allCases)
  func corrected(_ place: Place) throws {
    let stored = try DamagedLog()
    _ = try damage(stored, place)
    let log = try stored.open()
    let record = unreadable(stored, place)
    let whole = stored.records[2 * DamagedLog.perMember]
    let works = [
      try stored.fixture.rating(of: record.id, 4, correction: LogFixture.answer + "better"),
      try stored.fixture.rating(of: whole.id, 5, correction: LogFixture.answer + "best"),
      try stored.fixture.rating(of: record.id, 3),
    ]
    #expect(log.commitNow(works) == [.storageFailed, .rated, .rated])
    #expect(try log.example(whole.id)?.correctedMessage != nil)
    #expect(log.counters.work.indexFailures == 0)
    #expect(try log.eraseNow(user: "user5").first?.counts.records == 21)
  }

  @Test("The export of a user passes over it", arguments: Place.allCases)
  func exported(_ place: Place) throws {
    let stored = try DamagedLog()
    _ = try damage(stored, place)
    let log = try stored.open()
    let user = DamagedLog.users[place == .sealed ? 3 : 1]
    let told = Mutex(0)
    log.counters.observeFaults { fault in if fault.work == .reading { told.withLock { $0 += 1 } } }
    var types: [String: Int] = [:]
    try log.exportUser(user) { line in
      let type = try JSONDocument(parsing: Array(line.dropLast())).root["type"]?.string
      types[type ?? "", default: 0] += 1
    }
    let missing = place == .sealed ? 10 : 1
    #expect(types["conversation"] == 21 - missing)
    #expect(types["feedback"] == (place == .sealed ? 1 : nil))
    #expect(told.withLock { $0 } == missing)
  }
}
