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
    let size = try file?.size() ?? 0
    if let file {
      for state in mark.states where state.bytes <= size {
        let (line, end) = try lastLine(of: file, before: state.bytes)
        if end == state.bytes, line.map(hash) == state.sha256 { return nil }
      }
    }
    return LedgerFault(name: name, kind: mark.fault(size: size, isThere: file != nil))
  }

  /// The act is noted by now: without its mark the earlier one stays, which vouches for less.
  func mark(_ line: [UInt8], end: Int) {
    let state = LedgerMark.State(bytes: end, sha256: Self.hash(line))
    try? LedgerMark([state]).write(Self.name, in: folder, on: PosixFileSystem())
  }
}
