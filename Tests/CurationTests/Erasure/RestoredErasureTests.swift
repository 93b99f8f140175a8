import Foundation
import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// What was erased after a backup was made, and the backup back in the place of the directory.
@Suite("Restored erasures")
struct RestoredErasureTests {
  private let folder: TemporaryDirectory
  private let directory: DataDirectory
  private let now = moment("2026-01-10T12:00:00Z")

  init() throws {
    folder = try TemporaryDirectory()
    directory = DataDirectory(folder("data"))
  }

  private func store(_ user: String, _ marker: String, in log: TrainingLog) throws {
    let body = LogBody(user: user, answer: LogBody.answer(about: 1) + marker).bytes
    let submission = try Submission(
      JSONDocument(parsing: Array(body)).root, window: AcceptanceWindow(now: now, retentionDays: 90))
    var logger = log.makeLogger()
    let record = logger.prepare(submission, now: now)
    commit(.conversation(record), to: log)
  }

  private func commit(_ work: Work, to log: TrainingLog) {
    let refused = log.commit.submit(CommitBatch(items: [.init(token: 0, work: work)]) { _ in })
    #expect(refused.isEmpty)
    log.commit.flush()
  }

  private func backUp(_ name: String) throws -> String {
    _ = try Backup(directory, pepperFile: nil, tool: "test 1").write(to: folder(name), withPepper: true, now: now)
    // As the command does: a restore asks the log whether a ledger has to be there.
    try AuditLog(directory).append(AuditAct(.backup, by: "command", at: now))
    return folder(name)
  }

  private func restore(_ archive: String, to name: String) throws -> (TrainingLog, DataDirectory) {
    let restored = DataDirectory(folder(name))
    _ = try Restoration(reading: archive).run(into: restored, .ofBackup, .live(directory.state))
    let log = try TrainingLog.reopened(.init(directory: restored))
    try Eraser(log).resume(now: now)
    return (log, restored)
  }

  private func files(of directory: DataDirectory, holding word: String) throws -> [String] {
    try Directories.list(directory.logs).filter {
      try readFile(directory.logs + "/" + $0)?.holds(Array(word.utf8)) ?? false
    }
  }

  @Test("Records that had expired when their user was erased do not come back with an older backup")
  func expired() throws {
    let archive: String
    do {
      let log = try TrainingLog.reopened(.init(directory: directory))
      for (user, marker) in [("ann", "annword"), ("bob", "bobword")] { try store(user, marker, in: log) }
      archive = try backUp("before.tar")
      let later = now.advanced(bySeconds: 100 * 86_400)
      #expect(try Retainer(log, DataCurator(log, tool: "test 1")).run(now: later).records == 2)
      #expect(try Eraser(log).erase(userID: "ann", now: later).counts.records == 0)
    }
    let (log, restored) = try restore(archive, to: "restored")
    #expect(try files(of: restored, holding: "annword") == [])
    #expect(try files(of: restored, holding: "bobword").count == 1)
    #expect(log.counters.tallies[.total, "all"].conversations == 1)
    #expect(try Verification(restored).run().faults.map(\.description) == [])
  }

  @Test("What an erased user has refused and granted goes, but for refusals in force; older backups agree")
  func consent() throws {
    let archive: String
    do {
      let log = try TrainingLog.reopened(.init(directory: directory))
      for user in ["ann", "bob"] { try log.setConsent(ofUser: user, [.training], refused: true, now: now) }
      try log.setConsent(ofUser: "ann", [.training], refused: false, now: now)
      try log.setConsent(ofUser: "ann", [.logging], refused: true, now: now)
      archive = try backUp("before.tar")
      #expect(try history(of: "ann", in: log).count == 3)
      #expect(try Eraser(log).erase(userID: "ann", now: now).counts.records == 0)
      #expect(try history(of: "ann", in: log) == [#""purpose":"logging","state":"refused""#])
      #expect(log.consent.refuses(.logging, userID: "ann"))
    }
    for log in [try TrainingLog.reopened(.init(directory: directory)), try restore(archive, to: "restored").0] {
      #expect(try history(of: "ann", in: log) == [#""purpose":"logging","state":"refused""#])
      #expect(try history(of: "bob", in: log).count == 1)
      #expect(log.consent.refuses(.logging, userID: "ann"))
      #expect(!log.consent.refuses(.training, userID: "ann"))
    }
  }

  @Test("A rating that waited when the backup was made does not come back when its record is erased since")
  func earlyRating() throws {
    // What waits is measured by the clock of the machine.
    let now = SystemClock().now
    var random = SeededGenerator(seed: 1)
    var ids = ExampleIDGenerator()
    let id = ids.next(now: now, using: &random)
    let archive: String
    do {
      let log = try TrainingLog.reopened(.init(directory: directory))
      let rating = try Rating(parameters: [
        (name: "example_id", value: id.description), (name: "score", value: "2"), (name: "comment", value: "earlyword"),
      ])
      commit(.rating(rating, now: now), to: log)
      archive = try backUp("before.tar")
      let body = LogBody(user: "ann").with("example_id", "\"\(id)\"").bytes
      let submission = try Submission(
        JSONDocument(parsing: Array(body)).root, window: AcceptanceWindow(now: now, retentionDays: 90))
      var logger = log.makeLogger()
      let record = logger.prepare(submission, now: now)
      commit(.conversation(record), to: log)
      #expect(try Eraser(log).erase(userID: "ann", now: now).counts.comments == 1)
    }
    let (_, restored) = try restore(archive, to: "restored")
    for word in ["earlyword", id.description] {
      #expect(try readFile(restored.path(of: .pending))?.holds(Array(word.utf8)) == false, "\(word)")
    }
  }

  /// Purpose and state of the lines on consent in a user's export.
  private func history(of user: String, in log: TrainingLog) throws -> [String] {
    var lines: [String] = []
    try log.exportUser(user) { lines.append(String(decoding: $0, as: UTF8.self)) }
    return lines.compactMap { line in
      line.range(of: "\"purpose\"").map { String(line[$0.lowerBound...].prefix { $0 != "}" }) }
    }
  }
}
