import Foundation
import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// Ratings that wait for their conversation were acknowledged like all others: what cannot be read of them is told, keeps no
/// start and no other rating back, and is not thrown away.
@Suite("Damage among the ratings that wait")
struct DamagedPendingTests {
  private let fixture: LogFixture
  private let ids: [ExampleID]

  /// Three that wait.
  init() throws {
    let fixture = try LogFixture()
    let log = try fixture.open()
    let ids = try (0..<3).map { try fixture.conversation(log, "\($0)").id }
    (self.fixture, self.ids) = (fixture, ids)
    for (number, id) in ids.enumerated() {
      #expect(log.commitNow(try fixture.rating(of: id, number + 1, comment: "comment \(number)")) == [.pending])
    }
  }

  private func reopen() throws -> TrainingLog {
    try TrainingLog.reopened(
      .init(directory: fixture.directory), fileSystem: fixture.disk, clock: ManualClock(LogFixture.now))
  }

  private var path: String { fixture.directory.path(of: .pending) }
  private func put(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

  @Test(
    "A damaged line is told by its place, kept aside, and told no more",
    arguments: [Array("garbage".utf8), Array("{\"example_id\":1}".utf8), [0xFF, 0xFE], [0, 0, 0, 0]])
  func line(damage: [UInt8]) throws {
    var lines = try #require(try readFile(path)).split(separator: 0x0A).map { Array($0) }
    lines[1] = damage
    try put(lines.flatMap { $0 + [0x0A] })
    let log = try reopen()
    #expect(log.damagedLines.map(\.file) == ["state/pending.jsonl"])
    #expect(log.damagedLines.first?.offset == lines[0].count + 1)
    #expect(log.commit.writer.withLock { $0.pending.all.map(\.id) } == [ids[0], ids[2]])
    let quarantine = fixture.directory.quarantine
    let aside = Directories.exists(quarantine) ? try Directories.list(quarantine) : []
    // Zeros have nothing to be kept.
    #expect(aside.count == (damage == [0, 0, 0, 0] ? 0 : 1))
    for name in aside { #expect(try readFile(quarantine + "/" + name) == damage) }
    _ = consume log
    #expect(try reopen().damagedLines == [])
    #expect(try Verification(fixture.directory).run().isClean)
  }

  @Test("A torn last line is kept aside too")
  func tail() throws {
    let content = try #require(try readFile(path))
    try put(content + Array("{\"example_id\":\"0".utf8))
    let log = try reopen()
    #expect(log.repairs.cutBytes == 16)
    #expect(log.commit.writer.withLock { $0.pending.all.map(\.id) } == ids)
    #expect(try Directories.list(fixture.directory.quarantine) == ["pending.jsonl.\(content.count).tail"])
  }
}
