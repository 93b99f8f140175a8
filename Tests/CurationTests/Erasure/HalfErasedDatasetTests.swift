import Foundation
import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// An erasure that stops when the rows are gone from the dataset, and the manifest still counts them.
@Suite("Erasures between the dataset and its manifest")
struct HalfErasedDatasetTests {
  private let users: UserLog

  init() throws { users = try UserLog() }

  /// As reports have it: of the dataset, and of what counts towards the goal.
  private func counts() throws -> [Int] {
    let log = try users.open
    let stats = try JSONDocument(
      parsing: StatisticsReport.json(
        tallies: log.counters.tallies, privacy: .init(log), directory: users.directory, now: UserLog.now)
    ).root["curated"]
    let progress = try JSONDocument(
      parsing: ProgressReport.json(
        tallies: log.counters.tallies, erasures: log.erasures, directory: users.directory, now: UserLog.now)
    ).root
    return [stats?["examples"], stats?["train"], stats?["test"], progress["high_quality"]].map { $0?.integer ?? -1 }
  }

  /// The versions cannot be written, so nor can the manifest.
  private func obstruct(_ work: () throws -> Void) throws {
    let versions = try readFile(users.directory.versions) ?? []
    try Directories.remove(users.directory.versions)
    try Directories.make(users.directory.versions, mode: 0o700)
    try work()
    try FileManager.default.removeItem(atPath: users.directory.versions)
    try AtomicFile.replace(users.directory.versions, with: versions)
  }

  @Test(arguments: [["ann"], ["ann", "bob"]])
  func `what is gone is counted nowhere, over restarts and attempts that fail`(_ erased: [String]) throws {
    let names = ["ann", "bob"] + (0..<30).map { "user \($0)" }
    for name in names { try users.add(name) }
    #expect(try users.curate().count == names.count)
    try obstruct {
      for user in erased {
        #expect(throws: (any Error).self) { try Eraser(users.open).erase(userID: user, now: UserLog.now) }
      }
      let rows = try (readFile(users.directory.trainingData) ?? []).split(separator: 0x0A).map { try Row(Array($0)) }
      #expect(rows.count == names.count - erased.count)
      let expected = [rows.count, rows.count { $0.split == "train" }, rows.count { $0.split == "test" }, rows.count]
      #expect(DatasetSummary(users.directory).examples == names.count)
      #expect(try counts() == expected)
      for attempt in 1...2 {
        try users.reopen()
        try Eraser(users.open).countHiddenRows()
        #expect(try counts() == expected, "start \(attempt)")
        #expect(throws: (any Error).self) { try Eraser(users.open).resume(now: UserLog.now) }
        #expect(try counts() == expected, "attempt \(attempt)")
      }
    }
    try Eraser(users.open).resume(now: UserLog.now)
    #expect(DatasetSummary(users.directory).examples == names.count - erased.count)
    #expect(try counts().first == names.count - erased.count)
    for user in erased {
      #expect(try Eraser(users.open).erase(userID: user, now: UserLog.now).counts.curated == 1)
    }
  }
}
