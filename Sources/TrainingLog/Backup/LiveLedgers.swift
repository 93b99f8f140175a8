import Posix
import Records

/// The ledgers of erasures and of refusals as they are now, for a restore of an older copy of everything else: what was
/// erased since must not come back, and who has refused since is not to be logged again.
struct LiveLedgers {
  private let folder: String

  /// - Parameter folder: `state` of the data directory that the backup was made of, or a copy of its ledgers.
  init(in folder: String) { self.folder = folder }

  /// Puts them into a directory that a backup was extracted to.
  ///
  /// A line that says that an erasure is done stays only where the backup has it: in the restored files it is not.
  func apply(to directory: DataDirectory) throws {
    guard try areThere(beside: directory) else { throw Restoration.Failure.noLedgers }
    for name in [LogFileName.erasures, .consent] {
      let restored = try Self.lines(directory.path(of: name))
      let live = try Self.lines(folder + "/" + name.name)
      guard live.starts(with: restored) else { throw Restoration.Failure.otherLedgers(name.name) }
      let since = live[restored.count...].filter { line in
        if name == .erasures, case .done = try? ErasureLine(line) { false } else { true }
      }
      guard !since.isEmpty else { continue }
      let content = (restored + since).flatMap { $0 + [UInt8(ascii: "\n")] }
      try AtomicFile.replace(directory.path(of: name), with: content, mode: 0o600)
    }
  }

  /// A directory in which nobody was ever erased and nothing refused has no ledgers, but then it is known by its keys.
  private func areThere(beside directory: DataDirectory) throws -> Bool {
    let names = [LogFileName.erasures.name, LogFileName.consent.name]
    if names.allSatisfy({ Directories.exists(folder + "/" + $0) }) { return true }
    let restored = try KeyFile.read(directory)
    guard let content = try readFile(folder + "/keys"), let live = KeyFile(content) else { return false }
    return live[secret: "journal"] != nil && live[secret: "journal"] == restored[secret: "journal"]
  }

  /// Whole lines; what has no end was never acknowledged.
  private static func lines(_ path: String) throws -> [[UInt8]] {
    guard let content = try readFile(path), let end = content.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    return content[..<end].split(separator: UInt8(ascii: "\n")).map { Array($0) }
  }
}
