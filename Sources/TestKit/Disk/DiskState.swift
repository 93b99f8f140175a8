import Glibc
import Posix

/// `errno` values that tests name without importing the C library.
package enum FaultCode {
  package static let io = EIO
  package static let noSpace = ENOSPC
  package static let noEntry = ENOENT
}

/// What a `SimulatedDisk` knows. One value behind one lock.
struct DiskState: Sendable {
  /// A file apart from its name.
  struct Inode: Sendable {
    /// As every reader sees it.
    var cache: [UInt8] = []
    /// As of the last sync that worked.
    var platter: [UInt8] = []
    /// Bytes before this are the same in both, or lost.
    var cleanCount = 0
    /// Bytes that a failed sync dropped: read well until the crash, and are zero afterwards.
    var lost: [Range<Int>] = []
  }

  struct Fault: Sendable {
    let operation: SimulatedDisk.Operation
    /// End of the paths it hits.
    let path: String
    let code: Int32
    /// Bytes that an append still takes.
    let short: Int
    var skip: Int
    var times: Int
  }

  var inodes: [Int: Inode] = [:]
  var names: [String: Int] = [:]
  var durableNames: [String: Int] = [:]
  /// Raised by a restart: descriptors of an earlier life are dead.
  var boot = 0
  var capacity = Int.max
  var faults: [Fault] = []
  /// The power fails in the course of the call that brings this to 0.
  var callsLeft = Int.max
  var isDown = false
  var random: SeededGenerator
  var calls: [SimulatedDisk.Call] = []
  var misuses: [String] = []
  /// Descriptors whose sync failed.
  var failedSyncs: Set<Int> = []
  var descriptors = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  var freeBytes: Int { max(0, capacity - names.values.reduce(0) { $0 + (inodes[$1]?.cache.count ?? 0) }) }

  mutating func inode(creating path: String) -> Int {
    if let known = names[path] { return known }
    let number = inodes.count + 1
    inodes[number] = Inode()
    names[path] = number
    return number
  }

  /// The power is back, or the process is a new one.
  mutating func reset() {
    boot += 1
    isDown = false
    callsLeft = Int.max
    faults = []
    failedSyncs = []
  }

  /// Throws what was injected for this call; otherwise does what the call does. When the power fails in it, it is done
  /// or not, as chance has it, and nothing works any more.
  mutating func check(
    _ operation: SimulatedDisk.Operation, _ path: String, _ effect: (inout DiskState) -> Void = { _ in }
  ) throws(SystemError) {
    if isDown { throw SystemError(call: "power", code: EIO) }
    callsLeft -= 1
    if callsLeft <= 0 {
      isDown = true
      if random.isOne(in: 2) { effect(&self) }
      throw SystemError(call: "power", code: EIO)
    }
    if let fault = takeFault(operation, path) { throw SystemError(call: "simulated", code: fault.code) }
    effect(&self)
  }

  /// The fault that hits this call, used up.
  mutating func takeFault(_ operation: SimulatedDisk.Operation, _ path: String) -> Fault? {
    for (index, fault) in faults.enumerated() where fault.operation == operation && path.hasSuffix(fault.path) {
      if fault.skip > 0 {
        faults[index].skip -= 1
        continue
      }
      faults[index].times -= 1
      if faults[index].times == 0 { faults.remove(at: index) }
      return fault
    }
    return nil
  }
}
