import Posix

/// What takes the place of a whole file. All of it is only called between commits.
extension OpenFiles {
  /// Puts an open copy of synced bytes, which lies at `temporary`, in the place of the plain or of the sealed file. Its
  /// name is not durable before `synchronizeName`, or before something is appended to the file.
  ///
  /// - Parameter size: of the text after it.
  mutating func replace(
    _ name: LogFileName, _ part: LogText.Part, by copy: any LogFile, at temporary: String, size: Int
  ) throws(SystemError) {
    var entry = try entry(name)
    let text: LogText
    switch part {
    case .plain: text = LogText(sealed: entry.text.sealed, plain: copy)
    case .sealed: text = LogText(sealed: try SealedText(copy, cache: cache), plain: entry.plain)
    }
    guard let path = directory.path(of: name, part) else { return }
    try fileSystem.rename(temporary, to: path)
    switch part {
    case .plain: (entry.plain, entry.identity) = (copy, fileSystem.identity(path))
    case .sealed: entry.sealedIdentity = fileSystem.identity(path)
    }
    (entry.text, entry.size, entry.isNew) = (text, size, true)
    entries[name] = entry
    revisions[name, default: 0] += 1
  }

  mutating func synchronizeName(_ name: LogFileName) throws(SystemError) {
    try fileSystem.synchronizeDirectory(directory.parent(of: name))
    entries[name]?.isNew = false
  }

  /// Removes a file, durably.
  mutating func remove(_ name: LogFileName) throws(SystemError) {
    entries[name] = nil
    revisions[name, default: 0] += 1
    for part in LogText.Part.allCases {
      if let path = directory.path(of: name, part) { try fileSystem.remove(path) }
    }
    try fileSystem.synchronizeDirectory(directory.parent(of: name))
  }

  /// Puts new content in the place of a file, which is there whole or not at all.
  mutating func rewrite(_ name: LogFileName, with bytes: [UInt8]) throws {
    let path = directory.path(of: name)
    let temporary = path + ".tmp"
    try requireUnchanged(name)
    if name.isLedger { try marks.announce(name.name, bytes) }
    try fileSystem.remove(temporary)
    let file = try fileSystem.openLog(temporary)
    try file.append(bytes)
    try file.synchronizeData()
    entries[name] = nil
    revisions[name, default: 0] += 1
    try fileSystem.rename(temporary, to: path)
    if left[name] != nil { left[name] = LeftFile(identity: fileSystem.identity(path), size: bytes.count) }
    try fileSystem.synchronizeDirectory(directory.parent(of: name))
    if name.isLedger { marks.settle(name.name, bytes) }
    try? hold(name)
  }

  /// Puts a sealed file, which has all of the text and lies at `temporary`, in the place of the sealed and the plain one.
  ///
  /// The sealed one is durable before the plain one goes. Wherever this is interrupted, whoever opens the two sees that
  /// the one is in the other (`LogText.isHalfSealed`), and the next use of the file goes on from there.
  mutating func seal(_ name: LogFileName, by temporary: String) throws(SystemError) {
    guard let path = directory.sealedPath(of: name) else { return }
    try fileSystem.rename(temporary, to: path)
    entries[name] = nil
    revisions[name, default: 0] += 1
    try finishSealing(name)
  }

  func finishSealing(_ name: LogFileName) throws(SystemError) {
    try fileSystem.synchronizeDirectory(directory.parent(of: name))
    try fileSystem.remove(directory.path(of: name))
    try fileSystem.synchronizeDirectory(directory.parent(of: name))
  }
}
