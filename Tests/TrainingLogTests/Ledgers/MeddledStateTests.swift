import Foundation
import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// Somebody removes or changes a file of `state` under the running server: what is answered with yes is in the file that has
/// the name.
@Suite("Files of state that somebody else changes under the running server")
struct MeddledStateTests {
  enum Deed: CaseIterable { case remove, rename, copyOver, cut, append, empty }

  private let fixture: LogFixture

  init() throws {
    fixture = try LogFixture()
    let log = try fixture.open()
    _ = log.commitNow(try ["ann", "bob", "cyd"].map { .conversation(try fixture.conversation(log, $0, user: $0)) })
    try log.eraseNow(user: "ann")
    try log.setConsent(ofUser: "ann", [.training], refused: true, now: LogFixture.now)
    log.saveIndexNow()
  }

  private func early(_ number: UInt8) throws -> Work {
    let millisecond = LogFixture.now.advanced(bySeconds: -60).milliseconds + Int64(number)
    let id = try #require(
      ExampleID(
        bytes: (0..<6).map { UInt8(truncatingIfNeeded: millisecond >> (40 - 8 * $0)) }
          + [0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, number]))
    return try fixture.rating(of: id, 5)
  }

  private func path(_ name: String) -> String { fixture.directory.state + "/" + name }
  private func content(_ name: String) throws -> [UInt8] { try #require(try readFile(path(name))) }

  private func commit(_ deed: Deed, _ name: String) throws {
    let before = try content(name)
    switch deed {
    case .remove: try Directories.remove(path(name))
    case .rename: try Directories.rename(path(name), to: path(name) + ".1")
    case .copyOver: try AtomicFile.replace(path(name), with: before)
    case .cut: try Descriptor.appending(path(name)).truncate(to: before.count - 20)
    case .append: try PosixFileSystem().openLog(path(name)).append(.line("{}"))
    case .empty: try Descriptor.appending(path(name)).truncate(to: 0)
    }
  }

  private func act(_ name: String, _ log: TrainingLog) throws {
    switch name {
    case "erasures.jsonl": try log.eraseNow(user: "bob")
    case "consent.jsonl": try log.setConsent(ofUser: "cyd", [.logging], refused: true, now: LogFixture.now)
    default:
      let outcomes = log.commitNow(try early(2))
      if outcomes != [.pending] { throw SystemError(call: "commit", code: 5) }
    }
  }

  @Test(
    "One whose name is gone gets it back; behind anything else nothing is written",
    arguments: ["erasures.jsonl", "consent.jsonl", "pending.jsonl"], Deed.allCases)
  func meddled(name: String, deed: Deed) throws {
    var log: TrainingLog? = try fixture.open()
    let told = Mutex<[String]>([])
    // Those that waited before are too old for the clock of a start.
    #expect(log?.commitNow(try early(1)) == [.pending])
    log?.counters.observeFaults { fault in told.withLock { $0.append(fault.reason) } }
    let before = try content(name)
    try commit(deed, name)
    let isGone = [.remove, .rename].contains(deed)
    if isGone {
      try act(name, try #require(log))
      #expect(try content(name).starts(with: before) && content(name).count > before.count)
    } else {
      let found = try content(name)
      for _ in 0..<2 { #expect(throws: (any Error).self) { try act(name, try #require(log)) } }
      #expect(try content(name) == found)
      log?.commit.housekeep(now: LogFixture.now)
      log?.commit.flush()
    }
    #expect(told.withLock { $0.contains { $0.contains("state/" + name) } }, "\(told.withLock { $0 })")
    log = nil
    // The mark is as far as what was acknowledged.
    if !isGone { try Data(before).write(to: URL(fileURLWithPath: path(name))) }
    let next = try fixture.open()
    #expect(next.damagedLines == [])
    #expect(next.erasures.erasedRecords == (isGone && name == "erasures.jsonl" ? 2 : 1))
    #expect(next.consent.refusingUsers == (isGone && name == "consent.jsonl" ? 2 : 1))
    try act(name, next)
  }

  @Test("A ledger that comes into being under the running server is not the server's")
  func stranger() throws {
    for name in ["erasures.jsonl", "consent.jsonl"] {
      let fixture = try LogFixture()
      let log = try fixture.open()
      try AtomicFile.replace(fixture.directory.state + "/" + name, with: .line("{}"))
      #expect(throws: (any Error).self) {
        try log.setConsent(ofUser: "ann", [.training], refused: true, now: LogFixture.now)
        try log.eraseNow(user: "ann")
      }
    }
  }

  @Test("Opening the log files anew lets go of none of them")
  func reopened() throws {
    let log = try fixture.open()
    try log.reopenFiles()
    try commit(.remove, "erasures.jsonl")
    try log.reopenFiles()
    try act("erasures.jsonl", log)
    #expect(log.erasures.erasedRecords == 2)
    #expect(try ErasureJournal(reading: fixture.directory, key: log.secrets.journalKey).erasedRecords == 2)
  }
}
