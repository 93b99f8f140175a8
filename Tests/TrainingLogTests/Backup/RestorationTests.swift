import Foundation
import Posix
import Privacy
import Records
import TestKit
import Testing

@testable import TrainingLog

/// What a restore needs beside the backup: peppers from before, and the ledgers of the present.
@Suite("Restore with peppers and ledgers")
struct RestorationTests {
  private let stored: StoredLog
  private let archive: String
  private let target: DataDirectory

  init() throws {
    stored = try StoredLog()
    archive = stored.fixture.folder("b.tar")
    target = DataDirectory(stored.fixture.folder("target"))
  }

  @discardableResult
  private func backUp(withPepper: Bool = true) throws -> BackupManifest {
    try Backup(stored.directory, pepperFile: nil, tool: "test").write(
      to: archive, withPepper: withPepper, now: LogFixture.now)
  }

  private func restore(_ pepper: Restoration.Pepper = .ofBackup) throws -> VerificationReport {
    try Restoration(reading: archive).run(into: target, pepper, .ofBackup)
  }

  private func restored(_ name: String) throws -> [UInt8]? { try readFile(target.root + "/" + name) }

  @Test("Old peppers that its records need are named by the backup, and asked for by the restore")
  func formerPeppers() throws {
    let kept = try TrainingLog.reopened(.init(directory: stored.directory)).rotatePepper(now: LogFixture.now)
    let present = try stored.bytes("state/pepper")
    #expect(try backUp(withPepper: false).formerPeppers == [kept.id])
    #expect(throws: Restoration.Failure.lostFormerPeppers([kept.id])) { try self.restore(.given(present)) }
    #expect(throws: Restoration.Failure.lostFormerPeppers([kept.id])) { try self.restore(.elsewhere(present)) }
    #expect(!Directories.exists(target.root))
    func restore(_ former: [FormerPepper], acceptsLostPeppers: Bool = false) throws -> [UInt8]? {
      let restoration = try Restoration(reading: archive)
      #expect(restoration.manifest.formerPeppers == [kept.id])
      _ = try restoration.run(
        into: target, .given(present), former: former, acceptsLostPeppers: acceptsLostPeppers, .ofBackup)
      defer { try? FileManager.default.removeItem(atPath: target.root) }
      return try restored("state/pepper.old")
    }
    #expect(try restore([], acceptsLostPeppers: true) == nil)
    #expect(try restore([kept]) == stored.bytes("state/pepper.old"))
    // One with the peppers needs nothing more.
    try backUp()
    _ = try self.restore()
    #expect(try restored("state/pepper.old") == stored.bytes("state/pepper.old"))
  }

  @Test("Where the backup's own pepper was destroyed, one from before it still finds the records of its time")
  func destroyedPepper() throws {
    func rotate() throws -> FormerPepper {
      try TrainingLog.reopened(.init(directory: stored.directory)).rotatePepper(now: LogFixture.now)
    }
    let oldest = try rotate()
    try backUp(withPepper: false)
    _ = try rotate()
    let present = try stored.bytes("state/pepper")
    func run(_ former: [FormerPepper], _ acceptsLostPeppers: Bool) throws {
      let restoration = try Restoration(reading: archive)
      _ = try restoration.run(
        into: target, .given(present), former: former, acceptsLostPeppers: acceptsLostPeppers, .ofBackup)
    }
    #expect(throws: Restoration.Failure.wrongPepper) { try run([oldest], false) }
    #expect(throws: Restoration.Failure.wrongPepper) { try run([], true) }
    try run([oldest], true)
    let restored = try TrainingLog.reopened(.init(directory: target))
    #expect(restored.secrets.pepper == present && restored.secrets.formerPeppers == [oldest])
  }

  enum Ledgers: CaseIterable { case whole, keysOfOtherData, noKeys, damagedErasures, damagedConsent }

  @Test("Ledgers are taken only where they are of the same data, and whole", arguments: Ledgers.allCases)
  func ledgers(_ kind: Ledgers) throws {
    try stored.put("state/erasures.jsonl", [])
    try stored.put("state/consent.jsonl", [])
    try backUp()
    var expected: Restoration.Failure?
    switch kind {
    case .whole: break
    case .keysOfOtherData:
      try KeyFile.update(stored.directory) { $0[secret: "journal"] = String(repeating: "0", count: 64) }
      expected = .noLedgers
    case .noKeys:
      // Empty ones are of any data.
      try Directories.remove(stored.directory.keys)
      expected = .noLedgers
    case .damagedErasures:
      let received = "{\"receipt_id\":\"r\",\"received\":\"2025-11-26T12:00:00Z\"}"
      try stored.put("state/erasures.jsonl", .line(received) + .line("{\"receipt_id\""))
      expected = .damagedLedger("erasures.jsonl", line: 2)
    case .damagedConsent:
      try stored.put("state/consent.jsonl", .line("{}"))
      expected = .damagedLedger("consent.jsonl", line: 1)
    }
    do {
      _ = try Restoration(reading: archive).run(into: target, .ofBackup, .live(stored.directory.state))
      #expect(expected == nil)
    } catch let failure as Restoration.Failure { #expect(failure == expected) }
  }
}
