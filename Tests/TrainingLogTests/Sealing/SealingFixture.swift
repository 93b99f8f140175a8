import Records
import TestKit
import Testing

@testable import TrainingLog

/// A log of three days, two of which are over, with ratings; on a simulated disk.
final class SealingFixture {
  let fixture: LogFixture
  private(set) var records: [StoredConversation] = []

  static let yesterday = LogFixture.now.advanced(bySeconds: -86_400)
  static let before = LogFixture.now.advanced(bySeconds: -2 * 86_400)

  init(seed: UInt64 = 1) throws {
    fixture = try LogFixture(seed: seed)
    let log = try fixture.open()
    for (number, time) in [Self.before, Self.yesterday, LogFixture.now, Self.before, Self.yesterday].enumerated() {
      try add(log, "\(number)", at: time)
    }
    _ = log.commitNow(
      try fixture.rating(of: records[0].id, 5, comment: "Good."),
      try fixture.rating(of: records[1].id, 2, correction: LogFixture.answer + "better"))
    log.saveIndexNow()
  }

  @discardableResult
  func add(_ log: TrainingLog, _ text: String, at time: Timestamp, user: String = "u") throws -> StoredConversation {
    let record = try fixture.conversation(log, text, user: user, at: time)
    #expect(log.commitNow(.conversation(record)) == [.stored(record.id)])
    records.append(record)
    return record
  }

  func forget(_ users: Set<UInt64>) { records.removeAll { users.contains($0.row.user) } }

  func days() -> [String] { fixture.disk.names.filter { $0.hasPrefix("conversations_") } }

  /// All lines of all days, as readers see them.
  func lines() throws -> [String] {
    try LogFileName.present(in: fixture.disk.list(fixture.directory.logs)).flatMap { name -> [String] in
      guard case .conversations = name else { return [] }
      let text = try LogText.open(name, in: fixture.directory, on: fixture.disk).text
      return LogFixture.lines(try text.read(at: 0, count: text.size()))
    }
  }

  /// Every record is there, once, in the files and for whoever asks for it, and the counters are those of the files.
  func check(_ log: TrainingLog, _ note: String = "", at location: SourceLocation = #_sourceLocation) throws {
    #expect(try lines().sorted() == records.map(fixture.text).sorted(), "\(note)", sourceLocation: location)
    for record in records {
      let line = try log.example(record.id)?.line
      #expect(line == Array(fixture.text(record).utf8), "\(note)", sourceLocation: location)
    }
    #expect(fixture.disk.misuses == [], "\(note)", sourceLocation: location)
  }
}
