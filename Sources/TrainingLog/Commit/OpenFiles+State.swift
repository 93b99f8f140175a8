import Posix

/// The files in `state` are changed by nobody but their writer, who holds them open: what goes into a file that has lost
/// its name is lost, and nothing goes behind what somebody else has made of a ledger.
extension OpenFiles {
  /// A file as its writer has left it.
  struct LeftFile {
    /// nil where there is none.
    var identity: UInt64?
    var size = 0
  }

  /// They have been read: as they are now they have to be from now on.
  mutating func takeUpState() throws(SystemError) {
    for name in [LogFileName.erasures, .consent, .inherited, .pending] {
      left[name] = LeftFile()
      if fileSystem.exists(directory.path(of: name)) { try hold(name) }
    }
  }

  /// Throws where a file of `state` is not as it was left. One whose name is gone is put back: the open file has all of it.
  mutating func requireUnchangedState() throws {
    for name in Array(left.keys) { try requireUnchanged(name) }
  }

  mutating func requireUnchanged(_ name: LogFileName) throws {
    guard let left = left[name] else { return }
    let present = fileSystem.identity(directory.path(of: name))
    let isAsLong = try size(name, left) == left.size
    if present == nil, isAsLong, let entry = entries[name], entry.identity == left.identity, let plain = entry.plain,
      !name.isLedger || marks.knows(name.name, plain)
    {
      try copySynced(name)
      try hold(name)
      tell(StorageFault(work: .meddling, reason: "somebody else has removed state/\(name.name); it is back as it was"))
    } else if present != left.identity || !isAsLong {
      throw StateFileWasChanged(name: name.name)
    }
  }

  private func size(_ name: LogFileName, _ left: LeftFile) throws(SystemError) -> Int {
    // Nobody knows what stands behind a failed sync; the file is going to be replaced.
    guard left.identity != nil, entries[name]?.isDoubtful != true else { return left.size }
    if let plain = entries[name]?.plain { return try plain.size() }
    let path = directory.path(of: name)
    return fileSystem.exists(path) ? try fileSystem.openLog(path).size() : 0
  }

  /// Opens the file, or makes it, and keeps it open.
  mutating func hold(_ name: LogFileName) throws(SystemError) {
    _ = try plain(name)
    leave(name)
  }

  /// It is now as its writer wants it.
  mutating func leave(_ name: LogFileName) {
    guard left[name] != nil, let entry = entries[name] else { return }
    left[name] = LeftFile(identity: entry.identity, size: entry.plainSize)
  }
}

/// A file of `state` is not as its writer has left it.
package struct StateFileWasChanged: Error, CustomStringConvertible {
  let name: String

  package var description: String {
    """
    somebody else has changed state/\(name) under the running server: nothing goes into it any more; stop the server and \
    put back what was there
    """
  }
}
