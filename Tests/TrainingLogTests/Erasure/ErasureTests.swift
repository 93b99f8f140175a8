import Posix
import Privacy
import Records
import TestKit
import Testing

@testable import TrainingLog

/// Erased records are nowhere, at once, for good; everybody else's stay as they are.
@Suite("Erasure in the log")
struct ErasureTests {
  let stored: ErasedLog
  var fixture: LogFixture { stored.fixture }

  init() throws { stored = try ErasedLog() }

  /// Opens the log, and lets go of it and of its lock behind `body`.
  private func use<Result>(_ body: (TrainingLog) throws -> Result) throws -> Result { try body(fixture.open()) }

  private func expectAnnIsGone(_ log: TrainingLog) throws {
    #expect(try stored.traces(of: "ann") == [])
    for user in ["bob", "cyd"] {
      #expect(stored.missing(of: user) == [])
      for record in stored.records[user] ?? [] {
        #expect(try log.example(record.id)?.line == record.line)
      }
    }
    for record in stored.records["ann"] ?? [] { #expect(try log.example(record.id) == nil) }
    #expect(log.counters.tallies[.total, "users"].conversations == 2)
    #expect(log.counters.tallies[.total, "all"].conversations == 2 * ErasedLog.perUser)
  }

  @Test("Nothing of the user is left, everything of the others is, and the counters are those of the files")
  func user() throws {
    let (receipts, tallies) = try use { log in
      let receipts = try log.eraseNow(user: "ann")
      try expectAnnIsGone(log)
      return (receipts, log.counters.tallies)
    }
    #expect(receipts.count == 1)
    let counts = try #require(receipts.first).counts
    #expect((counts.records, counts.feedback, counts.comments, counts.corrections) == (6, 4, 3, 1))
    let bytes = (stored.lines["ann"] ?? [:]).values.joined().reduce(0) { $0 + $1.utf8.count + 1 }
    #expect(counts.bytes == bytes)
    #expect(try fixture.rebuiltTallies() == tallies)
  }

  @Test("The log goes on: new records and ratings stand behind the gap, are found there, and after a restart too")
  func goesOn() throws {
    let (late, tallies) = try use { log in
      try log.eraseNow(user: "ann")
      let late = try fixture.conversation(log, "late", user: "bob")
      #expect(log.commitNow(.conversation(late)) == [.stored(late.id)])
      let old = try #require(stored.records["bob"]?.first)
      #expect(log.commitNow(try fixture.rating(of: old.id, 3, correction: LogFixture.answer + "new")) == [.rated])
      #expect(try log.example(late.id)?.line == late.line)
      #expect(try log.example(old.id)?.correctedMessage == LogFixture.answer + "new")
      return (late, log.counters.tallies)
    }
    let again = try fixture.open()
    #expect(again.counters.tallies == tallies)
    #expect(try again.example(late.id)?.line == late.line)
    try again.eraseNow(user: "cyd")
    #expect(try again.example(late.id)?.line == late.line)
    #expect(stored.missing(of: "bob") == [])
    #expect(try stored.traces(of: "cyd") == [])
  }

  @Test("Erased ids and keys are not taken again, ratings of them find nothing, after a restart either")
  func neverBack() throws {
    let record = try #require(stored.records["ann"]?.first)
    for _ in 0..<2 {
      try use { log in
        try log.eraseNow(user: "ann")
        #expect(log.commitNow(.conversation(record)) == [.erased])
        #expect(log.commitNow(try fixture.rating(of: record.id, 5)) == [.unknownExample])
      }
    }
    try expectAnnIsGone(try fixture.open())
  }

  @Test("A second erasure finds nothing; a user who comes back is stored")
  func again() throws {
    let log = try fixture.open()
    try log.eraseNow(user: "ann")
    #expect(try log.eraseNow(user: "ann").map(\.counts) == [ErasureCounts()])
    #expect(try log.eraseNow(user: "nobody").map(\.counts) == [ErasureCounts()])
    let back = try fixture.conversation(log, "back", user: "ann")
    #expect(log.commitNow(.conversation(back)) == [.stored(back.id)])
    #expect(try log.eraseNow(user: "ann").map(\.counts.records) == [1])
    #expect(log.erasures.erasedRecords == 7)
  }

  @Test("One record alone")
  func example() throws {
    let log = try fixture.open()
    let records = try #require(stored.records["ann"])
    let erasures = try #require(try log.beginErasure(of: records[2].id, now: LogFixture.now))
    #expect(try log.example(records[2].id) == nil, "hidden before anything is removed")
    #expect(try erasures.map { try log.completeNow($0) }.map(\.counts.records) == [1])
    #expect(try log.beginErasure(of: records[2].id, now: LogFixture.now)?.count == 0)
    var ids = ExampleIDGenerator()
    var random = SeededGenerator(seed: 9)
    #expect(try log.beginErasure(of: ids.next(now: LogFixture.now, using: &random), now: LogFixture.now) == nil)
    for (number, record) in records.enumerated() where number != 2 {
      #expect(try log.example(record.id)?.line == record.line)
    }
    #expect(try stored.traces(of: "ann").contains { $0.hasPrefix("id") } == true)
    #expect(
      fixture.disk.names.allSatisfy { name in
        !LogFixture.lines(fixture.disk.content(name) ?? []).contains { $0.contains(records[2].id.description) }
      })
  }

