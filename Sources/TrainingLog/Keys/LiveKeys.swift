import Posix
import Privacy

/// The keys as a running server knows them: read again when `state/keys` has changed, which is looked at on use, but not
/// more often than every half second.
package final class LiveKeys: Sendable {
  /// Half of what the contract allows, so that a key is good or gone within a second whatever the clock's tick.
  static let lookNanoseconds: UInt64 = 500_000_000

  private struct State {
    var ring: KeyRing
    /// Of the content in `ring`; nil while it could not be read.
    var stamp: FileStamp?
    var lookedAt: UInt64
    /// The last look found no good file, and somebody was told.
    var isStale = false
    var observer: (@Sendable (StorageFault) -> Void)?
  }

  private let directory: DataDirectory
  private let master: Digest?
  private let state: Mutex<State>

  /// - Parameter master: the text of a key that may do everything.
  package init(_ directory: DataDirectory, master: [UInt8]?, now: UInt64) throws(Secrets.Failure) {
    self.directory = directory
    let digest = master.map(SHA256.hash)
    self.master = digest
    // Before the content: a change in between is then seen at the next look.
    let stamp = FileStamp(directory.keys)
    let ring = KeyRing(try KeyFile.read(directory).apiKeys, master: digest)
    state = Mutex(State(ring: ring, stamp: stamp, lookedAt: now))
  }

  /// `body` is told once whenever the file turns unreadable; it must not wait for anything.
  package func observeFaults(_ body: @escaping @Sendable (StorageFault) -> Void) {
    state.withLock { $0.observer = body }
  }

  /// - Parameter now: nanoseconds of the monotonic clock.
  package func ring(now: UInt64) -> KeyRing {
    state.withLock { state in
      // Other loops may be a little ahead of this one.
      guard now >= state.lookedAt + Self.lookNanoseconds else { return state.ring }
      state.lookedAt = now
      let stamp = FileStamp(directory.keys)
      guard stamp == nil || stamp != state.stamp || state.isStale else { return state.ring }
      // A file that is gone or damaged changes nothing: neither may open a server or lock everybody out.
      do throws(Secrets.Failure) {
        guard stamp != nil else { throw .system(SystemError(call: "open", code: SystemError.notFound)) }
        let file = try KeyFile.read(directory)
        state.ring = KeyRing(file.apiKeys, master: master)
        state.stamp = stamp
        state.isStale = false
      } catch { Self.tell(error, &state) }
      return state.ring
    }
  }

  private static func tell(_ error: Secrets.Failure, _ state: inout State) {
    guard !state.isStale else { return }
    state.isStale = true
    state.observer?(StorageFault(work: .keys, reason: error.description))
  }
}
