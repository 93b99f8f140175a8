import Posix
import Privacy
import Records

/// What has been erased, as `state/erasures.jsonl` has it: asked wherever something might come back. Its lines are
/// written by `LogWriter`.
package final class ErasureJournal: Sendable {
  private struct State {
    /// Of all erasures, and their idempotency keys.
    var examples: Set<KeyedHash> = []
    var keys: Set<KeyedHash> = []
    /// Begun and not known to be completed, the oldest first.
    var unfinished: [ErasureEntry] = []
    /// Of those begun by this process, or not completed when it began: copies may still be open somewhere.
    var recent: Set<KeyedHash> = []
    /// Of the unfinished ones, by the id of the receipt: what an attempt found before it removed anything.
    var found: [String: ErasureCounts] = [:]
    /// Of the unfinished ones, by the id of the receipt; as far as this process has looked.
    var covered: [String: CoveredRows] = [:]
    /// Receipts that have not reached who asked, by what they are asked for with (`ErasureEntry.claim`), the oldest first.
    var owed: [KeyedHash: [ErasureReceipt]] = [:]
    /// Of all erasures, by the id of the receipt.
    var claims: [String: KeyedHash] = [:]
    /// Of receipts that are on their way, those that each stands for, by its id.
    var joined: [String: [ErasureReceipt]] = [:]
    /// Rows that the manifest counts and an unfinished erasure has taken out already; as far as this process has looked.
    var removed: CoveredRows?

    mutating func owe(_ receipt: ErasureReceipt) {
      guard let claim = claims[receipt.id] else { return }
      if owed[claim]?.contains(where: { $0.id == receipt.id }) != true { owed[claim, default: []].append(receipt) }
    }

    mutating func forget(owed receiptID: String) {
      guard let claim = claims[receiptID], let others = owed[claim]?.filter({ $0.id != receiptID }) else { return }
      owed[claim] = others.isEmpty ? nil : others
    }

    mutating func begin(_ entry: ErasureEntry) {
      examples.formUnion(entry.examples)
      recent.formUnion(entry.examples)
      keys.formUnion(entry.keys)
      claims[entry.receiptID] = entry.claim
      if !unfinished.contains(where: { $0.receiptID == entry.receiptID }) { unfinished.append(entry) }
    }
  }

  let hasher: LedgerHasher
  private let state = Mutex(State())
  /// Of a journal that another process writes.
  private let path: String?
  private let seen = Mutex<(file: ReadOnlyFile?, bytes: Int)>((nil, 0))

  convenience init(key: [UInt8]) { self.init(key: key, path: nil) }

  private init(key: [UInt8], path: String?) {
    hasher = LedgerHasher(key: key)
    self.path = path
  }

  /// The journal beside the process that writes it.
  package convenience init(reading directory: DataDirectory, key: [UInt8]) throws {
    self.init(key: key, path: directory.erasures)
    try readOn()
    finishReading()
  }

  /// Takes up what another process has written since, if one does: it may erase what is being read.
  package func readOn() throws {
    guard let path else { return }
    try seen.withLock { seen in
      if seen.file == nil { seen.file = try ReadOnlyFile.open(ifPresent: path) }
      guard let file = seen.file, try file.size() > seen.bytes else { return }
      seen.bytes = try LineReader().read(file, from: seen.bytes) { line, _ in try add(line) }
    }
  }

  /// A line as it stands in the file.
  func add(_ line: [UInt8]) throws(LineError) {
    switch try ErasureLine(line) {
    case .begun(let entry): state.withLock { $0.begin(entry) }
    case .found(let receiptID, let counts): note(counts, of: receiptID)
    case .done(let receiptID, let owed): finish(receiptID, owed: owed)
    case .received(let receiptID): state.withLock { $0.forget(owed: receiptID) }
    }
  }

  /// What was completed by an earlier process is open nowhere.
  func finishReading() {
    state.withLock { state in state.recent = Set(state.unfinished.flatMap(\.examples)) }
  }

  func begin(_ entry: ErasureEntry) { state.withLock { $0.begin(entry) } }

  func note(_ found: ErasureCounts, of receiptID: String) { state.withLock { $0.found[receiptID] = found } }

  /// nil where no attempt has come as far as to count.
  func found(_ receiptID: String) -> ErasureCounts? { state.withLock { $0.found[receiptID] } }

  /// - Parameters:
  ///   - covered: rows that are there and wait to be erased.
  ///   - removed: rows that are gone while the manifest still counts them, of whichever erasure; nil where nobody has looked.
  package func note(_ covered: CoveredRows, removed: CoveredRows?, of receiptID: String) {
    state.withLock { state in
      state.covered[receiptID] = covered
      if let removed { state.removed = removed }
    }
  }

  /// All that wait to be erased of this version of the dataset, or are gone before it is another; nil where nothing does.
  package func coveredRows(of version: String) -> CoveredRows? {
    state.withLock { state in
      guard !state.covered.isEmpty else { return nil }
      let all = Array(state.covered.values) + (state.removed.map { [$0] } ?? [])
      return all.reduce(into: CoveredRows(version: version)) { sum, rows in
        guard rows.version == version else { return }
        sum.train += rows.train
        sum.test += rows.test
      }
    }
  }

  /// - Parameter owed: where somebody may ask for it.
  func finish(_ receiptID: String, owed: ErasureReceipt?) {
    state.withLock { state in
      state.unfinished.removeAll { $0.receiptID == receiptID }
      state.found[receiptID] = nil
      state.covered[receiptID] = nil
      if state.unfinished.isEmpty { state.removed = nil }
      if let owed { state.owe(owed) }
    }
  }

  /// The receipts that are owed to whoever asks with this, the oldest first; to nobody else from now on, unless they are
  /// owed again.
  func takeOwed(_ claim: KeyedHash) -> [ErasureReceipt] {
    state.withLock { $0.owed.removeValue(forKey: claim) ?? [] }
  }

  /// One goes out for all of these.
  func join(_ parts: [ErasureReceipt], as receipt: ErasureReceipt) {
    state.withLock { $0.joined[receipt.id] = parts }
  }

  /// The receipts of single erasures that this one stands for.
  func parts(of receipt: ErasureReceipt) -> [ErasureReceipt] {
    state.withLock { $0.joined[receipt.id] } ?? [receipt]
  }

  /// It did not reach who asked.
  func owe(_ receipt: ErasureReceipt) {
    let parts = parts(of: receipt)
    state.withLock { state in for part in parts { state.owe(part) } }
  }

  /// Records erased on request, ever.
  package var erasedRecords: Int { state.withLock { $0.examples.count } }

  var unfinished: [ErasureEntry] { state.withLock { $0.unfinished } }

  func isUnfinished(_ receiptID: String) -> Bool {
    state.withLock { $0.unfinished.contains { $0.receiptID == receiptID } }
  }

  /// Whether a record of that id was erased.
  package func contains(_ id: ExampleID) -> Bool {
    guard erasedRecords > 0 else { return false }
    let hash = hasher.hash(id)
    return state.withLock { $0.examples.contains(hash) }
  }

  /// Whether an erased record came with this key (`ExampleRow.key`).
  func contains(key: UInt64) -> Bool {
    guard key != 0, erasedRecords > 0 else { return false }
    let hash = hasher.hash(key: key)
    return state.withLock { $0.keys.contains(hash) }
  }

  /// Whether something that is gone, or is about to go, may still be seen in a file.
  package var hidesSomething: Bool { state.withLock { !$0.recent.isEmpty } }

  /// Whether it must not be shown, though it may still stand in a file.
  package func hides(_ id: ExampleID) -> Bool {
    guard hidesSomething else { return false }
    let hash = hasher.hash(id)
    return state.withLock { $0.recent.contains(hash) }
  }
}

/// How many rows of a version of the dataset an erasure covers that has not removed them.
package struct CoveredRows: Sendable {
  let version: String
  package var train = 0
  package var test = 0

  package init(version: String) { self.version = version }
}
