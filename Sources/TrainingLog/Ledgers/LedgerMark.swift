import Posix
import Privacy
import Records

/// `state/NAME.mark`, beside the ledger of that name: what the ledger had when it was last written. Where lines of a ledger
/// are lost, what they forbid comes back, and nothing else would show it.
///
/// Always behind the ledger: more may follow upon what a mark knows, and after a crash does.
package struct LedgerMark: Equatable {
  struct State: Equatable {
    let bytes: Int
    /// Of these first bytes, in hexadecimal; of the audit log, whose lines are a chain, of the last line in them.
    let sha256: String

    /// Any file begins with nothing.
    static let nothing = State(bytes: 0, sha256: "")
  }

  /// With one of these the ledger begins; two while it is being written anew.
  let states: [State]

  static let suffix = ".mark"

  init(_ states: [State]) { self.states = states }

  /// nil for what is no mark.
  init?(_ content: [UInt8]) {
    guard let root = try? JSONDocument(parsing: content).root, let list = root["states"]?.items else { return nil }
    let states = list.compactMap { item -> State? in
      guard let bytes = item["bytes"]?.integer, let sha256 = item["sha256"]?.string else { return nil }
      return State(bytes: bytes, sha256: sha256)
    }
    guard !states.isEmpty, states.count == list.count else { return nil }
    self.states = states
  }

  private var content: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("states")
      object.array { list in
        for state in states {
          list.object { object in
            object.key("bytes")
            object.integer(state.bytes)
            object.key("sha256")
            object.string(state.sha256)
          }
        }
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// How a file is opened; nil for one that is not there.
  typealias Opening = (_ path: String) throws(SystemError) -> (any ReadableFile)?

  /// For who may only read.
  static let reading: @Sendable (String) throws(SystemError) -> (any ReadableFile)? = { path throws(SystemError) in
    try ReadOnlyFile.open(ifPresent: path)
  }

  /// nil where there is none; throws a `LedgerFault` for one that is damaged.
  static func read(_ name: String, in folder: String, _ open: Opening = reading) throws -> LedgerMark? {
    guard let file = try open(folder + "/" + name + suffix) else { return nil }
    guard let mark = LedgerMark(try file.read(at: 0, count: file.size())) else {
      throw LedgerFault(name: name, kind: .unreadable)
    }
    return mark
  }

  /// Durable when it returns; the old one stays where it fails.
  func write(_ name: String, in folder: String, on fileSystem: any FileSystem) throws(SystemError) {
    let path = folder + "/" + name + Self.suffix
    let temporary = path + ".tmp"
    try fileSystem.remove(temporary)
    let file = try fileSystem.openSecret(temporary)
    try file.append(content)
    try file.synchronizeData()
    // `sudo cerberus …` must not lock the server out.
    if Directories.exists(temporary) { try Directories.hand(temporary, toOwnerOf: folder) }
    try fileSystem.rename(temporary, to: path)
    try fileSystem.synchronizeDirectory(folder)
  }

  /// What is wrong with the ledger; nil where it begins as it was left.
  ///
  /// - Parameter size: as much of it counts.
  func fault(in ledger: (any ReadableFile)?, size: Int) throws(SystemError) -> LedgerFault.Kind? {
    try fault(size: size, isThere: ledger != nil) { bytes throws(SystemError) in
      guard let ledger else { return nil }
      return try Self.hash(ledger, upTo: bytes).hex
    }
  }

  /// - Parameter hash: of so many bytes of the ledger, which has them.
  func fault(
    size: Int, isThere: Bool, hash: (Int) throws(SystemError) -> String?
  ) throws(SystemError) -> LedgerFault.Kind? {
    for state in states where state.bytes <= size {
      if state.bytes == 0 { return nil }
      if try hash(state.bytes) == state.sha256 { return nil }
    }
    let least = states.map(\.bytes).min() ?? 0
    if !isThere { return .gone(least) }
    return size < least ? .short(least - size) : .changed
  }

  /// The same of a ledger in its folder.
  package static func fault(of name: String, in folder: String) throws -> LedgerFault? {
    try fault(of: name, in: folder, reading)
  }

  static func fault(of name: String, in folder: String, _ open: Opening) throws -> LedgerFault? {
    do {
      guard let mark = try read(name, in: folder, open) else { return nil }
      let file = try open(folder + "/" + name)
      return try mark.fault(in: file, size: file?.size() ?? 0).map { LedgerFault(name: name, kind: $0) }
    } catch let fault as LedgerFault { return fault }
  }

  static func hash(_ ledger: any ReadableFile, upTo end: Int) throws(SystemError) -> RunningHash {
    var hash = RunningHash()
    while hash.bytes < end {
      let piece = try ledger.read(at: hash.bytes, count: min(LineReader.chunkBytes, end - hash.bytes))
      if piece.isEmpty { break }
      hash.update(piece)
    }
    return hash
  }
}

/// Of a ledger that grows.
struct RunningHash {
  private var hash = SHA256()
  private(set) var bytes = 0

  mutating func update(_ more: [UInt8]) {
    hash.update(more)
    bytes += more.count
  }

  var hex: String {
    var hash = hash
    return hash.finalize().hex
  }

  var state: LedgerMark.State { LedgerMark.State(bytes: bytes, sha256: hex) }
}

/// A ledger that is not as it was left.
package struct LedgerFault: Error, Equatable, CustomStringConvertible {
  package enum Kind: Equatable, Sendable {
    /// With so many bytes.
    case gone(Int)
    /// By so many bytes.
    case short(Int)
    case changed
    /// The mark, not the ledger.
    case unreadable
  }

  /// Of the ledger, in `state`.
  let name: String
  let kind: Kind

  /// Lines are missing for certain.
  package var isLoss: Bool {
    switch kind {
    case .gone, .short: true
    case .changed, .unreadable: false
    }
  }

  var reason: String {
    switch kind {
    case .gone(let bytes): "the ledger is gone, with \(bytes) bytes that were written"
    case .short(let bytes): "the ledger ends here; \(bytes) bytes more were written"
    case .changed: "the ledger is not what was written: somebody has changed it, or the disk has"
    case .unreadable: "what the ledger had cannot be told: its mark is damaged"
    }
  }

  var damagedLine: DamagedLine { DamagedLine(file: "state/\(name)", offset: 0, reason: reason) }

  package var description: String {
    """
    state/\(name): \(reason). What it forbids would come back unseen. Put it back, from a copy or a backup; if it is lost \
    for good, remove state/\(name)\(LedgerMark.suffix), and cerberus goes on with what is there
    """
  }
}
