import Privacy
import Records

/// What the curator, which knows pseudonyms alone, must be told of a user before it can see a record of theirs.
extension LogWriter {
  func noteAhead(of stored: StoredConversation, isRefused: Bool, _ stage: inout CommitStage) {
    let user = stored.row.user
    if isRefused, let subject = stored.person.subject, stage.refusals[user] == nil {
      stage.refusals[user] = consent.note(of: subject, .training, under: Pseudonym(value: user))
    }
    if let oldest = stored.person.former.last, stage.inheritances[user] == nil {
      stage.inheritances[user] = inherited.line(for: user, heirOf: oldest.user.value)
    }
  }

  /// Durable when it returns: a crash may leave a record that was not acknowledged yet, and none without these lines.
  func writeAhead(_ stage: CommitStage) throws {
    let refusals = stage.refusals.sorted { $0.key < $1.key }.map(\.value)
    try append(refusals, EmptyCollection<ExampleRow>())
    guard !stage.inheritances.isEmpty else { return }
    let lines = stage.inheritances.sorted { $0.key < $1.key }
    try files.append([(.inherited, lines.flatMap { $0.value.bytes + [UInt8(ascii: "\n")] })])
    for (user, line) in lines { inherited.settle(user, by: line) }
  }
}
