import Posix
import Records

/// The log files open for appending, each with the offset up to which it is good.
///
/// A failed write is cut off again. A file whose sync failed is given up: its last synced part is copied into a new file
/// that takes its name, since the kernel may have dropped the rest without saying so again. Where even that fails, nothing
/// goes into the file until it has worked.
struct OpenFiles {
  private struct Entry {
    let file: any LogFile
    /// Everything before this was synced.
    var size: Int
    /// The directory does not durably hold the name yet.
    var isNew: Bool
    var lastUse: Int
    /// What stands behind `size` is unknown: the file must be replaced before anything is appended.
    var isDoubtful = false
  }

  /// Late records may touch many days; between commits the least used files are closed beyond this number.
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
    var syncing: LogFileName?
    do {
      for (name, bytes) in buffers { try entry(name).file.append(bytes) }
      for (name, _) in buffers {
        let file = try entry(name).file
        syncs += 1
        syncing = name
        try file.synchronizeData()
        syncing = nil
      }
      let grown = Set(buffers.filter { entries[$0.name]?.isNew == true }.map { directory.parent(of: $0.name) })
      for parent in grown { try fileSystem.synchronizeDirectory(parent) }
    } catch {
      if let syncing { entries[syncing]?.isDoubtful = true }
      for (name, _) in buffers { cutBack(name) }
      throw error
    }
    for (name, bytes) in buffers {
      entries[name]?.size += bytes.count
      entries[name]?.isNew = false
    }
    closeLeastUsed()
  }

  private mutating func entry(_ name: LogFileName) throws(SystemError) -> Entry {
    uses += 1
    if entries[name]?.isDoubtful == true { try replace(name) }
    if var known = entries[name] {
      known.lastUse = uses
      entries[name] = known
      return known
    }
    let path = directory.path(of: name)
    let isNew = !fileSystem.exists(path)
    let file = try fileSystem.openLog(path)
    let entry = Entry(file: file, size: try file.size(), isNew: isNew, lastUse: uses)
    entries[name] = entry
    return entry
  }

  /// Only between commits: a file that is opened again knows neither that it is new nor how much of it was synced.
  private mutating func closeLeastUsed() {
    let idle = entries.filter { !$0.value.isNew && !$0.value.isDoubtful }.sorted { $0.value.lastUse < $1.value.lastUse }
    for (name, _) in idle.prefix(max(0, entries.count - Self.openMax)) { entries[name] = nil }
  }

  /// What fails here is tried again before the file is next used.
  private mutating func cutBack(_ name: LogFileName) {
    guard let entry = entries[name] else { return }
    if !entry.isDoubtful {
      do { try entry.file.truncate(to: entry.size) } catch { entries[name]?.isDoubtful = true }
    }
    if entries[name]?.isDoubtful == true { try? replace(name) }
  }

  /// Copies the synced part into a new file under the same name and forgets the old descriptor.
  private mutating func replace(_ name: LogFileName) throws(SystemError) {
    guard let entry = entries[name] else { return }
    let path = directory.path(of: name)
    let temporary = path + ".tmp"
    try fileSystem.remove(temporary)
    let copy = try fileSystem.openLog(temporary)
    var offset = 0
    while offset < entry.size {
      let piece = try entry.file.read(at: offset, count: min(LineReader.chunkBytes, entry.size - offset))
      if piece.isEmpty { throw SystemError(call: "pread", code: 5) }
      try copy.append(piece)
      offset += piece.count
    }
    try copy.synchronizeData()
    try fileSystem.rename(temporary, to: path)
    try fileSystem.synchronizeDirectory(directory.parent(of: name))
    entries[name] = nil
  }

  /// Puts an open copy of `size` synced bytes, which lies at `temporary`, in the place of a file. Its name is not durable
  /// before `synchronizeName`, or before something is appended to it.
  mutating func replace(
    _ name: LogFileName, by copy: any LogFile, at temporary: String, size: Int
  ) throws(SystemError) {
    try fileSystem.rename(temporary, to: directory.path(of: name))
    uses += 1
    entries[name] = Entry(file: copy, size: size, isNew: true, lastUse: uses)
  }

  mutating func synchronizeName(_ name: LogFileName) throws(SystemError) {
    try fileSystem.synchronizeDirectory(directory.parent(of: name))
    entries[name]?.isNew = false
  }

  /// Removes a file, durably.
  mutating func remove(_ name: LogFileName) throws(SystemError) {
    entries[name] = nil
    try fileSystem.remove(directory.path(of: name))
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
