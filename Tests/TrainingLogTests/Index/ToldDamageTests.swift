import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// What cannot be read is passed over, and told by each start with file and line.
@Suite("Damage that a start tells")
struct ToldDamageTests {
  private let stored: StoredLog

  init() throws { stored = try StoredLog() }

  private func open() throws -> TrainingLog { try TrainingLog.reopened(.init(directory: stored.directory)) }

  private func places(_ log: TrainingLog) -> [String] { log.damagedLines.map(\.place).sorted() }

  @Test("Lines and holes in the middle of files: at the start that reads them, and at all that follow")
  func lines() throws {
    let day = StoredLog.todayFile
    let whole = try stored.lines(day)
    var lines = whole
    lines[1][20] = 0x0D
    lines[2] = [UInt8](repeating: 0, count: lines[2].count)
    try stored.putLines(day, lines)
    var ratings = try stored.lines("training_logs/feedback.jsonl")
    ratings[1][3] = UInt8(ascii: "?")
    try stored.putLines("training_logs/feedback.jsonl", ratings)
    try stored.removeIndex()
    let name = String(day.split(separator: "/")[1])
    let expected = ["\(name):2", "\(name):3", "feedback.jsonl:2"].sorted()
    for _ in 0..<3 { #expect(try places(open()) == expected) }
    // Put right, it is indexed, and nothing is told of it any more.
    try stored.putLines(day, whole)
    let log = try open()
    #expect(places(log) == ["feedback.jsonl:2"])
    #expect(log.counters.tallies[.total, "all"].conversations == 6)
  }

  @Test("A damaged member of a sealed day")
  func member() throws {
    let stored = try DamagedLog()
    try stored.flip(stored.members[1].bytes.lowerBound + 200)
    try stored.removeIndex()
    let file = String(stored.path.split(separator: "/").last ?? "")
    for _ in 0..<2 { #expect(places(try stored.open()) == ["\(file):\(DamagedLog.perMember + 1)"]) }
  }
}
