import Posix
import TrainingLog

/// A file system that fails and crashes on command. Files below its folder live in memory, each as the kernel sees it
/// and as the platter has it; everything else is handed to the real file system.
///
/// What a power failure leaves: of a file, what was synced, and perhaps some of what came later; of a directory, the
/// names as of its last sync, and perhaps later ones. After a failed sync the kernel holds the pages for clean, and a
/// later sync "succeeds" without writing them, as Linux did to PostgreSQL in 2018.
package final class SimulatedDisk: FileSystem {
  package enum Operation: Hashable, Sendable {
    case open, append, synchronize, truncate, read, synchronizeDirectory, rename, remove, list, freeBytes
  }

  /// One call as it came, for tests that count and order them.
  package struct Call: Equatable, Sendable {
    package let operation: Operation
    /// The last part of the path.
    package let name: String

    package init(operation: Operation, name: String) {
      self.operation = operation
      self.name = name
    }
  }

  let folder: String
  let state: Mutex<DiskState>
  private let real = PosixFileSystem()
  private let gate = Mutex<(@Sendable (Call) -> Void)?>(nil)

  /// - Parameter folder: the directory whose files are simulated; it exists from the start, and durably so.
  package init(simulating folder: String, seed: UInt64 = 1) {
    self.folder = folder
    state = Mutex(DiskState(seed: seed))
  }

  /// Called before each call takes effect, outside of every lock: a test may hold the caller up in it.
  package func onCall(_ body: (@Sendable (Call) -> Void)?) { gate.withLock { $0 = body } }

  func perform<Result: Sendable>(
    _ operation: Operation, _ path: String, _ body: (inout sending DiskState) throws(SystemError) -> Result
  ) throws(SystemError) -> Result {
    let call = Call(operation: operation, name: String(path.split(separator: "/").last ?? ""))
    gate.withLock { $0 }?(call)
    return try state.withLock { (state) throws(SystemError) in
      state.calls.append(call)
      return try body(&state)
    }
  }

  private func isSimulated(_ path: String) -> Bool { path == folder || path.hasPrefix(folder + "/") }

  package func openLog(_ path: String) throws(SystemError) -> any LogFile {
    guard isSimulated(path) else { return try real.openLog(path) }
    return try perform(.open, path) { (state) throws(SystemError) in
      try state.check(.open, path)
      state.descriptors += 1
      return SimulatedFile(
        disk: self, path: path, inode: state.inode(creating: path), number: state.descriptors, boot: state.boot)
    }
  }

  /// Nobody but the test can read any of it.
  package func openSecret(_ path: String) throws(SystemError) -> any LogFile { try openLog(path) }

  package func exists(_ path: String) -> Bool {
    guard isSimulated(path), path != folder else { return real.exists(path) }
    return state.withLock { $0.names[path] != nil }
  }

  package func identity(_ path: String) -> UInt64? {
    guard isSimulated(path) else { return real.identity(path) }
    return state.withLock { $0.names[path].map(UInt64.init) }
  }

  package func list(_ directory: String) throws(SystemError) -> [String] {
    guard isSimulated(directory) else { return try real.list(directory) }
    return try perform(.list, directory) { (state) throws(SystemError) in
      try state.check(.list, directory)
      return state.names.keys.map { String($0.dropFirst(directory.utf8.count + 1)) }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  package func synchronizeDirectory(_ path: String) throws(SystemError) {
    guard isSimulated(path) else { return try real.synchronizeDirectory(path) }
    try perform(.synchronizeDirectory, path) { (state) throws(SystemError) in
      try state.check(.synchronizeDirectory, path) { $0.durableNames = $0.names }
    }
  }

  package func rename(_ from: String, to: String) throws(SystemError) {
    guard isSimulated(from) else { return try real.rename(from, to: to) }
    try perform(.rename, from) { (state) throws(SystemError) in
      guard state.names[from] != nil else { throw SystemError(call: "rename", code: FaultCode.noEntry) }
      try state.check(.rename, from) {
        $0.names[to] = $0.names[from]
        $0.names[from] = nil
      }
    }
  }

  package func remove(_ path: String) throws(SystemError) {
    guard isSimulated(path) else { return try real.remove(path) }
    try perform(.remove, path) { (state) throws(SystemError) in
      try state.check(.remove, path) { $0.names[path] = nil }
    }
  }

  package func freeBytes(_ path: String) throws(SystemError) -> Int {
    try perform(.freeBytes, path) { (state) throws(SystemError) in
      try state.check(.freeBytes, path)
      return state.freeBytes
    }
  }
}
