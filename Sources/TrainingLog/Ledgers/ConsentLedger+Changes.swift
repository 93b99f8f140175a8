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
    // One line takes back what was refused under any pseudonym.
    return (refused ? users : Array(users.prefix(1))).map { user in
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
}
