import Posix

/// What stands at the end of `state/split.jsonl` and is no line: what a crash has left of what was never relied on.
package struct SplitTail {
  private let directory: DataDirectory

  package init(_ directory: DataDirectory) { self.directory = directory }

  /// Sets it aside, by whoever may write the ledger. Returns its bytes.
  @discardableResult
  package func repair() throws -> Int {
    guard Directories.exists(directory.split) else { return 0 }
    let (name, file) = (DataDirectory.splitName, try PosixFileSystem().openLog(directory.split))
    let mark: LedgerMark?
    do { mark = try LedgerMark.read(name, in: directory.state) } catch is LedgerFault { return 0 }
    let found = try LedgerMark.examine(file, size: file.size(), by: mark)
    // What was changed or lost is for somebody to look at.
    guard found.fault == nil else { return 0 }
    let tail = try TornTail(of: file, from: mark == nil ? file.endOfLines() : found.vouched) { SideLine($0) != nil }
    switch tail.kind {
    case .none: return 0
    case .whole:
      try file.append([UInt8(ascii: "\n")])
      return 0
    case .garbage(let bytes):
      try Quarantine(directory).keep(bytes, of: name, at: tail.start, "tail")
      try file.truncate(to: tail.start)
      try file.synchronizeData()
      return bytes.count
    }
  }
}
