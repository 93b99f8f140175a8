import Posix
import Privacy
import Records

/// `state/pepper` and `state/pepper.old`, as a rotation and the destruction of an old pepper change them: each step whole
/// and durable before the next, so that wherever it is interrupted every pepper that a record depends on is in one of the
/// two. Only while nobody else has the data directory open.
struct PepperFiles {
  let directory: DataDirectory
  let fileSystem: any FileSystem

  /// The oldest first. The present one may be among them, where a rotation was interrupted.
  func former() throws -> [FormerPepper] {
    guard fileSystem.exists(directory.formerPeppers) else { return [] }
    let file = try fileSystem.openSecret(directory.formerPeppers)
    guard let peppers = FormerPepper.list(try file.read(at: 0, count: try file.size())) else {
      throw Secrets.Failure.badFormerPeppers
    }
    return peppers
  }

  /// Keeps a pepper that is not going to be the present one any more, or no longer is.
  func keep(_ pepper: [UInt8], at now: Timestamp) throws -> FormerPepper {
    let kept = FormerPepper(pepper, replaced: now)
    let others = try former().filter { $0.pepper != pepper }
    try replace(directory.formerPeppers, with: FormerPepper.content(others + [kept]))
    return kept
  }

  /// - Parameter present: what is to be replaced.
  func rotate(_ present: [UInt8], at now: Timestamp) throws -> FormerPepper {
    let kept = try keep(present, at: now)
    try replace(directory.pepper, with: Clocks.randomBytes(Pseudonymizer.pepperBytes))
    return kept
  }

  func destroy(_ ids: Set<String>) throws {
    let left = try former().filter { !ids.contains($0.id) }
    if left.isEmpty {
      try fileSystem.remove(directory.formerPeppers)
    } else {
      try replace(directory.formerPeppers, with: FormerPepper.content(left))
    }
    // What an interrupted change has left may hold it too.
    for path in [directory.formerPeppers, directory.pepper] { try fileSystem.remove(Self.temporary(path)) }
    try fileSystem.synchronizeDirectory(directory.state)
  }

  private static func temporary(_ path: String) -> String { path + AtomicFile.suffix }

  private func replace(_ path: String, with bytes: [UInt8]) throws {
    try fileSystem.replaceSecret(path, with: bytes)
  }
}
