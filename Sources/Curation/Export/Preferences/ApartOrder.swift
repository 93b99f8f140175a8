/// An order of rows in which no two neighbours share a key: trainers for KTO pair each row with the next one to guess how
/// far the model has moved, and a row beside its own twin would tell them nothing.
struct ApartOrder {
  /// What neighbours must not have in common. `session` nil: unknown.
  struct Keys {
    let prompt: Int
    let cluster: Int
    let session: UInt64?

    func meets(_ other: Keys, sessionsToo: Bool) -> Bool {
      prompt == other.prompt || cluster == other.cluster
        || (sessionsToo && session != nil && session == other.session)
    }
  }

  private(set) var order: [Int] = []
  /// Rows that have a neighbour of their own session, because nearly all rows are of one.
  private(set) var besideOwnSession = 0
  /// Rows that would stand beside their own prompt or twin wherever they are put.
  private(set) var leftOut: [Int] = []

  /// How many of the rows that wait are tried for a gap.
  private static let lookahead = 16

  init(_ keys: [Keys]) {
    let groups = Self.groups(keys)
    let largest = groups.first?.count ?? 0
    // A group fits between the others when it is not larger than they are by more than one.
    let surplus = max(0, 2 * largest - keys.count - 1)
    let waiting = Array(groups.first?.suffix(surplus) ?? [])
    let rows = groups.enumerated().flatMap { $0.offset == 0 ? Array($0.element.dropLast(surplus)) : $0.element }
    // The even places first, then the odd ones: what is next to each other in `rows` is at least two apart.
    order = [Int](repeating: 0, count: rows.count)
    let even = (rows.count + 1) / 2
    for (index, row) in rows.enumerated() { order[index < even ? 2 * index : 2 * (index - even) + 1] = row }
    let (rest, _) = weave(waiting, keys, sessionsToo: true)
    (leftOut, besideOwnSession) = weave(rest, keys, sessionsToo: false)
  }

  /// Rows that share a key, directly or over others; the largest group first.
  private static func groups(_ keys: [Keys]) -> [[Int]] {
    var union = UnionFind(count: keys.count)
    var prompts: [Int: Int] = [:]
    var clusters: [Int: Int] = [:]
    var sessions: [UInt64: Int] = [:]
    for (row, key) in keys.enumerated() {
      union.unite(prompts[key.prompt, default: row], row)
      prompts[key.prompt] = row
      union.unite(clusters[key.cluster, default: row], row)
      clusters[key.cluster] = row
      guard let session = key.session else { continue }
      union.unite(sessions[session, default: row], row)
      sessions[session] = row
    }
    var groups: [Int: [Int]] = [:]
    for row in keys.indices { groups[union.find(row), default: []].append(row) }
    return groups.values.sorted { $0.count != $1.count ? $0.count > $1.count : $0[0] < $1[0] }
  }

  /// Puts rows where neither neighbour shares a key with them, one in a gap; those that find no place are given back.
  private mutating func weave(_ rows: [Int], _ keys: [Keys], sessionsToo: Bool) -> (rest: [Int], placed: Int) {
    guard !rows.isEmpty else { return ([], 0) }
    // From behind, where taking one out costs nothing.
    var waiting = Array(rows.reversed())
    var woven: [Int] = []
    for gap in 0...order.count {
      let next = gap < order.count ? order[gap] : nil
      // Behind the last row any number may follow.
      repeat {
        let fitting = waiting.indices.suffix(Self.lookahead).last { index in
          [woven.last, next].allSatisfy { neighbour in
            neighbour.map { !keys[waiting[index]].meets(keys[$0], sessionsToo: sessionsToo) } ?? true
          }
        }
        guard let fitting else { break }
        woven.append(waiting.remove(at: fitting))
      } while next == nil
      if let next { woven.append(next) }
    }
    order = woven
    return (waiting.reversed(), rows.count - waiting.count)
  }
}
