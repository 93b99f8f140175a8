import Posix
import Records
import Testing
import TrainingLog

@testable import Curation

/// A data directory that lives: records of families of similar texts come in from users of both sides, are rated,
/// corrected and expire, and after each run everything that the curator promises holds, by brute force.
@Suite("Growth")
struct GrowthTests {
  private struct World {
    var random: Seeded
    var texts: Texts
    let folder: DataFolder
    var founders: [[String]] = []
    var live: [Conversation] = []
    var number = 0

    init(seed: UInt64) throws {
      random = Seeded(seed)
      texts = Texts(seed)
      folder = try DataFolder()
      for _ in 0..<20 { founders.append(texts.words(60)) }
    }

    mutating func day(_ day: Day) throws {
      for _ in 0..<30 {
        number += 1
        let words = texts.changed(
          founders.randomElement(using: &random) ?? [], share: Double.random(in: 0..<0.2, using: &random))
        let side: Side = Bool.random(using: &random) ? .train : .test
        let record = conversation(
          number, user: user(side, from: 10 * Int.random(in: 0..<20, using: &random)), question: "What about it?",
          answer: words.joined(separator: " "), at: "\(day)T10:00:00Z")
        live.append(record)
        try folder.add(record)
      }
      for _ in 0..<15 {
        guard let record = live.randomElement(using: &random) else { continue }
        let correction = texts.changed(founders[0], share: 0.1).joined(separator: " ")
        try folder.rate(
          record, Int.random(in: 1...5, using: &random),
          correction: Int.random(in: 0..<5, using: &random) == 0 ? correction : nil)
      }
    }

    mutating func expire(_ day: Day) throws {
      try folder.expire(day)
      live.removeAll { $0.timestamp.day == day }
    }
  }

  @Test(
    "No leak, no twin, no change of side; a run on top of others gives what a run alone gives", arguments: [1, 2, 3])
  func grows(seed: Int) throws {
    var world = try World(seed: UInt64(seed))
    var sides: [ContentHash: String] = [:]
    var moats = 0
    for round in 0..<5 {
      let place: Testing.Comment = "seed \(seed), round \(round)"
      let day = Day(number: moment("2026-01-01T00:00:00Z").day.number + round)
      try world.day(day)
      if round >= 3 { try world.expire(day.advanced(by: -3)) }
      let alone = try world.folder.copy()
      let manifest = try JSONDocument(
        parsing: world.folder.curator(seed: UInt64(round)).run(now: DataFolder.now) { _ in }
      ).root
      _ = try alone.curator(seed: UInt64(round)).run(now: DataFolder.now) { _ in }
      for path in [\DataDirectory.trainingData, \.preferences, \.manifest, \.versions, \.split] {
        #expect(
          try world.folder.bytes(world.folder.directory[keyPath: path])
            == alone.bytes(alone.directory[keyPath: path]), place)
      }
      moats += manifest["rejected"]?["moat"]?.integer ?? 0
      try check(world, &sides, place)
    }
    #expect(moats > 0, "the moat is met at all")
  }

  private func check(_ world: World, _ sides: inout [ContentHash: String], _ place: Testing.Comment) throws {
    let (rows, negatives) = (try world.folder.dataset(), try world.folder.preferences())
    func set(_ row: Row) -> Set<[String]> { plainShingles(row.contents.suffix(2).joined(separator: "\n")) }
    let sets = rows.map(set)
    for a in rows.indices {
      for b in rows.indices where b > a { #expect(plainJaccard(sets[a], sets[b]) < 0.75, place) }
    }
    let all = rows + negatives
    let allSets = sets + negatives.map(set)
    for a in all.indices where all[a].split == "train" {
      for b in all.indices where all[b].split == "test" { #expect(plainJaccard(allSets[a], allSets[b]) < 0.5, place) }
    }
    for row in all {
      #expect(sides[row.hash, default: row.split] == row.split, place)
      sides[row.hash] = row.split
    }
    let users = Dictionary(uniqueKeysWithValues: world.live.map { ($0.exampleID.description, $0.userID) })
    let held = Set(all.filter { $0.split == "test" }.compactMap { users[$0.id] })
    let trained = Set(all.filter { $0.split == "train" }.compactMap { users[$0.id] })
    #expect(held.isDisjoint(with: trained), place)
  }
}
