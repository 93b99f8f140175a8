import Foundation
import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

@Suite("The audit log")
struct AuditLogTests {
  private let fixture: LogFixture
  private let log: AuditLog

  init() throws {
    fixture = try LogFixture()
    try fixture.directory.create()
    log = AuditLog(fixture.directory)
  }

  private func lines() throws -> [String] { LogFixture.lines(try readFile(fixture.directory.audit) ?? []) }

  private func fault() throws -> (offset: Int, reason: String)? {
    let file = try ReadOnlyFile(fixture.directory.audit)
    return try AuditLog.fault(in: file, upTo: file.size())
  }

  private func fill() throws {
    for number in 0..<5 {
      try log.append(
        AuditAct(.eraseUser, by: "key:k\(number)", at: LogFixture.now, counts: [("records", number)], reference: "r"))
    }
  }

  @Test("Each line has the hash of the one before")
  func chain() throws {
    try fill()
    #expect(try lines().count == 5)
    #expect(
      try lines()[0]
        == #"{"at":"2025-11-26T12:00:00.000Z","actor":"key:k0","act":"erase_user","counts":{"records":0},"reference":"r","previous":""#
        + String(repeating: "0", count: 64) + "\"}")
    #expect(try fault() == nil)
    #expect(try Verification(fixture.directory).run().isClean)
  }

  enum Tampering: CaseIterable { case changed, removed, swapped, added, garbage, blankFirst, blank, blankLast }

  @Test("What was changed, removed, swapped or added is found", arguments: Tampering.allCases)
  func tampered(_ tampering: Tampering) throws {
    try fill()
    var lines = try lines()
    switch tampering {
    case .changed: lines[1] = lines[1].replacing("\"records\":1", with: "\"records\":9")
    case .removed: lines.remove(at: 2)
    case .swapped: lines.swapAt(1, 2)
    case .added: lines.insert(lines[3], at: 3)
    case .garbage: lines[2] = "{}"
    case .blankFirst: lines.insert("", at: 0)
    case .blank: lines.insert("", at: 2)
    case .blankLast: lines.append("")
    }
    try AtomicFile.replace(fixture.directory.audit, with: Array((lines.joined(separator: "\n") + "\n").utf8))
    #expect(try fault() != nil)
    let report = try Verification(fixture.directory).run()
    #expect(report.faults.map(\.file) == ["state/audit.jsonl"])
    #expect(report.faults.first?.line != nil)
  }

  @Test("A look at its end finds what was changed there, and nothing before")
  func end() throws {
    try fill()
    let lines = try lines()
    let first = lines.prefix(3).reduce(0) { $0 + $1.utf8.count + 1 }
    for changed in lines.indices {
      var tampered = lines
      tampered[changed] = lines[changed].replacing("erase_user", with: "erase_uses")
      let content = Array((tampered.joined(separator: "\n") + "\n").utf8)
      try AtomicFile.replace(fixture.directory.audit, with: content)
      let file = try ReadOnlyFile(fixture.directory.audit)
      // The line before is known by its hash alone, and the last one by nothing that follows.
      let isFound = try AuditLog.fault(in: file, from: first, upTo: file.size()) != nil
      #expect(isFound == [2, 3].contains(changed), "line \(changed)")
    }
  }

  @Test("A line that a crash has cut short is removed by the next")
  func torn() throws {
    try fill()
    let good = try #require(try readFile(fixture.directory.audit))
    for length in [2, 40, 100] {
      try AtomicFile.replace(fixture.directory.audit, with: good + good.prefix(length).dropLast())
      try log.append(AuditAct(.curate, by: "owner", at: LogFixture.now))
      #expect(try lines().count == 6)
      #expect(try fault() == nil)
    }
  }

  private static let tails = ["x\n", "\u{0}\u{0}\n", "{\"at\":\n\nhunter2\n", "x\ny", "\u{0}\u{0}", "{\"at\":\"2"]

  @Test(
    "What a crash leaves at its end is set aside, also where it ends with a line end", arguments: tails, [false, true])
  func remains(_ remains: String, isAtStart: Bool) throws {
    try fill()
    let good = try #require(try readFile(fixture.directory.audit))
    try PosixFileSystem().openLog(fixture.directory.audit).append(Array(remains.utf8))
    if isAtStart {
      let repairs = try fixture.open().repairs
      #expect(repairs.cutBytes == remains.utf8.count)
      #expect(try readFile(fixture.directory.audit) == good)
    }
    try log.append(AuditAct(.curate, by: "owner", at: LogFixture.now))
    #expect(try lines().count == 6)
    #expect(try Verification(fixture.directory).run().faults.map(\.description) == [])
    let kept = try #require(try Directories.list(fixture.directory.quarantine).first)
    #expect(try readFile(fixture.directory.quarantine + "/" + kept) == Array(remains.utf8))
  }

  @Test("A last act that only lacks its line end stays")
  func withoutEnd() throws {
    try fill()
    let good = try #require(try readFile(fixture.directory.audit))
    try AtomicFile.replace(fixture.directory.audit, with: good.dropLast())
    // The mark knows of one byte more.
    try Directories.remove(fixture.directory.audit + ".mark")
    try log.append(AuditAct(.curate, by: "owner", at: LogFixture.now))
    #expect(try lines().count == 6 && fault() == nil)
  }

  @Test("Lines longer than a piece of reading, and many writers at once")
  func longAndMany() throws {
    try log.append(
      AuditAct(.curate, by: String(repeating: "x", count: 9000), at: LogFixture.now))
    let log = log
    _ = try ThreadGroup.run(8) { thread in
      for number in 0..<20 {
        try log.append(AuditAct(.curate, by: "owner", at: LogFixture.now, counts: [("\(thread)", number)]))
      }
      return true
    }
    #expect(try lines().count == 161)
    #expect(try fault() == nil)
  }
}
