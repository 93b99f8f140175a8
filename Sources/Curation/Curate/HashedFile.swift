import Posix
import Privacy
import TrainingLog

/// A file that takes the place of another when it is whole, hashed as it is written. For one thread at a time, whichever.
final class HashedFile: Sendable {
  private struct State {
    let writer: AtomicFileWriter
    var hash = SHA256()
  }

  private let state: Mutex<State>

  init(_ path: String) throws(SystemError) { state = Mutex(State(writer: try AtomicFileWriter(path))) }

  func append(_ bytes: [UInt8]) throws(SystemError) {
    try state.withLock { (state) throws(SystemError) in
      state.hash.update(bytes)
      try state.writer.write(bytes)
    }
  }

  /// The digest of all of it; nothing more comes.
  func finish() -> Digest { state.withLock { $0.hash.finalize() } }

  /// Puts the file in the place of the old one.
  func commit() throws(SystemError) { try state.withLock { (state) throws(SystemError) in try state.writer.commit() } }
}
