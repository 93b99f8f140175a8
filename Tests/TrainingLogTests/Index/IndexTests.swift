import Foundation
import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// The index is derived: lost, stale, corrupt or of another time, the same answers come back.
@Suite("The index behind the log")
struct IndexTests {
  let fixture: LogFixture
  let day = LogFileName.conversations(LogFixture.today)

  init() throws { fixture = try LogFixture() }

  /// Opens the log, and lets go of it and of its lock behind `body`.
  private func use<Result>(_ body: (TrainingLog) throws -> Result) throws -> Result { try body(fixture.open()) }

  /// A log with some of everything; returns its tallies. The index is saved up to the last third.
  private func fill(saving: Bool = true) throws -> Tallies {
    let log = try fixture.open()
    var records: [StoredConversation] = []
    for number in 0..<12 {
      records.append(
        try fixture.conversation(
          log, number < 4 ? "twin" : "n\(number) at x\(number)@acme-corp.io", user: "u\(number % 3)",
          at: LogFixture.now.advanced(bySeconds: -40_000 * number),
          more: [("language", "swift"), ("model", "m\(number % 2)"), ("complexity", "high"), ("variant", "")]))
    }
    #expect(log.commitNow(records.map { .conversation($0) }) == records.map { .stored($0.id) })
    for (index, score) in [5, 5, 2, 4, 1, 3].enumerated() {
      #expect(log.commitNow(try fixture.rating(of: records[index].id, score)) == [.rated])
    }
    if saving { log.saveIndexNow() }
    #expect(log.commitNow(try fixture.rating(of: records[0].id, 1, comment: "worse")) == [.rated])
    #expect(log.commitNow(try fixture.rating(of: records[4].id, 1, correction: LogFixture.answer + "twin")) == [.rated])
    let late = try fixture.conversation(log, "late")
    #expect(log.commitNow(.conversation(late)) == [.stored(late.id)])
    return log.counters.tallies
  }

  @Test("Reopened, with an index that is up to date, behind, or gone: the same tallies", arguments: [true, false])
  func same(saving: Bool) throws {
    let tallies = try fill(saving: saving)
    #expect(tallies[.total, "all"].conversations == 13)
    #expect(tallies[.total, "users"].conversations == 4)
    #expect(try fixture.open().counters.tallies == tallies)
    #expect(try fixture.open().counters.tallies == tallies)
    #expect(try fixture.rebuiltTallies() == tallies)
  }

  @Test("A copy of the index from earlier catches up")
  func stale() throws {
    _ = try fixture.open()
    let early = try Data(contentsOf: URL(filePath: fixture.directory.index))
    let tallies = try fill()
    for suffix in ["-wal", "-shm"] { try Directories.remove(fixture.directory.index + suffix) }
    try early.write(to: URL(filePath: fixture.directory.index))
    #expect(try fixture.open().counters.tallies == tallies)
  }

  @Test("A file that is no index is set aside and built anew", arguments: ["garbage", "empty page", "cut", "version"])
  func corrupt(kind: String) throws {
    let tallies = try fill()
    let url = URL(filePath: fixture.directory.index)
    switch kind {
    case "garbage": try Data("no database at all".utf8).write(to: url)
    case "empty page": try Data(repeating: 0xAA, count: 4096).write(to: url)
    case "cut": try Data(contentsOf: url).prefix(5000).write(to: url)
    default: try Database(path: fixture.directory.index).execute("PRAGMA user_version = 77")
    }
    #expect(try fixture.open().counters.tallies == tallies)
    #expect(Directories.exists(fixture.directory.quarantine + "/index.sqlite"))
    #expect(try fixture.open().counters.tallies == tallies)
  }

