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
        state.subjects[change.purpose, default: []].insert(change.subject)
        state.users[change.purpose, default: []].insert(change.user)
      case .granted:
        state.subjects[change.purpose]?.remove(change.subject)
        // All pseudonyms that the user has ever refused under.
        for earlier in state.changes where earlier.subject == change.subject && earlier.purpose == change.purpose {
          state.users[change.purpose]?.remove(earlier.user)
        }
      }
    }
  }

  /// Users with any refusal in force.
  package var refusingUsers: Int {
    state.withLock { state in state.subjects.values.reduce(into: Set()) { $0.formUnion($1) }.count }
  }

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
    var granted: [Purpose: Int] = [:]
    for (number, change) in changes.enumerated() where change.subject == subject && change.state == .granted {
      granted[change.purpose] = number
    }
    return changes.enumerated().filter { number, change in
      change.subject != subject || number > granted[change.purpose] ?? -1
    }.map(\.element)
  }
}

extension ConsentLedger {
  /// As they stand in the file.
  func changes(of subject: KeyedHash) -> [ConsentChange] {
    state.withLock { $0.changes.filter { $0.subject == subject } }
  }
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
