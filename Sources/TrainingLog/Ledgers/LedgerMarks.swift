import Posix

/// The marks of the ledgers in one folder, for who writes these ledgers (`LedgerMark`). Used by one thread at a time.
package struct LedgerMarks {
  private enum Known {
    case whole(RunningHash)
    /// Its mark does not hold: that is for somebody to look at, and the mark stays as it is.
    case faulty
  }

  private let folder: String
  private let fileSystem: any FileSystem
  private var known: [String: Known] = [:]

  package init(folder: String, fileSystem: any FileSystem = PosixFileSystem()) {
    self.folder = folder
    self.fileSystem = fileSystem
  }

  /// Looks at a ledger before it is used.
  ///
  /// - Returns: what is wrong with it, and how much of it the mark vouches for; nil where there is no mark to do so.
  package mutating func examine(_ name: String) throws -> (fault: LedgerFault?, vouched: Int?) {
    let ledger = try open(folder + "/" + name)
    do {
      let mark = try LedgerMark.read(name, in: folder, open)
      let found = try LedgerMark.examine(ledger, size: ledger?.size() ?? 0, by: mark)
      known[name] = found.fault == nil ? .whole(found.hash) : .faulty
      return (
        found.fault.map { LedgerFault(name: name, kind: $0) },
        found.fault == nil ? mark.map { _ in found.vouched } : nil
      )
    } catch let fault as LedgerFault {
      known[name] = .faulty
      return (fault, nil)
    }
  }

  /// The ledger is in use, and has so many bytes: its mark is made where it is missing or behind.
  mutating func takeUp(_ name: String, _ ledger: any ReadableFile) throws {
    let size = try ledger.size()
    let mark = try? LedgerMark.read(name, in: folder, open)
    if size > 0, mark?.states.map(\.bytes) != [size] { follow(name, ledger, upTo: size, appended: []) }
  }

  /// Something was appended, and is durable.
  ///
  /// Where the mark cannot be written the old one stays: it vouches for less, and is made up for with the next one.
  ///
  /// - Parameters:
  ///   - size: of the ledger by now.
  ///   - bytes: what was appended.
  package mutating func follow(
    _ name: String, _ ledger: any ReadableFile, upTo size: Int, appended bytes: [UInt8]
  ) {
    switch known[name] {
    case .faulty: return
    case .whole(var hash) where hash.bytes + bytes.count == size:
      hash.update(bytes)
      known[name] = .whole(hash)
    default: known[name] = try? look(name, ledger, size)
    }
    if case .whole(let hash) = known[name] { try? write(name, [hash.state]) }
  }

  /// Whether this is the ledger as it was written, as far as its mark tells.
  func knows(_ name: String, _ ledger: any ReadableFile) -> Bool {
    guard let size = try? ledger.size(), case .whole = try? look(name, ledger, size) else { return false }
    return true
  }

  private func look(_ name: String, _ ledger: any ReadableFile, _ size: Int) throws -> Known {
    do {
      let found = try LedgerMark.examine(ledger, size: size, by: try LedgerMark.read(name, in: folder, open))
      return found.fault == nil ? .whole(found.hash) : .faulty
    } catch is LedgerFault { return .faulty }
  }

  private func open(_ path: String) throws(SystemError) -> (any ReadableFile)? {
    fileSystem.exists(path) ? try fileSystem.openLog(path) : nil
  }

  /// Something else is about to take the ledger's place. Throws where that cannot be noted: the ledger must stay then.
  package mutating func announce(_ name: String, _ content: [UInt8]) throws {
    if known[name] == nil, let ledger = try open(folder + "/" + name) {
      known[name] = try look(name, ledger, ledger.size())
    }
    guard case .whole(let present) = known[name] else { return }
    try write(name, [present.state, Self.hash(content).state])
  }

  /// It has; only that counts from now on.
  package mutating func settle(_ name: String, _ content: [UInt8]) {
    if case .faulty = known[name] { return }
    let hash = Self.hash(content)
    known[name] = .whole(hash)
    try? write(name, [hash.state])
  }

  private static func hash(_ content: [UInt8]) -> RunningHash {
    var hash = RunningHash()
    hash.update(content)
    return hash
  }

  private func write(_ name: String, _ states: [LedgerMark.State]) throws(SystemError) {
    try LedgerMark(states).write(name, in: folder, on: fileSystem)
  }
}
