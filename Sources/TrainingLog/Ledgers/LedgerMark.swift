import Posix
import Privacy
import Records

/// `state/NAME.mark`, beside the ledger of that name: what the ledger had when it was last written. Where lines of a ledger
/// are lost, what they forbid comes back, and nothing else would show it.
///
/// A mark is only written once what it knows of is durable, so it is behind the ledger or level with it, whatever crashes
/// when: a ledger that is whole begins with what its mark knows. One without a mark gets it at the next start.
package struct LedgerMark: Equatable {
  struct State: Equatable {
    let bytes: Int
    /// Of these first bytes, in hexadecimal; of the audit log, whose lines are a chain, of the last line in them.
    let sha256: String
  }

  /// With one of these the ledger begins; two while it is being written anew.
  let states: [State]

  static let suffix = ".mark"

  init(_ states: [State]) { self.states = states }

  /// nil for what is no mark.
  init?(_ content: [UInt8]) {
    guard let root = try? JSONDocument(parsing: content).root, let list = root["states"]?.items else { return nil }
    let states = list.compactMap { item -> State? in
      guard let bytes = item["bytes"]?.integer, bytes >= 0, let sha256 = item["sha256"]?.string else { return nil }
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
    try fileSystem.replaceSecret(folder + "/" + name + Self.suffix, with: content)
  }

  /// What was found of a ledger.
  struct Examination {
    var fault: LedgerFault.Kind?
    /// Bytes of which the mark tells that they are what was written.
    var vouched = 0
    /// Of all of it.
    var hash = RunningHash()
  }

  /// - Parameter size: as much of the ledger counts.
  static func examine(
    _ ledger: (any ReadableFile)?, size: Int, by mark: LedgerMark?
  ) throws(SystemError) -> Examination {
    var examination = Examination()
    let states = (mark?.states ?? []).filter { $0.bytes <= size }.sorted { $0.bytes < $1.bytes }
    var isWhole = mark == nil
    for state in states {
      if let ledger { try examination.hash.update(from: ledger, upTo: state.bytes) }
      guard state.bytes == 0 || examination.hash.state == state else { continue }
      (isWhole, examination.vouched) = (true, state.bytes)
    }
    if let ledger { try examination.hash.update(from: ledger, upTo: size) }
    if let mark, !isWhole { examination.fault = mark.fault(size: size, isThere: ledger != nil) }
    return examination
  }

  /// Of a ledger that begins with none of the states.
  func fault(size: Int, isThere: Bool) -> LedgerFault.Kind {
    let least = states.map(\.bytes).min() ?? 0
    if !isThere { return .gone(least) }
    return size < least ? .short(least - size) : .changed
  }

  /// What is wrong with a ledger in its folder; nil where it begins as it was left. Also beside who writes it.
  package static func fault(of name: String, in folder: String) throws -> LedgerFault? {
    do {
      while let mark = try read(name, in: folder) {
        let ledger = try reading(folder + "/" + name)
        guard let fault = try examine(ledger, size: ledger?.size() ?? 0, by: mark).fault else { return nil }
        // It may have been written anew between the two looks.
        if try read(name, in: folder) == mark { return LedgerFault(name: name, kind: fault) }
      }
      return nil
    } catch let fault as LedgerFault { return fault }
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

  mutating func update(from ledger: any ReadableFile, upTo end: Int) throws(SystemError) {
    while bytes < end {
      let piece = try ledger.read(at: bytes, count: min(LineReader.chunkBytes, end - bytes))
      if piece.isEmpty { break }
      update(piece)
    }
  }

  var state: LedgerMark.State {
    var hash = hash
    return LedgerMark.State(bytes: bytes, sha256: hash.finalize().hex)
  }
}
