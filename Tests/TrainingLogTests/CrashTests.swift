import Foundation
import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// Random work over a disk that fails, and a machine that loses its power or its process at any call. Whatever happened,
/// every acknowledged record is there, exactly once and whole, and the counters are those of the files.
@Suite("Random crashes")
struct CrashTests {
  /// What the client knows.
  private struct Ledger {
    var stored: [StoredConversation] = []
    /// Lines by file of ratings that were acknowledged.
    var lines: [LogFileName: [String]] = [:]
    /// Handed in and not acknowledged: may be there, at most once.
    var doubtful: Set<String> = []
  }

  /// What `make crash` asks for: one seed, or so many; otherwise as many as take some seconds.
  private static let seeds: [UInt64] = {
    let variables = ProcessInfo.processInfo.environment
    if let seed = variables["CERBERUS_CRASH_SEED"].flatMap({ UInt64($0) }) { return [seed] }
    return Array(0..<(variables["CERBERUS_CRASH_SEEDS"].flatMap { UInt64($0) } ?? 60))
  }()

  @Test("Acknowledged records survive", arguments: seeds)
  func survive(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let fixture = try LogFixture(seed: seed)
    var ledger = Ledger()
    var time = LogFixture.now
    for life in 0..<6 {
      try live(fixture, &ledger, &time, &random)
      switch Int.random(in: 0..<4, using: &random) {
      // After a failed sync that could not be mended, a process that starts anew without a restart of the machine cannot
      // tell pages that never reached the disk from ones that did. Nothing in them was acknowledged.
      case 0 where !fixture.disk.hasLostPages: fixture.disk.restartAfterKill()
      case 1: fixture.disk.restartWithSyncedOnly()
      default: fixture.disk.restartAfterPowerFailure()
      }
      if random.isOne(in: 5) {
        for suffix in ["", "-wal", "-shm"] { try Directories.remove(fixture.directory.index + suffix) }
      }
      let tallies = try restart(fixture, &random)
      check(fixture, ledger, "seed \(seed), life \(life)")
      if random.isOne(in: 3) {
        #expect(try fixture.rebuiltTallies() == tallies, "seed \(seed), life \(life)")
      }
    }
    #expect(fixture.disk.misuses == [], "seed \(seed)")
    #expect(!ledger.stored.isEmpty, "seed \(seed)")
  }

  /// One process: some commits, some faults, perhaps a power failure in the middle.
  private func live(
    _ fixture: LogFixture, _ ledger: inout Ledger, _ time: inout Timestamp, _ random: inout SeededGenerator
  ) throws {
    let log = try fixture.open()
    if random.isOne(in: 2) { fixture.disk.failPower(after: Int.random(in: 0...60, using: &random)) }
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      if random.isOne(in: 3) { injectFault(fixture.disk, &random) }
      var works: [Work] = []
      var lines: [[(LogFileName, String)]] = []
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        time = time.advanced(bySeconds: 1)
        if random.isOne(in: 3), let known = ledger.stored.randomElement(using: &random) {
          let (work, expected) = try rating(of: known, at: time, fixture, &random)
          works.append(work)
          lines.append(expected)
        } else {
          let record = try fixture.conversation(
            log, String(repeating: "text ", count: Int.random(in: 0...200, using: &random)),
            user: "u\(Int.random(in: 0...3, using: &random))",
            at: LogFixture.now.advanced(
              bySeconds: -Int.random(in: 0...(random.isOne(in: 8) ? 2_000_000 : 100_000), using: &random)))
          works.append(.conversation(record))
          lines.append([(.conversations(record.day), fixture.text(record))])
        }
      }
      let outcomes = log.commitNow(works)
      for (index, outcome) in outcomes.enumerated() {
        switch (outcome, works[index]) {
        case (.stored(let id), .conversation(let record)):
          #expect(id == record.id)
          ledger.stored.append(record)
          for (name, line) in lines[index] { ledger.lines[name, default: []].append(line) }
        case (.rated, .rating): for (name, line) in lines[index] { ledger.lines[name, default: []].append(line) }
        case (.storageFailed, _), (.outOfSpace, _): for (_, line) in lines[index] { ledger.doubtful.insert(line) }
        default: Issue.record("\(outcome)")
        }
      }
      if fixture.disk.isDown { return }
      if random.isOne(in: 3) { log.saveIndexNow() }
    }
  }

  /// A start may be hit by the next power failure, and must then work once there is power.
  private func restart(_ fixture: LogFixture, _ random: inout SeededGenerator) throws -> Tallies {
    for _ in 0..<3 where random.isOne(in: 2) {
      fixture.disk.failPower(after: Int.random(in: 0...25, using: &random))
      _ = try? fixture.open()
      fixture.disk.restartAfterPowerFailure()
    }
    return try fixture.open().counters.tallies
  }

  private func rating(
    of record: StoredConversation, at time: Timestamp, _ fixture: LogFixture, _ random: inout SeededGenerator
  ) throws -> (Work, [(LogFileName, String)]) {
    let score = Int.random(in: 1...5, using: &random)
    let comment = random.isOne(in: 2) ? "comment" : nil
    let correction = random.isOne(in: 3) ? LogFixture.answer + "corrected" : nil
    var lines = [
      (LogFileName.feedback, Feedback(exampleID: record.id, score: score, timestamp: time).line())
    ]
    if let comment {
      lines.append((.comments, Records.Comment(exampleID: record.id, comment: comment, timestamp: time).line()))
    }
    if let correction {
      lines.append(
        (.corrections, Correction(exampleID: record.id, correctedMessage: correction, timestamp: time).line()))
    }
    return (
      try fixture.rating(of: record.id, score, comment: comment, correction: correction, at: time),
      lines.map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }
    )
  }

  private func injectFault(_ disk: SimulatedDisk, _ random: inout SeededGenerator) {
    let operations: [SimulatedDisk.Operation] = [
      .open, .append, .append, .synchronize, .synchronize, .truncate, .read, .synchronizeDirectory, .rename, .remove,
      .freeBytes,
    ]
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      disk.fail(
        operations.randomElement(using: &random) ?? .append,
        code: Bool.random(using: &random) ? FaultCode.io : FaultCode.noSpace,
        short: Int.random(in: 0...3000, using: &random), after: Int.random(in: 0...3, using: &random),
        times: Int.random(in: 1...3, using: &random))
    }
  }

  /// Zero bytes that a lost page has left before a line.
  private static func withoutHoles(_ line: String) -> String {
    line.utf8.contains(0) ? line.replacing("\0", with: "") : line
  }

  private func check(_ fixture: LogFixture, _ ledger: Ledger, _ comment: Testing.Comment) {
    var known = Set(ledger.lines.values.joined())
    known.formUnion(ledger.doubtful)
    for (name, lines) in ledger.lines {
      let counts = Dictionary(grouping: fixture.lines(name), by: Self.withoutHoles).mapValues(\.count)
      for line in lines { #expect(counts[line] == 1, "\(comment): an acknowledged line of \(name.name)") }
    }
    for name in fixture.disk.names.compactMap({ LogFileName($0) }) {
      let content = fixture.disk.content(name.name) ?? []
      #expect(content.isEmpty || content.last == 0x0A, "\(comment): half a line ends \(name.name)")
      for (line, count) in Dictionary(grouping: LogFixture.lines(content), by: { $0 }).mapValues(\.count)
      where known.contains(line) {
        #expect(count == 1, "\(comment): a line of \(name.name) stands \(count) times")
      }
    }
  }
}
