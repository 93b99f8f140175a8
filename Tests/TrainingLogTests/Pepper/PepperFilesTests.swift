import Foundation
import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// What a rotation and the destruction of an old pepper leave, interrupted anywhere: no pepper that a record depends on is
/// ever lost, and one that is said to be destroyed is nowhere.
@Suite("Files of peppers")
struct PepperFilesTests {
  private static let first = [UInt8](repeating: 1, count: 32)
  private static let older = FormerPepper([UInt8](repeating: 9, count: 32), replaced: moment("2025-01-01T00:00:00Z"))

  /// A directory whose `state` is simulated, with a pepper and an older one.
  private struct Fixture {
    let folder: TemporaryDirectory
    let files: PepperFiles
    let disk: SimulatedDisk

    init(seed: UInt64) throws {
      folder = try TemporaryDirectory()
      let directory = DataDirectory(folder("data"))
      disk = SimulatedDisk(simulating: directory.state, seed: seed)
      files = PepperFiles(directory: directory, fileSystem: disk)
      disk.put("pepper", PepperFilesTests.first)
      disk.put("pepper.old", FormerPepper.content([PepperFilesTests.older]))
    }

    var present: [UInt8] { disk.content("pepper") ?? [] }
    var former: [[UInt8]] { get throws { try files.former().map(\.pepper) } }
  }

  enum Ending: CaseIterable {
    case kill, powerFailure, syncedOnly

    func restart(_ disk: SimulatedDisk) {
      switch self {
      case .kill: disk.restartAfterKill()
      case .powerFailure: disk.restartAfterPowerFailure()
      case .syncedOnly: disk.restartWithSyncedOnly()
      }
    }
  }

  @Test func `a rotation keeps the old pepper and makes another`() throws {
    let fixture = try Fixture(seed: 1)
    let kept = try fixture.files.rotate(Self.first, at: LogFixture.now)
    #expect(kept.pepper == Self.first && kept.replaced == LogFixture.now && kept.id.count == 8)
    #expect(try fixture.files.former() == [Self.older, kept])
    #expect(fixture.present.count == 32 && fixture.present != Self.first)
    #expect(fixture.disk.syncedContent("pepper") == fixture.present)
    #expect(fixture.disk.misuses == [])
  }

  @Test("The power fails, or the process is killed, at any call of a rotation", arguments: Ending.allCases)
  func interruptedRotation(_ ending: Ending) throws {
    let calls = try {
      let fixture = try Fixture(seed: 0)
      fixture.disk.forgetCalls()
      _ = try fixture.files.rotate(Self.first, at: LogFixture.now)
      return fixture.disk.calls.count
    }()
    #expect(calls > 10)
    for call in 0..<calls {
      for seed in UInt64(0)..<4 {
        let fixture = try Fixture(seed: seed * 1000 + UInt64(call))
        fixture.disk.failPower(after: call)
        let isDone = (try? fixture.files.rotate(Self.first, at: LogFixture.now)) != nil
        ending.restart(fixture.disk)
        let (present, former) = (fixture.present, try fixture.former)
        let comment: Testing.Comment = "call \(call), seed \(seed)"
        #expect(present.count == 32, comment)
        #expect(present == Self.first || former.contains(Self.first), comment)
        #expect(former.contains(Self.older.pepper), comment)
        #expect(!isDone || present != Self.first, comment)
        // Once more, and all is as if nothing had happened.
        let again = try fixture.files.rotate(present, at: LogFixture.now)
        #expect(try Set(fixture.former).isSuperset(of: [Self.first, Self.older.pepper, present]), comment)
        #expect(try Set(fixture.former).count == fixture.former.count, comment)
        #expect(again.pepper == present && fixture.present != present, comment)
        #expect(fixture.disk.misuses == [], comment)
      }
    }
  }

