import Posix
import Privacy
import Synchronization

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

  /// - Parameter now: nanoseconds of the monotonic clock.
  package func ring(now: UInt64) -> KeyRing {
    state.withLock { state in
      // Other loops may be a little ahead of this one.
      guard now >= state.lookedAt + Self.lookNanoseconds else { return state.ring }
      state.lookedAt = now
      let stamp = FileStamp(directory.keys)
      guard stamp == nil || stamp != state.stamp else { return state.ring }
      // A file that is gone or damaged changes nothing: neither may open a server or lock everybody out.
      guard stamp != nil, let file = try? KeyFile.read(directory) else { return state.ring }
      state.ring = KeyRing(file.apiKeys, master: master)
      state.stamp = stamp
      return state.ring
    }
  }
}
