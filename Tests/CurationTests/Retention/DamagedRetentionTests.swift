import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// Damage keeps nothing beyond its time, and nothing that stays goes with it.
@Suite("Retention beside damage")
struct DamagedRetentionTests {
  private static let old = DataFolder.now.advanced(bySeconds: -100 * 86_400)
  private static let recent = DataFolder.now.advanced(bySeconds: -10 * 86_400)

  private let folder: DataFolder
  private let told = Told()

  private final class Told: Sendable { let errors = Mutex<[CurationError]>([]) }

  /// One record that is too old, one of a day that stays, and one of today; all published, and sealed but the last.
  init() throws {
    folder = try DataFolder()
    for (number, time) in [Self.old, Self.recent, DataFolder.now].enumerated() {
      try folder.add(
        conversation(
          number, user: "\(number)0000000000000000".prefix(16).description, question: "Question \(number)?",
          answer: LogBody.answer(about: number), at: time.description))
    }
    let log = try open()
    _ = try DataCurator(log, tool: "test 1").run(now: DataFolder.now) { _ in }
    _ = try log.sealDays(before: DataFolder.now.day)
  }

  private func open() throws -> TrainingLog { try TrainingLog.reopened(.init(directory: folder.directory)) }

  private func retain() throws -> ExpiryCounts {
    let log = try open()
    return try Retainer(log, DataCurator(log, tool: "test 1")).run(
      now: DataFolder.now, damaged: { error in told.errors.withLock { $0.append(error) } })
  }

  private func sealed(_ time: Timestamp) -> String { folder.directory.sealedPath(of: .conversations(time.day)) ?? "" }

  /// In the compressed text of its only member.
  private func damage(_ time: Timestamp) throws -> (whole: [UInt8], damaged: [UInt8]) {
    let whole = try folder.bytes(sealed(time))
    var bytes = whole
    for at in bytes.count / 2..<bytes.count / 2 + 8 { bytes[at] ^= 0xFF }
    try AtomicFile.replace(sealed(time), with: bytes)
    return (whole, bytes)
  }

  @Test("A day that stays and cannot be read keeps no other from going; it stays as it is, and is told")
  func staying() throws {
    let published = try folder.bytes(folder.directory.trainingData)
    let (whole, damaged) = try damage(Self.recent)
    #expect(try retain().days == 1)
    #expect(told.errors.withLock { $0 } == [.damagedDay("conversations_\(Self.recent.day).jsonl.gz")])
    #expect(!Directories.exists(sealed(Self.old)))
    #expect(try folder.bytes(sealed(Self.recent)) == damaged)
    #expect(try folder.bytes(folder.directory.trainingData) == published)
    // Put right, the row of what has gone lets go of its id; nothing else has changed.
    try AtomicFile.replace(sealed(Self.recent), with: whole)
    _ = try retain()
    #expect(told.errors.withLock { $0.count } == 1)
    let rows = try folder.dataset()
    #expect(rows.count == 3 && rows.count(where: \.isAnonymous) == 1)
    #expect(!Directories.exists(folder.directory.expiring))
    #expect(try retain() == ExpiryCounts())
  }

  @Test("A day that is too old goes, though it cannot be read, and its rows stay under ids that lead nowhere")
  func expired() throws {
    _ = try damage(Self.old)
    let counts = try retain()
    #expect((counts.days, told.errors.withLock { $0.count }) == (1, 0))
    #expect(!Directories.exists(sealed(Self.old)))
    let rows = try folder.dataset()
    #expect(rows.count == 3 && rows.count(where: \.isAnonymous) == 1)
    #expect(try retain() == ExpiryCounts())
  }
}
