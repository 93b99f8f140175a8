import Posix
import Records
import Testing
import TrainingLog

@testable import Curation

@Suite("Hold-out")
struct SplitTests {
  @Test("About one user in ten is held out, whatever the key", arguments: [1, 2, 3] as [UInt8])
  func share(key: UInt8) {
    let holdOut = HoldOut(key: [UInt8](repeating: key, count: 32))
    var random = Seeded(UInt64(key))
    let users = 20_000
    let held = (0..<users).count { _ in
      let digits = String(random.next(), radix: 16)
      return holdOut.side(ofUser: String(repeating: "0", count: 16 - digits.utf8.count) + digits) == .test
    }
    // Four standard deviations of the binomial: 4 × √(20,000 × 0.1 × 0.9) = 170.
    #expect(abs(held - users / 10) < 170)
  }

  @Test("Another key draws another hold-out")
  func keyed() {
    let users = (0..<1_000).map { user(.test, from: $0 * 20) }
    let other = HoldOut(key: [UInt8](repeating: 8, count: 32))
    #expect(users.count { other.side(ofUser: $0) == .test } < 200)
  }

  /// Everything that a growing data directory may do, and after each step: nothing stands on both sides, and nothing
  /// that was published changed its side.
  @Test(
    "No user, session or text on both sides, as data grows, expires and is rated",
    arguments: [1, 2, 3, 4] as [UInt64])
  func property(seed: UInt64) throws {
    var random = Seeded(seed)
    let folder = try DataFolder()
    let holdOut = HoldOut(key: DataFolder.splitKey)
    var users: [String: String] = [:]
    var live: [Conversation] = []
    var sides: [ContentHash: String] = [:]
    var number = 0
    for round in 0..<8 {
      let day = Day(number: moment("2026-01-01T00:00:00Z").day.number + round)
      for _ in 0..<120 {
        number += 1
        // Few texts for many users, so that most have twins on the other side.
        let text = Int.random(in: 0..<60, using: &random)
        let side: Side = Bool.random(using: &random) ? .train : .test
        let record = conversation(
          number, user: user(side, from: 10 * Int.random(in: 0..<50, using: &random)), question: "Question \(text)?",
          answer: goodAnswer(text), at: "\(day)T10:00:00Z")
        users[record.exampleID.description] = record.userID
        live.append(record)
        try folder.add(record)
      }
      for _ in 0..<100 {
        let record = try #require(live.randomElement(using: &random))
        let isCorrected = Int.random(in: 0..<4, using: &random) == 0
        try folder.rate(
          record, Int.random(in: 1...5, using: &random),
          correction: isCorrected ? goodAnswer(1_000 + Int.random(in: 0..<1_000_000, using: &random)) : nil)
      }
      if round >= 3 {
        let expired = day.advanced(by: -3)
        try folder.expire(expired)
        live.removeAll { $0.timestamp.day == expired }
      }
      let manifest = try folder.curate()
      let rows = try folder.dataset()
      let negatives = try folder.preferences()
      for row in rows + negatives {
        if let user = users[row.id] {
          #expect(row.split == holdOut.side(ofUser: user).rawValue, "seed \(seed), round \(round)")
        }
        #expect(sides[row.hash, default: row.split] == row.split, "seed \(seed), round \(round): \(row.id)")
        sides[row.hash] = row.split
      }
      #expect(Set(rows.map(\.hash)).count == rows.count, "seed \(seed), round \(round)")
      #expect(Set(negatives.map(\.hash)).count == negatives.count, "seed \(seed), round \(round)")
      #expect(rows.map(\.date) == rows.map(\.date).sorted(), "seed \(seed), round \(round)")
      let rejected = manifest["rejected"]?.members.reduce(0) { $0 + ($1.value.integer ?? 0) } ?? 0
      let kept = rows.count { !$0.isAnonymous }
      #expect(kept + rejected == live.count, "each record is kept or left out once: seed \(seed), round \(round)")
      #expect(manifest["train"]?.integer == rows.count { $0.split == "train" })
      #expect(manifest["test"]?.integer == rows.count { $0.split == "test" })
      #expect(manifest["expired"]?.integer == rows.count(where: \.isAnonymous))
    }
  }
}
