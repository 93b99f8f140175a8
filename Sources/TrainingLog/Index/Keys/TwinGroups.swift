import Records

/// Groups of eligible examples with the same content, each with the one that counts as high quality: the best rated, then
/// the newest (`Twins` says the same of what is in memory).
///
/// Most groups have one member, of which the key table has the head of the id. The members of the others stand in a table
/// of their own, the best one last.
struct TwinGroups {
  typealias Candidate = Twins.Candidate

  /// In place of the head of an id.
  private static let several: UInt64 = 1

  /// What differs from the file in a group of several.
  struct Changes {
    var added: [ExampleID: Candidate] = [:]
    var removed: [ExampleID: Candidate] = [:]
    /// What was found last; nil where that is to be looked for.
    fileprivate var best: Candidate??

    fileprivate mutating func add(_ candidate: Candidate) {
      if removed[candidate.id] == candidate { removed[candidate.id] = nil } else { added[candidate.id] = candidate }
      if case .some(let known) = best { best = .some(max(known ?? candidate, candidate)) }
    }

    fileprivate mutating func remove(_ candidate: Candidate) {
      if added[candidate.id] == candidate { added[candidate.id] = nil } else { removed[candidate.id] = candidate }
      if case .some(.some(let known)) = best, known.id == candidate.id { best = nil }
    }
  }

  private let table: KeyTable
  /// Since the last save was planned.
  private var changes: [UInt64: Changes] = [:]
  /// Of a save that is not settled: what the file has not, and `changes` go on from.
  private var saving: [UInt64: Changes] = [:]

  init(_ table: KeyTable) { self.table = table }

  /// What a save is going to write.
  mutating func plan() -> [UInt64: Changes] {
    saving = changes
    changes = [:]
    return saving
  }

  mutating func settle() { saving = [:] }

  /// Whether its group has no other member: then nobody asks for its score.
  func isOnly(_ candidate: Candidate, of twin: UInt64) throws(DatabaseError) -> Bool {
    try table.value(of: twin) == candidate.id.high
  }

  /// - Parameter only: the only member of a group, told by the head of its id.
  /// - Returns: what was kept before and is kept now.
  mutating func add(
    _ candidate: Candidate, to twin: UInt64, only: (UInt64) throws(DatabaseError) -> Candidate?
  ) throws(DatabaseError) -> (before: Candidate?, after: Candidate?) {
    let head = try table.value(of: twin)
    if head == 0 {
      table.set(candidate.id.high, for: twin)
      return (nil, candidate)
    }
    if head != Self.several {
      table.set(Self.several, for: twin)
      if let other = try only(head) { changes[twin, default: Changes()].add(other) }
    }
    let before = try best(of: twin)
    changes[twin, default: Changes()].add(candidate)
    return (before, try best(of: twin))
  }

  mutating func remove(
    _ candidate: Candidate, from twin: UInt64
  ) throws(DatabaseError) -> (before: Candidate?, after: Candidate?) {
    let head = try table.value(of: twin)
    if head == Self.several {
      let before = try best(of: twin)
      changes[twin, default: Changes()].remove(candidate)
      let after = try best(of: twin)
      if after == nil { table.set(0, for: twin) }
      return (before, after)
    }
    guard head == candidate.id.high else { return (nil, nil) }
    table.set(0, for: twin)
    return (candidate, nil)
  }

  private mutating func best(of twin: UInt64) throws(DatabaseError) -> Candidate? {
    let known = changes[twin] ?? Changes()
    if case .some(let best) = known.best { return best }
    let before = saving[twin] ?? Changes()
    let saved = try table.file.bestTwin(twin) { before.removed[$0.id] != $0 && known.removed[$0.id] != $0 }
    let planned = before.added.values.filter { known.removed[$0.id] != $0 }.max()
    let best = [saved, planned, known.added.values.max()].compactMap { $0 }.max()
    changes[twin, default: Changes()].best = .some(best)
    return best
  }
}

extension IndexFile {
  static let twinSchema = """
    CREATE TABLE twins(
      twin INTEGER NOT NULL, score INTEGER NOT NULL, id BLOB NOT NULL, day INTEGER NOT NULL,
      PRIMARY KEY(twin, score, id)) WITHOUT ROWID;
    """

  /// The best one of which this is true.
  fileprivate func bestTwin(
    _ twin: UInt64, where isThere: (Twins.Candidate) -> Bool
  ) throws(DatabaseError) -> Twins.Candidate? {
    let rows = try database.statement(
      "SELECT score, id, day FROM twins WHERE twin = ? ORDER BY score DESC, id DESC"
    ).bind(1, Int64(bitPattern: twin))
    defer { rows.reset() }
    while try rows.step() {
      guard let id = ExampleID(bytes: rows.blob(1)) else { continue }
      let found = Twins.Candidate(score: rows.integer(0), id: id, day: Day(number: rows.integer(2)))
      if isThere(found) { return found }
    }
    return nil
  }

  /// Within a transaction.
  func write(_ changes: [UInt64: TwinGroups.Changes]) throws(DatabaseError) {
    for (twin, change) in changes {
      let twin = Int64(bitPattern: twin)
      for candidate in change.removed.values {
        try database.statement("DELETE FROM twins WHERE twin = ? AND score = ? AND id = ?")
          .bind(1, twin).bind(2, candidate.score).bind(3, candidate.id.bytes).run()
      }
      for candidate in change.added.values {
        try database.statement("INSERT OR REPLACE INTO twins VALUES(?, ?, ?, ?)")
          .bind(1, twin).bind(2, candidate.score).bind(3, candidate.id.bytes).bind(4, candidate.day.number).run()
      }
    }
  }
}
