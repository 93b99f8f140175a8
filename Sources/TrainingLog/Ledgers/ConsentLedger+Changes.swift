import Privacy
import Records

/// The lines that are to be written, and those that were.
extension ConsentLedger {
  /// What makes it so that a user refuses a purpose, or does not: a line for each pseudonym under which records may stand;
  /// none for what is so already.
  ///
  /// - Parameter users: the pseudonyms that the user has, the present one first.
  func changes(
    of subject: KeyedHash, _ users: [Pseudonym], _ purpose: Purpose, refused: Bool, now: Timestamp
  ) -> [ConsentChange] {
    let isRefusing = isRefusing(subject, purpose)
    if isRefusing == refused { return refused ? users.compactMap { note(of: subject, purpose, under: $0) } : [] }
    // One takes back what was refused under any pseudonym that the ledger still knows to be of the same user.
    let refusing = users.filter { self.refuses(purpose, user: $0) }
    return (refused ? users : refusing.isEmpty ? Array(users.prefix(1)) : refusing).map { user in
      ConsentChange(
        at: now, subject: subject, user: hasher.hash(user: user), purpose: purpose,
        state: refused ? .refused : .granted)
    }
  }

  /// The refusal in force, said once more of a pseudonym that the user did not have when it came; nil where there is none,
  /// or where that was said. The curator knows pseudonyms alone.
  func note(of subject: KeyedHash, _ purpose: Purpose, under user: Pseudonym) -> ConsentChange? {
    guard isRefusing(subject, purpose), !refuses(purpose, user: user) else { return nil }
    guard let last = changes(of: subject).last(where: { $0.purpose == purpose && $0.state == .refused }) else {
      return nil
    }
    return ConsentChange(
      at: last.at, subject: subject, user: hasher.hash(user: user), purpose: purpose, state: .refused)
  }

  /// The history of a user, each change once, under however many pseudonyms it was noted.
  func history(of subject: KeyedHash) -> [ConsentChange] {
    changes(of: subject).reduce(into: []) { history, change in
      let isNoted = history.contains {
        $0.at == change.at && $0.purpose == change.purpose && $0.state == change.state
      }
      if !isNoted { history.append(change) }
    }
  }

  /// The lines that say the same of each user's id and of each pseudonym, and of no two that they belong together: of ids
  /// with their history, of pseudonyms only what is in force, in the order of the hashes and all of one time. nil where
  /// they are so already.
  ///
  /// - Parameter now: the time that lines of pseudonyms get.
  func untied(at now: Timestamp) -> [ConsentChange]? {
    let (changes, users) = present
    guard changes.contains(where: { $0.subject != nil && $0.user != nil }) else { return nil }
    var known: Set<ConsentChange> = []
    let history = changes.compactMap { change -> ConsentChange? in
      guard let subject = change.subject else { return nil }
      let untied = ConsentChange(
        at: change.at, subject: subject, user: nil, purpose: change.purpose, state: change.state)
      return known.insert(untied).inserted ? untied : nil
    }
    let refusals = Purpose.allCases.flatMap { purpose in
      (users[purpose] ?? []).sorted { ($0.high, $0.low) < ($1.high, $1.low) }.map { user in
        ConsentChange(at: now, subject: nil, user: user, purpose: purpose, state: .refused)
      }
    }
    return history + refusals
  }
}
