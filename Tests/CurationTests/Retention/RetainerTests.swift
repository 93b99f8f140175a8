import Foundation
import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// What is older than the retention goes, after a curator has seen it; the rows made from it stay, and lead nowhere.
@Suite("Retention")
struct RetainerTests {
  private let folder = try! DataFolder()
  private static let old = DataFolder.now.advanced(bySeconds: -100 * 86_400)

  private func row(_ number: Int, at time: Timestamp) -> Conversation {
    conversation(number, question: "Question \(number)?", answer: LogBody.answer(about: number), at: time.description)
  }

  private func open() throws -> TrainingLog { try TrainingLog.reopened(.init(directory: folder.directory)) }

  private func retain(now: Timestamp = DataFolder.now) throws -> ExpiryCounts {
    let log = try open()
    return try Retainer(log, DataCurator(log, tool: "test 1")).run(now: now)
  }

  /// With the key that the retention splits by: another would draw other sides.
  private func curate() throws {
    let log = try open()
    _ = try DataCurator(log, tool: "test 1").run(now: DataFolder.now) { _ in }
  }

  private var rows: [JSONElement] {
    get throws {
      try folder.bytes(folder.directory.trainingData).split(separator: 10).map {
        try JSONDocument(parsing: Array($0)).root
      }
    }
  }

