import Foundation
import Posix
import Privacy
import Records
import TestKit
import Testing

@testable import TrainingLog

@Suite("Backup and restore")
struct BackupTests {
  /// A line of the journal of erasures.
  private static let erasure = "{\"receipt_id\":\"r\",\"done\":\"2025-11-26T12:00:00Z\"}"

  private let stored: StoredLog
  private let archive: String
  private let target: DataDirectory

  init() throws {
    stored = try StoredLog()
    try stored.put("state/pending.jsonl", [])
    try stored.put("state/erasures.jsonl", .line(Self.erasure))
    try stored.put("curated/training_data.jsonl", .line("{}"))
    archive = stored.fixture.folder("b.tar")
    target = DataDirectory(stored.fixture.folder("target"))
  }

  private var truth: [String] {
    [
      "curated/training_data.jsonl", "state/erasures.jsonl", "state/keys", "state/pending.jsonl",
      "training_logs/comments.jsonl", StoredLog.yesterdayFile, StoredLog.todayFile, "training_logs/corrections.jsonl",
      "training_logs/feedback.jsonl",
    ]
  }

  @discardableResult
  private func backUp(withPepper: Bool = true, progress: (Double) -> Void = { _ in }) throws -> BackupManifest {
    try Backup(stored.directory, pepperFile: nil, tool: "test").write(
      to: archive, withPepper: withPepper, now: LogFixture.now, progress: progress)
  }

  private func restore(_ pepper: Restoration.Pepper = .ofBackup) throws -> VerificationReport {
    try Restoration(reading: archive).run(into: target, pepper, .ofBackup)
  }

  private func restored(_ name: String) throws -> [UInt8]? { try readFile(target.root + "/" + name) }

