import Posix
import TrainingLog

/// `versions.jsonl`: the manifest of every run, one a line, also of runs that changed nothing, so that it tells which
/// dataset stood at which time.
struct VersionHistory {
  private let path: String
  private let parent: String

  init(_ directory: DataDirectory) {
    path = directory.versions
    parent = directory.curated
  }

  /// Appends a line, durably. A line that a crash cut short is ended first, so that it spoils no other.
  func append(_ line: [UInt8]) throws(SystemError) {
    let isNew = !Directories.exists(path)
    let file = try PosixFileSystem().openLog(path)
    let size = try file.size()
    let isTorn = size > 0 ? try file.read(at: size - 1, count: 1) != [UInt8(ascii: "\n")] : false
    try file.append((isTorn ? [UInt8(ascii: "\n")] : []) + line + [UInt8(ascii: "\n")])
    try file.synchronizeData()
    if isNew { try Directories.synchronize(parent) }
  }
}
