import Privacy
import Records

/// What becomes of each work, in order; nothing is written yet.
extension LogWriter {
  func decide(_ work: Work, _ stage: inout CommitStage) throws -> Outcome {
    switch work {
    case .conversation(let stored): try decide(stored, &stage)
    case .conversations(let list): .several(try list.map { try decide($0, &stage) })
    case .rating(let rating, let now, let unlessRated):
      try decide(rating, now: now, unlessRated: unlessRated, &stage)
    }
  }

  private func decide(_ stored: StoredConversation, _ stage: inout CommitStage) throws -> Outcome {
    // The refusal may have come while it was being scrubbed.
    let user = Pseudonym(value: stored.row.user)
    if consent.refuses(.logging, stored.person.subject, user: user) {
      consent.remember(refused: stored.id)
      try forgetEarlyRating(of: stored.id)
      live.countRefused()
      return .optedOut
    }
    if stored.repeatable != nil {
      // Nobody knows yet whether it was sent before.
      guard completeIndex != nil else { return .notIndexed }
      if let outcome = try repetition(of: stored, &stage) { return outcome }
      if let refusal = stored.refusalUnlessRepeated { return .invalid(refusal) }
    }
    let name = LogFileName.conversations(stored.day)
    let isRefused = consent.refuses(.training, stored.person.subject, user: user)
    noteAhead(of: stored, isRefused: isRefused, &stage)
    // Without an index nobody is told the place.
    let offset = try stage.end(of: name) {
      try files.size(of: name) + (completeIndex?.removed(from: name).bytes ?? 0)
    }
    stage.insert(stored, offset: offset, isRefused: isRefused)
    // One that has waited for too long goes with the next housekeeping.
    if completeIndex != nil, let early = stage.pending[stored.id] ?? pending[stored.id],
      PendingRatings.mayWait(for: early.id, now: clock.now)
    {
      join(early, to: stored.row, &stage)
    }
    return .stored(stored.id)
  }

  /// The outcome for what was sent before, by its idempotency key or the client's own id; nil for something new.
  private func repetition(of stored: StoredConversation, _ stage: inout CommitStage) throws -> Outcome? {
    let key = stored.row.key
    let named = stored.sent.contains(.exampleID) ? try row(stored.id, &stage)?.id : nil
    let keyed = try key == 0 ? nil : stage.keys[key] ?? index.id(forKey: key)
    if let named, let keyed, named != keyed { return .conflict }
    guard let id = keyed ?? named else {
      let isErased = (stored.sent.contains(.exampleID) && journal.contains(stored.id)) || journal.contains(key: key)
      return isErased ? .erased : nil
    }
    guard let earlier = try conversation(id, stage) else { return .storageFailed }
    return stored.repeats(earlier) ? .replayed(id) : .conflict
  }

  private func decide(
    _ rating: Rating, now: Timestamp, unlessRated: Bool, _ stage: inout CommitStage
  ) throws -> Outcome {
    guard let id = rating.exampleID else { return .unknownExample }
    guard completeIndex != nil else { return .notIndexed }
    if let row = try row(id, &stage) {
      guard !consent.refuses(.logging, user: Pseudonym(value: row.user)) else { return .ratingOptedOut }
      if unlessRated, row.score > 0 { return .replayed(id) }
      // What follows of a correction is told by the record, so one that cannot be read takes none.
      if rating.correctedMessage != nil, stage.row(id) == nil {
        do { _ = try conversation(row) } catch {
          live.tell(.unreadable)
          return .storageFailed
        }
      }
      stage.rate(collector.prepare(rating, for: row, now: now))
      return .rated
    }
    let isKnown = journal.contains(id) || consent.hasRefused(id) || newlyExpired.contains(id)
    guard PendingRatings.mayWait(for: id, now: now), !isKnown else { return .unknownExample }
    guard !pending.isFull else { return .storageFailed }
    let early = collector.prepareEarly(rating, for: id, now: now)
    stage.append(early.line(), to: .pending)
    stage.pending[id] = (stage.pending[id] ?? pending[id])?.merged(with: early) ?? early
    stage.changes.append(.wait(early))
    return .pending
  }

  func join(_ early: PendingRating, to row: ExampleRow, _ stage: inout CommitStage) {
    stage.rate(collector.lines(of: early, for: row))
    stage.changes.append(.join(early.id))
    stage.pending[early.id] = nil
  }

  private func row(_ id: ExampleID, _ stage: inout CommitStage) throws -> ExampleRow? {
    try stage.row(id) ?? index.row(id)
  }

  /// The stored conversation; nil when its line cannot be read any more.
  private func conversation(_ id: ExampleID, _ stage: CommitStage) throws -> Conversation? {
    if let fresh = stage.conversations[id] { return fresh }
    return try index.row(id).flatMap { try? conversation($0) }
  }
}
