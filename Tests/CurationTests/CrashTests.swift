import Foundation
import Posix
import Records
import Testing
import TrainingLog

@testable import Curation

@Suite("Crashes")
struct CrashTests {
  /// A folder whose dataset has one row, and records for two more.
  private static func folder() throws -> DataFolder {
    let folder = try DataFolder()
    try folder.add(conversation(1))
    try folder.curate()
    try folder.add(conversation(2), conversation(3))
    try folder.rate(conversation(3), 1)
    return folder
  }

  private static func published(_ folder: DataFolder) throws -> [[UInt8]] {
    let directory = folder.directory
    return try [directory.trainingData, directory.preferences, directory.manifest].map { try folder.bytes($0) }
  }

  @Test("Killed in the middle of a run: the old dataset stands, and the next run makes the new one")
  func killed() async throws {
    let folder = try Self.folder()
    let before = try Self.published(folder)
    setenv("CERBERUS_TEST_CRASH", folder.directory.root, 1)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      let path = try #require(ProcessInfo.processInfo.environment["CERBERUS_TEST_CRASH"])
      let curator = DataCurator(
        directory: DataDirectory(path), splitKey: DataFolder.splitKey, scrubber: .standard, tool: "test 1")
      // A half is reported between the two passes.
      _ = try curator.run(now: DataFolder.now) { if $0 >= 0.5 { kill(getpid(), SIGKILL) } }
    }
    #expect(try Self.published(folder) == before)
    try folder.curate()
    #expect(try folder.dataset().count == 2)
  }

  @Test("Killed before the rename: the old dataset stands, and what was left behind is written over")
  func beforeRename() async throws {
    let folder = try Self.folder()
    let before = try Self.published(folder)
    setenv("CERBERUS_TEST_RENAME", folder.directory.root, 1)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      let path = try #require(ProcessInfo.processInfo.environment["CERBERUS_TEST_RENAME"])
      let file = try AtomicFileWriter(DataDirectory(path).trainingData)
      for _ in 0..<40 { try file.write([UInt8](repeating: 0x41, count: 100_000)) }
      kill(getpid(), SIGKILL)
    }
    let temporary = folder.directory.trainingData + ".tmp"
    #expect(try folder.bytes(temporary).count >= 1 << 20)
    #expect(try Self.published(folder) == before)
    try folder.curate()
    #expect(try folder.dataset().count == 2)
    #expect(!Directories.exists(temporary))
  }

  /// A directory in the place of the temporary file makes its opening fail.
  @Test("A step that fails leaves everything as it was", arguments: ["training_data.jsonl", "preferences.jsonl"])
  func failing(name: String) throws {
    let folder = try Self.folder()
    let before = try Self.published(folder)
    let obstacle = folder.directory.curated + "/\(name).tmp"
    try Directories.make(obstacle)
    #expect(throws: SystemError.self) { try folder.curate() }
    #expect(try Self.published(folder) == before)
    try FileManager.default.removeItem(atPath: obstacle)
    try folder.curate()
    #expect(try folder.dataset().count == 2)
    #expect(try Directories.list(folder.directory.curated).filter { $0.hasSuffix(".tmp") } == [])
  }

  @Test("A crash between the two files is healed by the next run")
  func between() throws {
    let folder = try Self.folder()
    let old = try folder.bytes(folder.directory.preferences)
    try folder.curate()
    let new = try Self.published(folder)
    try AtomicFile.replace(folder.directory.preferences, with: old)
    try folder.curate()
    #expect(try Self.published(folder) == new)
  }

  @Test("A line of versions.jsonl that a crash cut short spoils no other")
  func tornVersion() throws {
    let folder = try Self.folder()
    let file = try PosixFileSystem().openLog(folder.directory.versions)
    try file.append(Array(#"{"version":"12"#.utf8))
    try folder.curate()
    let lines = try folder.bytes(folder.directory.versions).split(separator: 0x0A)
    #expect(lines.count == 3)
    #expect(lines.map { (try? JSONDocument(parsing: Array($0))) != nil } == [true, false, true])
    #expect(try lines.last.map { Array($0) + [0x0A] } == folder.bytes(folder.directory.manifest))
  }
}
