/// How a test breaks the disk, and how it looks at it.
extension SimulatedDisk {
  /// The next `times` calls of that kind fail, after `skip` that do not. An append still takes `short` bytes.
  package func fail(
    _ operation: Operation, on path: String = "", code: Int32 = FaultCode.io, short: Int = 0, after skip: Int = 0,
    times: Int = 1
  ) {
    state.withLock {
      $0.faults.append(
        .init(operation: operation, path: path, code: code, short: short, skip: skip, times: times))
    }
  }

  package func heal() { state.withLock { $0.faults = [] } }

  /// Bytes that all files together may have.
  package func setCapacity(_ bytes: Int) { state.withLock { $0.capacity = bytes } }

  /// The power fails in the course of the call after `calls` more.
  package func failPower(after calls: Int) { state.withLock { $0.callsLeft = calls + 1 } }

  package var isDown: Bool { state.withLock { $0.isDown } }

  /// The machine comes back after a power failure: what was not synced is gone, or is there, as chance has it.
  package func restartAfterPowerFailure() {
    state.withLock { state in
      for number in state.inodes.keys.sorted() {
        guard let inode = state.inodes[number] else { continue }
        let content = inode.afterPowerFailure(using: &state.random)
        state.inodes[number] = .init(cache: content, platter: content, cleanCount: content.count)
      }
      for path in Set(state.names.keys).union(state.durableNames.keys).sorted()
      where state.names[path] != state.durableNames[path] && state.random.isOne(in: 2) {
        state.durableNames[path] = state.names[path]
      }
      state.names = state.durableNames
      state.reset()
    }
  }

  /// The same with the worst outcome: only what was synced is there.
  package func restartWithSyncedOnly() {
    state.withLock { state in
      for (number, inode) in state.inodes {
        let content = inode.platter
        state.inodes[number] = .init(cache: content, platter: content, cleanCount: content.count)
      }
      state.names = state.durableNames
      state.reset()
    }
  }

  /// The process was killed, the machine goes on: the kernel still has everything, and will write it some day.
  package func restartAfterKill() { state.withLock { $0.reset() } }

  /// Readers see bytes that a failed sync kept from the platter.
  package var hasLostPages: Bool {
    state.withLock { state in state.names.values.contains { state.inodes[$0]?.lost.isEmpty == false } }
  }

  /// Calls since the last `forgetCalls`, in order.
  package var calls: [Call] { state.withLock { $0.calls } }

  package func count(_ operation: Operation) -> Int { calls.count { $0.operation == operation } }

  package func forgetCalls() { state.withLock { $0.calls = [] } }

  /// What no program may do to a disk, as it was done.
  package var misuses: [String] { state.withLock { $0.misuses } }

  package var names: [String] {
    state.withLock { $0.names.keys.map { $0.split(separator: "/").last.map(String.init) ?? "" }.sorted() }
  }

  /// As readers see it; nil where there is no such file.
  package func content(_ name: String) -> [UInt8]? {
    state.withLock { state in state.names[folder + "/" + name].flatMap { state.inodes[$0]?.cache } }
  }

  /// A file as it would be after a power failure that leaves nothing but what was synced.
  package func syncedContent(_ name: String) -> [UInt8]? {
    state.withLock { state in state.durableNames[folder + "/" + name].flatMap { state.inodes[$0]?.platter } }
  }

  /// Puts a file in place, synced, as an earlier life may have left it.
  package func put(_ name: String, _ content: [UInt8]) {
    state.withLock { state in
      let number = state.inode(creating: folder + "/" + name)
      state.inodes[number] = .init(cache: content, platter: content, cleanCount: content.count)
      state.durableNames[folder + "/" + name] = number
    }
  }
}
