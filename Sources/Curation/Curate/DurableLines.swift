import Posix
import TrainingLog

/// A file of lines that are only appended, durably: `versions.jsonl` and the ledger of the split.
struct DurableLines {
  private let path: String

  init(_ path: String) { self.path = path }

  /// A line that a crash cut short is ended first, so that it spoils no other.
  func append(_ lines: [[UInt8]]) throws(SystemError) {
    guard !lines.isEmpty else { return }
    let isNew = !Directories.exists(path)
    let file = try PosixFileSystem().openLog(path)
    let size = try file.size()
    let isTorn = size > 0 ? try file.read(at: size - 1, count: 1) != [UInt8(ascii: "\n")] : false
    try file.append((isTorn ? [UInt8(ascii: "\n")] : []) + lines.flatMap { $0 + [UInt8(ascii: "\n")] })
    try file.synchronizeData()
    if isNew { try Directories.synchronize(Directories.parent(of: path)) }
  }
}