  @Test("The same of a destruction: once it is said to be done, it is", arguments: Ending.allCases, [1, 2])
  func interruptedDestruction(_ ending: Ending, peppers: Int) throws {
    func fixture(_ seed: UInt64) throws -> Fixture {
      let fixture = try Fixture(seed: seed)
      if peppers == 2 { _ = try fixture.files.keep([UInt8](repeating: 5, count: 32), at: LogFixture.now) }
      // What an interrupted rotation leaves.
      fixture.disk.put("pepper.old.tmp", Array(FormerPepper.content([Self.older]).dropLast(3)))
      return fixture
    }
    let calls = try {
      let fixture = try fixture(0)
      fixture.disk.forgetCalls()
      try fixture.files.destroy([Self.older.id])
      return fixture.disk.calls.count
    }()
    let secret = Array(hex(Self.older.pepper).utf8)
    for call in 0...calls {
      let fixture = try fixture(UInt64(call))
      fixture.disk.failPower(after: call)
      let isDone = (try? fixture.files.destroy([Self.older.id])) != nil
      #expect(isDone == (call == calls))
      ending.restart(fixture.disk)
      let comment: Testing.Comment = "call \(call)"
      #expect(fixture.present == Self.first, comment)
      #expect(try fixture.former.count { $0 == [UInt8](repeating: 5, count: 32) } == peppers - 1, comment)
      if !isDone { try fixture.files.destroy([Self.older.id]) }
      for name in fixture.disk.names { #expect(fixture.disk.content(name)?.holds(secret) == false, "\(name), \(call)") }
      #expect(try fixture.former.count == peppers - 1, comment)
      #expect(fixture.disk.misuses == [], comment)
    }
  }

  @Test(
    "A failing call changes nothing that matters, and leaves no copy of a secret",
    arguments: [
      SimulatedDisk.Operation.open, .append, .synchronize, .rename, .remove, .synchronizeDirectory, .read,
    ])
  func fault(_ operation: SimulatedDisk.Operation) throws {
    for skip in 0..<6 {
      let fixture = try Fixture(seed: UInt64(skip))
      fixture.disk.fail(operation, code: FaultCode.noSpace, short: 10, after: skip)
      _ = try? fixture.files.rotate(Self.first, at: LogFixture.now)
      fixture.disk.heal()
      #expect(try fixture.present == Self.first || fixture.former.contains(Self.first), "\(operation) \(skip)")
      #expect(try fixture.former.contains(Self.older.pepper), "\(operation) \(skip)")
      if operation != .remove { #expect(fixture.disk.names == ["pepper", "pepper.old"], "\(operation) \(skip)") }
    }
  }

  @Test func `lines of old peppers are read as they were written, and nothing else is`() throws {
    let peppers = [Self.older, FormerPepper(Self.first, replaced: LogFixture.now)]
    let content = FormerPepper.content(peppers)
    #expect(FormerPepper.list(content) == peppers)
    #expect(FormerPepper.list([]) == [])
    let text = String(decoding: FormerPepper.content([Self.older]), as: UTF8.self)
    for (from, to) in [
      ("09", "0"), ("0909", "0908"), ("09", "0g"), (Self.older.id, "00000000"), ("2025-01-01", "2025-13-01"),
      ("replaced", "replace"), ("{", "["),
    ] {
      let broken = text.replacing(from, with: to, maxReplacements: 1)
      #expect(broken != text && FormerPepper.list(Array(broken.utf8)) == nil, "\(from) → \(to)")
    }
  }

  @Test func `a start beside old peppers that cannot be read says so`() throws {
    let folder = try TemporaryDirectory()
    let directory = DataDirectory(folder("data"))
    _ = try TrainingLog.reopened(.init(directory: directory))
    try AtomicFile.replace(directory.formerPeppers, with: Array("{}\n".utf8))
    #expect {
      _ = try TrainingLog.reopened(.init(directory: directory))
    } throws: {
      if case TrainingLog.Failure.secrets(.badFormerPeppers) = $0 { true } else { false }
    }
    #expect(try Verification(directory).run().faults.map(\.file) == ["state/pepper.old"])
  }

  @Test func `the files of peppers are for their owner alone`() throws {
    let folder = try TemporaryDirectory()
    let directory = DataDirectory(folder("data"))
    let log = try TrainingLog.reopened(.init(directory: directory))
    _ = try log.rotatePepper(now: LogFixture.now)
    for path in [directory.pepper, directory.formerPeppers] {
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(path)")
    }
  }
}
