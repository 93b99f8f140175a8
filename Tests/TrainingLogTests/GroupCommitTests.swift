import Dispatch
import Posix
import Records
import TestKit
import Testing
import struct Synchronization.Atomic

@testable import TrainingLog

/// One write and one sync for all that wait; the answer only behind it.
@Suite("Group commit", .serialized)
struct GroupCommitTests {
  let fixture: LogFixture
  let log: TrainingLog
  let day = LogFileName.conversations(LogFixture.today)

  init() throws {
    fixture = try LogFixture()
    log = try fixture.open()
    fixture.disk.forgetCalls()
  }

  /// What was delivered, in order, and how to wait for it.
  final class Deliveries: Sendable {
    private let outcomes = Mutex<[[Outcome]]>([])
    private let arrived = DispatchSemaphore(value: 0)

    func add(_ delivered: [(token: UInt64, outcome: Outcome)]) {
      outcomes.withLock { $0.append(delivered.map(\.outcome)) }
      arrived.signal()
    }

    var all: [[Outcome]] { outcomes.withLock { $0 } }

    func wait(for count: Int) {
      for _ in 0..<count where arrived.wait(timeout: .now() + 10) == .timedOut {
        Issue.record("no delivery within 10 s")
        return
      }
    }
  }

  /// Holds the committer up in its first sync.
  final class Gate: Sendable {
    private let reached = DispatchSemaphore(value: 0)
    private let opened = DispatchSemaphore(value: 0)
    private let isUsed = Atomic(false)

    init(_ disk: SimulatedDisk) {
      disk.onCall { [self] call in
        guard call.operation == .synchronize, !isUsed.exchange(true, ordering: .sequentiallyConsistent) else { return }
        reached.signal()
        _ = opened.wait(timeout: .now() + 10)
      }
    }

    func waitUntilReached() { #expect(reached.wait(timeout: .now() + 10) == .success, "no sync within 10 s") }
    func open() { opened.signal() }
  }

  /// How many of the records were taken.
  @discardableResult
  private func submit(_ records: [StoredConversation], _ deliveries: Deliveries) -> Int {
    let items = records.enumerated().map {
      CommitBatch.Item(token: UInt64($0), work: .conversation($1))
    }
    return records.count - log.commit.submit(CommitBatch(items: items) { deliveries.add($0) }).count
  }

