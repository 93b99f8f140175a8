import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// What a crash leaves at the end of the ledger of the split, and what becomes of one that is lost.
@Suite("The ledger of the split, damaged")
struct SplitTailTests {
  private let folder: DataFolder
  private var path: String { folder.directory.split }

  /// Curated once, closed.
  init() throws {
    folder = try DataFolder()
    try folder.add(conversation(1), conversation(2))
    try curate()
  }

  private func open() throws -> TrainingLog { try TrainingLog.reopened(.init(directory: folder.directory)) }

  private func curate() throws { _ = try DataCurator(open(), tool: "test 1").run(now: DataFolder.now) { _ in } }

  private static let tails = ["x\n", "\u{0}\u{0}\n", "{\"group\":\n\nx\n", "x\ny", "{\"group\":\"0123"]

  @Test("What is no line is set aside, and verify finds nothing", arguments: tails)
  func remains(_ remains: String) throws {
    let good = try #require(try readFile(path))
    try PosixFileSystem().openLog(path).append(Array(remains.utf8))
    #expect(try open().repairs.cutBytes == remains.utf8.count)
    #expect(try readFile(path) == good)
    #expect(try Verification(folder.directory).run().faults.map(\.description) == [])
    // The same where a run comes without a start.
    try PosixFileSystem().openLog(path).append(Array(remains.utf8))
    var ledger = try SplitLedger(folder.directory, key: DataFolder.splitKey)
    _ = ledger.side(ofGroup: 4711)
    try ledger.commit()
    let lines = try #require(try readFile(path)).split(separator: 0x0A)
    #expect(lines.count == good.split(separator: 0x0A).count + 1 && lines.allSatisfy { SideLine(Array($0)) != nil })
  }

  @Test("One that was overwritten is told by each start, and stops the curator")
  func overwritten() throws {
    let good = try #require(try readFile(path))
    try AtomicFile.replace(path, with: good.map { $0 == 0x0A ? $0 : 0x20 })
    for _ in 0..<2 {
      #expect(try open().damagedLines.map(\.file) == ["state/split.jsonl"])
      #expect(throws: CurationError.self) { try curate() }
    }
    try AtomicFile.replace(path, with: good)
    #expect(try open().damagedLines == [])
    try curate()
  }
}
