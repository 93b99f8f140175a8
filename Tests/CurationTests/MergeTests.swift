import Posix
import Records
import Testing
import TrainingLog

@testable import Curation

@Suite("Merging with what was published")
struct MergeTests {
  private static let fixed = QualityTests.fixed
  private static let nextDay = "2026-03-02T10:00:00Z"

  private func published(_ folder: DataFolder) throws -> [[UInt8]] {
    try [folder.directory.trainingData, folder.directory.preferences].map { try folder.bytes($0) }
  }

  @Test("The same input gives the same bytes, and every run is a line of versions.jsonl")
  func sameBytes() throws {
    let folder = try DataFolder()
    for number in 0..<50 {
      let record = conversation(number, user: user(number % 5 == 0 ? .test : .train, from: number))
      try folder.add(record)
      if number % 3 == 0 { try folder.rate(record, number % 5 + 1, correction: number % 2 == 0 ? Self.fixed : nil) }
    }
    let first = try folder.curate()
    let bytes = try published(folder)
    let second = try folder.curate(now: moment("2026-03-11T12:00:00Z"))
    #expect(try published(folder) == bytes)
    #expect(second["version"]?.string == first["version"]?.string)
    #expect(second["at"]?.string == "2026-03-11T12:00:00.000Z")
    #expect(try folder.bytes(folder.directory.versions).count { $0 == 0x0A } == 2)
    // A dataset made at once is the one that grew.
    let fresh = try DataFolder()
    for name in try Directories.list(folder.directory.logs) {
      try AtomicFile.replace(fresh.directory.logs + "/" + name, with: folder.bytes(folder.directory.logs + "/" + name))
    }
    try fresh.curate()
    #expect(try published(fresh) == bytes)
  }

  @Test("Expired: the row stays under a random id, the same in both files, and then for good")
  func expired() throws {
    let folder = try DataFolder()
    let (old, corrected, low) = (conversation(1), conversation(2), conversation(3))
    let young = conversation(4, at: Self.nextDay)
    try folder.add(old, corrected, low, young)
    try folder.rate(old, 5)
    try folder.rate(corrected, 2, correction: Self.fixed)
    try folder.rate(low, 1)
    try folder.curate()
    let before = try folder.dataset()
    try folder.expire(old.timestamp.day)
    let manifest = try folder.curate()

    let after = try folder.dataset()
    #expect(after.map(\.contents) == before.map(\.contents))
    #expect(after.map(\.score) == before.map(\.score))
    #expect(after.map(\.isAnonymous) == [true, true, false])
    #expect(Set(after.map(\.id)).count == 3)
    #expect(manifest["expired"]?.integer == 2)
    let negatives = try folder.preferences()
    #expect(negatives.map(\.isAnonymous) == [true, true])
    let pair = after.first { $0.answer == Self.fixed }
    #expect(negatives.first { $0.reason == "corrected" }?.id == pair?.id)
    let text = String(decoding: try published(folder).joined(), as: UTF8.self)
    for record in [old, corrected, low] { #expect(!text.contains(record.exampleID.description)) }

    let bytes = try published(folder)
    try folder.curate()
    #expect(try published(folder) == bytes)
  }

  @Test("Rated down: the row goes, and is a negative from then on")
  func ratedDown() throws {
    let folder = try DataFolder()
    try folder.add(conversation(1), conversation(2))
    try folder.rate(conversation(1), 5)
    try folder.curate()
    #expect(try folder.dataset().count == 2)
    try folder.rate(conversation(1), 2)
    try folder.curate()
    #expect(try folder.dataset().map(\.id) == [conversation(2).exampleID.description])
    #expect(try folder.preferences().map(\.id) == [conversation(1).exampleID.description])
    try folder.rate(conversation(1), 4)
    try folder.curate()
    #expect(try folder.dataset().count == 2)
    #expect(try folder.preferences().isEmpty)
  }

  @Test("Corrected later: the new answer takes the place of the old one")
  func correctedLater() throws {
    let folder = try DataFolder()
    try folder.add(conversation(1))
    try folder.curate()
    try folder.rate(conversation(1), 3, correction: Self.fixed)
    try folder.curate()
    #expect(try folder.dataset().map(\.answer) == [Self.fixed])
    #expect(try folder.preferences().map(\.answer) == [goodAnswer(1)])
  }

  @Test("Displaced: a better twin of the same side takes the place")
  func displaced() throws {
    let folder = try DataFolder()
    let other = user(.train, from: 1_000)
    let old = conversation(1)
    let better = conversation(2, user: other, question: old.userMessage, answer: old.assistantMessage)
    try folder.add(old)
    try folder.curate()
    try folder.add(better)
    try folder.rate(better, 5)
    let manifest = try folder.curate()
    #expect(try folder.dataset().map(\.id) == [better.exampleID.description])
    #expect(manifest["rejected"]?["exact_duplicate"]?.integer == 1)
  }

  @Test("A published text keeps its side: a better twin from the other side stays out", arguments: [Side.train, .test])
  func sticky(side: Side) throws {
    let folder = try DataFolder()
    let old = conversation(1, user: user(side))
    let better = conversation(
      2, user: user(side == .train ? .test : .train), question: old.userMessage, answer: old.assistantMessage)
    try folder.add(old)
    try folder.curate()
    try folder.add(better)
    try folder.rate(better, 5)
    let manifest = try folder.curate()
    #expect(try folder.dataset().map(\.id) == [old.exampleID.description])
    #expect(try folder.dataset().map(\.split) == [side.rawValue])
    #expect(manifest["rejected"]?["exact_duplicate"]?.integer == 1)
    // Also when the row itself goes: as a negative it is still published on its side.
    try folder.rate(old, 1)
    for _ in 0..<2 {
      try folder.curate()
      #expect(try folder.dataset().isEmpty)
      #expect(try folder.preferences().map(\.split) == [side.rawValue])
    }
  }

  /// (score of the expired row, live twin on the same side, its score) → the live one takes the place.
  @Test(
    "An expired row and its live twin",
    arguments: [(0, true, 0, true), (5, true, 0, false), (5, true, 5, true), (4, true, 5, true), (0, false, 5, false)])
  func expiredTwin(score: Int, isSameSide: Bool, liveScore: Int, liveStays: Bool) throws {
    let folder = try DataFolder()
    let old = conversation(1)
    try folder.add(old)
    if score > 0 { try folder.rate(old, score) }
    try folder.curate()
    try folder.expire(old.timestamp.day)
    let live = conversation(
      2, user: user(isSameSide ? .train : .test, from: 500), question: old.userMessage, answer: old.assistantMessage,
      at: Self.nextDay)
    try folder.add(live)
    if liveScore > 0 { try folder.rate(live, liveScore) }
    for _ in 0..<2 {
      let manifest = try folder.curate()
      let rows = try folder.dataset()
      #expect(rows.count == 1)
      #expect(rows.map(\.isAnonymous) == [!liveStays])
      #expect(rows.map(\.split) == ["train"])
      #expect(manifest["expired"]?.integer == (liveStays ? 0 : 1))
    }
  }

  @Test("A sealed day that is damaged stops the curator instead of passing for expired")
  func damaged() throws {
    let folder = try DataFolder()
    try folder.add(conversation(1))
    try folder.curate()
    let bytes = try published(folder)
    let day = folder.directory.path(of: .conversations(conversation(1).timestamp.day))
    try Directories.rename(day, to: day + ".gz")
    #expect(throws: CurationError.damagedDay("conversations_2026-03-01.jsonl.gz")) { try folder.curate() }
    #expect(try published(folder) == bytes)
  }
}
