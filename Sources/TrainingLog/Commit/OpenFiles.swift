import Posix
import Records

/// The log files open for appending, each with the offset up to which it is good.
///
/// A failed write is cut off again. A file whose sync failed is given up: its last synced part is copied into a new file
/// that takes its name, since the kernel may have dropped the rest without saying so again. Where even that fails, nothing
/// goes into the file until it has worked.
struct OpenFiles {
  struct Entry {
    var text: LogText
    /// What is appended to; nil where all there is of a day is sealed.
    var plain: (any LogFile)?
    /// Of the plain file (`FileSystem.identity`).
    var identity: UInt64?
    /// The same of the sealed file.
    var sealedIdentity: UInt64?
    /// Of the text: everything before this was synced.
    var size: Int
    /// The directory does not durably hold the name yet.
    var isNew: Bool
    var lastUse: Int
    /// What stands behind `size` is unknown: the file must be replaced before anything is appended.
    var isDoubtful = false

    var plainSize: Int { size - text.sealedBytes }
  }

  /// Late records may touch many days; between commits the least used files are closed beyond this number.
  private static let openMax = 16

  let fileSystem: any FileSystem
  let directory: DataDirectory
  var entries: [LogFileName: Entry] = [:]
  /// How often each file was replaced.
  var revisions: [LogFileName: Int] = [:]
  let cache = MemberCache()
  /// Of the ledgers among the files.
  var marks: LedgerMarks
  /// What the files in `state` have to be found as (`requireUnchanged`).
  var left: [LogFileName: LeftFile] = [:]
  /// Days that were not open, as they were when somebody last looked (`isNews`).
  var looks: [LogFileName: Look] = [:]
  private var uses = 0
  private(set) var syncs = 0
  /// Called where a file can be neither synced nor replaced: nobody can say any more what is durable.
  private let giveUp: @Sendable (SystemError) -> Void
  /// Called with what was put right.
  let tell: @Sendable (StorageFault) -> Void

  init(
    fileSystem: any FileSystem, directory: DataDirectory, giveUp: @escaping @Sendable (SystemError) -> Void = { _ in },
    tell: @escaping @Sendable (StorageFault) -> Void = { _ in }
  ) {
    self.fileSystem = fileSystem
    self.directory = directory
    self.giveUp = giveUp
    self.tell = tell
    marks = LedgerMarks(folder: directory.state, fileSystem: fileSystem)
  }

  func isOpen(_ name: LogFileName) -> Bool { entries[name] != nil }

  mutating func size(of name: LogFileName) throws(SystemError) -> Int { try entry(name).size }

  /// Bytes of the plain file of which is known that they are synced, without opening it for writing.
  func syncedPlainSize(of name: LogFileName) throws(SystemError) -> Int {
    if let entry = entries[name] { return entry.plain == nil ? 0 : entry.plainSize }
    let path = directory.path(of: name)
    return fileSystem.exists(path) ? try fileSystem.openLog(path).size() : 0
  }

  mutating func file(_ name: LogFileName) throws(SystemError) -> LogText { try entry(name).text }

  /// Appends to each file and makes all of it durable; all or, as far as the disk allows, nothing.
  mutating func append(_ buffers: [(name: LogFileName, bytes: [UInt8])]) throws {
    var syncing: LogFileName?
    for (name, _) in buffers where name.isInState {
      try requireUnchanged(name)
      try hold(name)
    }
    do {
      for (name, bytes) in buffers { try plain(name).append(bytes) }
      for (name, _) in buffers {
        let file = try plain(name)
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
      leave(name)
      if name.isLedger, let entry = entries[name] {
        marks.follow(name.name, entry.text, upTo: entry.size, appended: bytes)
      }
    }
    closeLeastUsed()
  }

  mutating func entry(_ name: LogFileName) throws(SystemError) -> Entry {
    if entries[name]?.isDoubtful == true { try replace(name) }
    if entries[name] == nil { try open(name) }
    uses += 1
    entries[name]?.lastUse = uses
    guard let entry = entries[name] else { throw SystemError(call: "open", code: SystemError.notFound) }
    return entry
  }

  private mutating func open(_ name: LogFileName) throws(SystemError) {
    let isNew = !directory.holds(name, on: fileSystem)
    var (text, plain) = try LogText.open(name, in: directory, on: fileSystem, cache: cache)
    if text.isHalfSealed {
      try finishSealing(name)
      plain = nil
    }
    let identity = plain == nil ? nil : fileSystem.identity(directory.path(of: name))
    entries[name] = Entry(
      text: text, plain: plain, identity: identity, sealedIdentity: sealedIdentity(name), size: try text.size(),
      isNew: isNew, lastUse: uses)
  }

  /// The file to append to.
  mutating func plain(_ name: LogFileName) throws(SystemError) -> any LogFile {
    var entry = try entry(name)
    if let plain = entry.plain { return plain }
    let plain = try fileSystem.openLog(directory.path(of: name))
    entry.text = LogText(sealed: entry.text.sealed, plain: plain)
    (entry.plain, entry.identity, entry.isNew) = (plain, fileSystem.identity(directory.path(of: name)), true)
    entries[name] = entry
    return plain
  }

  /// Only between commits: a file that is opened again knows neither that it is new nor how much of it was synced.
  mutating func closeLeastUsed() {
    let idle = idle.sorted { $0.value.lastUse < $1.value.lastUse }
    for (name, _) in idle.prefix(max(0, entries.count - Self.openMax)) { entries[name] = nil }
  }

  private var idle: [LogFileName: Entry] {
    entries.filter { !$0.value.isNew && !$0.value.isDoubtful && !$0.key.isInState }
  }

  mutating func closeIdle() { for name in idle.keys { entries[name] = nil } }

  /// What fails here is tried again before the file is next used.
  private mutating func cutBack(_ name: LogFileName) {
    guard let entry = entries[name] else { return }
    if !entry.isDoubtful {
      do { try entry.plain?.truncate(to: entry.plainSize) } catch { entries[name]?.isDoubtful = true }
    }
    if entries[name]?.isDoubtful == true { try? replace(name) }
  }

  /// A full disk will take the copy later; what refuses it for another reason is broken.
  private mutating func replace(_ name: LogFileName) throws(SystemError) {
    do { try copySynced(name) } catch {
      if !error.isOfScarcity { giveUp(error) }
      throw error
    }
  }

  /// Copies the synced part of the plain file into a new one under the same name and forgets the old descriptor.
  mutating func copySynced(_ name: LogFileName) throws(SystemError) {
    guard let entry = entries[name], let plain = entry.plain else { return }
    let path = directory.path(of: name)
    let temporary = path + ".tmp"
    try fileSystem.remove(temporary)
    let copy = try fileSystem.openLog(temporary)
    try LineSieve.copy(plain, 0..<entry.plainSize, to: copy)
    try copy.synchronizeData()
    try fileSystem.rename(temporary, to: path)
    let identity = fileSystem.identity(path)
    entries[name]?.identity = identity
    leave(name)
    try fileSystem.synchronizeDirectory(directory.parent(of: name))
    entries[name] = nil
  }
}
