import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// Damage keeps nothing out of a backup, and no backup passes over it in silence.
@Suite("Backup of what is damaged")
struct DamagedBackupTests {
  enum Damage: CaseIterable {
    case garbageLine, otherCharacter, zeros, rating, member, ledger, lostRefusals, goneDay

    var file: String {
      switch self {
      case .garbageLine, .otherCharacter, .zeros: StoredLog.todayFile
      case .rating: "training_logs/feedback.jsonl"
      case .member: StoredLog.yesterdayFile + ".gz"
      case .ledger: "state/audit.jsonl"
      case .lostRefusals: "state/consent.jsonl"
      case .goneDay: StoredLog.yesterdayFile
      }
    }
  }

  private let stored: StoredLog
  private let archive: String
  private let target: DataDirectory

  /// Yesterday is sealed, a user refuses, and there are two acts in the audit log.
  init() throws {
    stored = try StoredLog()
    archive = stored.fixture.folder("b.tar")
    target = DataDirectory(stored.fixture.folder("target"))
    let log = try TrainingLog.reopened(.init(directory: stored.directory))
    _ = try log.sealDays(before: LogFixture.today)
    for user in ["ann", "bob"] { try log.setConsent(ofUser: user, [.logging], refused: true, now: LogFixture.now) }
    for _ in 0..<2 { try AuditLog(stored.directory).append(AuditAct(.curate, by: "owner", at: LogFixture.now)) }
    log.saveIndexNow()
  }

  private func commit(_ damage: Damage) throws {
    var lines = try stored.lines(damage.file)
    var bytes = try stored.bytes(damage.file)
    switch damage {
    case .garbageLine, .rating: lines[0] = Array("garbage".utf8)
    case .otherCharacter:
      let place = try #require(lines[1].firstRange(of: Array("Question".utf8)))
      lines[1][place.lowerBound] = UInt8(ascii: "q")
    case .zeros: for at in 20..<40 { lines[2][at] = 0 }
    case .ledger: lines.remove(at: 0)
    case .lostRefusals: lines.removeLast()
    case .member:
      bytes[bytes.count / 2] ^= 0xFF
      return try stored.put(damage.file, bytes)
    case .goneDay: return try Directories.remove(stored.path(damage.file + ".gz"))
    }
    try stored.putLines(damage.file, lines)
  }

  private func backUp() throws -> (BackupManifest, [VerificationReport]) {
    var told: [VerificationReport] = []
    let manifest = try Backup(stored.directory, pepperFile: nil, tool: "test").write(
      to: archive, withPepper: true, now: LogFixture.now, damaged: { told.append($0) })
    return (manifest, told)
  }

  @Test("It is told by file, and all bytes are there as they were found", arguments: Damage.allCases)
  func damaged(_ damage: Damage) throws {
    try commit(damage)
    let (manifest, told) = try backUp()
    #expect(told.count == 1)
    #expect(Set(told.flatMap(\.faults).map(\.file)) == [damage.file], "\(told.flatMap(\.faults))")
    _ = try Restoration(reading: archive).run(into: target, .ofBackup, .ofBackup)
    #expect(manifest.files.contains { $0.name == damage.file } == (damage != .goneDay))
    for file in manifest.files {
      #expect(try readFile(target.root + "/" + file.name) == stored.bytes(file.name), "\(file.name)")
    }
  }

  @Test("What is whole is told of by nobody, also what the index has not seen") func whole() throws {
    #expect(try backUp().1.isEmpty)
    try stored.removeIndex()
    #expect(try backUp().1.isEmpty)
  }
}
