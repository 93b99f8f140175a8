import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

@Suite("Verify")
struct VerificationTests {
  @Test("What was stored is without a fault, and counted")
  func clean() throws {
    let report = try StoredLog().verify()
    #expect(report.isClean, "\(report.faults)")
    #expect(report.index == .checked && report.records == 6 && report.recordsBeyondIndex == 0 && report.tailBytes == 0)
    #expect(report.lines == 6 + 3 + 1 + 1)
  }

  enum Damage: String, CaseIterable {
    case flip, wholeOtherText, lineEnd, cut, gone, swapped, doubled, added, otherDay, otherID, hole, score, rating
    case comment, indexScore, ledger, dataset, index, counter, keys
  }

  @Test("Each damage is told with file and line, never with content", arguments: Damage.allCases)
  func damaged(_ damage: Damage) throws {
    let stored = try StoredLog()
    let today = StoredLog.todayFile
    var lines = try stored.lines(today)
    var expected: [String] = []
    switch damage {
    case .flip:
      lines[2][lines[2].count / 2] ^= 1
      try stored.putLines(today, lines)
      expected = ["\(today):3: the line is not the one"]
    case .wholeOtherText:
      // A whole and well-formed line, of the same length.
      lines[1] = Array(String(decoding: lines[1], as: UTF8.self).replacing("long enough", with: "l0ng enough").utf8)
      try stored.putLines(today, lines)
      expected = ["\(today):2: the line is not the one"]
    case .lineEnd:
      var bytes = try stored.bytes(today)
      bytes[lines[0].count] = UInt8(ascii: " ")
      try stored.put(today, bytes)
      expected = ["\(today):1: the line is not the one", "\(today):1: a record that was stored here is not there"]
    case .cut:
      try stored.put(today, Array(try stored.bytes(today).dropLast(10)))
      expected = ["\(today):4: the file ends here", "\(today):4: a record that was stored here is not there"]
    case .gone:
      try Directories.remove(stored.path(today))
      expected = ["\(today): the file is gone"]
    case .swapped:
      lines.swapAt(0, 1)
      try stored.putLines(today, lines)
      expected = ["\(today):1: the line is not the one", "\(today):2: the line is not the one"]
    case .doubled:
      try stored.putLines(today, lines + [lines[3]])
      expected = ["\(today):5: the record stands a second time"]
    case .added:
      try stored.putLines(today, lines + [Array("{\"hunter2\":1}".utf8)])
      expected = ["\(today):5: damaged: example_id is missing"]
    case .otherDay:
      let line = try stored.lines(StoredLog.yesterdayFile)[0]
      let other = String(decoding: line, as: UTF8.self).replacing(
        stored.records[4].id.description, with: "019abfaa-0000-7000-8000-000000000001")
      try stored.putLines(today, lines + [Array(other.utf8)])
      expected = ["\(today):5: the record is of another day"]
    case .otherID:
      try Self.change(stored, "UPDATE examples SET offset = offset + 1 WHERE offset = 0")
      expected = [
        "\(today):1: the record stands a second time", "\(today):1: a record that was stored here is not there",
        "\(StoredLog.yesterdayFile):1: the record stands a second time",
        "\(StoredLog.yesterdayFile):1: a record that was stored here is not there",
      ]
    case .hole:
      lines[1] = [UInt8](repeating: 0, count: lines[1].count)
      try stored.putLines(today, lines)
      expected = ["\(today):2: a record that was stored here is not there"]
    case .score:
      var ratings = try stored.lines("training_logs/feedback.jsonl")
      ratings[2] = Array(String(decoding: ratings[2], as: UTF8.self).replacing(":4,", with: ":3,").utf8)
      try stored.putLines("training_logs/feedback.jsonl", ratings)
      expected = ["training_logs/feedback.jsonl:3: the line is not the one"]
    case .rating:
      var ratings = try stored.lines("training_logs/feedback.jsonl")
      ratings[1] = [UInt8](repeating: 0, count: ratings[1].count)
      try stored.putLines("training_logs/feedback.jsonl", ratings)
      expected = ["training_logs/feedback.jsonl:2: a line that was stored here is not there"]
    case .comment:
      try Directories.remove(stored.path("training_logs/comments.jsonl"))
      expected = [
        "training_logs/comments.jsonl: a comment that the index counts is not there",
        "training_logs/comments.jsonl: the file is gone",
      ]
    case .indexScore:
      try Self.change(stored, "UPDATE examples SET score = 1 WHERE score = 4")
      expected = [
        "training_logs/feedback.jsonl:3: the index has another score", "state/index.sqlite: the counter total all",
        "state/index.sqlite: the counter score 1", "state/index.sqlite: the counter score 4",
        "state/index.sqlite: the counter day \(LogFixture.today)",
      ]
    case .ledger:
      try stored.put("state/split.jsonl", .line("{}") + .line("hunter2") + .line("{}"))
      expected = ["state/split.jsonl:2: damaged: the line is not a JSON object"]
    case .dataset:
      try stored.put("curated/training_data.jsonl", .line("{}") + .line("[\"hunter2\"]"))
      expected = ["curated/training_data.jsonl:2: damaged: the line is not a JSON object"]
    case .index:
      for suffix in ["-wal", "-shm"] { try Directories.remove(stored.path("state/index.sqlite" + suffix)) }
      try stored.put("state/index.sqlite", Array("hunter2".utf8))
      expected = ["state/index.sqlite: the index cannot be read"]
    case .counter:
      try Self.change(stored, "UPDATE tallies SET conversations = 7 WHERE kind = 0 AND name = 'all'")
      expected = ["state/index.sqlite: the counter total all is not"]
    case .keys:
      try stored.put("state/keys", Array("hunter2".utf8))
      expected = ["state/keys: state/keys is not what this program wrote"]
    }
    let report = try stored.verify()
    let told = report.faults.map(\.description)
    #expect(told.count == expected.count && report.faultCount == expected.count, "\(told)")
    for text in expected { #expect(told.contains { $0.hasPrefix(text) }, "\(text) is not in \(told)") }
    #expect(!told.contains { $0.contains("hunter2") })
  }

  @Test("Of a file that was being changed the index says nothing, and verify says so", arguments: [0, 1])
  func doubted(number: Int) throws {
    let stored = try StoredLog()
    let name = [StoredLog.todayFile, "training_logs/feedback.jsonl"][number]
    let file = try #require(name.split(separator: "/").last)
    try Self.change(stored, "UPDATE files SET bytes = \(Int.max) WHERE name = '\(file)'")
    try stored.putLines(name, Array(stored.lines(name).dropFirst()))
    let report = try stored.verify()
    #expect(report.faults.map(\.file) == [name])
    #expect(report.faults.first?.reason.contains("the next start makes the index anew") == true, "\(report.faults)")
    #expect(report.tailBytes == 0)
  }

  @Test("An erasure that is not done is told, since index and files need not be in step before it is")
  func unfinishedErasure() throws {
    let stored = try StoredLog()
    func line(_ rest: String, _ id: String) -> [UInt8] { .line("{\"receipt_id\":\"\(id)\",\(rest)}") }
    let begun = "\"at\":\"2025-11-26T12:00:00Z\",\"user\":\"\",\"subject\":\"\",\"examples\":[],\"keys\":[]"
    let done = "\"done\":\"2025-11-26T12:00:00Z\""
    let steps = [
      (line(begun, "a"), 1), (line(done, "a"), 0), (line(begun, "b") + line(begun, "c"), 2), (line(done, "b"), 1),
    ]
    var journal: [UInt8] = []
    for (lines, unfinished) in steps {
      journal += lines
      try stored.put("state/erasures.jsonl", journal)
      let report = try stored.verify()
      #expect(report.isClean && report.unfinishedErasures == unfinished, "\(report)")
    }
  }

  private static func change(_ stored: StoredLog, _ sql: String) throws {
    try Database(path: stored.directory.index).execute(sql)
  }

  private static let logs = [
    StoredLog.todayFile, StoredLog.yesterdayFile, "training_logs/feedback.jsonl", "training_logs/comments.jsonl",
    "training_logs/corrections.jsonl",
  ]

  @Test("Any one bit that turns over is found, by line, also with an index made anew", arguments: [UInt64(1), 2, 3])
  func bitRot(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let stored = try StoredLog()
    if seed > 1 {
      try stored.removeIndex()
      _ = try TrainingLog.reopened(.init(directory: stored.directory))
    }
    for round in 0..<60 {
      let file = Self.logs[round % Self.logs.count]
      let good = try stored.bytes(file)
      let at = Int.random(in: 0..<good.count, using: &random)
      var bytes = good
      bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try stored.put(file, bytes)
      let line = good[..<at].count { $0 == 0x0A } + 1
      let faults = try stored.verify().faults
      #expect(faults.contains { $0.file == file && $0.line == line }, "seed \(seed), \(file), byte \(at): \(faults)")
      try stored.put(file, good)
    }
    #expect(try stored.verify().isClean)
  }

  @Test("A file of ratings that lost its first lines is checked all the same")
  func rewritten() throws {
    let stored = try StoredLog()
    let log = try TrainingLog.reopened(.init(directory: stored.directory))
    let name = LogFileName.feedback
    try log.commit.writer.withLock { writer in
      let last: [UInt8] = try stored.lines("training_logs/feedback.jsonl").suffix(2).flatMap { $0 + [0x0A] }
      let before = try writer.files.size(of: name)
      try writer.files.rewrite(name, with: last)
      try writer.index.cut([.init(start: 0, length: before - last.count)], from: name, leaving: last.count)
    }
    _ = log.commitNow(try stored.fixture.rating(of: stored.records[3].id, 3))
    log.saveIndexNow()
    #expect(try stored.verify().isClean)
    var lines = try stored.lines("training_logs/feedback.jsonl")
    lines[2][lines[2].count - 5] ^= 1
    try stored.putLines("training_logs/feedback.jsonl", lines)
    #expect(try stored.verify().faults.map(\.line) == [3])
  }

  @Test("Without an index the lines are still read; one without an end was never acknowledged")
  func noIndex() throws {
    let stored = try StoredLog()
    try stored.removeIndex()
    let bytes = try stored.bytes(StoredLog.todayFile)
    try stored.put(StoredLog.todayFile, bytes + Array("{\"exam".utf8))
    let report = try stored.verify()
    #expect(report.isClean && report.index == .missing && report.recordsBeyondIndex == 6 && report.tailBytes == 6)
    try stored.put(StoredLog.todayFile, .line("{") + bytes)
    #expect(try stored.verify().faults.map { "\($0.file):\($0.line ?? 0)" } == ["\(StoredLog.todayFile):1"])
  }

  @Test("Records that the index has not seen yet are no fault, but counted")
  func beyond() throws {
    let stored = try StoredLog()
    let log = try TrainingLog.reopened(.init(directory: stored.directory))
    let record = try stored.fixture.conversation(log, "more")
    #expect(log.commitNow(.conversation(record)) == [.stored(record.id)])
    let report = try stored.verify()
    #expect(report.isClean && report.records == 7 && report.recordsBeyondIndex == 1, "\(report)")
    log.saveIndexNow()
    #expect(try stored.verify().recordsBeyondIndex == 0)
  }
}
