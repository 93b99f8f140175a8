import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// Another pepper than that of the records is no way to open them: everybody would get a second pseudonym.
@Suite("The check of the pepper")
struct PepperCheckTests {
  private static let first = [UInt8](repeating: 1, count: 32)
  private static let second = [UInt8](repeating: 2, count: 32)
  private static let third = [UInt8](repeating: 3, count: 32)

  private let folder: TemporaryDirectory
  private let directory: DataDirectory

  init() throws {
    folder = try TemporaryDirectory()
    directory = DataDirectory(folder("data"))
  }

  /// The log under a pepper of the operator's.
  private func open(_ pepper: [UInt8], replaced: [UInt8]? = nil) throws -> TrainingLog {
    try AtomicFile.replace(folder("pepper"), with: pepper)
    var configuration = TrainingLog.Configuration(directory: directory)
    configuration.pepperFile = folder("pepper")
    configuration.replacedPepper = replaced
    return try TrainingLog.reopened(configuration)
  }

  private func failure(_ pepper: [UInt8], replaced: [UInt8]? = nil) -> String? {
    do {
      _ = try open(pepper, replaced: replaced)
      return nil
    } catch { return "\(error)" }
  }

  private func storeRecord() throws {
    try AtomicFile.replace(directory.path(of: .conversations(LogFixture.today)), with: [])
  }

  private var check: String? { get throws { try KeyFile.read(directory)[secret: "pepper_check"] } }

  @Test func `32 bits of the pepper are known, under a key of the directory`() throws {
    _ = try open(Self.first)
    let known = try #require(try check)
    #expect(known.count == 8)
    let other = DataDirectory(folder("other"))
    var configuration = TrainingLog.Configuration(directory: other)
    configuration.pepperFile = folder("pepper")
    _ = try TrainingLog.reopened(configuration)
    #expect(try KeyFile.read(other)[secret: "pepper_check"] != known)
  }

  @Test func `another pepper than that of the records is refused, with the way on, and changes nothing`() throws {
    _ = try open(Self.first)
    #expect(failure(Self.second) == nil, "nothing depends on it yet")
    try storeRecord()
    let before = try check
    let told = try #require(failure(Self.first))
    #expect(told.hasPrefix("this is not the pepper that the records here were made with"))
    #expect(told.contains("CERBERUS_PEPPER_FILE") && told.contains("rotate-pepper --old-pepper-file"))
    #expect(try check == before)
    #expect(failure(Self.second) == nil)
  }

  @Test func `a directory of an earlier version takes the pepper it is opened with`() throws {
    _ = try open(Self.first)
    try storeRecord()
    try KeyFile.update(directory) { $0[secret: "pepper_check"] = nil }
    #expect(failure(Self.first) == nil)
    #expect(failure(Self.second) != nil)
  }

  @Test func `a rotation is the door: what was before has to be right, and nothing leads back`() throws {
    _ = try open(Self.first)
    try storeRecord()
    let told = try #require(failure(Self.second, replaced: Self.third))
    #expect(told.hasPrefix("--old-pepper-file is not the pepper that the records here were made with"))
    for _ in 0..<2 {
      // The second time it is repeated.
      _ = try open(Self.second, replaced: Self.first).keepFormerPepper(Self.first, now: LogFixture.now)
    }
    #expect(failure(Self.second) == nil)
    for pepper in [Self.first, Self.third] { #expect(failure(pepper) != nil) }
    #expect(failure(Self.third, replaced: Self.first) != nil)
    #expect(failure(Self.second) == nil)
  }

  @Test func `a pepper in state is replaced by a rotation alone`() throws {
    let configuration = TrainingLog.Configuration(directory: directory)
    _ = try TrainingLog.reopened(configuration).rotatePepper(now: LogFixture.now)
    try storeRecord()
    _ = try TrainingLog.reopened(configuration).rotatePepper(now: LogFixture.now)
    _ = try TrainingLog.reopened(configuration)
    try AtomicFile.replace(directory.pepper, with: Self.third, mode: 0o600)
    #expect(throws: TrainingLog.Failure.self) { try TrainingLog.reopened(configuration) }
  }
}
