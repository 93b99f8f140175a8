import Posix
import Privacy
import Records

/// Puts what `Backup` has written into an empty data directory, checked against its manifest first.
///
/// Everything is written and synced below `.restoring` in that directory, and only moved into place once all of it is
/// right, so that no server ever starts on a part of it (`RestoringFolder`).
package struct Restoration {
  package enum Failure: Error, Equatable, CustomStringConvertible {
    case notEmpty
    /// Why; names no content.
    case badBackup(String)
    case needsPepper
    case hasPepper
    case wrongPepper
    /// Their ids (`FormerPepper.id`).
    case lostFormerPeppers([String])
    case needsLedgers
    case noLedgers
    /// The name of the file.
    case missingLedger(String)
    /// The name of the file.
    case otherLedgers(String)
    /// The name of the file.
    case lostLines(String)
    /// The name of the file, and the line, from 1, that cannot be read.
    case damagedLedger(String, line: Int)

    package var description: String {
      switch self {
      case .notEmpty: "the data directory is not empty; name a new or an empty one, nothing is overwritten"
      case .badBackup(let reason): "the backup cannot be used: \(reason)"
      case .needsPepper:
        """
        the pepper is not in this backup: give it with --pepper-file, or begin with a new one by --new-pepper, after \
        which the users of the restored records cannot be found by their ids any more
        """
      case .hasPepper: "the pepper is in this backup; leave --pepper-file and --new-pepper out"
      case .wrongPepper: "this is not the pepper that the backup was made with"
      case .lostFormerPeppers(let ids):
        """
        old peppers that the backup's records need are not at hand (\(ids.joined(separator: ", "))): put pepper.old \
        beside the file of --pepper-file, or into the folder of --ledgers. Where they are lost, or were destroyed since, \
        say --accept-lost-peppers; the users of those records cannot be found by their ids then
        """
      case .needsLedgers:
        """
        what was erased or refused since the backup was made would come back: name the folder with the present \
        erasures.jsonl and consent.jsonl by --ledgers, or say --accept-lost-erasures
        """
      case .noLedgers:
        """
        the folder of --ledgers is not known to be the state of the data that was backed up: `keys` beside the ledgers \
        is of other data, or is missing
        """
      case .missingLedger(let name):
        """
        \(name) is missing in the folder of --ledgers, and no audit.jsonl there shows that there never was one: what it \
        forbids would come back. Take a copy of all of state
        """
      case .otherLedgers(let name):
        "\(name) in the folder of --ledgers does not go on where that of the backup ends: it is not of the same data"
      case .lostLines(let name):
        """
        \(name) in the folder of --ledgers does not have all lines that were written, as its mark beside it tells. Take a \
        copy that is whole
        """
      case .damagedLedger(let name, let line):
        """
        \(name) in the folder of --ledgers is damaged in line \(line): what that line says would be lost. Take a copy that \
        is whole
        """
      }
    }
  }

  /// Where the pepper comes from.
  package enum Pepper: Sendable {
    case ofBackup
    /// Put into `state`.
    case given([UInt8])
    /// Checked alone: it stays in a file of its own.
    case elsewhere([UInt8])
    case new
  }

  /// What is known of erasures and refusals since the backup.
  package enum Ledgers: Sendable {
    /// The folder of the live ones.
    case live(String)
    /// Those of the backup will have to do.
    case ofBackup
  }

  package let manifest: BackupManifest
  private let archive: TarReader

  /// Reads what is in the backup.
  package init(reading path: String) throws {
    archive = try TarReader(try ReadOnlyFile(path))
    guard let last = archive.members.last, last.header.name == BackupManifest.name, last.header.size < 64 << 20 else {
      throw Failure.badBackup("it has no \(BackupManifest.name) at its end")
    }
    var json: [UInt8] = []
    try archive.read(last) { json += $0 }
    guard let manifest = BackupManifest(json) else {
      throw Failure.badBackup("\(BackupManifest.name) is damaged, or of a later version")
    }
    let sizes = archive.members.dropLast().map { "\($0.header.name) \($0.header.size)" }
    guard sizes == manifest.files.map({ "\($0.name) \($0.bytes)" }) else {
      throw Failure.badBackup("its members are not those of \(BackupManifest.name)")
    }
    guard manifest.files.allSatisfy({ Self.mayBe($0.name) }), Set(sizes).count == sizes.count else {
      throw Failure.badBackup("it has a member that is no file of a data directory")
    }
    self.manifest = manifest
  }

  /// Only names that a backup gives: nothing leads out of the data directory.
  private static func mayBe(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let file = parts.last, let first = file.utf8.first else { return false }
    let isPlain = file.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "-_.".utf8.contains(byte)
    }
    guard isPlain, first != UInt8(ascii: ".") else { return false }
    switch parts[0] {
    case "training_logs": return LogFileName(String(file)) != nil || LogFileName(sealed: String(file)) != nil
    case "curated": return !file.hasSuffix(".tmp")
    case "state": return file.hasSuffix(".jsonl") || ["keys", "pepper", "pepper.old", "lineage"].contains(String(file))
    default: return false
    }
  }

  /// Throws before anything is written where the directory or the pepper is not right.
  ///
  /// - Parameters:
  ///   - former: peppers from before the one that is given; one of them may be that of the backup.
  ///   - acceptsLostPeppers: whether to go on without an old pepper that the backup's records need.
  ///   - progress: called with 0–1.
  ///   - complete: what is to be done with what is in place before anybody uses it. Where it throws, that is whole, and
  ///     what it has not done is left to the next start.
  /// - Returns: what is damaged in the files, which are byte by byte those that were backed up.
  package func run(
    into directory: DataDirectory, _ pepper: Pepper, former: [FormerPepper] = [], acceptsLostPeppers: Bool = false,
    _ ledgers: Ledgers, progress: (Double) -> Void = { _ in }, complete: () throws -> Void = {}
  ) throws -> VerificationReport {
    try check(pepper, former, acceptsLostPeppers)
    let restoring = RestoringFolder(of: directory)
    guard try restoring.isAlone() else { throw Failure.notEmpty }
    try restoring.discard()
    let staging = restoring.staging
    let report: VerificationReport
    do {
      try staging.create()
      try extract(to: staging, progress)
      switch pepper {
      case .given(let bytes): try AtomicFile.replace(staging.pepper, with: bytes, mode: 0o600)
      case .new:
        _ = try Secrets.makePepper(in: staging)
        try PepperCheck.drop(in: staging)
      case .ofBackup, .elsewhere: break
      }
      if !manifest.hasPepper, !former.isEmpty {
        try AtomicFile.replace(staging.formerPeppers, with: FormerPepper.content(former), mode: 0o600)
      }
      switch pepper {
      case .given(let bytes), .elsewhere(let bytes):
        if !holdsOwnPepper(among: [bytes] + former.map(\.pepper)) { try PepperCheck.drop(in: staging) }
      case .ofBackup, .new: break
      }
      if case .live(let folder) = ledgers { try LiveLedgers(in: folder).apply(to: staging) }
      report = try Verification(staging).run()
      try restoring.moveIntoPlace()
    } catch {
      try? restoring.discard()
      throw error
    }
    do { try complete() } catch {
      try? restoring.finish()
      throw error
    }
    try restoring.finish()
    return report
  }

  private func check(_ pepper: Pepper, _ former: [FormerPepper], _ acceptsLostPeppers: Bool) throws(Failure) {
    switch pepper {
    case .ofBackup: if !manifest.hasPepper { throw .needsPepper }
    case .new: if manifest.hasPepper { throw .hasPepper }
    case .given(let bytes), .elsewhere(let bytes):
      if case .given = pepper, manifest.hasPepper { throw .hasPepper }
      let known = [bytes] + former.map(\.pepper)
      let ids = known.map(FormerPepper.id(of:))
      let lost = manifest.formerPeppers.filter { !ids.contains($0) }
      // Its own may have been destroyed since; then one from before it tells that these are of the same data.
      let isLineage = acceptsLostPeppers && lost.count < manifest.formerPeppers.count
      if !holdsOwnPepper(among: known), !isLineage { throw .wrongPepper }
      if !acceptsLostPeppers, !lost.isEmpty { throw .lostFormerPeppers(lost) }
    }
  }

  /// Also where the backup does not know its pepper.
  private func holdsOwnPepper(among peppers: [[UInt8]]) -> Bool {
    manifest.pepperCheck.map(peppers.map(BackupManifest.check).contains) ?? true
  }

  private func extract(to staging: DataDirectory, _ progress: (Double) -> Void) throws {
    let total = Double(max(1, manifest.bytes))
    var done = 0
    for (member, known) in zip(archive.members, manifest.files) {
      let isSecret = known.name.hasPrefix("state/")
      let file = try AtomicFileWriter(staging.root + "/" + known.name, mode: isSecret ? 0o600 : 0o640)
      var hash = SHA256()
      try archive.read(member) { piece in
        hash.update(piece)
        try file.write(piece)
        done += piece.count
        progress(Double(done) / total)
      }
      guard hash.finalize().hex == known.sha256 else {
        throw Failure.badBackup("\(known.name) is not what was backed up: its SHA-256 is another")
      }
      try file.commit()
    }
  }
}
