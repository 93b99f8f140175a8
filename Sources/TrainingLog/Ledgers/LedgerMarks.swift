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

  private func look(_ name: String, _ ledger: any ReadableFile, _ size: Int) throws -> Known {
    do {
      if try LedgerMark.read(name, in: folder, open)?.fault(in: ledger, size: size) != nil { return .faulty }
    } catch is LedgerFault { return .faulty }
    return .whole(try LedgerMark.hash(ledger, upTo: size))
  }

  private func open(_ path: String) throws(SystemError) -> (any ReadableFile)? {
    fileSystem.exists(path) ? try fileSystem.openLog(path) : nil
  }

  /// What is wrong with a ledger, and how much of it was there when its mark was made; nil for one that has none.
  func state(of name: String) throws -> (fault: LedgerFault?, marked: Int?) {
    if let fault = try LedgerMark.fault(of: name, in: folder, open) { return (fault, nil) }
    return (nil, try LedgerMark.read(name, in: folder, open)?.states.map(\.bytes).max())
  }

  /// A ledger was read at a start, and is whole; its mark is made where it is missing or behind.
  mutating func takeUp(_ name: String, _ ledger: any ReadableFile) throws {
    let size = try ledger.size()
    let mark = try? LedgerMark.read(name, in: folder, open)
    if size > 0, mark?.states.map(\.bytes) != [size] { follow(name, ledger, upTo: size, appended: []) }
  }

  /// Something else is about to take the ledger's place. Throws where that cannot be noted: the ledger must stay then.
  package mutating func announce(_ name: String, _ content: [UInt8]) throws {
    if known[name] == nil {
      let ledger = try fileSystem.openLog(folder + "/" + name)
      known[name] = try look(name, ledger, ledger.size())
    }
    guard case .whole(let present) = known[name] else { return }
    var hash = RunningHash()
    hash.update(content)
    try write(name, [present.state, hash.state])
  }

  /// It has; only that counts from now on.
  package mutating func settle(_ name: String, _ content: [UInt8]) {
    if case .faulty = known[name] { return }
    var hash = RunningHash()
    hash.update(content)
    known[name] = .whole(hash)
    try? write(name, [hash.state])
  }

  private func write(_ name: String, _ states: [LedgerMark.State]) throws(SystemError) {
    try LedgerMark(states).write(name, in: folder, on: fileSystem)
  }
}