  @Test("A write-ahead log that has lost its index is not taken for one of the next")
  func orphan() throws {
    let (tallies, orphan) = try use { log in
      for number in 0..<3 { _ = log.commitNow(.conversation(try fixture.conversation(log, "\(number)"))) }
      log.saveIndexNow()
      return (log.counters.tallies, try #require(try readFile(fixture.directory.index + "-wal")))
    }
    #expect(!orphan.isEmpty)
    for suffix in ["", "-wal", "-shm"] { try Directories.remove(fixture.directory.index + suffix) }
    let other = try use { log in try fixture.conversation(log, "other") }
    fixture.disk.put("conversations_2025-11-20.jsonl", .line(fixture.text(other)))
    for suffix in ["", "-wal", "-shm"] { try Directories.remove(fixture.directory.index + suffix) }
    try Data(orphan).write(to: URL(filePath: fixture.directory.index + "-wal"))
    #expect(try fixture.open().counters.tallies[.total, "all"].conversations == 4)
    #expect(try fixture.open().counters.tallies[.total, "all"].conversations == 4)
    #expect(tallies[.total, "all"].conversations == 3)
  }

  @Test("An index that tells of more than the files hold is built anew")
  func ahead() throws {
    let tallies = try fill()
    let before = try #require(fixture.disk.content(day.name))
    try use { log in
      let extra = try fixture.conversation(log, "extra")
      #expect(log.commitNow(.conversation(extra)) == [.stored(extra.id)])
      log.saveIndexNow()
    }
    fixture.disk.put(day.name, before)
    #expect(try fixture.open().counters.tallies == tallies)
  }

  @Test("A file that is gone takes its records out of the books")
  func gone() throws {
    _ = try fill()
    let lines = fixture.lines(day).count
    try fixture.disk.remove(fixture.directory.path(of: day))
    #expect(try fixture.open().counters.tallies[.total, "all"].conversations == 13 - lines)
  }

  @Test("A save that fails costs no request, and the next one makes up for it")
  func failedSave() throws {
    let log = try fixture.open()
    let other = try Database(path: fixture.directory.index)
    try other.execute("CREATE TRIGGER t BEFORE INSERT ON tallies BEGIN SELECT RAISE(ABORT, 'x'); END")
    let record = try fixture.conversation(log, "x", more: [("language", "zig")])
    #expect(log.commitNow(.conversation(record)) == [.stored(record.id)])
    log.saveIndexNow()
    #expect(log.counters.work.indexFailures == 1)
    try other.execute("DROP TRIGGER t")
    log.saveIndexNow()
    #expect(log.counters.work.indexFailures == 1)
    let saved = try ExampleIndex(path: fixture.directory.index, rules: log.rules)
    #expect(saved.tallies == log.counters.tallies)
    #expect(try saved.row(record.id)?.labels.language == "zig")
  }

  @Test("Labels that only look the same stay two, before and after a restart")
  func labels() throws {
    let tallies = try use { log in
      for language in ["\u{E9}", "e\u{301}", "\u{E9}"] {
        _ = log.commitNow(.conversation(try fixture.conversation(log, language, more: [("language", language)])))
        log.saveIndexNow()
      }
      return log.counters.tallies
    }
    #expect(tallies.all(.language).map(\.tally.conversations) == [1, 2])
    #expect(try fixture.open().counters.tallies == tallies)
    #expect(try fixture.rebuiltTallies() == tallies)
  }

  @Test("What fell to zero is gone, before and after a restart")
  func zero() throws {
    let tallies = try use { log in
      let record = try fixture.conversation(log)
      _ = log.commitNow(.conversation(record))
      _ = log.commitNow(try fixture.rating(of: record.id, 1))
      log.saveIndexNow()
      _ = log.commitNow(try fixture.rating(of: record.id, 5))
      log.saveIndexNow()
      return log.counters.tallies
    }
    #expect(tallies.all(.score).map(\.name) == ["5"])
    #expect(tallies.all(.leftOut).isEmpty)
    #expect(try fixture.open().counters.tallies == tallies)
  }

  @Test("Rows come back from the file as they went in")
  func rows() throws {
    let log = try fixture.open()
    let record = try fixture.conversation(
      log, "mail a@acme-corp.io, b@acme-corp.io", more: [("language", "c"), ("framework", "é"), ("variant", "'; --")])
    #expect(log.commitNow(.conversation(record)) == [.stored(record.id)])
    _ = log.commitNow(try fixture.rating(of: record.id, 3, comment: "c"))
    let inMemory = try log.commit.writer.withLock { try $0.index.row(record.id) }
    log.saveIndexNow()
    let index = try ExampleIndex(path: fixture.directory.index, rules: log.rules)
    let row = try index.row(record.id)
    #expect(row == inMemory)
    #expect(row?.redactions == [RedactionCount(type: "EMAIL", count: 2)])
    #expect(row?.score == 3)
    #expect(row?.hasComment == true)
    #expect(try index.row(ExampleID(milliseconds: 5, sequence: 0, random: 0)) == nil)
  }
}