  @Test("What comes back is byte by byte what was there, opens, and counts the same")
  func roundTrip() throws {
    let manifest = try backUp()
    #expect(manifest.files.map(\.name).sorted() == (truth + ["state/pepper"]).sorted())
    #expect(manifest.records == 6)
    #expect(try restore().isClean)
    for name in truth + ["state/pepper"] { #expect(try restored(name) == stored.bytes(name), "\(name)") }
    #expect(try Directories.list(target.root) == ["curated", "state", "training_logs"])
    let before = try TrainingLog.reopened(.init(directory: stored.directory))
    let after = try TrainingLog.reopened(.init(directory: target))
    #expect(after.counters.tallies == before.counters.tallies)
    #expect(after.secrets.pepper == before.secrets.pepper && after.secrets.journalKey == before.secrets.journalKey)
    #expect(try Verification(target).run().isClean)
  }

  @Test("The archive is one that tar reads")
  func tar() throws {
    try backUp()
    let folder = stored.fixture.folder("untarred")
    try Directories.make(folder)
    let tar = try ChildProcess("/usr/bin/env", ["tar", "-xf", archive, "-C", folder])
    #expect(try tar.wait() == .code(0), "\(tar.error)")
    for name in truth { #expect(try readFile(folder + "/" + name) == stored.bytes(name), "\(name)") }
    #expect(try readFile(folder + "/backup.json") != nil)
  }

  @Test("A line without an end stays out, and everything before it is in")
  func tail() throws {
    let bytes = try stored.bytes(StoredLog.todayFile)
    for tail in ["{\"example", String(repeating: "x", count: 200_000)] {
      try stored.put(StoredLog.todayFile, bytes + Array(tail.utf8))
      let manifest = try backUp()
      #expect(manifest.files.first { $0.name == StoredLog.todayFile }?.bytes == bytes.count)
    }
    #expect(try restore().isClean)
    #expect(try restored(StoredLog.todayFile) == bytes)
  }

  @Test("The pepper is in it only when asked for, and the right one is known from a wrong one")
  func pepper() throws {
    let pepper = try stored.bytes("state/pepper")
    let wrong = [UInt8](repeating: 7, count: 32)
    #expect(try !backUp(withPepper: false).hasPepper)
    #expect(try Data(contentsOf: URL(fileURLWithPath: archive)).firstRange(of: Data(pepper)) == nil)
    #expect(throws: Restoration.Failure.needsPepper) { try restore() }
    #expect(throws: Restoration.Failure.wrongPepper) { try restore(.given(wrong)) }
    #expect(throws: Restoration.Failure.wrongPepper) { try restore(.elsewhere(wrong)) }
    #expect(!Directories.exists(target.root))
    #expect(try restore(.given(pepper)).isClean)
    #expect(try restored("state/pepper") == pepper)
  }

  @Test("A pepper of its own file stays there, a new one is made")
  func otherPeppers() throws {
    try backUp(withPepper: false)
    _ = try restore(.elsewhere(try stored.bytes("state/pepper")))
    #expect(try restored("state/pepper") == nil)
    try FileManager.default.removeItem(atPath: target.root)
    _ = try restore(.new)
    let made = try #require(try restored("state/pepper"))
    #expect(try made.count == 32 && made != stored.bytes("state/pepper"))
    #expect(try TrainingLog.reopened(.init(directory: target)).counters.tallies[.total, "all"].conversations == 6)
  }

  @Test("A backup with the pepper takes no other")
  func pepperInside() throws {
    try backUp()
    #expect(throws: Restoration.Failure.hasPepper) { try restore(.new) }
    #expect(throws: Restoration.Failure.hasPepper) { try restore(.given(try stored.bytes("state/pepper"))) }
  }

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

  @Test("A manifest that an earlier version wrote names no old peppers")
  func earlierManifest() throws {
    let manifest = BackupManifest(made: LogFixture.now, tool: "test", hasPepper: true, pepper: nil)
    let text = String(decoding: manifest.json, as: UTF8.self)
    let earlier = text.replacing("\"former_peppers\":[],", with: "")
    #expect(earlier != text && BackupManifest(Array(earlier.utf8)) == manifest)
    #expect(BackupManifest(Array(text.replacing("_peppers\":[]", with: "_peppers\":[1]").utf8)) == nil)
  }

  @Test("Another pepper than that of the records is not backed up for it")
  func otherPepper() throws {
    let other = stored.fixture.folder("other-pepper")
    try AtomicFile.replace(other, with: [UInt8](repeating: 7, count: 32))
    for withPepper in [true, false] {
      let failure = #expect(throws: Backup.Failure.self) {
        try Backup(stored.directory, pepperFile: other, tool: "test").write(
          to: archive, withPepper: withPepper, now: LogFixture.now)
      }
      #expect(failure?.description.hasPrefix("this is not the pepper") == true)
    }
    #expect(!Directories.exists(archive))
  }

  @Test("Nothing is overwritten; what an interrupted restore has left is in nobody's way")
  func notEmpty() throws {
    try backUp()
    try Directories.make(target.root + "/.restoring/state")
    try Data("x".utf8).write(to: URL(fileURLWithPath: target.root + "/.restoring/state/keys"))
    try Data("x".utf8).write(to: URL(fileURLWithPath: target.root + "/mine"))
    #expect(throws: Restoration.Failure.notEmpty) { try restore() }
    #expect(try restored("mine") == Array("x".utf8))
    try Directories.remove(target.root + "/mine")
    #expect(try restore().isClean)
    #expect(try Directories.list(target.root) == ["curated", "state", "training_logs"])
  }

  @Test("No byte can turn over and no end be missing without being noticed", arguments: [UInt64(1), 2])
  func damaged(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    try backUp()
    let good = try #require(try readFile(archive))
    for round in 0..<60 {
      var bytes = good
      if round < 40 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      } else {
        bytes = Array(bytes.prefix(Int.random(in: 0..<(bytes.count - 1024), using: &random)))
      }
      try Data(bytes).write(to: URL(fileURLWithPath: archive))
      do {
        _ = try restore()
        // It was in what fills up a block, or in the time of a file.
        for name in truth { #expect(try restored(name) == stored.bytes(name), "seed \(seed), round \(round): \(name)") }
        #expect(round < 40, "seed \(seed), round \(round)")
      } catch let failure as Restoration.Failure {
        guard case .badBackup = failure else { throw failure }
        #expect(try !Directories.exists(target.root) || Directories.list(target.root).isEmpty)
      }
      if Directories.exists(target.root) { try FileManager.default.removeItem(atPath: target.root) }
    }
  }

  @Test(
    "Names that a backup does not give are refused",
    arguments: [
      "../keys", "state/../../keys", "/etc/passwd", "state/index.sqlite", "training_logs/notes.txt", "curated/.x",
      "state/",
      "keys", "curated/a/b", "curated/x.tmp",
    ])
  func hostile(name: String) throws {
    var manifest = BackupManifest(made: LogFixture.now, tool: "test", hasPepper: true, pepper: nil)
    manifest.files = [.init(name: name, bytes: 1, lines: 0, sha256: SHA256.hash([65]).hex)]
    func member(_ name: String, _ content: [UInt8]) -> [UInt8] {
      TarHeader(name: name, size: content.count).bytes + content
        + [UInt8](repeating: 0, count: TarHeader.padding(content.count))
    }
    let bytes =
      member(name, [65]) + member(BackupManifest.name, manifest.json) + [UInt8](repeating: 0, count: 1024)
    try Data(bytes).write(to: URL(fileURLWithPath: archive))
    #expect(throws: Restoration.Failure.badBackup("it has a member that is no file of a data directory")) {
      try restore()
    }
  }

