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
  /// A line that says that an erasure is done, or what it found, stays only where the backup has it: in the restored files
  /// it is not done, and they may hold something else of the user. Of the refusals those count that are in force now.
  func apply(to directory: DataDirectory) throws {
    for name in [LogFileName.erasures.name, LogFileName.consent.name] {
      if let fault = try LedgerMark.fault(of: name, in: folder), fault.isLoss {
        throw Restoration.Failure.lostLines(name)
      }
    }
    let erasures = try lines(of: .erasures, directory)
    let consent = try lines(of: .consent, directory)
    guard try areOfSameData(directory, goOn: !erasures.restored.isEmpty) else {
      throw Restoration.Failure.noLedgers
    }
    for (number, line) in erasures.live.enumerated() where (try? ErasureLine(line)) == nil {
      throw Restoration.Failure.damagedLedger(LogFileName.erasures.name, line: number + 1)
    }
    for (number, line) in consent.live.enumerated() where (try? ConsentChange(line)) == nil {
      throw Restoration.Failure.damagedLedger(LogFileName.consent.name, line: number + 1)
    }
    guard erasures.live.starts(with: erasures.restored) else {
      throw Restoration.Failure.otherLedgers(LogFileName.erasures.name)
    }
    // A restored refusal that is missing now went with its subject.
    let erased = Set(erasures.live.compactMap { Self.begun($0)?.subject })
    let known = Set(consent.live)
    guard consent.restored.allSatisfy({ known.contains($0) || Self.subject($0).map(erased.contains) ?? false }) else {
      throw Restoration.Failure.otherLedgers(LogFileName.consent.name)
    }
    let since = erasures.live[erasures.restored.count...].compactMap(Self.followingBackup)
    try Self.write(erasures.restored + since, to: directory.erasures)
    try Self.write(consent.live, to: directory.consent)
  }

  private func lines(
    of name: LogFileName, _ directory: DataDirectory
  ) throws -> (live: [[UInt8]], restored: [[UInt8]]) {
    (try Self.lines(folder + "/" + name.name), try Self.lines(directory.path(of: name)))
  }

  /// What a line of the live journal that the backup has not says of the restored files; nil for nothing.
  private static func followingBackup(_ line: [UInt8]) -> [UInt8]? {
    switch try? ErasureLine(line) {
    case .begun(var entry):
      entry.followsBackup = true
      return entry.line()
    case .received: return line
    default: return nil
    }
  }

  private static func begun(_ line: [UInt8]) -> ErasureEntry? {
    if case .begun(let entry) = try? ErasureLine(line) { entry } else { nil }
  }

  private static func subject(_ line: [UInt8]) -> KeyedHash? { (try? ConsentChange(line))?.subject }

  private static func write(_ lines: [[UInt8]], to path: String) throws {
    guard !lines.isEmpty || Directories.exists(path) else { return }
    try AtomicFile.replace(path, with: lines.flatMap { $0 + [UInt8(ascii: "\n")] }, mode: 0o600)
  }

  /// Whether they are of the data that was backed up: known by the keys beside them, which make their hashes; without
  /// those by both being there and one going on where that of the backup ends.
  ///
  /// - Parameter goOn: whether the journal of the backup has lines that the live one has to begin with.
  private func areOfSameData(_ directory: DataDirectory, goOn: Bool) throws -> Bool {
    if let content = try readFile(folder + "/keys") {
      let (live, restored) = (KeyFile(content), try KeyFile.read(directory))
      return live?[secret: "journal"] != nil
        && ["journal", "consent"].allSatisfy { live?[secret: $0] == restored[secret: $0] }
    }
    let names = [LogFileName.erasures.name, LogFileName.consent.name]
    return goOn && names.allSatisfy { Directories.exists(folder + "/" + $0) }
  }

  /// Whole lines; what has no end was never acknowledged.
  private static func lines(_ path: String) throws -> [[UInt8]] {
    guard let content = try readFile(path), let end = content.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    return content[..<end].split(separator: UInt8(ascii: "\n")).map { Array($0) }
  }
}
