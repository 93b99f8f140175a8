import Privacy
import Records

/// Objection (GDPR article 21).
extension TrainingLog {
  /// Takes down that a user refuses, or no longer refuses; durable when it returns. What is so already is not written
  /// again.
  ///
  /// - Parameter userID: as the backend names the user.
  package func setConsent(
    ofUser userID: String, _ purposes: [Purpose], refused: Bool, now: Timestamp
  ) throws {
    let users = pseudonyms.users(userID)
    let subject = consent.hasher.hash(userID: userID)
    @Sendable func append(_ writer: LogWriter, _ rows: [ExampleRow]) throws {
      let changes = purposes.flatMap { consent.changes(of: subject, users, $0, refused: refused, now: now) }
      try writer.append(changes, rows)
    }
    // An objection holds at once: what is read into the index after it is read with it.
    let isNoted = try commit.withWriter { writer in
      guard writer.completeIndex == nil else { return false }
      try append(writer, [])
      return true
    }
    if !isNoted { try scan(ofUsers: users) { writer, rows in try append(writer, Array(rows.values)) } }
  }

  /// A rating that came before its conversation goes when the conversation is refused.
  package func forgetEarlyRating(of id: ExampleID) throws {
    try commit.withWriter { try $0.forgetEarlyRating(of: id) }
  }
}

extension LogWriter {
  func forgetEarlyRating(of id: ExampleID) throws {
    guard pending[id] != nil else { return }
    dropPending(id)
    try rewritePending()
  }

  /// - Parameter rows: what is held of the user.
  func append(_ changes: [ConsentChange], _ rows: some Collection<ExampleRow>) throws {
    guard !changes.isEmpty else { return }
    try files.append([(.consent, changes.flatMap { $0.line() + [UInt8(ascii: "\n")] })])
    for change in changes { consent.add(change) }
    guard let index = completeIndex else { return }
    let size = try files.size(of: .consent)
    live.publish {
      for row in rows {
        var new = row
        new.isRefused = consent.refuses(.training, user: Pseudonym(value: row.user))
        // What is lost of the books comes back with the next start.
        do { try index.update(row, to: new) } catch { index.freeze() }
      }
      index.setBytes(size, of: .consent)
      return index.tallies
    }
  }
}
