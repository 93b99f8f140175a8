import Posix
import Privacy
import Records

/// Who has refused what, as `state/consent.jsonl` has it. Asked before anything of a conversation is read, again before it
/// is stored, and by the curator. Its lines are written by `LogWriter`.
package final class ConsentLedger: Sendable {
  private struct State {
    /// The refusals in force.
    var subjects: [Purpose: Set<KeyedHash>] = [:]
    var users: [Purpose: Set<KeyedHash>] = [:]
    var changes: [ConsentChange] = []
    /// Ids that clients have minted for conversations that were refused, the oldest first.
    var refusedIDs: [ExampleID] = []
    var refusedIDSet: Set<ExampleID> = []
  }

  let hasher: LedgerHasher
  private let state = Mutex(State())

  init(key: [UInt8]) { hasher = LedgerHasher(key: key) }

  /// The ledger beside the process that writes it.
  package convenience init(reading directory: DataDirectory, key: [UInt8]) throws {
    self.init(key: key)
    guard let file = try ReadOnlyFile.open(ifPresent: directory.consent) else { return }
    try LineReader().read(file) { line, _ in add(try ConsentChange(line)) }
  }

  func add(_ change: ConsentChange) {
    state.withLock { state in
      state.changes.append(change)
      switch change.state {
      case .refused:
        if let subject = change.subject { state.subjects[change.purpose, default: []].insert(subject) }
        if let user = change.user { state.users[change.purpose, default: []].insert(user) }
      case .granted:
        guard let subject = change.subject else { return }
        state.subjects[change.purpose]?.remove(subject)
        // All pseudonyms that the user is known to have ever refused under, this one too.
        for earlier in state.changes where earlier.subject == subject && earlier.purpose == change.purpose {
          if let user = earlier.user { state.users[change.purpose]?.remove(user) }
        }
      }
    }
  }

  /// Users with any refusal in force.
  package var refusingUsers: Int {
    state.withLock { state in state.subjects.values.reduce(into: Set()) { $0.formUnion($1) }.count }
  }

  /// Whether a refusal is in force under any pseudonym; also where nobody knows any more whose it is.
  package var refusesAnybody: Bool { state.withLock { state in state.users.values.contains { !$0.isEmpty } } }

  /// What the ledger names a user by; nil where nobody refuses anything, and it need not be asked.
  ///
  /// - Parameter userID: as the backend names the user.
  func subject(ofUser userID: String) -> KeyedHash? {
    state.withLock { $0.subjects.values.contains { !$0.isEmpty } } ? hasher.hash(userID: userID) : nil
  }

  /// - Parameter userID: as the backend names the user.
  package func refuses(_ purpose: Purpose, userID: String) -> Bool {
    guard state.withLock({ $0.subjects[purpose]?.isEmpty == false }) else { return false }
    return isRefusing(hasher.hash(userID: userID), purpose)
  }

  func isRefusing(_ subject: KeyedHash, _ purpose: Purpose) -> Bool {
    state.withLock { $0.subjects[purpose]?.contains(subject) ?? false }
  }

  /// - Parameter user: a pseudonym that had its refusal recorded.
  package func refuses(_ purpose: Purpose, user: Pseudonym) -> Bool {
    guard state.withLock({ $0.users[purpose]?.isEmpty == false }) else { return false }
    let hash = hasher.hash(user: user)
    return state.withLock { $0.users[purpose]?.contains(hash) ?? false }
  }

  /// Whether the user of a conversation refuses: as the person who is known by the id, or under the pseudonym.
  func refuses(_ purpose: Purpose, _ subject: KeyedHash?, user: Pseudonym) -> Bool {
    if let subject, isRefusing(subject, purpose) { return true }
    return refuses(purpose, user: user)
  }

  /// The lines of the ledger without the history of one subject: of that only the refusals that are in force stay. nil
  /// where nothing of it would go.
  func content(without subject: KeyedHash) -> [UInt8]? {
    state.withLock { state in
      let kept = Self.forgetting(subject, state.changes)
      guard kept.count < state.changes.count else { return nil }
      return kept.flatMap { $0.line() + [UInt8(ascii: "\n")] }
    }
  }

  /// Only after `content` has become the ledger.
  func forget(_ subject: KeyedHash) {
    state.withLock { $0.changes = Self.forgetting(subject, $0.changes) }
  }

  private static func forgetting(_ subject: KeyedHash, _ changes: [ConsentChange]) -> [ConsentChange] {
    var granted: [Purpose: (number: Int, users: Set<KeyedHash>)] = [:]
    for (number, change) in changes.enumerated() where change.subject == subject && change.state == .granted {
      granted[change.purpose, default: (number, [])].number = number
      if let user = change.user { granted[change.purpose]?.users.insert(user) }
    }
    return changes.enumerated().filter { number, change in
      guard let granted = granted[change.purpose], number <= granted.number else { return true }
      // What was refused under a pseudonym and taken back would be in force again without the line that took it back.
      let isTakenBack = change.subject == nil && change.user.map(granted.users.contains) ?? false
      return change.subject != subject && !isTakenBack
    }.map(\.element)
  }
}

extension ConsentLedger {
  /// As they stand in the file.
  func changes(of subject: KeyedHash) -> [ConsentChange] {
    state.withLock { $0.changes.filter { $0.subject == subject } }
  }

  /// All lines, and the pseudonyms under which a refusal is in force.
  var present: (changes: [ConsentChange], users: [Purpose: Set<KeyedHash>]) {
    state.withLock { ($0.changes, $0.users) }
  }

  /// Only after these have become the ledger, and where they say the same as the lines until now (`untied`).
  func wasRewritten(_ changes: [ConsentChange]) { state.withLock { $0.changes = changes } }
}

/// A rating of a conversation that was refused finds nothing, though its id is new. Kept in memory alone, since nothing of
/// such a conversation is stored.
extension ConsentLedger {
  private static let refusedIDsMax = 65_536

  package func remember(refused id: ExampleID) {
    state.withLock { state in
      guard state.refusedIDSet.insert(id).inserted else { return }
      state.refusedIDs.append(id)
      guard state.refusedIDs.count > Self.refusedIDsMax else { return }
      let oldest = state.refusedIDs.prefix(Self.refusedIDsMax / 8)
      state.refusedIDSet.subtract(oldest)
      state.refusedIDs.removeFirst(oldest.count)
    }
  }

  func hasRefused(_ id: ExampleID) -> Bool { state.withLock { $0.refusedIDSet.contains(id) } }
}
