import Dispatch
import Foundation
import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// The index is made while the log is written to.
@Suite("Indexing beside the commits")
struct IndexingTests {
  /// Two sealed days, which only the indexing reads, and this one.
  private let sample: SealingFixture
  private var fixture: LogFixture { sample.fixture }
  private let today = LogFileName.conversations(LogFixture.today)

  init() throws {
    sample = try SealingFixture()
    let log = try sample.fixture.open()
    #expect(try log.sealDays(before: LogFixture.today).days == 2)
  }

  /// Holds up who reads a sealed day, until it is opened.
  private final class Gate: Sendable {
    private let closed = DispatchSemaphore(value: 0)

    init(_ disk: SimulatedDisk) {
      disk.onCall { [closed] call in
        guard call.operation == .read, call.name.hasSuffix(".gz") else { return }
        closed.wait()
        closed.signal()
      }
    }

    func open() { closed.signal() }
  }

  /// A log whose index is missing, and is going to be made when the gate opens.
  private func openWithoutIndex() throws -> (TrainingLog, Gate) {
    for suffix in ["", "-wal", "-shm"] { try Directories.remove(fixture.directory.index + suffix) }
    let gate = Gate(fixture.disk)
    var configuration = TrainingLog.Configuration(directory: fixture.directory)
    configuration.indexPatience = 0
    let log = try TrainingLog.reopened(configuration, fileSystem: fixture.disk)
    #expect(!log.isIndexed)
    return (log, gate)
  }

  private func finish(_ log: TrainingLog, _ gate: Gate) {
    let isDone = DispatchSemaphore(value: 0)
    log.whenIndexed { isDone.signal() }
    gate.open()
    isDone.wait()
    #expect(log.isIndexed)
  }

