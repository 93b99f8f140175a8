import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// A data directory that is written by the ids that a backend has for its users, and whose pepper changes.
final class UserLog {
  static let now = moment("2026-03-10T12:00:00Z")
  let folder: TemporaryDirectory
  let directory: DataDirectory
  private(set) var log: TrainingLog?
  private var numbers = 0

  init() throws {
    folder = try TemporaryDirectory()
    directory = DataDirectory(folder("data"))
    log = try TrainingLog.reopened(.init(directory: directory))
  }

  var open: TrainingLog {
    get throws { try #require(log) }
  }

  /// Opens it again, after something was changed while nobody had it open.
  func reopen(rebuilding: Bool = false, _ change: () throws -> Void = {}) throws {
    log = nil
    try change()
    var configuration = TrainingLog.Configuration(directory: directory)
    configuration.rebuildsIndex = rebuilding
    log = try TrainingLog.reopened(configuration)
  }

  /// Gives everybody another pseudonym.
  @discardableResult
  func rotate(at time: Timestamp = now) throws -> FormerPepper {
    let kept = try open.rotatePepper(now: time)
    try reopen()
    return kept
  }

  func destroy(_ pepper: FormerPepper) throws {
    try open.destroyPeppers([pepper.id], now: Self.now)
    try reopen()
  }

  func prepare(_ user: String, at time: Timestamp = now, more: [(String, String)] = []) throws -> StoredConversation {
    numbers += 1
    return try prepare(user, number: numbers, at: time, more: more)
  }

  /// The same number makes the same text.
  func prepare(
    _ user: String, number: Int, at time: Timestamp = now, more: [(String, String)] = []
  ) throws -> StoredConversation {
    var writer = JSONWriter()
    writer.object { body in
      for (key, value) in [
        ("user_id", user), ("session_id", "s"), ("user_message", "How do I do thing \(number) of \(user)?"),
        ("assistant_message", LogBody.answer(about: number) + user), ("timestamp", time.description),
      ] + more {
        body.key(key)
        body.string(value)
      }
    }
    let submission = try Submission(
      JSONDocument(parsing: writer.bytes).root, window: AcceptanceWindow(now: Self.now, retentionDays: 90))
    var logger = try open.makeLogger()
    return logger.prepare(submission, now: Self.now)
  }

  func commit(_ work: Work) throws -> Outcome? {
    let outcomes = Mutex<[Outcome]>([])
    let refused = try open.commit.submit(
      CommitBatch(items: [.init(token: 0, work: work)]) { done in outcomes.withLock { $0 = done.map(\.outcome) } })
    #expect(refused.isEmpty)
    try open.commit.flush()
    return outcomes.withLock { $0.first }
  }

  /// Stores a record of a user.
  @discardableResult
  func add(_ user: String, at time: Timestamp = now) throws -> StoredConversation {
    let record = try prepare(user, at: time)
    #expect(try commit(.conversation(record)) == .stored(record.id))
    return record
  }

  func rate(_ record: StoredConversation, _ score: Int) throws -> Outcome? {
    let rating = try Rating(parameters: [
      (name: "example_id", value: record.id.description), (name: "score", value: "\(score)"),
    ])
    return try commit(.rating(rating, now: Self.now))
  }

  /// What is exported of a user: the types of the lines.
  func exported(_ user: String) throws -> [String] {
    var bytes: [UInt8] = []
    try open.exportUser(user) { bytes += $0 }
    return try bytes.split(separator: 0x0A).map { try JSONDocument(parsing: Array($0)).root["type"]?.string ?? "-" }
  }

  var records: Int { get throws { try open.counters.tallies[.total, "all"].conversations } }

  /// The rows of the dataset as a run of the curator makes it.
  func curate() throws -> [Row] {
    _ = try DataCurator(open, tool: "test 1").run(now: Self.now) { _ in }
    return try (readFile(directory.trainingData) ?? []).split(separator: 0x0A).map { try Row(Array($0)) }
  }
}
