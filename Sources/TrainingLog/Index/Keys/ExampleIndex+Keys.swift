import Records

/// What the index keeps by numbers: users, sessions, idempotency keys and groups of twins.
extension ExampleIndex {
  /// The record that was sent with this idempotency key (`ExampleRow.key`).
  func id(forKey key: UInt64) throws(DatabaseError) -> ExampleID? {
    guard key != 0 else { return nil }
    let head = try tables.keys.value(of: key)
    return try head == 0 ? nil : row(withHead: head) { $0.key == key }?.id
  }

  func knows(user: UInt64) throws(DatabaseError) -> Bool { try tables.users.value(of: user) != 0 }

  /// Reads them from the file.
  var knownUsers: [UInt64] { get throws(DatabaseError) { try tables.users.allKeys() } }

  func note(_ row: ExampleRow) throws(DatabaseError) {
    if row.key != 0 { tables.keys.set(row.id.high, for: row.key) }
    if try tables.users.add(1, to: row.user) == 1 { tallies.add(Tally(conversations: 1), to: .total, "users") }
    if try tables.sessions.add(1, to: row.session) == 1 { tallies.add(Tally(conversations: 1), to: .total, "sessions") }
    if isEligible(row) { try addTwin(row) }
  }

  func forget(_ row: ExampleRow) throws(DatabaseError) {
    if row.key != 0, try tables.keys.value(of: row.key) == row.id.high { tables.keys.set(0, for: row.key) }
    if try tables.users.add(-1, to: row.user) == 0 { tallies.add(Tally(conversations: -1), to: .total, "users") }
    if try tables.sessions.add(-1, to: row.session) == 0 {
      tallies.add(Tally(conversations: -1), to: .total, "sessions")
    }
    if isEligible(row) { try removeTwin(row) }
  }

  func moveTwin(_ old: ExampleRow, to new: ExampleRow) throws(DatabaseError) {
    if isEligible(old), isEligible(new), old.twin == new.twin, try twins.isOnly(candidate(new), of: new.twin) { return }
    if isEligible(old) { try removeTwin(old) }
    if isEligible(new) { try addTwin(new) }
  }

  private func addTwin(_ row: ExampleRow) throws(DatabaseError) {
    let keepers = try twins.add(candidate(row), to: row.twin) { (head) throws(DatabaseError) in
      try self.row(withHead: head) { $0.twin == row.twin && $0.id != row.id && self.isEligible($0) }.map(self.candidate)
    }
    moveKeeper(keepers)
  }

  private func removeTwin(_ row: ExampleRow) throws(DatabaseError) {
    moveKeeper(try twins.remove(candidate(row), from: row.twin))
  }

  private func moveKeeper(_ keepers: (before: Twins.Candidate?, after: Twins.Candidate?)) {
    guard keepers.before?.day != keepers.after?.day else { return }
    tallies.addKeeper(on: keepers.before?.day, times: -1)
    tallies.addKeeper(on: keepers.after?.day, times: 1)
  }

  private func row(
    withHead head: UInt64, where isMeant: (ExampleRow) -> Bool
  ) throws(DatabaseError) -> ExampleRow? {
    for id in try file.ids(withHead: head) { if let row = try row(id), isMeant(row) { return row } }
    if let row = unsaved.rows.first(where: { $0.key.high == head && isMeant($0.value) })?.value { return row }
    for id in saving?.changes.rows.keys.filter({ $0.high == head }) ?? [] {
      if let row = try row(id), isMeant(row) { return row }
    }
    return nil
  }

  private func isEligible(_ row: ExampleRow) -> Bool { row.reason(rules) == nil }

  private func candidate(_ row: ExampleRow) -> Twins.Candidate {
    Twins.Candidate(score: row.score, id: row.id, day: row.day)
  }
}
