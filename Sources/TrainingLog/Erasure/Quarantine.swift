import Posix
import Records

/// `state/quarantine`: what was set aside and is not read any more, but holds what was in it.
struct Quarantine {
  private let path: String

  init(_ directory: DataDirectory) { path = directory.quarantine }

  /// Nothing in it was acknowledged or is read, and any of it may know whoever is being erased.
  func removeAll() throws(SystemError) {
    guard Directories.exists(path) else { return }
    for name in try Directories.list(path) { try Directories.remove(path + "/" + name) }
    try Directories.synchronize(path)
  }

  /// Removes what knows of records whose time is over: every old index, and the tails of these days.
  func remove(_ days: [Day]) throws(SystemError) {
    guard Directories.exists(path) else { return }
    let prefixes = days.map { LogFileName.conversations($0).name + "." }
    for name in try Directories.list(path) where !name.hasSuffix(".tail") || prefixes.contains(where: name.hasPrefix) {
      try Directories.remove(path + "/" + name)
    }
    try Directories.synchronize(path)
  }
}
