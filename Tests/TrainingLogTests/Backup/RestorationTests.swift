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

  /// What lies in the folder of the present ledgers beside the keys.
  struct Folder: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var ledgers: [String] = []
    /// nil for no audit log.
    var acts: [AuditAct.Name]? = []
    var isAuditCut = false
    var missing: String?
  }

  private static let folders = [
    Folder(testDescription: "both", ledgers: ["erasures.jsonl", "consent.jsonl"], acts: nil),
    Folder(testDescription: "nothing was ever erased or refused", acts: [.backup, .optIn]),
    Folder(testDescription: "never a refusal", ledgers: ["erasures.jsonl"], acts: [.backup]),
    Folder(testDescription: "nothing but keys", acts: nil, missing: "erasures.jsonl"),
    Folder(testDescription: "no journal", ledgers: ["consent.jsonl"], acts: nil, missing: "erasures.jsonl"),
    Folder(testDescription: "no refusals", ledgers: ["erasures.jsonl"], acts: nil, missing: "consent.jsonl"),
    Folder(
      testDescription: "a user was erased", ledgers: ["consent.jsonl"], acts: [.eraseUser], missing: "erasures.jsonl"),
    Folder(testDescription: "a record was erased", acts: [.backup, .eraseExample], missing: "erasures.jsonl"),
    Folder(
      testDescription: "somebody has refused", ledgers: ["erasures.jsonl"], acts: [.optOut], missing: "consent.jsonl"),
    Folder(
      testDescription: "the journal is empty", ledgers: ["erasures.jsonl"], acts: [.eraseUser, .backup],
      missing: "erasures.jsonl"),
    Folder(testDescription: "all refusals have gone", ledgers: ["erasures.jsonl", "consent.jsonl"], acts: [.optOut]),
    Folder(
      testDescription: "the audit log is cut", acts: [.optOut, .backup], isAuditCut: true, missing: "erasures.jsonl"),
  ]

  @Test("A ledger that is missing in the folder is named, unless there never was one", arguments: folders)
  func missingLedger(_ given: Folder) throws {
    try backUp()
    let folder = DataDirectory(stored.fixture.folder("present"))
    try folder.create()
    try AtomicFile.replace(folder.keys, with: try stored.bytes("state/keys"), mode: 0o600)
    for name in given.ledgers { try AtomicFile.replace(folder.state + "/" + name, with: [], mode: 0o600) }
    for act in given.acts ?? [] {
      try AuditLog(folder).append(AuditAct(act, by: "command", at: LogFixture.now))
    }
    if given.isAuditCut {
      let lines = try (readFile(folder.audit) ?? []).split(separator: 0x0A)
      try AtomicFile.replace(folder.audit, with: lines.dropLast().flatMap { $0 + [0x0A] }, mode: 0o600)
    }
    let restore = { try Restoration(reading: archive).run(into: target, .ofBackup, .live(folder.state)) }
    if let missing = given.missing {
      #expect(throws: Restoration.Failure.missingLedger(missing)) { _ = try restore() }
      #expect(Restoration.Failure.missingLedger(missing).description.hasPrefix(missing))
      #expect(try !Directories.exists(target.root) || Directories.list(target.root).isEmpty)
    } else {
      #expect(try restore().isClean)
    }
  }
}
