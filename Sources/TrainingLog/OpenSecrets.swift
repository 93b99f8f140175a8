import Posix

/// Secrets that others than their owner may read.
package struct OpenSecrets: Equatable, Sendable {
  /// Names of files in the data directory that a start has closed (0600).
  package private(set) var closed: [String] = []
  /// Of those that belong to somebody else, who alone can.
  package private(set) var open: [String] = []

  package var isEmpty: Bool { closed.isEmpty && open.isEmpty }

  /// Closes those of the directory. That of others stays as it is: a service manager or an orchestrator gives a secret to a
  /// group on purpose; that everybody may read it is told.
  ///
  /// - Parameter others: what the files are called, and where they lie.
  package init(closing directory: DataDirectory, others: [(name: String, path: String)] = []) {
    let own = [
      ("state/pepper", directory.pepper), ("state/pepper.old", directory.formerPeppers), ("state/keys", directory.keys),
    ]
    for (name, path) in own where (Directories.mode(of: path) ?? 0) & 0o077 != 0 {
      do throws(SystemError) {
        try Directories.restrict(path, to: 0o600)
        closed.append(name)
      } catch { open.append(name) }
    }
    for (name, path) in others where (Directories.mode(of: path) ?? 0) & 0o007 != 0 { open.append(name) }
  }
}
