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

  /// Files that are not as they were left: another one has their name, or none, or they are shorter or longer. They are
  /// let go of, so that the next use opens what is there now.
  mutating func letGoOfMeddled() throws(SystemError) -> [Meddling] {
    var found: [Meddling] = []
    for (name, entry) in entries where !name.isInState && !entry.isDoubtful {
      guard let plain = entry.plain else { continue }
      let isAnother = fileSystem.identity(directory.path(of: name)) != entry.identity
      let size = try plain.size()
      guard isAnother || size != entry.plainSize else { continue }
      let kept = isAnother ? 0 : try TornTail.endOfLines(plain, before: min(size, entry.plainSize))
      found.append(Meddling(name: name, size: entry.size, kept: entry.text.sealedBytes + kept))
      entries[name] = nil
      revisions[name, default: 0] += 1
    }
    return found
  }

  /// Opens a file that has so many bytes of text as far as is known; nil where it has, else it is let go of again.
  mutating func unexpected(_ name: LogFileName, known: Int) throws(SystemError) -> Meddling? {
    let entry = try entry(name)
    guard entry.size != known else { return nil }
    var kept = known
    if entry.size < known { kept = try TornTail.endOfLines(entry.text, before: entry.size) }
    entries[name] = nil
    revisions[name, default: 0] += 1
    return Meddling(name: name, size: known, kept: kept)
  }
}
