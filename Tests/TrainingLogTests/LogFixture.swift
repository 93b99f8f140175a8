import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// A data directory whose log files live on a simulated disk; secrets, lock and index are real files.
final class LogFixture {
  static let now = moment("2025-11-26T12:00:00Z")
  static let today = now.day
  /// Long enough to count.
  static let answer = "A long enough answer, of more than fifty characters, number "

  let folder: TemporaryDirectory
  let directory: DataDirectory
  let disk: SimulatedDisk
  private var ids = ExampleIDGenerator()
  private var random: SeededGenerator

  init(seed: UInt64 = 1) throws {
    folder = try TemporaryDirectory()
    directory = DataDirectory(folder("data"))
    disk = SimulatedDisk(simulating: directory.logs, seed: seed)
    random = SeededGenerator(seed: seed)
  }

  func open() throws -> TrainingLog {
    try TrainingLog.reopened(.init(directory: directory), fileSystem: disk)
  }

  /// A record that came with these fields.
  func conversation(
    _ log: TrainingLog, _ text: String = "", user: String = "u", at time: Timestamp = now,
    more: [(String, String)] = []
  ) throws -> StoredConversation {
    let id = ids.next(now: Self.now, using: &random)
    var writer = JSONWriter()
    writer.object { body in
      for (key, value) in [
        ("example_id", id.description), ("user_id", user), ("session_id", "s"), ("user_message", "Question \(text)"),
        ("assistant_message", Self.answer + text), ("timestamp", time.description),
      ] + more {
        body.key(key)
        body.string(value)
      }
    }
    let submission = try Submission(
      JSONDocument(parsing: writer.bytes).root, window: AcceptanceWindow(now: Self.now, retentionDays: 90))
    var logger = log.makeLogger()
    return logger.prepare(submission, now: Self.now)
  }

  func rating(
    of id: ExampleID, _ score: Int, comment: String? = nil, correction: String? = nil, at now: Timestamp = now
  ) throws -> Work {
    let parameters =
      [("example_id", id.description), ("score", "\(score)")]
      + (comment.map { [("comment", $0)] } ?? []) + (correction.map { [("corrected_message", $0)] } ?? [])
    return .rating(try Rating(parameters: parameters.map { (name: $0.0, value: $0.1) }), now: now)
  }

  /// The lines of a log file as readers see them, those that are sealed first; a last line without its LF is one too.
  func lines(_ name: LogFileName) -> [String] {
    let sealed = name.sealedName.flatMap { disk.content($0) }.flatMap {
      try? GzipReader.decompress($0, limit: 1 << 24)
    }
    return Self.lines((sealed ?? []) + (disk.content(name.name) ?? []))
  }

  /// The same after the worst power failure.
  func syncedLines(_ name: LogFileName) -> [String] { Self.lines(disk.syncedContent(name.name) ?? []) }

  static func lines(_ content: [UInt8]) -> [String] {
    content.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }

  func text(_ conversation: StoredConversation) -> String { String(decoding: conversation.line, as: UTF8.self) }

  /// The counters of a start without an index: what the files say.
  func rebuiltTallies() throws -> Tallies {
    for suffix in ["", "-wal", "-shm"] { try Directories.remove(directory.index + suffix) }
    return try open().counters.tallies
  }
}

extension TrainingLog {
  /// The work of the committer's queue, on this thread.
  func commitNow(_ works: Work...) -> [Outcome] { commitNow(works) }

  func commitNow(_ works: [Work]) -> [Outcome] { commit.writer.withLock { $0.commit(works) } }

  func saveIndexNow() { commit.writer.withLock { $0.saveIndex() } }
}

func moment(_ text: String) -> Timestamp { Timestamp(rfc3339: text)! }

extension [UInt8] {
  /// Text with its line end.
  static func line(_ text: String) -> [UInt8] { Array(text.utf8) + [UInt8(ascii: "\n")] }
}
