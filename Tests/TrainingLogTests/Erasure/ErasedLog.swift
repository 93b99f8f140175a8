import Posix
import Privacy
import Records
import TestKit

@testable import TrainingLog

/// Records of three users on three days, rated, commented on and corrected in turn; Ann is going to be erased.
final class ErasedLog {
  static let markers = ["annsecret", "bobsecret", "cydsecret"]
  static let users = ["ann", "bob", "cyd"]
  static let perUser = 6

  let fixture: LogFixture
  private(set) var records: [String: [StoredConversation]] = [:]
  /// Lines that have to be there as long as their user is not erased.
  private(set) var lines: [String: [LogFileName: [String]]] = [:]

  /// - Parameter isSealed: whether the days that are over were sealed before the last records of each came.
  init(seed: UInt64 = 1, isSealed: Bool = false) throws {
    fixture = try LogFixture(seed: seed)
    let log = try fixture.open()
    for number in 0..<Self.perUser {
      if isSealed, number == 4 { _ = try log.sealDays(before: LogFixture.today) }
      for (index, user) in Self.users.enumerated() {
        let marker = "\(Self.markers[index]) \(number)"
        let record = try fixture.conversation(
          log, marker, user: user, at: LogFixture.now.advanced(bySeconds: -86_400 * (number % 3)),
          more: [("language", "language of \(user)"), ("model", "m")])
        try commit(log, [.conversation(record)])
        records[user, default: []].append(record)
        note(record, user)
        if number % 2 == 0 { try rate(log, record, user, 1 + number % 5, comment: marker, correction: nil) }
        if number == 3 { try rate(log, record, user, 2, comment: nil, correction: LogFixture.answer + marker) }
      }
    }
    log.saveIndexNow()
  }

  func note(_ record: StoredConversation, _ user: String) {
    lines[user, default: [:]][.conversations(record.day), default: []].append(fixture.text(record))
  }

  private func commit(_ log: TrainingLog, _ works: [Work]) throws {
    for outcome in log.commitNow(works) where outcome == .storageFailed { throw SystemError(call: "commit", code: 5) }
  }

  private func rate(
    _ log: TrainingLog, _ record: StoredConversation, _ user: String, _ score: Int, comment: String?,
    correction: String?
  ) throws {
    try commit(log, [try fixture.rating(of: record.id, score, comment: comment, correction: correction)])
    func add(_ line: [UInt8], _ name: LogFileName) {
      lines[user, default: [:]][name, default: []].append(String(decoding: line, as: UTF8.self))
    }
    let now = LogFixture.now
    add(Feedback(exampleID: record.id, score: score, timestamp: now).line(), .feedback)
    if let comment { add(Comment(exampleID: record.id, comment: comment, timestamp: now).line(), .comments) }
    if let correction {
      add(Correction(exampleID: record.id, correctedMessage: correction, timestamp: now).line(), .corrections)
    }
  }

  /// What of these users is anywhere on the disk of the log or in the state: markers, ids as text and as bytes,
  /// pseudonyms as text and as bytes.
  func traces(of user: String) throws -> [String] {
    let marker = Self.markers[Self.users.firstIndex(of: user) ?? 0]
    var needles: [(String, [UInt8])] = [("marker", Array(marker.utf8)), ("label", Array("language of \(user)".utf8))]
    for record in records[user] ?? [] {
      needles.append(("id", Array(record.id.description.utf8)))
      needles.append(("id in bytes", record.id.bytes))
    }
    if let record = records[user]?.first {
      needles.append(("pseudonym", Array(Pseudonym(value: record.row.user).hex.utf8)))
      needles.append(
        ("pseudonym in bytes", (0..<8).map { UInt8(truncatingIfNeeded: record.row.user >> (56 - 8 * $0)) }))
    }
    var contents: [(String, [UInt8])] = fixture.disk.names.compactMap { name in
      fixture.disk.content(name).map { (name, $0) }
    }
    for (name, content) in contents where name.hasSuffix(".gz") {
      contents.append((name, try GzipReader.decompress(content, limit: 1 << 24)))
    }
    for folder in [fixture.directory.state, fixture.directory.quarantine] where Directories.exists(folder) {
      for name in try Directories.list(folder) where name != "quarantine" && name != "control.sock" {
        contents.append((name, try readFile(folder + "/" + name) ?? []))
      }
    }
    return needles.flatMap { needle in
      contents.filter { $0.1.holds(needle.1) }.map { "\(needle.0) in \($0.0)" }
    }
  }

  /// Lines of a user that are not there exactly once.
  func missing(of user: String) -> [String] {
    (lines[user] ?? [:]).flatMap { name, lines in
      let present = fixture.lines(name)
      return lines.filter { line in present.count { $0 == line } != 1 }.map { "\(name.name): \($0.prefix(60))" }
    }
  }
}

extension TrainingLog {
  /// All that the log has to do for an erasure.
  @discardableResult
  func eraseNow(user: String, now: Timestamp = LogFixture.now) throws -> [ErasureReceipt] {
    try beginErasure(ofUser: user, now: now).map { try completeNow($0) }
  }

  func completeNow(_ erasure: Erasure) throws -> ErasureReceipt {
    let found = try findLines(erasure)
    let counts = try note(found.counts, of: erasure)
    try remove(found, of: erasure)
    return try finishErasure(erasure, counts, now: LogFixture.now)
  }
}
