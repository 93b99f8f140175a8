import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

@Suite("What one commit writes and syncs")
struct CommitTests {
  let fixture: LogFixture
  let log: TrainingLog
  let day = LogFileName.conversations(LogFixture.today)

  init() throws {
    fixture = try LogFixture()
    log = try fixture.open()
    fixture.disk.forgetCalls()
  }

  private func operations(_ wanted: Set<SimulatedDisk.Operation>) -> [SimulatedDisk.Call] {
    fixture.disk.calls.filter { wanted.contains($0.operation) }
  }

  @Test("Many records are one write and one sync, the directory synced behind them since the file is new")
  func one() throws {
    let records = try (0..<50).map { try fixture.conversation(log, "\($0)") }
    #expect(log.commitNow(records.map { .conversation($0) }) == records.map { .stored($0.id) })
    #expect(
      operations([.append, .synchronize, .synchronizeDirectory, .truncate, .rename]) == [
        .init(operation: .append, name: day.name), .init(operation: .synchronize, name: day.name),
        .init(operation: .synchronizeDirectory, name: "training_logs"),
      ])
    #expect(fixture.syncedLines(day) == records.map(fixture.text))
    #expect(log.counters.work == .init(commits: 1, records: 50, syncs: 1))
  }

  @Test("A file that is not new needs no sync of its directory; the next day's does")
  func directory() throws {
    for (time, syncs) in [
      ("2025-11-26T12:00:00Z", 1), ("2025-11-26T12:00:01Z", 1), ("2025-11-25T23:59:59.999Z", 2),
      ("2025-11-26T00:00:00Z", 2),
    ] {
      let record = try fixture.conversation(log, at: moment(time))
      #expect(log.commitNow(.conversation(record)) == [.stored(record.id)])
      #expect(fixture.disk.count(.synchronizeDirectory) == syncs, "\(time)")
    }
    #expect(fixture.disk.names == ["conversations_2025-11-25.jsonl", "conversations_2025-11-26.jsonl"])
  }

  @Test("A record goes to the UTC day of its own timestamp")
  func days() throws {
    for (time, file) in [
      ("2025-11-26T00:00:00+00:00", "2025-11-26"), ("2025-11-26T00:30:00+01:00", "2025-11-25"),
      ("2025-11-25T23:30:00-01:00", "2025-11-26"), ("2025-09-01T00:00:00Z", "2025-09-01"),
    ] {
      let record = try fixture.conversation(log, time, at: moment(time))
      _ = log.commitNow(.conversation(record))
      #expect(fixture.syncedLines(.conversations(Day(file)!)).last == fixture.text(record), "\(time)")
    }
  }

  @Test("A rating is a line in each of its files, all synced before the outcome")
  func rating() throws {
    let record = try fixture.conversation(log)
    _ = log.commitNow(.conversation(record))
    fixture.disk.forgetCalls()
    let correction = "Mail me at jane.roe@acme-corp.io: this answer is the one that is right and long enough."
    #expect(log.commitNow(try fixture.rating(of: record.id, 2, comment: "so so", correction: correction)) == [.rated])
    #expect(fixture.disk.count(.append) == 3)
    #expect(fixture.disk.count(.synchronize) == 3)
    let id = record.id.description
    #expect(
      fixture.syncedLines(.feedback) == [#"{"example_id":"\#(id)","score":2,"timestamp":"2025-11-26T12:00:00.000Z"}"#])
    #expect(
      fixture.syncedLines(.comments)
        == [#"{"example_id":"\#(id)","comment":"so so","timestamp":"2025-11-26T12:00:00.000Z"}"#])
    #expect(fixture.syncedLines(.corrections).first?.contains("Mail me at [EMAIL_1]: this answer") == true)
    #expect(log.counters.tallies[.total, "all"] == Tally(conversations: 1, rated: 1, scoreSum: 2, highQuality: 1))
    #expect(log.counters.tallies[.total, "comments"].conversations == 1)
    #expect(log.counters.tallies[.total, "corrections"].conversations == 1)
  }

  @Test("Comments and corrections are numbered above the record's own counts")
  func numbering() throws {
    let record = try fixture.conversation(log, "from a.b@acme-corp.io")
    _ = log.commitNow(.conversation(record))
    _ = log.commitNow(try fixture.rating(of: record.id, 5, comment: "ask c.d@acme-corp.io"))
    #expect(fixture.lines(day).first?.contains("from [EMAIL_1]") == true)
    #expect(fixture.lines(.comments).first?.contains("ask [EMAIL_2]") == true)
  }

  @Test("An example that nobody knows is told, and nothing is written")
  func unknown() throws {
    // Older than a day: a younger one would wait for its record.
    let twoDays: Int64 = 2 * 86_400_000
    let stranger = ExampleID(milliseconds: LogFixture.now.milliseconds - twoDays, sequence: 0, random: 0)
    #expect(log.commitNow(try fixture.rating(of: stranger, 5)) == [.unknownExample])
    #expect(
      log.commitNow(.rating(try Rating(parameters: [("example_id", "x"), ("score", "1")]), now: LogFixture.now))
        == [.unknownExample])
    #expect(fixture.disk.names == [])
  }

  @Test("A rating handed in behind its record, in the same batch, finds it")
  func sameBatch() throws {
    let record = try fixture.conversation(log, "x@acme-corp.io")
    let works = [.conversation(record), try fixture.rating(of: record.id, 1, comment: "y@acme-corp.io")]
    #expect(log.commitNow(works) == [.stored(record.id), .rated])
    #expect(fixture.syncedLines(.comments).first?.contains("[EMAIL_2]") == true)
    #expect(log.counters.tallies[.score, "1"].conversations == 1)
  }

  @Test("Two ratings in one batch: the last one counts")
  func lastWins() throws {
    let record = try fixture.conversation(log)
    _ = log.commitNow(.conversation(record))
    _ = log.commitNow(try fixture.rating(of: record.id, 1), try fixture.rating(of: record.id, 5))
    #expect(log.counters.tallies[.total, "all"] == Tally(conversations: 1, rated: 1, scoreSum: 5, highQuality: 1))
    #expect(fixture.syncedLines(.feedback).count == 2)
  }

  @Test("Records of more days than files are held open all stand durably in their directory")
  func manyDays() throws {
    let records = try (0..<40).map {
      try fixture.conversation(log, "\($0)", at: LogFixture.now.advanced(bySeconds: -86_400 * $0))
    }
    #expect(log.commitNow(records.map { .conversation($0) }) == records.map { .stored($0.id) })
    for record in records { #expect(fixture.syncedLines(.conversations(record.day)) == [fixture.text(record)]) }
    #expect(fixture.disk.misuses == [])
  }
}
