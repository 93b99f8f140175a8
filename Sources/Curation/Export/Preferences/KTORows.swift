import Records

/// The rows for KTO: rated 4 or 5 is wanted, 1 or 2 is not, all others say too little. Negatives are never wanted, also
/// where they were rated well before somebody corrected them.
struct KTORows {
  /// Numbers of answers and their labels, in the order in which they are written.
  private(set) var rows: [(answer: Int, label: Bool)] = []
  private(set) var besideOwnSession = 0
  /// Rows without a place where no neighbour is their twin or has their prompt.
  private(set) var leftOut = 0

  private static let wantedFrom = 4.0
  private static let unwantedTo = 2.0

  /// - Parameters:
  ///   - row: of an answer.
  ///   - sessions: of the examples with these ids, as far as they are known.
  init(
    _ answers: [RatedAnswer], row: @escaping @Sendable (Int) throws -> ExportRow,
    sessions: (Set<String>) throws -> [String: UInt64]
  ) throws {
    var labelled: [(answer: Int, label: Bool)] = []
    for (number, answer) in answers.enumerated() where answer.isRated {
      if answer.origin == .published, answer.score >= Self.wantedFrom { labelled.append((number, true)) }
      if answer.origin != .correction, answer.score <= Self.unwantedTo { labelled.append((number, false)) }
    }
    // The order of a hash mixes labels, languages and days, and is the same each time.
    labelled.sort { answers[$0.answer].text < answers[$1.answer].text }
    let sessions = try sessions(Set(labelled.map { answers[$0.answer].id }))
    var clusters = try Self.clusters(labelled.map(\.answer), row)
    var prompts: [ContentHash: Int] = [:]
    let keys = labelled.enumerated().map { index, labelled in
      let answer = answers[labelled.answer]
      let prompt = prompts[answer.prompt, default: prompts.count]
      prompts[answer.prompt] = prompt
      return ApartOrder.Keys(prompt: prompt, cluster: clusters.find(index), session: sessions[answer.id])
    }
    let apart = ApartOrder(keys)
    rows = apart.order.map { labelled[$0] }
    besideOwnSession = apart.besideOwnSession
    leftOut = apart.leftOut.count
  }

  /// Near-duplicates among the answers with their questions, as the curator finds them.
  private static func clusters(
    _ answers: [Int], _ row: @escaping @Sendable (Int) throws -> ExportRow
  ) throws -> UnionFind {
    var bands: [UInt32] = []
    var comparable: [Int] = []
    @Sendable func set(_ index: Int) throws -> [UInt32] {
      // A maker of its own, since this is called on all threads.
      var maker = ShingleMaker()
      let row = try row(answers[index])
      return maker.make(question: row.question, answer: row.answer).set
    }
    for index in answers.indices {
      let set = try set(index)
      if set.isEmpty {
        bands.append(contentsOf: repeatElement(0, count: MinHash.bands))
      } else {
        MinHash.appendBands(of: set, to: &bands)
        comparable.append(index)
      }
    }
    let rows = answers.indices.map { Int32($0) }
    let twins = NearTwins(threshold: CurationRules().nearDuplicate, bands: bands, rows: rows, set: set)
    return try twins.groups(of: comparable, count: answers.count)
  }

  /// Weights with which wanted and unwanted rows count the same in sum; the larger class has 1.
  var weights: (desirable: Double, undesirable: Double) {
    let desirable = rows.count { $0.label }
    let undesirable = rows.count - desirable
    guard desirable > 0, undesirable > 0 else { return (1, 1) }
    func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
    return desirable > undesirable
      ? (1, rounded(Double(desirable) / Double(undesirable))) : (rounded(Double(undesirable) / Double(desirable)), 1)
  }
}
