import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// The command line exports without the process that writes the log, which may erase meanwhile.
@Suite("Exports by another process")
struct ExportBesideErasureTests {
  @Test("From the moment of an erasure on they give none of its rows", arguments: [ExportFormat.messages, .kto])
  func erased(_ format: ExportFormat) throws {
    let users = try UserLog()
    for _ in 0..<4 {
      for user in ["ann", "bob"] {
        let record = try users.add(user)
        #expect(try users.rate(record, 5) == .rated)
      }
    }
    #expect(try users.curate().count == 8)
    let key = try #require(try Secrets.journalKey(in: users.directory))
    let journal = try ErasureJournal(reading: users.directory, key: key)
    var lines: [String] = []
    _ = try DatasetExport(directory: users.directory, erasures: journal).write(format: format) { line in
      lines.append(String(decoding: line, as: UTF8.self))
      guard lines.count == 1 else { return }
      let receipt = try Eraser(users.open).erase(userID: "ann", now: UserLog.now)
      #expect(receipt.counts.records == 4)
    }
    #expect(lines.dropFirst().filter { $0.contains("of ann?") } == [])
    #expect(lines.filter { $0.contains("of bob?") }.count == 4)
  }
}
