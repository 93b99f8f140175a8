import Foundation
import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// What no index knows of goes with an erasure, too.
@Suite("Leftovers of a curator")
struct LeftoverTests {
  private let folder = try! DataFolder()

  @Test("Copies that a killed curator has left hold text, and go with an erasure of anybody", arguments: [true, false])
  func copies(isKnown: Bool) throws {
    let record = conversation(1)
    try folder.add(record, conversation(2))
    try folder.curate()
    let directory = folder.directory
    let copies = [
      directory.trainingData, directory.preferences, directory.surveys + "/2026-03-01.0", directory.split,
      directory.lineage,
    ].map { $0 + ".tmp" }
    for path in copies { try AtomicFile.replace(path, with: Array("marker".utf8)) }
    let log = try TrainingLog.reopened(.init(directory: directory))
    if isKnown {
      #expect(try Eraser(log).erase(record.exampleID, now: DataFolder.now)?.counts.records == 1)
    } else {
      #expect(try Eraser(log).erase(userID: "nobody", now: DataFolder.now).counts.records == 0)
    }
    for path in copies { #expect(!Directories.exists(path), "\(path)") }
    #expect(try folder.dataset().count == (isKnown ? 1 : 2))
  }

  @Test("The ledger of the split forgets every text that a correction had given a row")
  func corrections() throws {
    let record = conversation(1)
    try folder.add(record, conversation(2))
    for text in ["first", "second"] {
      try folder.rate(record, 5, correction: "A \(text) correction, which is long enough to be published by the rules.")
      _ = try DataCurator(open(), tool: "test 1").run(now: DataFolder.now) { _ in }
    }
    // Of the group, and of the text that is published no more. The original is a row of the negatives.
    #expect(try sides() == 2)
    #expect(try Eraser(open()).erase(record.exampleID, now: DataFolder.now)?.counts.curated == 2)
    #expect(try sides() == 1)
  }

  private func open() throws -> TrainingLog { try TrainingLog.reopened(.init(directory: folder.directory)) }

  private func sides() throws -> Int { try folder.bytes(folder.directory.split).count { $0 == 10 } }
}
