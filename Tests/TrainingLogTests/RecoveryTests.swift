import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// What a start makes of the files it finds.
@Suite("Recovery of the files")
struct RecoveryTests {
  let fixture: LogFixture
  let day = LogFileName.conversations(LogFixture.today)
  /// Lines as an earlier life wrote them.
  let lines: [String]
  let ids: [ExampleID]

  init() throws {
    let fixture = try LogFixture()
    let log = try fixture.open()
    let records = try (0..<3).map { try fixture.conversation(log, "\($0)") }
    self.fixture = fixture
    ids = records.map(\.id)
    lines = records.map(fixture.text)
  }

  private func put(_ content: [UInt8], _ name: LogFileName? = nil) { fixture.disk.put((name ?? day).name, content) }

  private func feedback(_ id: ExampleID, _ score: Int) -> String {
    String(decoding: Feedback(exampleID: id, score: score, timestamp: LogFixture.now).line(), as: UTF8.self)
  }

  private func quarantined(_ name: String) throws -> String? {
    try readFile(fixture.directory.quarantine + "/" + name).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("Files of an earlier life are counted")
  func counted() throws {
    put(.line(lines[0]) + .line(lines[1]))
    put(.line(feedback(ids[0], 1)) + .line(feedback(ids[1], 4)), .feedback)
    let log = try fixture.open()
    #expect(log.damagedLines == [])
    #expect(log.counters.tallies[.total, "all"] == Tally(conversations: 2, rated: 2, scoreSum: 5, highQuality: 1))
    #expect(log.counters.tallies[.leftOut, "low_score"].conversations == 1)
    #expect(log.counters.tallies[.total, "users"].conversations == 1)
  }

  @Test("A last line cut at any byte was never acknowledged: it is cut off, synced and kept aside")
  func tornTail() throws {
    let torn = Array(lines[1].utf8)
    for length in stride(from: 1, to: torn.count, by: 7) {
      // Another seed: its records have ids of their own.
      let fixture = try LogFixture(seed: 2)
      let start = lines[0].utf8.count + 1
      fixture.disk.put(day.name, .line(lines[0]) + torn[..<length])
      let log = try fixture.open()
      #expect(fixture.syncedLines(day) == [lines[0]], "\(length) bytes")
      #expect(log.counters.tallies[.total, "all"].conversations == 1)
      let aside = try readFile(fixture.directory.quarantine + "/\(day.name).\(start).tail")
      #expect(aside == Array(torn[..<length]), "\(length) bytes")
      let next = try fixture.conversation(log, "next")
      #expect(log.commitNow(.conversation(next)) == [.stored(next.id)])
      #expect(fixture.syncedLines(day) == [lines[0], fixture.text(next)])
    }
  }

  @Test("A last line that only lacks its line end gets it, in every file")
  func lineEnd() throws {
    put(.line(lines[0]) + Array(lines[1].utf8))
    let comment = Records.Comment(exampleID: ids[0], comment: "c", timestamp: LogFixture.now).line()
    let correction = Correction(exampleID: ids[0], correctedMessage: "d", timestamp: LogFixture.now).line()
    put(Array(feedback(ids[0], 2).utf8), .feedback)
    put(comment, .comments)
    put(correction, .corrections)
    let log = try fixture.open()
    #expect(fixture.disk.syncedContent(day.name) == .line(lines[0]) + .line(lines[1]))
    #expect(fixture.disk.syncedContent("feedback.jsonl") == .line(feedback(ids[0], 2)))
    #expect(fixture.disk.syncedContent("comments.jsonl") == comment + [0x0A])
    #expect(fixture.disk.syncedContent("corrections.jsonl") == correction + [0x0A])
    #expect(log.counters.tallies[.total, "all"].conversations == 2)
    #expect(log.counters.tallies[.total, "comments"].conversations == 1)
    #expect(log.counters.tallies[.total, "corrections"].conversations == 1)
    #expect(log.damagedLines == [])
  }

  @Test("Damaged lines are told by place and rule, never by content, and spoil no other line")
  func damaged() throws {
    let bad = [
      "hunter2", "{\"a\":\"hunter2\"}", lines[1].replacing("\"variant\"", with: "\"hunter2\""), "\u{FEFF}" + lines[1],
    ]
    put(.line(lines[0]) + bad.flatMap { [UInt8].line($0) } + .line(lines[2]))
    put(.line("{}") + .line(feedback(ids[0], 5)) + .line(feedback(ids[0], 6)), .feedback)
    let log = try fixture.open()
    #expect(log.counters.tallies[.total, "all"] == Tally(conversations: 2, rated: 1, scoreSum: 5, highQuality: 2))
    var offset = lines[0].utf8.count + 1
    let places = bad.map { line in
      defer { offset += line.utf8.count + 1 }
      return offset
    }
    #expect(log.damagedLines.filter { $0.file == day.name }.map(\.offset) == places)
    #expect(
      log.damagedLines.filter { $0.file == "feedback.jsonl" }.map(\.offset) == [0, feedback(ids[0], 5).utf8.count + 4])
    #expect(!log.damagedLines.contains { $0.reason.contains("hunter2") })
    // They stay where they are; only what comes after them goes on.
    let next = try fixture.conversation(log, "next")
    _ = log.commitNow(.conversation(next))
    #expect(fixture.lines(day).last == fixture.text(next))
    #expect(fixture.lines(day).count == 7)
  }

