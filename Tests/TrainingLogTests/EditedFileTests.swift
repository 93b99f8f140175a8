import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// Somebody edits a file of lines while no server runs, so that the places that the index has are those of other bytes:
/// nothing that can be read is lost by it, least of all what is acknowledged next.
@Suite("Files that somebody edits while no server runs")
struct EditedFileTests {
  enum Edit: CaseIterable {
    case firstLineTwice, carriageReturns, withoutFirstLine, withoutLastLine, lineInFront, withoutLastEnd, blanksInside
    case exchanged

    /// As `sed` would do it.
    func callAsFunction(_ lines: [[UInt8]]) -> [UInt8] {
      let whole: [UInt8] = lines.flatMap { $0 + [0x0A] as [UInt8] }
      switch self {
      case .firstLineTwice: return lines[0] + [0x0A] + whole
      case .carriageReturns: return lines.flatMap { $0 + [0x0D, 0x0A] as [UInt8] }
      case .withoutFirstLine: return lines.dropFirst().flatMap { $0 + [0x0A] as [UInt8] }
      case .withoutLastLine: return lines.dropLast().flatMap { $0 + [0x0A] as [UInt8] }
      case .lineInFront: return [UInt8].line("{}") + whole
      case .withoutLastEnd: return Array(whole.dropLast())
      case .blanksInside: return lines.flatMap { [UInt8(ascii: " ")] + $0 + [0x0A] as [UInt8] }
      case .exchanged: return ([lines[lines.count - 1]] + lines.dropLast()).flatMap { $0 + [0x0A] as [UInt8] }
      }
    }
  }

  private let stored: StoredLog
  private var fixture: LogFixture { stored.fixture }

  init() throws { stored = try StoredLog() }

  private func open(isReindexed: Bool) throws -> TrainingLog {
    var configuration = TrainingLog.Configuration(directory: stored.directory)
    configuration.rebuildsIndex = isReindexed
    return try TrainingLog.reopened(configuration)
  }

  /// Without what a program that knows JSON passes over.
  private func trimmed(_ line: [UInt8]) -> [UInt8] {
    Array(line.drop { $0 == 0x20 }.reversed().drop { $0 == 0x0D }.reversed())
  }

  @Test("A day file", arguments: Edit.allCases, [false, true])
  func day(_ edit: Edit, isReindexed: Bool) throws {
    let name = StoredLog.todayFile
    let before = try stored.bytes(name)
    let edited = edit(try stored.lines(name))
    try stored.put(name, edited)
    let left = Set(edited.split(separator: 0x0A).map { trimmed(Array($0)) })
    let log = try open(isReindexed: isReindexed)
    let next = try fixture.conversation(log, "next")
    #expect(log.commitNow(.conversation(next)) == [.stored(next.id)])
    // What was there is there, and behind it, as a line of its own, what was acknowledged.
    let now = try stored.bytes(name)
    #expect(now.starts(with: edited) && now.suffix(next.line.count + 2) == [0x0A] + next.line + [0x0A])
    #expect(now.count - edited.count - next.line.count - 1 == (edited.last == 0x0A ? 0 : 1))
    for record in stored.records.prefix(4) {
      let example = try log.example(record.id)
      #expect(example.map { trimmed($0.line) } == (left.contains(record.line) ? record.line : nil))
    }
    #expect(try log.example(next.id)?.line == next.line)
    #expect(
      log.counters.tallies[.total, "all"].conversations == left.intersection(stored.records.map(\.line)).count + 3)
    _ = consume log
    // The next start finds nothing to put right, and knows the same.
    let again = try open(isReindexed: false)
    #expect(try again.example(next.id)?.line == next.line)
    #expect(try stored.bytes(name) == now)
    #expect(before != now)
  }

  @Test("Ratings", arguments: [Edit.firstLineTwice, .carriageReturns, .withoutFirstLine, .lineInFront], [false, true])
  func ratings(_ edit: Edit, isReindexed: Bool) throws {
    let name = "training_logs/feedback.jsonl"
    let edited = edit(try stored.lines(name))
    try stored.put(name, edited)
    let log = try open(isReindexed: isReindexed)
    #expect(log.commitNow(try fixture.rating(of: stored.records[3].id, 1)) == [.rated])
    let now = try stored.bytes(name)
    #expect(now.starts(with: edited))
    #expect(try Feedback(line: Array(now[edited.count...].dropLast())).exampleID == stored.records[3].id)
    #expect(try log.example(stored.records[0].id)?.score == 4)
    _ = consume log
    #expect(try stored.verify().faults.allSatisfy { edit == .lineInFront && $0.line == 1 })
  }

  @Test("The server runs, and has the day not open", arguments: Edit.allCases)
  func running(_ edit: Edit) throws {
    let log = try open(isReindexed: false)
    let name = StoredLog.yesterdayFile
    let edited = edit(try stored.lines(name))
    try stored.put(name, edited)
    let next = try fixture.conversation(log, "next", at: StoredLog.yesterday)
    #expect(log.commitNow(.conversation(next)) == [.stored(next.id)])
    let now = try stored.bytes(name)
    #expect(now.starts(with: edited) && now.suffix(next.line.count + 2) == [0x0A] + next.line + [0x0A])
    let left = Set(edited.split(separator: 0x0A).map { trimmed(Array($0)) })
    guard edit != .exchanged else { return }  // As long as before: seen by `verify`.
    for record in stored.records.suffix(2) {
      let example = try log.example(record.id)
      #expect(example.map { trimmed($0.line) } == (left.contains(record.line) ? record.line : nil))
    }
  }

  @Test("A line that is only damaged moves none, and the index stays as it is", arguments: [0, 3])
  func damaged(number: Int) throws {
    let name = StoredLog.todayFile
    var lines = try stored.lines(name)
    lines[number][40] = UInt8(ascii: "\"")
    try stored.putLines(name, lines)
    let log = try open(isReindexed: false)
    #expect(!log.repairs.rebuiltIndex)
    #expect(log.counters.tallies[.total, "all"].conversations == 6)
  }
}
