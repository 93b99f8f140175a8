import Foundation
import Posix
import Records
import Testing
import TrainingLog

@testable import Curation

/// A run does again only what has to come out differently.
@Suite("Runs on top of each other")
struct RepeatTests {
  private static let fixed = QualityTests.fixed

  /// Live rows, expired ones and negatives of both kinds.
  private static func folder() throws -> DataFolder {
    let folder = try DataFolder()
    for number in 0..<12 {
      try folder.add(conversation(number, at: number < 6 ? "2026-03-01T10:00:00Z" : "2026-03-02T10:00:00Z"))
    }
    for number in [1, 8] { try folder.rate(conversation(number), 1) }
    for number in [2, 9] { try folder.rate(conversation(number), 2, correction: fixed + " \(number)") }
    try folder.curate()
    try folder.expire(moment("2026-03-01T10:00:00Z").day)
    try folder.curate()
    return folder
  }

  private static func stamps(_ folder: DataFolder) -> [FileStamp?] {
    [folder.directory.trainingData, folder.directory.preferences].map { FileStamp($0) }
  }

  private static func surveys(_ folder: DataFolder) throws -> [String: [UInt64]] {
    var found: [String: [UInt64]] = [:]
    for name in try Directories.list(folder.directory.surveys) {
      found[name] = FileStamp(folder.directory.surveys + "/" + name)?.numbers
    }
    return found
  }

  @Test("Nothing new: both files stay as they are, and so does all that is kept beside them")
  func nothingNew() throws {
    let folder = try Self.folder()
    // The one after an expiry finds the rows under their new ids.
    try folder.curate()
    let (files, surveys) = (Self.stamps(folder), try Self.surveys(folder))
    #expect(surveys.keys.contains { $0.hasPrefix("expired.training_data") })
    #expect(surveys.keys.contains { $0.hasPrefix("expired.preferences") })
    try folder.curate()
    #expect(Self.stamps(folder) == files)
    #expect(try Self.surveys(folder) == surveys)
  }

  @Test("Whatever changes, the files are those of a run that knows nothing beforehand")
  func changes() throws {
    let folder = try Self.folder()
    let twin = conversation(
      20, question: conversation(7).userMessage, answer: goodAnswer(7) + " Really.", at: "2026-03-02T11:00:00Z")
    let changes: [(String, () throws -> Void)] = [
      ("a new record at the end", { try folder.add(conversation(30, at: "2026-03-03T10:00:00Z")) }),
      ("one that comes first", { try folder.add(conversation(31, at: "2026-02-01T10:00:00Z")) }),
      ("a negative that is corrected", { try folder.rate(conversation(8), 1, correction: Self.fixed + " 8") }),
      ("another correction", { try folder.rate(conversation(9), 2, correction: Self.fixed + "  9") }),
      ("a row rated down", { try folder.rate(conversation(10), 1) }),
      (
        "a better twin",
        {
          try folder.add(twin)
          try folder.rate(twin, 5)
        }
      ), ("all of a day expired", { try folder.expire(moment("2026-03-02T10:00:00Z").day) }), ("nothing", {}),
    ]
    for (name, change) in changes {
      try change()
      let alone = try folder.copy()
      for folder in [folder, alone] { _ = try folder.curator(seed: 3).run(now: DataFolder.now) { _ in } }
      for path in [\DataDirectory.trainingData, \.preferences, \.manifest, \.split] {
        #expect(
          try folder.bytes(folder.directory[keyPath: path]) == alone.bytes(alone.directory[keyPath: path]), "\(name)")
      }
      #expect(try Directories.list(folder.directory.curated).filter { $0.hasSuffix(".tmp") } == [], "\(name)")
    }
  }

  @Test("Files of expired rows that grew many, or stand for rows that are gone, become one")
  func gathered() throws {
    let folder = try DataFolder()
    for number in 0..<30 {
      let record = conversation(number, at: "2026-03-01T10:00:00Z")
      try folder.add(record)
      try folder.curate()
      try folder.expire(record.timestamp.day)
      try folder.curate()
    }
    #expect(try folder.dataset().count == 30)
    let files = try Directories.list(folder.directory.surveys).filter { $0.hasPrefix("expired.") }
    #expect(files.count < 30)
    let bytes = try folder.bytes(folder.directory.trainingData)
    try folder.curate()
    #expect(try folder.bytes(folder.directory.trainingData) == bytes)
  }

  @Test(
    "What is kept beside the files and was cut, lengthened or changed is made anew, and they stay the same",
    arguments: [
      "rows.training_data", "rows.preferences", "expired.training_data", "expired.preferences", "conversations_",
    ])
  func damaged(prefix: String) throws {
    let folder = try Self.folder()
    try folder.curate()
    let files = [folder.directory.trainingData, folder.directory.preferences]
    let before = try files.map(folder.bytes)
    let damages: [(inout [UInt8]) -> Void] = [
      { $0 = [] }, { $0 = Array($0[..<100]) }, { $0.removeLast() }, { $0.append(0) },
      // What it is, a count, and what stands behind the numbers.
      { $0[7] ^= 1 }, { $0[60] ^= 1 }, { $0[130] ^= 1 },
    ]
    for (number, damage) in damages.enumerated() {
      let names = try Directories.list(folder.directory.surveys)
      let path = folder.directory.surveys + "/" + (try #require(names.first { $0.hasPrefix(prefix) }))
      var bytes = try folder.bytes(path)
      damage(&bytes)
      try AtomicFile.replace(path, with: bytes)
      try folder.curate()
      #expect(try files.map(folder.bytes) == before, "\(prefix), damage \(number)")
    }
  }
}