  @Test("Holes of zero bytes and blank lines are passed over, the former not in silence")
  func holes() throws {
    put(.line(lines[0]) + [0, 0, 0, 0] + .line(lines[1]) + [0x0A, 0x0A] + .line(lines[2]))
    let log = try fixture.open()
    #expect(log.damagedLines.map(\.place) == [day.name + ":2"])
    #expect(log.counters.tallies[.total, "all"].conversations == 3)
    // The offsets behind the hole are right: a correction reads the record's line.
    #expect(log.commitNow(try fixture.rating(of: ids[1], 1, correction: LogFixture.answer + "corrected")) == [.rated])
    #expect(log.counters.tallies[.total, "corrections"].conversations == 1)
  }

  @Test("A line that stands twice counts once")
  func twice() throws {
    put(.line(lines[0]) + .line(lines[0]))
    #expect(try fixture.open().counters.tallies[.total, "all"].conversations == 1)
  }

  @Test("Ratings of examples that are not there count for nothing")
  func strangers() throws {
    put(.line(lines[0]))
    put(.line(feedback(ids[2], 1)), .feedback)
    let log = try fixture.open()
    #expect(log.counters.tallies[.total, "all"] == Tally(conversations: 1, highQuality: 1))
    #expect(log.damagedLines == [])
  }

  @Test("Of several ratings, comments and corrections the last counts")
  func lastWins() throws {
    put(.line(lines[0]) + .line(lines[1]))
    put(.line(feedback(ids[0], 5)) + .line(feedback(ids[1], 5)) + .line(feedback(ids[0], 2)), .feedback)
    let corrections = ["short", LogFixture.answer + "1"].map {
      Correction(exampleID: ids[0], correctedMessage: $0, timestamp: LogFixture.now).line() + [0x0A]
    }
    put(corrections[1] + corrections[0], .corrections)
    let log = try fixture.open()
    #expect(log.counters.tallies[.total, "all"] == Tally(conversations: 2, rated: 2, scoreSum: 7, highQuality: 1))
    #expect(log.counters.tallies[.leftOut, "too_short"].conversations == 1)
    #expect(log.counters.tallies[.total, "corrections"].conversations == 1)
  }

  @Test("Other files are left alone; a copy that a crash left behind goes")
  func others() throws {
    for name in ["notes.txt", "conversations_2025-02-30.jsonl", "conversations_2025-11-26.jsonl.bak"] {
      fixture.disk.put(name, Array("x".utf8))
    }
    fixture.disk.put(day.name + ".tmp", .line(lines[0]))
    fixture.disk.put("feedback.jsonl.tmp", .line(feedback(ids[0], 1)))
    let log = try fixture.open()
    #expect(log.counters.tallies == Tallies())
    #expect(
      fixture.disk.names == ["conversations_2025-02-30.jsonl", "conversations_2025-11-26.jsonl.bak", "notes.txt"])
  }

  @Test("What a killed process had written and not synced is synced before it counts, its name too")
  func killed() throws {
    let file = try fixture.disk.openLog(fixture.directory.path(of: day))
    try file.append(.line(lines[1]))
    fixture.disk.restartAfterKill()
    #expect(fixture.syncedLines(day) == [])
    let log = try fixture.open()
    #expect(log.counters.tallies[.total, "all"].conversations == 1)
    #expect(fixture.syncedLines(day) == [lines[1]])
  }

  @Test("More lines than one transaction holds")
  func many() throws {
    put(.line(lines[0]))
    put((0..<10_500).flatMap { [UInt8].line(feedback(ids[0], $0 == 10_499 ? 2 : 5)) }, .feedback)
    let log = try fixture.open()
    #expect(log.damagedLines == [])
    #expect(log.counters.tallies[.total, "all"] == Tally(conversations: 1, rated: 1, scoreSum: 2))
  }

  @Test(
    "A disk that fails while it is read lets no start go by",
    arguments: [
      SimulatedDisk.Operation.list, .open, .read, .synchronizeDirectory,
    ])
  func faults(operation: SimulatedDisk.Operation) throws {
    put(.line(lines[0]))
    fixture.disk.fail(operation)
    #expect(throws: TrainingLog.Failure.self) { try fixture.open() }
    #expect(try fixture.open().counters.tallies[.total, "all"].conversations == 1)
  }
}