  @Test("What is erased while it is copied does not live on in the copy")
  func erasedMeanwhile() throws {
    var runs = 0
    var last = 2.0
    func erase(times: Int, _ fraction: Double) throws {
      if fraction < last { runs += 1 }
      last = fraction
      guard fraction == 1, runs <= times else { return }
      let erasures = try stored.lines("state/erasures.jsonl")
      try stored.putLines("state/erasures.jsonl", erasures + [Array(Self.erasure.utf8)])
    }
    try backUp { try? erase(times: 2, $0) }
    #expect(runs == 3)
    _ = try restore()
    #expect(try restored("state/erasures.jsonl") == .line(Self.erasure) + .line(Self.erasure) + .line(Self.erasure))
    (runs, last) = (0, 2)
    try Directories.remove(archive)
    #expect(throws: Backup.Failure.self) { try backUp { try? erase(times: 3, $0) } }
    #expect(!Directories.exists(archive) && !Directories.exists(archive + ".tmp"))
  }
}

@Suite("Headers of the archive")
struct TarHeaderTests {
  @Test("They read back as they were", arguments: [0, 1, 511, 512, 8_589_934_591, 8_589_934_592, 1 << 50])
  func roundTrip(size: Int) throws {
    let header = TarHeader(name: "state/keys", size: size, mode: 0o640, modified: 1_764_158_400)
    #expect(TarHeader(header.bytes) == header)
  }

  @Test("tar knows sizes beyond 8 GiB")
  func large() throws {
    let folder = try TemporaryDirectory()
    let size = 9 << 30
    let path = folder("large.tar")
    try Data(TarHeader(name: "curated/large", size: size).bytes).write(to: URL(fileURLWithPath: path))
    let file = try #require(FileHandle(forWritingAtPath: path))
    // A file with a hole, which takes no room.
    try file.truncate(atOffset: UInt64(size + 3 * 512))
    let tar = try ChildProcess("/usr/bin/env", ["tar", "-tvf", path])
    #expect(try tar.wait() == .code(0), "\(tar.error)")
    #expect(tar.output.contains(" \(size) ") && tar.output.contains("curated/large"))
  }
}
