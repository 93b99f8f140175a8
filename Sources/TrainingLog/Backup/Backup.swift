import Posix
import Privacy
import Records

/// Writes all of a data directory that cannot be made anew into one tar archive, beside a running server or without one.
/// The index is not in it, nor the secret that makes the pseudonyms, unless that is asked for.
package struct Backup {
  package enum Failure: Error, CustomStringConvertible {
    /// Something was erased while it was being copied, again and again.
    case unsettled
    case noPepper
    case secrets(Secrets.Failure)

    package var description: String {
      switch self {
      case .unsettled: "records were being erased all the time; try again"
      case .noPepper: "--with-pepper: there is no pepper in state, and CERBERUS_PEPPER_FILE names none"
      case .secrets(let failure): failure.description
      }
    }
  }

  private let directory: DataDirectory
  private let pepperFile: String?
  private let tool: String

  /// - Parameters:
  ///   - pepperFile: where the pepper is, if not in `state`.
  ///   - tool: name and version for the manifest.
  package init(_ directory: DataDirectory, pepperFile: String?, tool: String) {
    self.directory = directory
    self.pepperFile = pepperFile
    self.tool = tool
  }

  private static let attempts = 3
  /// Of the time, beside the look at what was copied, about.
  private static let copyShare = 0.5

  /// Replaces the file at `path`, durably, once the archive is whole.
  ///
  /// - Parameters:
  ///   - progress: called with 0–1.
  ///   - damaged: called with what of the archive is damaged. All bytes of it are there as they were found.
  package func write(
    to path: String, withPepper: Bool, now: Timestamp, progress: (Double) -> Void = { _ in },
    damaged: (VerificationReport) -> Void = { _ in }
  ) throws -> BackupManifest {
    for _ in 0..<Self.attempts {
      // Before the moment: the files only grow behind what these know.
      var report = VerificationReport()
      let verification = Verification(directory)
      let marks = try verification.readMarks(&report)
      let snapshot = try? IndexSnapshot(path: directory.index)
      let moment = try BackupMoment(directory)
      // After the moment, so that it has the pepper of each record, should one be replaced meanwhile.
      let (pepper, former) = try peppers()
      if withPepper, pepper == nil { throw Failure.noPepper }
      let file = try AtomicFileWriter(path, mode: 0o600, keepsOwner: true)
      var manifest = BackupManifest(made: now, tool: tool, hasPepper: withPepper, pepper: pepper, former: former)
      let total = Double(max(1, moment.files.reduce(0) { $0 + $1.size }))
      for part in moment.files {
        let done = manifest.bytes
        manifest.files.append(
          try copy(part, to: file, now) { progress(Self.copyShare * Double(done + $0) / total) })
      }
      if withPepper, let pepper {
        manifest.files.append(try put("state/pepper", pepper, to: file, now))
        if !former.isEmpty {
          manifest.files.append(try put("state/pepper.old", FormerPepper.content(former), to: file, now))
        }
      }
      _ = try put(BackupManifest.name, manifest.json, to: file, now)
      // Two empty blocks end an archive.
      try file.write([UInt8](repeating: 0, count: 2 * TarHeader.blockBytes))
      try verification.check(moment.verified, snapshot, marks, &report) {
        progress(Self.copyShare + (1 - Self.copyShare) * $0)
      }
      guard try moment.holds() else { continue }
      try file.commit()
      if !report.isClean { damaged(report) }
      return manifest
    }
    throw Failure.unsettled
  }

  private func peppers() throws(Failure) -> (present: [UInt8]?, former: [FormerPepper]) {
    do throws(Secrets.Failure) {
      // In this order: a rotation in between has kept the one before it gives another.
      let present = try Secrets.storedPepper(in: directory, file: pepperFile)
      let former = try FormerPepper.read(directory.formerPeppers)
      if let present, let key = try Secrets.journalKey(in: directory) {
        try PepperCheck(directory, key: key).require(present, former: former)
      }
      return (present, former.filter { $0.pepper != present })
    } catch { throw .secrets(error) }
  }

  private func copy(
    _ part: BackupMoment.File, to archive: AtomicFileWriter, _ now: Timestamp, progress: (Int) -> Void
  ) throws(SystemError) -> BackupManifest.File {
    try archive.write(header(part.name, part.size, now).bytes)
    var hash = SHA256()
    var lines = 0
    var offset = 0
    while offset < part.size {
      var piece = try part.file.read(at: offset, count: min(LineReader.chunkBytes, part.size - offset))
      // Cut back by a server whose disk failed: the copy is made again (see `BackupMoment.holds`).
      if piece.isEmpty { piece = [UInt8](repeating: 0, count: min(LineReader.chunkBytes, part.size - offset)) }
      hash.update(piece)
      lines += piece.count { $0 == UInt8(ascii: "\n") }
      try archive.write(piece)
      offset += piece.count
      progress(offset)
    }
    try archive.write([UInt8](repeating: 0, count: TarHeader.padding(part.size)))
    if let text = part.text { lines = try Self.lines(of: text) }
    return .init(name: part.name, bytes: part.size, lines: lines, sha256: hash.finalize().hex)
  }

  private static func lines(of text: SealedText) throws(SystemError) -> Int {
    var lines = 0
    var offset = 0
    while offset < text.size() {
      let piece = try text.read(at: offset, count: LineReader.chunkBytes)
      lines += piece.count { $0 == UInt8(ascii: "\n") }
      offset += piece.count
    }
    return lines
  }

  private func put(
    _ name: String, _ content: [UInt8], to archive: AtomicFileWriter, _ now: Timestamp
  ) throws(SystemError) -> BackupManifest.File {
    try archive.write(header(name, content.count, now).bytes)
    try archive.write(content)
    try archive.write([UInt8](repeating: 0, count: TarHeader.padding(content.count)))
    let lines = content.count { $0 == UInt8(ascii: "\n") }
    return .init(name: name, bytes: content.count, lines: lines, sha256: SHA256.hash(content).hex)
  }

  private func header(_ name: String, _ size: Int, _ now: Timestamp) -> TarHeader {
    let isSecret = name.hasPrefix("state/") || name == BackupManifest.name
    return TarHeader(
      name: name, size: size, mode: isSecret ? 0o600 : 0o640, modified: Int(now.milliseconds / 1000))
  }
}
