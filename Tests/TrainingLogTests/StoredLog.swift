import Foundation
import Posix
import Records

@testable import TrainingLog

/// Six records on two days, two of them rated, one commented and one corrected; on the real disk, and closed.
struct StoredLog {
  let fixture: LogFixture
  let records: [StoredConversation]

  static let yesterday = LogFixture.now.advanced(bySeconds: -86_400)
  static let todayFile = "training_logs/conversations_\(LogFixture.today).jsonl"
  static let yesterdayFile = "training_logs/conversations_\(yesterday.day).jsonl"

  init() throws {
    let fixture = try LogFixture()
    let log = try TrainingLog.reopened(.init(directory: fixture.directory))
    let records = try (0..<6).map {
      try fixture.conversation(log, "\($0)", at: $0 < 4 ? LogFixture.now : Self.yesterday)
    }
    _ = log.commitNow(records.map { .conversation($0) })
    _ = log.commitNow(
      try fixture.rating(of: records[0].id, 2), try fixture.rating(of: records[1].id, 5, comment: "Good."),
      try fixture.rating(of: records[0].id, 4, correction: LogFixture.answer + "better"))
    log.saveIndexNow()
    self.fixture = fixture
    self.records = records
  }

  var directory: DataDirectory { fixture.directory }

  func path(_ name: String) -> String { directory.root + "/" + name }
  func bytes(_ name: String) throws -> [UInt8] { try readFile(path(name)) ?? [] }
  func put(_ name: String, _ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: path(name))) }
  func lines(_ name: String) throws -> [[UInt8]] { try bytes(name).split(separator: 0x0A).map(Array.init) }
  func putLines(_ name: String, _ lines: [[UInt8]]) throws { try put(name, lines.flatMap { $0 + [0x0A] }) }

  func removeIndex() throws {
    for suffix in ["", "-wal", "-shm"] { try Directories.remove(path("state/index.sqlite" + suffix)) }
  }

  func verify() throws -> VerificationReport { try Verification(directory).run() }
}
