import Glibc
import Posix
import TrainingLog

/// A descriptor on a `SimulatedDisk`.
final class SimulatedFile: LogFile {
  private let disk: SimulatedDisk
  private let path: String
  private let inode: Int
  private let number: Int
  /// The life of the machine in which it was opened.
  private let boot: Int

  init(disk: SimulatedDisk, path: String, inode: Int, number: Int, boot: Int) {
    self.disk = disk
    self.path = path
    self.inode = inode
    self.number = number
    self.boot = boot
  }

  private func perform<Result: Sendable>(
    _ operation: SimulatedDisk.Operation, _ body: (inout DiskState) throws(SystemError) -> Result
  ) throws(SystemError) -> Result {
    try disk.perform(operation, path) { (state) throws(SystemError) in
      guard state.boot == boot else { throw SystemError(call: "power", code: EIO) }
      return try body(&state)
    }
  }

  /// As many bytes as there is room for, or as the injected fault lets through, stay written.
  func append(_ bytes: [UInt8]) throws(SystemError) {
    try perform(.append) { (state) throws(SystemError) in
      var taken = min(bytes.count, state.freeBytes)
      var failure = taken < bytes.count ? SystemError(call: "write", code: ENOSPC) : nil
      if state.isDown { throw SystemError(call: "power", code: EIO) }
      state.callsLeft -= 1
      if state.callsLeft <= 0 {
        state.isDown = true
        taken = Int.random(in: 0...taken, using: &state.random)
        failure = SystemError(call: "power", code: EIO)
      } else if let fault = state.takeFault(.append, path) {
        taken = min(taken, fault.short)
        failure = SystemError(call: "write", code: fault.code)
      }
      state.inodes[inode]?.cache.append(contentsOf: bytes[..<taken])
      if let failure { throw failure }
    }
  }

  func synchronizeData() throws(SystemError) {
    try perform(.synchronize) { (state) throws(SystemError) in
      if state.failedSyncs.contains(number) {
        state.misuses.append("sync of \(path) again after it failed on the same descriptor")
      }
      do throws(SystemError) {
        try state.check(.synchronize, path) { $0.inodes[inode]?.synchronize() }
      } catch {
        if !state.isDown {
          state.failedSyncs.insert(number)
          state.inodes[inode]?.failSynchronizing()
        }
        throw error
      }
    }
  }

  func truncate(to size: Int) throws(SystemError) {
    try perform(.truncate) { (state) throws(SystemError) in
      try state.check(.truncate, path) { $0.inodes[inode]?.truncate(to: size) }
    }
  }

  func size() throws(SystemError) -> Int {
    let (disk, inode, boot) = (disk, inode, boot)
    return try disk.state.withLock { (state) throws(SystemError) in
      guard state.boot == boot else { throw SystemError(call: "power", code: EIO) }
      return state.inodes[inode]?.cache.count ?? 0
    }
  }

  func read(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    try perform(.read) { (state) throws(SystemError) in
      try state.check(.read, path)
      let cache = state.inodes[inode]?.cache ?? []
      guard offset < cache.count else { return [] }
      return Array(cache[offset..<min(cache.count, offset + count)])
    }
  }
}
