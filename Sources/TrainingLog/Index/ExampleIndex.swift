import Records

/// The derived index: where each record stands, its latest rating, and the books of the statistics.
///
/// Memory is what answers: the books, the groups of twins, the counts of users and sessions, and the rows not saved yet.
/// The file follows in larger transactions (`save`), always as of one point of the log, so that a start after a crash
/// reads on from there. A transaction for each commit cost more than the whole commit besides. Used by the committer alone.
final class ExampleIndex {
  private let file: IndexFile
  private let rules: QualityRules
  private(set) var tallies: Tallies
  private var twins = Twins()
  private var users: [UInt64: Int]
  private var sessions: [UInt64: Int]
  private var fileBytes: [String: Int]
  private var unsaved = IndexFile.Changes()
  private(set) var isFrozen = false
  /// No row of the file has a greater id.
  private var newestSaved: ExampleID?

  /// Throws for a file that is no index of this version; the caller sets it aside and starts a new one.
  init(path: String, rules: QualityRules) throws(DatabaseError) {
    self.rules = rules
    file = try IndexFile(path: path)
    tallies = try file.tallies()
    users = try file.counts(in: "users")
    sessions = try file.counts(in: "sessions")
    fileBytes = try file.files()
    newestSaved = try file.newestID()
    var twins = Twins()
    try file.forEachTwin { twins.add($1, to: $0) }
    self.twins = twins
  }

  /// Bytes of the file that the index has seen; 0 for one it does not know.
  func bytes(of file: LogFileName) -> Int { fileBytes[file.name] ?? 0 }

  var knownFiles: [String] { Array(fileBytes.keys) }

  var unsavedRows: Int { unsaved.rows.count }

  func setBytes(_ bytes: Int, of file: LogFileName) {
    fileBytes[file.name] = bytes
    unsaved.files[file.name] = bytes
  }

  /// Memory is no longer true to the log: nothing more is saved, so that the file stays true to an earlier point of it.
  func freeze() { isFrozen = true }

  /// Writes what changed since the last time in one transaction. On an error everything stays for the next attempt.
  func save() throws(DatabaseError) {
    guard !isFrozen, !unsaved.files.isEmpty || !unsaved.rows.isEmpty else { return }
    for key in tallies.changed { unsaved.tallies[key] = tallies[key.kind, key.name] }
    tallies.changed.removeAll(keepingCapacity: true)
    try file.write(unsaved, rules: rules)
    newestSaved = ([newestSaved] + unsaved.rows.keys.map { $0 }).compactMap { $0 }.max()
    unsaved = IndexFile.Changes()
  }

  func row(_ id: ExampleID) throws(DatabaseError) -> ExampleRow? {
    if let row = unsaved.rows[id] { return row }
    guard let newestSaved, id <= newestSaved else { return nil }
    return try file.row(id)
  }

  /// Adds a record; false when the id is known already (a line read twice counts once).
  @discardableResult
  func insert(_ row: ExampleRow) throws(DatabaseError) -> Bool {
    guard try self.row(row.id) == nil else { return false }
    unsaved.rows[row.id] = row
    tallies.add(row, times: 1, rules: rules)
    count(row.user, in: &users, &unsaved.users, "users")
    count(row.session, in: &sessions, &unsaved.sessions, "sessions")
    if isEligible(row) { moveKeeper(of: row.twin) { $0.add(candidate(row), to: row.twin) } }
    return true
  }

  /// Replaces what is known of an example, the books in step.
  func update(_ old: ExampleRow, to new: ExampleRow) throws(DatabaseError) {
    guard old != new else { return }
    tallies.add(old, times: -1, rules: rules)
    tallies.add(new, times: 1, rules: rules)
    let (was, becomes) = (isEligible(old), isEligible(new))
    if was, becomes, old.twin == new.twin {
      try moveKeeper(of: old.twin) { (twins) throws(DatabaseError) in
        try twins.rescore(candidate(old), to: candidate(new), in: old.twin) { () throws(DatabaseError) in
          try best(of: old.twin, but: old.id)
        }
      }
    } else {
      if was {
        try moveKeeper(of: old.twin) { (twins) throws(DatabaseError) in
          try twins.remove(candidate(old), from: old.twin) { () throws(DatabaseError) in
            try best(of: old.twin, but: old.id)
          }
        }
      }
      if becomes { moveKeeper(of: new.twin) { $0.add(candidate(new), to: new.twin) } }
    }
    unsaved.rows[new.id] = new
  }

  private func isEligible(_ row: ExampleRow) -> Bool { row.reason(rules) == nil }

  private func candidate(_ row: ExampleRow) -> Twins.Candidate {
    Twins.Candidate(score: row.score, id: row.id, day: row.day)
  }

  /// The best of the twins but one: the file knows those that it holds, the rows not saved yet are looked through.
  private func best(of twin: UInt64, but id: ExampleID) throws(DatabaseError) -> Twins.Candidate? {
    let fresh = unsaved.rows.values.filter { $0.twin == twin && $0.id != id && isEligible($0) }.map(candidate)
    let saved = try file.bestTwin(twin) { $0 != id && unsaved.rows[$0] == nil }
    return (fresh + [saved].compactMap { $0 }).max()
  }

  private func moveKeeper<Failure: Error>(
    of twin: UInt64, _ change: (inout Twins) throws(Failure) -> Void
  ) throws(Failure) {
    let old = twins.keeper(of: twin)
    try change(&twins)
    let new = twins.keeper(of: twin)
    guard old?.day != new?.day else { return }
    tallies.addKeeper(on: old?.day, times: -1)
    tallies.addKeeper(on: new?.day, times: 1)
  }

  private func count(_ id: UInt64, in counts: inout [UInt64: Int], _ changed: inout [UInt64: Int], _ name: String) {
    let count = (counts[id] ?? 0) + 1
    counts[id] = count
    changed[id] = count
    if count == 1 { tallies.add(Tally(conversations: 1), to: .total, name) }
  }
}
