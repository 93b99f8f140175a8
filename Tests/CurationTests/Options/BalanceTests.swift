import Records
import Testing
import TrainingLog

@testable import Curation

@Suite("Balance")
struct BalanceTests {
  /// Rows of each language, target and temperature → quotas.
  static let shares: [(counts: [String: Int], target: Int, temperature: Double?, expected: [String: Int])] = [
    (["a": 100, "b": 100], 50, nil, ["a": 25, "b": 25]),
    (["a": 100, "b": 10], 50, nil, ["a": 40, "b": 10]),
    (["a": 100, "b": 3, "c": 4], 50, nil, ["a": 43, "b": 3, "c": 4]),
    (["a": 90, "b": 10], 50, 1, ["a": 45, "b": 5]),
    (["a": 81, "b": 9], 40, 2, ["a": 31, "b": 9]),
    (["a": 81, "b": 9], 20, 2, ["a": 15, "b": 5]),
    (["a": 1, "b": 1, "c": 1], 2, nil, ["a": 1, "b": 1, "c": 0]),
  ]

  @Test("Shares", arguments: shares)
  func quotas(row: (counts: [String: Int], target: Int, temperature: Double?, expected: [String: Int])) {
    let quotas = Balance.quotas(row.counts, target: row.target, temperature: row.temperature)
    #expect(quotas.values.reduce(0, +) == row.target)
    #expect(quotas == row.expected)
  }

  private static func row(
    _ number: Int, user: UInt64? = nil, language: String = "x", rating: Double = 0, isPermanent: Bool = false
  ) -> Balance.Row {
    Balance.Row(
      user: user, language: language, rating: rating, length: 100,
      hash: ContentHash(question: "", answer: "\(number)"), isPermanent: isPermanent)
  }

  @Test("The best rated stay; what has no record any more counts, but stays")
  func best() {
    var balance = Balance()
    balance.perUser = 2
    let rows = [(7, 3.0), (7, 5), (7, 4), (8, 1)].enumerated().map {
      Self.row($0.offset, user: UInt64($0.element.0), rating: $0.element.1)
    }
    #expect(balance.surplus(of: rows) == [0])
    balance = Balance()
    balance.perLanguage = 1
    #expect(balance.surplus(of: [Self.row(0, rating: 5), Self.row(1, isPermanent: true)]) == [0])
    let permanent = (0..<3).map { Self.row($0, isPermanent: true) }
    #expect(balance.surplus(of: permanent) == [])
    balance = Balance()
    balance.target = 1
    #expect(balance.surplus(of: permanent + [Self.row(9, rating: 5)]) == [3])
  }

  @Test("The seed decides between equals, the same each time")
  func seeded() {
    var balance = Balance()
    balance.target = 10
    let rows = (0..<40).map { Self.row($0) }
    let first = balance.surplus(of: rows)
    #expect(first.count == 30)
    #expect(balance.surplus(of: rows) == first)
    balance.seed = 1
    #expect(balance.surplus(of: rows) != first)
  }

  @Test("A run with a cap: counted, in the manifest, and gone without a trace in the next run without")
  func run() throws {
    let folder = try DataFolder()
    for number in 0..<6 { try folder.add(conversation(number, user: user(.train, from: number < 4 ? 0 : 500))) }
    try folder.curate()
    let before = try folder.bytes(folder.directory.trainingData)
    var rules = CurationRules()
    rules.balance.perUser = 1
    let manifest = try JSONDocument(
      parsing: folder.curator(seed: 1, rules: rules).run(now: DataFolder.now) { _ in }
    ).root
    #expect(manifest["rejected"]?["over_cap"]?.integer == 4)
    #expect(manifest["examples"]?.integer == 2)
    #expect(manifest["rules"]?["optional"]?["over_cap"]?["per_user"]?.integer == 1)
    try folder.curate()
    #expect(try folder.bytes(folder.directory.trainingData) == before)
  }
}
