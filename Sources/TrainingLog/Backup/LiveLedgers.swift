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
    try require(
      .erasures, begunBy: [.eraseUser, .eraseExample, .resumeErasure], isEmpty: erasures.live.isEmpty)
    try require(.consent, begunBy: [.optOut], isEmpty: consent.live.isEmpty)
    for (number, line) in erasures.live.enumerated() where (try? ErasureLine(line)) == nil {
      throw Restoration.Failure.damagedLedger(LogFileName.erasures.name, line: number + 1)
    }
    for (number, line) in consent.live.enumerated() where (try? ConsentChange(line)) == nil {
      throw Restoration.Failure.damagedLedger(LogFileName.consent.name, line: number + 1)
    }
    guard erasures.live.count >= erasures.restored.count,
      zip(erasures.live, erasures.restored).allSatisfy(Self.isSame)
    else { throw Restoration.Failure.otherLedgers(LogFileName.erasures.name) }
    try requireRefusals(of: consent.restored, in: consent.live, erasures.live)
    let since = erasures.live[erasures.restored.count...].compactMap(Self.followingBackup)
    // The live ones, which may link less.
    try Self.write(erasures.live.prefix(erasures.restored.count) + since, to: directory.erasures)
    try Self.write(consent.live, to: directory.consent)
  }

  /// One that is not there forbids nothing only if there never was one: the audit log beside it tells, which has a line
  /// of every act that begins a ledger. From the journal nothing is ever taken; the refusals may all have gone.
  private func require(_ name: LogFileName, begunBy acts: [AuditAct.Name], isEmpty: Bool) throws {
    guard isEmpty else { return }
    let isThere = Directories.exists(folder + "/" + name.name)
    if isThere, name == .consent { return }
    let wasBegun = try AuditLog.acts(in: folder)?.contains { acts.contains($0.name) }
    guard isThere ? wasBegun != true : wasBegun == false else {
      throw Restoration.Failure.missingLedger(name.name)
    }
  }

  /// Throws where a restored refusal is missing now, and neither went with its subject nor was only untied from it.
  private func requireRefusals(of restored: [[UInt8]], in live: [[UInt8]], _ journal: [[UInt8]]) throws {
    let erased = Set(journal.compactMap { Self.begun($0)?.subject })
    let known = Set(live.compactMap { try? ConsentChange($0) })
    let areKnown = restored.allSatisfy { line in
      guard let change = try? ConsentChange(line) else { return Set(live).contains(line) }
      // Of a pseudonym alone: it is there if it is in force.
      guard let subject = change.subject else { return true }
      let untied = ConsentChange(
        at: change.at, subject: subject, user: nil, purpose: change.purpose, state: change.state)
      return known.contains(change) || known.contains(untied) || erased.contains(subject)
    }
    guard areKnown else { throw Restoration.Failure.otherLedgers(LogFileName.consent.name) }
  }

  private static func isSame(_ live: [UInt8], _ restored: [UInt8]) -> Bool {
    if live == restored { return true }
    guard let live = begun(live), let restored = begun(restored) else { return false }
    return live.isUntied(of: restored)
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
