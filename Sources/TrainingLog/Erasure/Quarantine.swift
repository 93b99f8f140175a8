import Posix
import Records

/// `state/quarantine`: what was set aside and is not read any more, but holds what was in it.
struct Quarantine {
  private let path: String

  init(_ directory: DataDirectory) { path = directory.quarantine }

  /// Keeps what is about to be taken out of a file at a place, beside whatever was set aside from there before. What is
  /// there already is not kept twice: a start that was interrupted does this again.
  ///
  /// - Parameter kind: `tail`, of which nothing was acknowledged, or `line`.
  func keep(_ bytes: [UInt8], of file: String, at offset: Int, _ kind: String) throws(SystemError) {
    try Directories.make(path, mode: 0o700)
    var name = "\(path)/\(file).\(offset)"
    var number = 0
    while let earlier = try readFile("\(name).\(kind)") {
      if earlier == bytes { return }
      number += 1
      name = "\(path)/\(file).\(offset).\(number)"
    }
    try AtomicFile.replace("\(name).\(kind)", with: bytes, mode: 0o600)
  }

  /// Nothing in it was acknowledged or is read, and any of it may know whoever is being erased.
  func removeAll() throws(SystemError) {
    guard Directories.exists(path) else { return }
    for name in try Directories.list(path) { try Directories.remove(path + "/" + name) }
    try Directories.synchronize(path)
  }

  /// Removes what knows of records whose time is over: every old index, the tails of these days, and ratings that waited.
  func remove(_ days: [Day]) throws(SystemError) {
    guard Directories.exists(path) else { return }
    let prefixes = days.map { LogFileName.conversations($0).name + "." } + [LogFileName.pending.name + "."]
    for name in try Directories.list(path)
    where ![".tail", ".line"].contains(where: name.hasSuffix) || prefixes.contains(where: name.hasPrefix) {
      try Directories.remove(path + "/" + name)
    }
    try Directories.synchronize(path)
  }
}
