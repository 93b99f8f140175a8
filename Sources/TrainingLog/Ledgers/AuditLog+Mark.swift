import Posix

/// The chain of the audit log shows what was changed or taken out of it, but not that its end is gone: its mark does.
extension AuditLog {
  static let name = "audit.jsonl"

  /// nil where all acts that were noted are there, as far as the mark knows.
  package func loss() throws -> LedgerFault? { try Self.loss(in: folder) }

  static func loss(in folder: String) throws -> LedgerFault? {
    let mark: LedgerMark
    do {
      guard let known = try LedgerMark.read(name, in: folder) else { return nil }
      mark = known
    } catch let fault as LedgerFault { return fault }
    let file = try ReadOnlyFile.open(ifPresent: folder + "/" + name)
    let kind = try mark.fault(size: file?.size() ?? 0, isThere: file != nil) { bytes throws(SystemError) in
      guard let file else { return nil }
      let (line, end) = try lastLine(of: file, before: bytes)
      return end == bytes ? line.map(hash) : nil
    }
    return kind.map { LedgerFault(name: name, kind: $0) }
  }

  /// The act is noted by now: without its mark the earlier one stays, which vouches for less.
  func mark(_ line: [UInt8], end: Int) {
    let state = LedgerMark.State(bytes: end, sha256: Self.hash(line))
    try? LedgerMark([state]).write(Self.name, in: folder, on: PosixFileSystem())
  }
}
