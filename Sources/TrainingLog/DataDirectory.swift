import Posix
import Records

/// The names below the data directory (contract, section 1) and the lock that makes one process its writer.
package struct DataDirectory: Sendable {
  package let root: String

  package init(_ root: String) {
    self.root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
  }

  package var logs: String { root + "/training_logs" }
  package var curated: String { root + "/curated" }
  package var state: String { root + "/state" }
  package var quarantine: String { state + "/quarantine" }
  var lockFile: String { state + "/lock" }
  package var index: String { state + "/index.sqlite" }
  package var pepper: String { state + "/pepper" }
  /// Peppers that were replaced and still find records.
  package var formerPeppers: String { state + "/pepper.old" }
  package var keys: String { state + "/keys" }
  package var keysLock: String { state + "/keys.lock" }
  package var controlSocket: String { state + "/control.sock" }
  package var trainingData: String { curated + "/training_data.jsonl" }
  package var preferences: String { curated + "/preferences.jsonl" }
  package var manifest: String { curated + "/manifest.json" }
  package var versions: String { curated + "/versions.jsonl" }
  /// What the dataset is, in words.
  package var dataCard: String { curated + "/README.md" }
  /// Which versions of the dataset held which example.
  package var lineage: String { state + "/lineage" }
  /// Which side of the split a user's records and a published text stand on.
  package var split: String { state + "/" + Self.splitName }
  package static let splitName = "split.jsonl"
  /// Sides of users who got another pseudonym.
  package var inheritedSides: String { path(of: .inherited) }
  package var erasures: String { path(of: .erasures) }
  package var consent: String { path(of: .consent) }
  /// When the daily work was last completed.
  package var maintenance: String { state + "/maintenance.json" }
  package var audit: String { state + "/audit.jsonl" }
  /// What the curator has found out about records, text by text: derived, and what it has of a day goes
  /// when something of that day is erased.
  package var surveys: String { state + "/surveys" }
  /// Keyed hashes of records that have just expired, until all that was said of them is gone too.
  package var expiring: String { state + "/expiring.jsonl" }

  package func parent(of file: LogFileName) -> String { file.isInState ? state : logs }
  package func path(of file: LogFileName) -> String { parent(of: file) + "/" + file.name }

  /// Of what is sealed of it; nil for a file that never is.
  package func sealedPath(of file: LogFileName) -> String? { file.sealedName.map { logs + "/" + $0 } }

  /// Whether there is anything of it, plain or sealed.
  func holds(_ file: LogFileName, on fileSystem: any FileSystem) -> Bool {
    LogText.Part.allCases.contains { path(of: file, $0).map(fileSystem.exists) ?? false }
  }

  func path(of file: LogFileName, _ part: LogText.Part) -> String? {
    switch part {
    case .plain: path(of: file)
    case .sealed: sealedPath(of: file)
    }
  }

  package var exists: Bool { Directories.exists(state) }

  /// Whether anything is stored that depends on the secrets.
  var hasRecords: Bool {
    get throws(SystemError) {
      if Directories.exists(trainingData) { return true }
      guard Directories.exists(logs) else { return false }
      return try Directories.list(logs).contains { $0.hasPrefix("conversations_") }
    }
  }

  package func create() throws(SystemError) {
    for directory in [root, logs, curated] { try Directories.make(directory) }
    try Directories.make(state, mode: 0o700)
    try Directories.restrict(state, to: 0o700)
    try Directories.synchronize(root)
  }

  /// Held for as long as the returned descriptor lives; nil when another process is the writer.
  package func lock() throws(SystemError) -> Descriptor? {
    let file = try Descriptor.appending(lockFile, mode: 0o600)
    guard try file.tryLock() else { return nil }
    return file
  }

  /// Waits until nobody else changes what is curated; held for as long as the returned descriptor lives.
  package func lockCuration() throws(SystemError) -> Descriptor {
    let path = state + "/curation.lock"
    let file = try Descriptor.appending(path, mode: 0o600)
    try file.lock()
    return file
  }

  /// Waits until nobody else changes `keys`; held for as long as the returned descriptor lives. A file beside it, since
  /// `keys` itself is replaced.
  func lockKeys() throws(SystemError) -> Descriptor {
    let file = try Descriptor.appending(keysLock, mode: 0o600)
    try file.lock()
    return file
  }
}

/// The files that the committer appends to: those of `training_logs`, the ratings that wait for their conversation, and
/// the ledgers of erasures, of refusals and of inherited sides.
package enum LogFileName: Hashable, Sendable {
  case conversations(Day)
  case feedback, comments, corrections
  /// In `state`: it holds nothing of any record yet.
  case pending
  /// In `state`: what must never come back.
  case erasures
  /// In `state`: who has refused what.
  case consent
  /// In `state`: on which side of the split users stay whose pseudonym has changed.
  case inherited

  var isInState: Bool { [.pending, .erasures, .consent, .inherited].contains(self) }

  /// Whether a mark vouches for it (`LedgerMark`).
  var isLedger: Bool { [.erasures, .consent].contains(self) }

  package var name: String {
    switch self {
    case .conversations(let day): "conversations_\(day).jsonl"
    case .feedback: "feedback.jsonl"
    case .comments: "comments.jsonl"
    case .corrections: "corrections.jsonl"
    case .pending: "pending.jsonl"
    case .erasures: "erasures.jsonl"
    case .consent: "consent.jsonl"
    case .inherited: "inherited.jsonl"
    }
  }

  /// Of the compressed file that a day which is over goes into.
  package var sealedName: String? { if case .conversations = self { name + ".gz" } else { nil } }

  /// The log file that a sealed file of that name belongs to.
  package init?(sealed name: String) {
    guard name.hasSuffix(".gz"), let log = LogFileName(String(name.dropLast(3))), log.sealedName == name else {
      return nil
    }
    self = log
  }

  /// Those of which something is there, plain or sealed, in the order of their names.
  ///
  /// - Parameter names: of files in `training_logs`, sorted.
  package static func present(in names: [String]) -> [LogFileName] {
    var present: [LogFileName] = []
    for name in names {
      // A sealed file follows upon the plain one of the same day.
      if let log = LogFileName(name) ?? LogFileName(sealed: name), present.last != log { present.append(log) }
    }
    return present
  }

  /// The file of that name in `training_logs`.
  package init?(_ name: String) {
    switch name {
    case "feedback.jsonl": self = .feedback
    case "comments.jsonl": self = .comments
    case "corrections.jsonl": self = .corrections
    default:
      guard name.hasPrefix("conversations_"), name.hasSuffix(".jsonl"),
        let day = Day(name.dropFirst("conversations_".count).dropLast(".jsonl".count))
      else { return nil }
      self = .conversations(day)
    }
  }
}
