import Posix

/// What somebody else has done to the files of `training_logs` while they were open.
extension OpenFiles {
  struct Meddling {
    let name: LogFileName
    /// Bytes of the text of which the server knew.
    let size: Int
    /// As many of them are still there, in whole lines.
    let kept: Int
  }

  /// What a day that is not open looks like from outside, without reading it.
  struct Look: Equatable {
    var identities: [UInt64?] = []
    var sizes: [Int] = []
  }

  /// Files that are not as they were left: another one has their name, or none, or they are shorter or longer. They are
  /// let go of, so that the next use opens what is there now.
  mutating func letGoOfMeddled() throws(SystemError) -> [Meddling] {
    var found: [Meddling] = []
    for (name, entry) in entries where !name.isInState && !entry.isDoubtful {
      var kept: Int?
      if try isSealedPartAnother(name, entry) {
        kept = 0
      } else if let plain = entry.plain {
        let isAnother = fileSystem.identity(directory.path(of: name)) != entry.identity
        let size = try plain.size()
        guard isAnother || size != entry.plainSize else { continue }
        let end = isAnother ? 0 : try plain.endOfLines(before: min(size, entry.plainSize))
        kept = entry.text.sealedBytes + end
      }
      guard let kept else { continue }
      found.append(Meddling(name: name, size: entry.size, kept: kept))
      entries[name] = nil
      revisions[name, default: 0] += 1
    }
    return found
  }

  func sealedIdentity(_ name: LogFileName) -> UInt64? { directory.sealedPath(of: name).flatMap(fileSystem.identity) }

  private func isSealedPartAnother(_ name: LogFileName, _ entry: Entry) throws(SystemError) -> Bool {
    guard sealedIdentity(name) == entry.sealedIdentity else { return true }
    guard let sealed = entry.text.sealed else { return false }
    return try sealed.file.size() != sealed.table.bytes
  }

  /// Whether a day that is not open may be another than when this was asked the last time.
  mutating func isNews(_ name: LogFileName) throws(SystemError) -> Bool {
    var look = Look()
    for part in LogText.Part.allCases {
      guard let path = directory.path(of: name, part), fileSystem.exists(path) else { continue }
      look.identities.append(fileSystem.identity(path))
      look.sizes.append(try fileSystem.openLog(path).size())
    }
    defer { looks[name] = look }
    return looks[name] != look
  }

  /// Opens a file that has so many bytes of text as far as is known; nil where it has, else it is let go of again.
  mutating func unexpected(_ name: LogFileName, known: Int) throws(SystemError) -> Meddling? {
    let entry = try entry(name)
    guard entry.size != known else { return nil }
    var kept = known
    if entry.size < known { kept = try entry.text.endOfLines(before: entry.size) }
    entries[name] = nil
    revisions[name, default: 0] += 1
    return Meddling(name: name, size: known, kept: kept)
  }
}
