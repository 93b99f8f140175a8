import FoundationEssentials
import Posix

/// `.restoring` in a data directory: there a restore puts everything together, and from there it moves it into place.
///
/// Nothing serves from the directory while there is something in it. A restore that was killed between two moves, or
/// before it was complete, has left something in place; the next one removes that and begins anew, unless somebody else
/// has used it.
struct RestoringFolder {
  private static let name = ".restoring"
  private static let folders = ["state", "curated", "training_logs"]

  private let directory: DataDirectory
  /// What is put together.
  let staging: DataDirectory

  init(of directory: DataDirectory) {
    self.directory = directory
    staging = DataDirectory(directory.root + "/" + Self.name)
  }

  /// Made before the first move: from then on what is in place is of this restore.
  private var marker: String { staging.root + "/moving" }
  /// What is in it from the last move on: the restore itself may have used what is in place.
  private static let completing = Array("completing\n".utf8)

  /// An empty one stands beside what is whole.
  var isInUse: Bool { (try? Directories.list(staging.root))?.isEmpty == false }

  /// Whether nothing is in the directory but what a killed restore has left.
  func isAlone() throws(SystemError) -> Bool {
    guard Directories.exists(directory.root) else { return true }
    let isMoving = Directories.exists(marker)
    let isUsed = try isUsedByOthers()
    return try Directories.list(directory.root).allSatisfy { name in
      name == Self.name || name == "lost+found" || isMoving && !isUsed && Self.folders.contains(name)
    }
  }

  private func isUsedByOthers() throws(SystemError) -> Bool {
    guard [directory.lockFile, directory.index].contains(where: Directories.exists) else { return false }
    guard try readFile(marker) == Self.completing else { return true }
    // One that is at it yet has the lock.
    guard Directories.exists(directory.lockFile) else { return false }
    switch try directory.lock() {
    case .some: return false
    case .none: return true
    }
  }

  /// Removes what a restore has left, as far as it came. The marker goes last: it tells what is to go.
  func discard() throws {
    if Directories.exists(marker) {
      for folder in Self.folders { try removeAll(directory.root + "/" + folder) }
      try Directories.synchronize(directory.root)
    }
    try removeAll(staging.root)
  }

  /// The secrets first: records without them would begin a life of their own.
  func moveIntoPlace() throws {
    try AtomicFile.replace(marker, with: [])
    for folder in Self.folders {
      let path = staging.root + "/" + folder
      try Directories.rename(path, to: directory.root + "/" + folder)
    }
    try Directories.synchronize(directory.root)
    try AtomicFile.replace(marker, with: Self.completing)
  }

  /// Nothing is left to be done: from now on the directory may be used.
  func finish() throws {
    try Directories.remove(marker)
    try removeAll(staging.root)
    try Directories.synchronize(directory.root)
  }

  private func removeAll(_ path: String) throws {
    if Directories.exists(path) { try FileManager.default.removeItem(atPath: path) }
  }
}

extension DataDirectory {
  /// Whether a restore into it is under way, or was interrupted.
  package var isBeingRestored: Bool { RestoringFolder(of: self).isInUse }

  package static let restoringAdvice = """
    a restore into this data directory is under way, or was interrupted: wait for it, or run `cerberus restore` again, \
    which begins anew; to do without, remove the directory
    """
}