  @Test("Receipts are signed, and no other text passes for one")
  func receipt() throws {
    let log = try fixture.open()
    let receipt = try #require(try log.eraseNow(user: "ann").first)
    let key = log.secrets.receiptKey
    let read = try #require(ErasureReceipt(receipt.json))
    #expect(read == receipt)
    #expect(read.isSigned(by: key))
    #expect(!read.isSigned(by: log.secrets.journalKey))
    let text = String(decoding: receipt.json, as: UTF8.self)
    for (member, other) in [
      ("\"records\":6", "\"records\":7"), ("\"bytes\":", "\"bytes\":1"), ("\"versions\":[]", "\"versions\":[\"a\"]"),
    ] {
      let forged = try #require(ErasureReceipt(Array(text.replacing(member, with: other).utf8)))
      #expect(!forged.isSigned(by: key), "\(member)")
    }
    for member in ["\"note\":\"\",\"records\":", "\"records\":6,\"records\":"] {
      #expect(ErasureReceipt(Array(text.replacing("\"records\":", with: member).utf8)) == nil, "\(member)")
    }
    #expect(ErasureReceipt(Array("{}".utf8)) == nil)
  }

  @Test("Damaged lines that name the user go too; those of others stay")
  func damaged() throws {
    let name = LogFileName.conversations(LogFixture.today)
    let ann = try #require(stored.records["ann"]?.first)
    let (mine, others) = ("{\"user_id\":\"\(Pseudonym(value: ann.row.user))\",", "{\"user_id\":\"0123456789abcdef\",")
    fixture.disk.put(name.name, .line(mine) + .line(others) + (fixture.disk.content(name.name) ?? []))
    let log = try fixture.open()
    try log.eraseNow(user: "ann")
    #expect(try stored.traces(of: "ann") == [])
    #expect(fixture.lines(name).contains(others))
  }

  @Test("A journal that cannot be read stops the start, a torn last line does not")
  func journal() throws {
    _ = try use { try $0.eraseNow(user: "ann") }
    let path = fixture.directory.erasures
    let good = try #require(try readFile(path))
    try AtomicFile.replace(path, with: good + Array("{\"receipt".utf8))
    try use { _ in }
    #expect(try readFile(path) == good)
    try AtomicFile.replace(path, with: .line("{\"receipt_id\":\"x\"}") + good)
    #expect(throws: TrainingLog.Failure.self) { try fixture.open() }
  }

  @Test("One erasure after the other, round the gaps of earlier ones: everybody else's lines stay in their places")
  func gaps() throws {
    let log = try fixture.open()
    let order = ["ann", "bob", "cyd"]
    // ann's lines lie on both sides of bob's, and cyd's between.
    try log.eraseNow(user: order[1])
    #expect(try stored.traces(of: "bob") == [])
    try log.eraseNow(user: order[0])
    #expect(try stored.traces(of: "ann") == [])
    for record in stored.records["cyd"] ?? [] { #expect(try log.example(record.id)?.line == record.line) }
    #expect(stored.missing(of: "cyd") == [])
    let late = try fixture.conversation(log, "late", user: "dan")
    #expect(log.commitNow(.conversation(late)) == [.stored(late.id)])
    let wanted = try #require(stored.records["cyd"]?.last)
    #expect(log.commitNow(try fixture.rating(of: wanted.id, 3, correction: LogFixture.answer + "new")) == [.rated])
    #expect(try log.example(late.id)?.line == late.line)
  }

  @Test("In any order of single erasures every other record stays readable", arguments: Array(UInt64(0)..<12))
  func anyOrder(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let log = try fixture.open()
    var left = stored.records.values.flatMap { $0 }.sorted { $0.id < $1.id }
    while left.count > 3 {
      let count = Int.random(in: 1...3, using: &random)
      let gone = left.shuffled(using: &random).prefix(count)
      for record in gone {
        for erasure in try log.beginErasure(of: record.id, now: LogFixture.now) ?? [] {
          _ = try log.completeNow(erasure)
        }
      }
      left.removeAll { record in gone.contains { $0.id == record.id } }
      for record in left { #expect(try log.example(record.id)?.line == record.line, "seed \(seed)") }
      #expect(log.counters.tallies[.total, "all"].conversations == left.count)
    }
  }

  @Test("A tail in quarantine goes with whoever is erased, also where nothing else is held")
  func quarantine() throws {
    let name = LogFileName.conversations(LogFixture.today)
    let ann = try #require(stored.records["ann"]?.first)
    let torn = String(decoding: ann.line, as: UTF8.self).replacing(
      ann.id.description, with: "01938e5e-0000-7000-8000-000000000001")
    fixture.disk.put(name.name, (fixture.disk.content(name.name) ?? []) + torn.utf8.dropLast(20))
    try use { log in
      #expect(try Directories.list(fixture.directory.quarantine).count == 1)
      try log.eraseNow(user: "ann")
      #expect(try stored.traces(of: "ann") == [])
    }
  }
}