  @Test("Old days go with all that was said of them; their rows stay, under ids that lead nowhere")
  func expired() throws {
    let old = [row(1, at: Self.old), row(2, at: Self.old)]
    let new = [row(3, at: DataFolder.now), row(4, at: DataFolder.now)]
    for record in old + new { try folder.add(record) }
    try folder.rate(old[0], 5, correction: "A corrected answer that is long enough to be published by the rules, once.")
    try folder.rate(new[0], 4)
    let counts = try retain()
    #expect((counts.days, counts.records, counts.feedback, counts.corrections) == (1, 2, 1, 1))
    #expect(!Directories.exists(folder.directory.path(of: .conversations(Self.old.day))))
    #expect(try rows.count == 4)
    let ids = try rows.compactMap { $0["example_id"]?.string }
    #expect(Set(ids).count == 4)
    #expect(ids.filter { ExampleID($0) != nil }.sorted() == new.map(\.exampleID.description).sorted())
    // The rating that the row was published with stays with it.
    #expect(try rows.compactMap { $0["score"]?.integer }.sorted() == [0, 0, 4, 5])
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.directory.root) {
      let content = try? readFile(folder.directory.root + "/" + name) ?? []
      for id in old.map(\.exampleID) {
        #expect(content?.holds(Array(id.description.utf8)) != true, "\(name)")
        #expect(content?.holds(id.bytes) != true, "\(name), in bytes")
      }
    }
    let log = try open()
    #expect(log.counters.tallies[.total, "all"].conversations == 2)
    #expect(log.counters.tallies[.total, "corrections"].conversations == 0)
    #expect(try log.example(new[0].exampleID)?.score == 4)
    #expect(try Verification(folder.directory).run().isClean)
  }

  @Test("Nothing goes that is not old enough, and nothing is made anew then", arguments: [89, 90])
  func kept(days: Int) throws {
    try folder.add(row(1, at: DataFolder.now.advanced(bySeconds: -days * 86_400)))
    #expect(try retain() == ExpiryCounts())
    #expect(!Directories.exists(folder.directory.manifest))
    #expect(try open().counters.tallies[.total, "all"].conversations == 1)
  }

  @Test("A day goes when its last moment is older than the retention, not before")
  func border() throws {
    try folder.add(row(1, at: moment("2026-03-10T23:59:59.999Z")))
    #expect(try retain(now: moment("2026-06-08T23:59:59.999Z")) == ExpiryCounts())
    #expect(try retain(now: moment("2026-06-09T00:00:00Z")).records == 1)
  }

  @Test("A row that the dataset had before it expired keeps its side, and is not taken in twice")
  func twice() throws {
    try folder.add(row(1, at: Self.old), row(2, at: DataFolder.now))
    try curate()
    let before = try rows.map { $0["split"]?.string }
    _ = try retain()
    #expect(try rows.map { $0["split"]?.string } == before)
    #expect(try retain() == ExpiryCounts())
    try curate()
    #expect(try rows.count == 2)
  }

  @Test("What an interrupted expiry has left of ratings goes the next time")
  func interrupted() throws {
    let old = row(1, at: Self.old)
    try folder.add(old, row(2, at: Self.old.advanced(bySeconds: -86_400)))
    try folder.rate(old, 5)
    // The day is gone, and its rating is still there.
    try Directories.remove(folder.directory.path(of: .conversations(old.timestamp.day)))
    let counts = try retain()
    #expect((counts.records, counts.feedback) == (1, 1))
    #expect(try folder.bytes(folder.directory.path(of: .feedback)) == [])
  }

  /// Removal of the ratings fails behind that of the day, as if the process had ended there.
  private func retainCutShort() throws {
    let log = try open()
    let obstacle = folder.directory.path(of: .feedback) + ".erasing"
    try Directories.make(obstacle)
    #expect(throws: (any Error).self) { try Retainer(log, DataCurator(log, tool: "test 1")).run(now: DataFolder.now) }
    try FileManager.default.removeItem(atPath: obstacle)
    #expect(try !folder.bytes(folder.directory.path(of: .feedback)).isEmpty)
  }

  enum Next: CaseIterable { case retention, erasure }

  @Test("So does what it has left of records whose ids do not tell their day", arguments: Next.allCases)
  func interruptedImport(_ next: Next) throws {
    var imported = row(1, at: Self.old)
    imported.exampleID = ExampleID(milliseconds: DataFolder.now.milliseconds, sequence: 0, random: 7)
    let new = row(2, at: DataFolder.now)
    for record in [imported, new] { try folder.add(record) }
    try folder.rate(imported, 5)
    try folder.rate(new, 4)
    try retainCutShort()
    #expect(!Directories.exists(folder.directory.path(of: .conversations(Self.old.day))))
    #expect(try !folder.bytes(folder.directory.expiring).holds(Array(imported.exampleID.description.utf8)))
    if next == .erasure {
      let log = try open()
      _ = try Eraser(log).erase(userID: "somebody else", now: DataFolder.now)
      #expect(try !folder.bytes(folder.directory.path(of: .feedback)).holds(Array(imported.exampleID.description.utf8)))
    }
    let counts = try retain()
    #expect(counts.feedback == (next == .erasure ? 0 : 1))
    let ratings = try folder.bytes(folder.directory.path(of: .feedback))
    #expect(ratings.count { $0 == 10 } == 1 && ratings.holds(Array(new.exampleID.description.utf8)))
    // Nothing in the dataset leads to it either, though no day was left to expire.
    #expect(try rows.count == 2)
    #expect(try !folder.bytes(folder.directory.trainingData).holds(Array(imported.exampleID.description.utf8)))
    #expect(!Directories.exists(folder.directory.expiring))
    #expect(try retain() == ExpiryCounts())
    #expect(try Verification(folder.directory).run().isClean)
  }

  @Test("Erased is gone and stays gone when its day expires")
  func erased() throws {
    try folder.add(row(1, at: Self.old), row(2, at: Self.old))
    _ = try {
      let log = try open()
      _ = try Eraser(log).erase(row(1, at: Self.old).exampleID, now: DataFolder.now)
    }()
    #expect(try retain().records == 1)
    #expect(try rows.count == 1)
  }

  @Test("A rating of an expired record finds nothing, also where the record came lately, with a time of long ago")
  func ratedAfterwards() throws {
    let users = try UserLog()
    let record = try users.add("ann", at: UserLog.now.advanced(bySeconds: 3600 - 90 * 86_400))
    let later = UserLog.now.advanced(bySeconds: 13 * 3600)
    #expect(try Retainer(users.open, DataCurator(users.open, tool: "test 1")).run(now: later).records == 1)
    #expect(try users.rate(record, 5) == .unknownExample)
  }

  @Test("A plan leaves out what an erasure hides that is not done")
  func planned() throws {
    let users = try UserLog()
    try users.add("ann", at: Self.lately)
    let kept = try users.add("bob", at: Self.lately)
    try users.add("bob")
    _ = try Eraser(users.open).begin(userID: "ann", now: UserLog.now)
    try users.reopen()
    let journal = try ErasureJournal(reading: users.directory, key: users.open.secrets.journalKey)
    let plan = try ExpiryPlan(before: UserLog.now.day, in: users.directory, erasures: journal)
    #expect((plan.counts.days, plan.counts.records) == (1, 1))
    let lines = try (readFile(users.directory.path(of: .conversations(Self.lately.day))) ?? []).split(separator: 10)
    let line = try #require(lines.first { Array($0).holds(Array(kept.id.description.utf8)) })
    #expect(plan.counts.bytes == line.count + 1 && plan.days.map(\.bytes) == [plan.counts.bytes])
  }

  private static let lately = UserLog.now.advanced(bySeconds: -5 * 86_400)
}
