import Records
import Testing

@testable import Curation

@Suite("Near-duplicates")
struct NearDuplicateTests {
  /// 40 words; `changed` gives the last of them another name, which leaves 35 of 37 shingles or so.
  private static func answer(_ family: String, changed: Int = 0, more: String = "") -> String {
    (0..<40).map { $0 >= 40 - changed ? "\(family)other\($0)" : "\(family)word\($0)" }.joined(separator: " ") + more
  }

  /// (score, words changed, something behind it) of each twin, in the order of logging → who stays.
  static let contests: [([(score: Int, changed: Int, more: String)], Int)] = [
    ([(0, 0, ""), (0, 1, "")], 1),  // the newest: words and their names are equally many
    ([(5, 0, ""), (0, 1, "")], 0), ([(4, 0, ""), (5, 1, "")], 1), ([(5, 1, ""), (4, 0, "")], 0),
    ([(0, 0, " and more"), (0, 0, "")], 0),  // the longest
    ([(0, 0, "\n```\nlet it = be"), (0, 0, "")], 1),  // the longest that does not break off
    ([(0, 0, "\n```\nlet it = be\n```"), (0, 0, "")], 0),
    ([(5, 0, ""), (5, 1, ""), (2, 1, "")], 0),  // a bad rating of a copy of the second counts against it
    ([(5, 0, ""), (4, 0, ""), (5, 1, "")], 2),  // 4.5 on average
  ]

  @Test("The best rated stays, then the longest closed answer, then the newest", arguments: contests)
  func keeper(_ twins: [(score: Int, changed: Int, more: String)], stays: Int) throws {
    let folder = try DataFolder()
    for (number, twin) in twins.enumerated() {
      let record = conversation(
        number, question: "What now?", answer: Self.answer("a", changed: twin.changed, more: twin.more))
      try folder.add(record)
      if twin.score > 0 { try folder.rate(record, twin.score) }
    }
    let manifest = try folder.curate()
    #expect(try folder.dataset().map(\.id) == [conversation(stays).exampleID.description])
    let low = twins.count { (1...3).contains($0.score) }
    let near = manifest["rejected"]?["near_duplicate"]?.integer ?? -1
    let exact = manifest["rejected"]?["exact_duplicate"]?.integer ?? -1
    #expect(near + exact == twins.count - 1 - low)
    #expect(near >= 1 || Set(twins.map(\.changed)).count == 1)
  }

  @Test("Twins of twins are one group, though the ends of the chain are not alike")
  func chain() throws {
    let folder = try DataFolder()
    let middle = Self.answer("c", changed: 4)
    let answers = [
      Self.answer("c"), middle, "quite another " + middle.split(separator: " ").dropFirst(2).joined(separator: " "),
    ]
    let sets = answers.map { ShingleTests.set("Which one?", $0) }
    #expect(Jaccard.of(sets[0], sets[1]) >= 0.75 && Jaccard.of(sets[1], sets[2]) >= 0.75)
    #expect(Jaccard.of(sets[0], sets[2]) < 0.75)
    for (number, answer) in answers.enumerated() {
      try folder.add(conversation(number, question: "Which one?", answer: answer))
    }
    #expect(try folder.curate()["rejected"]?["near_duplicate"]?.integer == 2)
    #expect(try folder.dataset().count == 1)
  }

  @Test("A corrected answer competes with what was corrected, not with the original")
  func corrected() throws {
    let folder = try DataFolder()
    let (one, two) = (
      conversation(1, question: "Q", answer: Self.answer("x")), conversation(2, question: "Q", answer: Self.answer("y"))
    )
    try folder.add(one, two)
    try folder.rate(two, 1, correction: Self.answer("x", changed: 1))
    let manifest = try folder.curate()
    #expect(manifest["rejected"]?["near_duplicate"]?.integer == 1)
    #expect(try folder.dataset().map(\.id) == [two.exampleID.description])
  }

  @Test("The definition stands in the manifest")
  func definition() throws {
    let rules = try DataFolder().curate()["rules"]
    let near = rules?["near_duplicates"]
    #expect(near?["tokens"]?.string == "lower-cased runs of letters, digits and _")
    #expect(near?["n"]?.integer == 5)
    #expect(near?["jaccard"]?.numberText == "0.75")
    #expect(rules?["moat"]?["jaccard"]?.numberText == "0.5")
  }
}
