import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// The curator makes the same of days that are sealed, and of those that have a late record beside.
@Suite("Sealed days")
struct SealedDayTests {
  private func seal(_ folder: DataFolder) throws {
    let log = try TrainingLog.reopened(.init(directory: folder.directory))
    _ = try log.sealDays(before: DataFolder.now.day)
  }

  /// Of one of four days.
  private func record(_ number: Int) -> Conversation {
    conversation(number, user: user(number % 6 == 0 ? .test : .train), at: "2026-03-0\(1 + number % 4)T10:00:00Z")
  }

  private func filled() throws -> DataFolder {
    let folder = try DataFolder()
    for number in 1...40 {
      try folder.add(record(number))
      if number % 3 == 0 { try folder.rate(record(number), 1 + number % 5) }
    }
    return folder
  }

  @Test("The same dataset, from the first run and from later ones", arguments: [false, true])
  func same(hasEarlierRun: Bool) throws {
    let plain = try filled()
    if hasEarlierRun { try plain.curate() }
    let sealed = try plain.copy()
    try seal(sealed)
    #expect(try Directories.list(sealed.directory.logs).filter { $0.hasSuffix(".jsonl.gz") }.count == 4)
    for folder in [plain, sealed] {
      for number in 100...110 { try folder.add(record(number)) }
      try folder.curate()
    }
    for path in [\DataDirectory.trainingData, \.preferences] {
      let (a, b) = (plain.directory[keyPath: path], sealed.directory[keyPath: path])
      #expect(try plain.bytes(a) == sealed.bytes(b))
    }
    #expect(try plain.dataset().count > 10)
  }

  @Test("What was found in a sealed day is not looked for again")
  func surveyed() throws {
    let folder = try filled()
    try seal(folder)
    try folder.curate()
    func segments() throws -> [String] {
      try Directories.list(folder.directory.surveys).filter { $0.hasPrefix("conversations_") }
    }
    let files = try segments()
    try folder.curate()
    #expect(try segments() == files)
    #expect(files.count == 4)
  }
}
