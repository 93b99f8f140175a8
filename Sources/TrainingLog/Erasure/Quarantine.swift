import Posix

/// `state/quarantine`: what was set aside and is not read any more, but holds what was in it.
struct Quarantine {
  private let path: String

  init(_ directory: DataDirectory) { path = directory.quarantine }

  /// Removes every old index, which may know anybody, and every tail of a file that may be of the erasure.
  func remove(_ erasure: Erasure) throws {
    guard Directories.exists(path) else { return }
    for name in try Directories.list(path) {
      let isTail = name.hasSuffix(".tail")
      if isTail, let content = try readFile(path + "/" + name), !isOf(erasure, content) { continue }
      try Directories.remove(path + "/" + name)
    }
    try Directories.synchronize(path)
  }

  /// Removes every old index: nobody reads them, and they know of records whose time is over.
  func removeIndexes() throws(SystemError) {
    guard Directories.exists(path) else { return }
    for name in try Directories.list(path) where !name.hasSuffix(".tail") { try Directories.remove(path + "/" + name) }
    try Directories.synchronize(path)
  }

  /// What tells nothing of where it comes from may come from anybody, where the user's name is not known any more.
  private func isOf(_ erasure: Erasure, _ tail: [UInt8]) -> Bool {
    if erasure.covers(line: tail) { return true }
    return erasure.isResumed && LineLead.id(of: tail) == nil
  }
}