  /// A record as a client sends it who names none.
  private func record(
    _ log: TrainingLog, _ text: String, user: String = "u", key: String? = nil
  ) throws -> StoredConversation {
    let body = """
      {"user_id":"\(user)","session_id":"s","user_message":"q \(text)","assistant_message":"\(LogFixture.answer)\(text)"}
      """
    let submission = try Submission(
      JSONDocument(parsing: Array(body.utf8)).root, window: log.window(now: LogFixture.now))
    var logger = log.makeLogger()
    let key = try key.map { try #require(IdempotencyKey(Array($0.utf8))) }
    return logger.prepare(submission, key: key, now: LogFixture.now)
  }

  @Test("Records without a name are taken; what has to be looked up is to be sent again, and then stands once")
  func meanwhile() throws {
    let tallies = try logMeanwhile()
    #expect(try fixture.open().counters.tallies == tallies)
    #expect(try fixture.rebuiltTallies() == tallies)
  }

  private func logMeanwhile() throws -> Tallies {
    let (log, gate) = try openWithoutIndex()
    let known = sample.records[4]
    let (new, keyed) = (try record(log, "new"), try record(log, "keyed", key: "k"))
    let works: [Work] = [
      .conversation(new), .conversation(keyed), .conversation(known), .conversations([known, try record(log, "line")]),
      try fixture.rating(of: known.id, 5), try fixture.rating(of: new.id, 5),
    ]
    let outcomes = log.commitNow(works)
    #expect(Array(outcomes[..<3]) == [.stored(new.id), .notIndexed, .notIndexed])
    guard case .several(let lines) = outcomes[3], case .stored = lines[1] else {
      Issue.record("\(outcomes[3])")
      return Tallies()
    }
    #expect(lines[0] == .notIndexed)
    #expect(Array(outcomes[4...]) == [.notIndexed, .notIndexed])
    #expect(throws: IndexIsIncomplete.self) { try log.example(known.id) }
    finish(log, gate)

    #expect(log.counters.tallies[.total, "all"].conversations == sample.records.count + 2)
    #expect(log.commitNow(.conversation(known), .conversation(keyed)) == [.replayed(known.id), .stored(keyed.id)])
    #expect(log.commitNow(.conversation(keyed), try fixture.rating(of: new.id, 5)) == [.replayed(keyed.id), .rated])
    #expect(try log.example(new.id)?.line == new.line)
    log.saveIndexNow()
    return log.counters.tallies
  }

  @Test("A refusal meanwhile holds at once, for what is read after it and for what is committed after it")
  func refusal() throws {
    let (log, gate) = try openWithoutIndex()
    try log.setConsent(ofUser: "u", [.training], refused: true, now: LogFixture.now)
    let new = try record(log, "new")
    #expect(log.commitNow(.conversation(new)) == [.stored(new.id)])
    try log.setConsent(ofUser: "v", [.logging], refused: true, now: LogFixture.now)
    #expect(log.commitNow(.conversation(try record(log, "none", user: "v"))) == [.optedOut])
    finish(log, gate)
    let refused = sample.records.count + 1
    #expect(log.counters.tallies[.leftOut, LeftOut.optedOut.rawValue].conversations == refused)
    try log.setConsent(ofUser: "u", [.training], refused: false, now: LogFixture.now)
    #expect(log.counters.tallies[.leftOut, LeftOut.optedOut.rawValue].conversations == 0)
  }

  @Test("After a rotation of the pepper, sides and refusals are noted before the records they are of")
  func rotation() throws {
    let users = (0..<40).map { "user \($0)" }
    func rotate() throws {
      let log = try fixture.open()
      try log.setConsent(ofUser: users[0], [.training], refused: true, now: LogFixture.now)
      _ = try log.rotatePepper(now: LogFixture.now)
    }
    try rotate()
    let refusals = try readFile(fixture.directory.consent)?.count ?? 0
    let (log, gate) = try openWithoutIndex()
    for user in users {
      let new = try record(log, "of \(user)", user: user)
      #expect(log.commitNow(.conversation(new)) == [.stored(new.id)])
    }
    // Of 40 users some are drawn to another side, but for a chance of one in a thousand.
    #expect(try readFile(fixture.directory.inheritedSides)?.isEmpty == false)
    #expect(try readFile(fixture.directory.consent)?.count ?? 0 > refusals)
    finish(log, gate)
    #expect(log.counters.tallies[.leftOut, LeftOut.optedOut.rawValue].conversations == 1)
  }

  @Test("A file that somebody else changes meanwhile is read as it is then")
  func meddled() throws {
    let tallies = try meddleMeanwhile()
    // One of the sample stood in the day that was changed.
    #expect(tallies[.total, "all"].conversations == sample.records.count - 1 + 2)
    #expect(try fixture.rebuiltTallies() == tallies)
  }

  private func meddleMeanwhile() throws -> Tallies {
    let (log, gate) = try openWithoutIndex()
    let new = try record(log, "new")
    #expect(log.commitNow(.conversation(new)) == [.stored(new.id)])
    fixture.disk.put(today.name, .line(fixture.text(new)) + Array("{\"half a".utf8))
    let next = try record(log, "next")
    #expect(log.commitNow(.conversation(next)) == [.stored(next.id)])
    finish(log, gate)
    #expect(fixture.lines(today) == [fixture.text(new), fixture.text(next)])
    return log.counters.tallies
  }

  private final class Told: Sendable { let faults = Mutex<[StorageFault]>([]) }

  /// The last column: how often the disk fails. Each time the next attempt comes after two seconds.
  @Test(
    "A disk that fails to read is told, and tried again until all of it is there",
    arguments: [(".gz", 0, 1), (".gz", 1, 1), (".gz", 3, 2), (".jsonl", 0, 1), (".jsonl", 1, 1)])
  func failingReads(file: String, after skip: Int, times: Int) throws {
    let before = try fixture.open().counters.tallies
    let (log, gate) = try openWithoutIndex()
    let told = Told()
    log.counters.observeFaults { fault in told.faults.withLock { $0.append(fault) } }
    fixture.disk.fail(.read, on: file, after: skip, times: times)
    // Nobody who commits is hit by it.
    let new = try record(log, "new")
    #expect(log.commitNow(.conversation(new)) == [.stored(new.id)])
    finish(log, gate)
    let faults = told.faults.withLock { $0 }
    #expect(faults.count == times && faults.allSatisfy { $0.work == .index }, "\(faults)")
    #expect(log.damagedLines == [])
    #expect(log.counters.tallies[.total, "all"].conversations == before[.total, "all"].conversations + 1)
    #expect(log.counters.tallies[.total, "all"].rated == before[.total, "all"].rated)
    for record in sample.records { #expect(try log.example(record.id)?.line == record.line) }
    #expect(try log.example(new.id)?.line == new.line)
    let tallies = log.counters.tallies
    log.saveIndexNow()
    _ = consume log
    #expect(try fixture.rebuiltTallies() == tallies)
    #expect(try Directories.list(fixture.directory.state).filter { $0.contains("making") } == [])
  }

  @Test("Given up, it leaves nothing behind that the next start would trust")
  func cancelled() throws {
    func giveUp() throws {
      let (log, gate) = try openWithoutIndex()
      let new = try record(log, "new")
      #expect(log.commitNow(.conversation(new)) == [.stored(new.id)])
      log.cancelIndexing()
      gate.open()
      log.endIndexing()
      #expect(!log.isIndexed)
    }
    try giveUp()
    #expect(!Directories.exists(fixture.directory.index))
    let tallies = try fixture.open().counters.tallies
    #expect(tallies[.total, "all"].conversations == sample.records.count + 1)
    #expect(try Directories.list(fixture.directory.state).filter { $0.contains("making") } == [])
  }

  /// As a crash leaves it: the record is there, and its rating still waits.
  private func loseLastStep() throws -> ExampleID {
    let log = try fixture.open()
    let record = try fixture.conversation(log, "early")
    #expect(log.commitNow(try fixture.rating(of: record.id, 5)) == [.pending])
    let file = try fixture.disk.openLog(fixture.directory.path(of: today))
    try file.append(record.line + [UInt8(ascii: "\n")])
    return record.id
  }

  @Test("An early rating that waits is joined when the index is there, though its record came before")
  func early() throws {
    let id = try loseLastStep()
    let (log, gate) = try openWithoutIndex()
    #expect(fixture.lines(.feedback).count == 2)
    finish(log, gate)
    #expect(fixture.lines(.feedback).count == 3)
    #expect(try log.example(id)?.score == 5)
  }

  private func openWithoutNeed() throws -> TrainingLog {
    var configuration = TrainingLog.Configuration(directory: fixture.directory)
    configuration.needsIndex = false
    return try TrainingLog.reopened(configuration, fileSystem: fixture.disk)
  }

  @Test("Who needs no index leaves it as it is, and missing where it is missing")
  func unneeded() throws {
    let stamp = FileStamp(fixture.directory.index)
    #expect(try !openWithoutNeed().isIndexed)
    #expect(FileStamp(fixture.directory.index) == stamp)
    for suffix in ["", "-wal", "-shm"] { try Directories.remove(fixture.directory.index + suffix) }
    #expect(try !openWithoutNeed().isIndexed)
    #expect(!Directories.exists(fixture.directory.index))
  }

  @Test("A rating that waits is joined also for who needs no index")
  func earlyUnneeded() throws {
    _ = try loseLastStep()
    #expect(try openWithoutNeed().isIndexed)
    #expect(fixture.lines(.feedback).count == 3)
  }
}
