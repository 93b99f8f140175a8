import Posix
import Records

/// The log files open for appending, each with the offset up to which it is good.
///
/// A failed write is cut off again. A file whose sync failed is given up: its last synced part is copied into a new file
/// that takes its name, since the kernel may have dropped the rest without saying so again.
struct OpenFiles {
  private struct Entry {
    let file: any LogFile
    /// Everything before this was synced.
    var size: Int
    /// The directory does not durably hold the name yet.
    var isNew: Bool
    var lastUse: Int
  }

  /// Late records may touch many days; the least used file is closed beyond this number.
  private static let openMax = 16

  let fileSystem: any FileSystem
  let directory: DataDirectory
  private var entries: [LogFileName: Entry] = [:]
  private var uses = 0
  private(set) var syncs = 0

  init(fileSystem: any FileSystem, directory: DataDirectory) {
    self.fileSystem = fileSystem
    self.directory = directory
  }

  mutating func size(of name: LogFileName) throws(SystemError) -> Int { try entry(name).size }

  mutating func file(_ name: LogFileName) throws(SystemError) -> any LogFile { try entry(name).file }

  /// Appends to each file and makes all of it durable; all or, as far as the disk allows, nothing.
  mutating func append(_ buffers: [(name: LogFileName, bytes: [UInt8])]) throws(SystemError) {
    var synced: [(LogFileName, Int)] = []
    do {
      for (name, bytes) in buffers { try entry(name).file.append(bytes) }
      for (name, bytes) in buffers {
        let entry = try entry(name)
        syncs += 1
        do { try entry.file.synchronizeData() } catch { throw SyncFailure(name: name, cause: error) }
        synced.append((name, entry.size + bytes.count))
      }
      let grown = Set(buffers.filter { entries[$0.name]?.isNew == true }.map { directory.parent(of: $0.name) })
      for parent in grown { try fileSystem.synchronizeDirectory(parent) }
    } catch let failure as SyncFailure {
      for (name, _) in buffers where name != failure.name { try cutBack(name) }
      try replace(failure.name)
      throw failure.cause
    } catch {
      for (name, _) in buffers { try cutBack(name) }
      throw error as? SystemError ?? SystemError(call: "append", code: 5)
    }
    for (name, size) in synced {
      entries[name]?.size = size
      entries[name]?.isNew = false
    }
  }

  private struct SyncFailure: Error {
    let name: LogFileName
    let cause: SystemError
  }

  private mutating func entry(_ name: LogFileName) throws(SystemError) -> Entry {
    uses += 1
    if entries[name] != nil {
      entries[name]?.lastUse = uses
    } else {
      if entries.count >= Self.openMax, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
        entries[oldest.key] = nil
      }
      let path = directory.path(of: name)
      let isNew = !fileSystem.exists(path)
      let file = try fileSystem.openLog(path)
      entries[name] = Entry(file: file, size: try file.size(), isNew: isNew, lastUse: uses)
    }
    // Set or found in the lines above.
    guard let entry = entries[name] else { throw SystemError(call: "open", code: 5) }
    return entry
  }

  private mutating func cutBack(_ name: LogFileName) throws(SystemError) {
    guard let entry = entries[name] else { return }
    do { try entry.file.truncate(to: entry.size) } catch { try replace(name) }
  }

  /// Copies the synced part into a new file under the same name and forgets the old descriptor.
  private mutating func replace(_ name: LogFileName) throws(SystemError) {
    guard let entry = entries.removeValue(forKey: name) else { return }
    let path = directory.path(of: name)
    let temporary = path + ".tmp"
    try fileSystem.remove(temporary)
    let copy = try fileSystem.openLog(temporary)
    var offset = 0
    while offset < entry.size {
      let piece = try entry.file.read(at: offset, count: min(LineReader.chunkBytes, entry.size - offset))
      if piece.isEmpty { break }
      try copy.append(piece)
      offset += piece.count
    }
    try copy.synchronizeData()
    try fileSystem.rename(temporary, to: path)
    try fileSystem.synchronizeDirectory(directory.parent(of: name))
  }

  /// Puts new content in the place of a file, which is there whole or not at all.
  mutating func rewrite(_ name: LogFileName, with bytes: [UInt8]) throws(SystemError) {
    let path = directory.path(of: name)
    let temporary = path + ".tmp"
    try fileSystem.remove(temporary)
    let file = try fileSystem.openLog(temporary)
    try file.append(bytes)
    try file.synchronizeData()
    entries[name] = nil
    try fileSystem.rename(temporary, to: path)
    try fileSystem.synchronizeDirectory(directory.parent(of: name))
  }
}