  @Test("What gathers while one sync runs goes in one write and one sync behind it, in the order it came")
  func gathers() throws {
    let records = try (0..<31).map { try fixture.conversation(log, "\($0)") }
    let gate = Gate(fixture.disk)
    let deliveries = Deliveries()
    #expect(submit(Array(records[..<1]), deliveries) == 1)
    gate.waitUntilReached()
    for batch in 0..<10 { #expect(submit(Array(records[(1 + 3 * batch)..<(4 + 3 * batch)]), deliveries) == 3) }
    // The first sync is still running, so nobody may know of anything.
    #expect(deliveries.all == [])
    #expect(fixture.syncedLines(day) == [])
    gate.open()
    deliveries.wait(for: 11)
    #expect(deliveries.all.map(\.count) == [1] + Array(repeating: 3, count: 10))
    #expect(deliveries.all.flatMap { $0 } == records.map { .stored($0.id) })
    #expect(fixture.disk.count(.append) == 2)
    #expect(fixture.disk.count(.synchronize) == 2)
    #expect(fixture.disk.count(.synchronizeDirectory) == 1)
    #expect(fixture.syncedLines(day) == records.map(fixture.text))
  }

  @Test("Whoever is answered finds the line synced and the counters raised")
  func answer() throws {
    let deliveries = Deliveries()
    let synced = Mutex<[Bool]>([])
    for number in 0..<20 {
      let record = try fixture.conversation(log, "\(number)")
      let line = fixture.text(record)
      let (disk, counters, name) = (fixture.disk, log.counters, day.name)
      let refused = log.commit.submit(
        CommitBatch(items: [.init(token: 1, work: .conversation(record))]) { outcomes in
          let isThere = LogFixture.lines(disk.syncedContent(name) ?? []).contains(line)
          synced.withLock {
            $0.append(isThere && counters.tallies[.total, "all"].conversations == number + 1)
          }
          deliveries.add(outcomes)
        })
      #expect(refused.isEmpty)
      deliveries.wait(for: 1)
    }
    #expect(synced.withLock { $0 } == Array(repeating: true, count: 20))
  }

  @Test("Tokens come back with their outcomes")
  func tokens() throws {
    let record = try fixture.conversation(log)
    let stranger = try fixture.rating(of: ExampleID(milliseconds: 0, sequence: 0, random: 0), 5)
    let delivered = Mutex<[UInt64: Outcome]>([:])
    let deliveries = Deliveries()
    _ = log.commit.submit(
      CommitBatch(items: [
        .init(token: .max, work: stranger), .init(token: 3, work: .conversation(record)),
        .init(token: 7, work: try fixture.rating(of: record.id, 4)),
      ]) { outcomes in
        delivered.withLock { known in for (token, outcome) in outcomes { known[token] = outcome } }
        deliveries.add(outcomes)
      })
    deliveries.wait(for: 1)
    #expect(delivered.withLock { $0 } == [.max: .unknownExample, 3: .stored(record.id), 7: .rated])
  }

  @Test(
    "Beyond 2,048 waiting records what has no room is refused, and nothing else; once they are written there is room")
  func full() throws {
    let records = try (0..<4097).map { try fixture.conversation(log, "\($0)") }
    let gate = Gate(fixture.disk)
    let deliveries = Deliveries()
    #expect(log.commit.isIdle)
    #expect(submit([records[0]], deliveries) == 1)
    gate.waitUntilReached()
    #expect(!log.commit.isIdle)
    #expect(submit(Array(records[1..<2047]), deliveries) == 2046)
    #expect(submit(Array(records[2047..<2049]), deliveries) == 1)
    #expect(submit([records[2048]], deliveries) == 0)
    gate.open()
    deliveries.wait(for: 3)
    #expect(fixture.lines(day).count == 2048)
    #expect(submit(Array(records[2048..<4097]), deliveries) == 2048)
    deliveries.wait(for: 1)
    #expect(fixture.lines(day).count == 4096)
  }

  @Test(
    "The lines of one request are taken or refused together, and smaller ones behind them have the room that is left")
  func fullOfLines() throws {
    let records = try (0..<2201).map { try fixture.conversation(log, "\($0)") }
    let deliveries = Deliveries()
    let works: [Work] = [
      .conversations(Array(records[..<1000])), .conversations(Array(records[1000..<2000])),
      .conversations(Array(records[2000..<2200])), .conversation(records[2200]),
    ]
    let items = works.enumerated().map { CommitBatch.Item(token: UInt64($0), work: $1) }
    #expect(log.commit.submit(CommitBatch(items: items) { deliveries.add($0) }).map(\.token) == [2])
    deliveries.wait(for: 1)
    #expect(deliveries.all[0].count == 3)
    #expect(fixture.lines(day).count == 2001)
  }

  @Test("A failure is told to every batch of the commit it hit, and to no other")
  func failure() throws {
    let records = try (0..<5).map { try fixture.conversation(log, "\($0)") }
    let gate = Gate(fixture.disk)
    let deliveries = Deliveries()
    submit([records[0]], deliveries)
    gate.waitUntilReached()
    submit([records[1], records[2]], deliveries)
    submit([records[3]], deliveries)
    fixture.disk.fail(.append, code: FaultCode.noSpace)
    gate.open()
    deliveries.wait(for: 3)
    #expect(deliveries.all == [[.stored(records[0].id)], [.outOfSpace, .outOfSpace], [.outOfSpace]])
    submit([records[4]], deliveries)
    deliveries.wait(for: 1)
    #expect(fixture.syncedLines(day) == [fixture.text(records[0]), fixture.text(records[4])])
  }

  @Test("Flushing waits for all that was handed in, and saves the index")
  func flush() throws {
    let deliveries = Deliveries()
    let records = try (0..<10).map { try fixture.conversation(log, "\($0)") }
    for record in records { submit([record], deliveries) }
    log.commit.flush()
    #expect(deliveries.all.flatMap { $0 }.count == 10)
    let index = try ExampleIndex(path: fixture.directory.index, rules: log.rules)
    #expect(index.tallies == log.counters.tallies)
    #expect(index.bytes(of: day) == fixture.disk.content(day.name)?.count)
  }

  @Test("Nothing writes the index any more once the log and its lock are let go")
  func letGo() throws {
    let fixture = try LogFixture()
    weak var commit: GroupCommit?
    func use() throws {
      let log = try fixture.open()
      let deliveries = Deliveries()
      let record = try fixture.conversation(log)
      _ = log.commit.submit(CommitBatch(items: [.init(token: 0, work: .conversation(record))]) { deliveries.add($0) })
      deliveries.wait(for: 1)
      log.commit.flush()
      commit = log.commit
    }
    try use()
    #expect(commit == nil)
  }
}
