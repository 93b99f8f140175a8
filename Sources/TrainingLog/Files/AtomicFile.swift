import Posix

/// Replaces a whole file so that after a crash either the old or the new one is there, never a part: temporary file,
/// fsync, rename, fsync of the directory.
package enum AtomicFile {
  /// Of the temporary file, which a killed process leaves.
  package static let suffix = ".tmp"

  /// - Parameter keepsOwner: whether what root makes stays root's, and not the folder's owner's.
  package static func replace(
    _ path: String, with bytes: [UInt8], mode: UInt32 = 0o640, keepsOwner: Bool = false
  ) throws(SystemError) {
    let writer = try AtomicFileWriter(path, mode: mode, keepsOwner: keepsOwner)
    try writer.write(bytes)
    try writer.commit()
  }
}

/// The same for content that comes in pieces, from one thread at a time. What is not committed is removed.
package final class AtomicFileWriter: Sendable {
  private let path: String
  private let temporary: String
  private let file: Descriptor
  private let state = Mutex((buffer: [UInt8](), isCommitted: false))

  package init(_ path: String, mode: UInt32 = 0o640, keepsOwner: Bool = false) throws(SystemError) {
    self.path = path
    temporary = path + AtomicFile.suffix
    file = try Descriptor.writing(temporary, mode: mode, keepsOwner: keepsOwner)
    state.withLock { $0.buffer.reserveCapacity(Self.bufferBytes + 65_536) }
  }

  private static let bufferBytes = 1 << 20

  deinit { if !state.withLock({ $0.isCommitted }) { try? Directories.remove(temporary) } }

  package func write(_ bytes: [UInt8]) throws(SystemError) {
    try state.withLock { (state) throws(SystemError) in
      if bytes.count >= Self.bufferBytes {
        try flush(&state.buffer)
        try file.write(bytes)
      } else {
        state.buffer.append(contentsOf: bytes)
        guard state.buffer.count >= Self.bufferBytes else { return }
        try flush(&state.buffer)
      }
      // The disk begins meanwhile with what the sync at the end has to wait for.
      file.beginWriting()
    }
  }

  /// Keeps of what was written the first so many bytes; what comes next stands behind them.
  package func cut(to count: Int) throws(SystemError) {
    try state.withLock { (state) throws(SystemError) in
      try flush(&state.buffer)
      try file.cut(to: count)
    }
  }

  /// - Parameter isDurable: false for what is derived and shows its own damage: after a power failure the file may be
  ///   anything.
  package func commit(isDurable: Bool = true) throws(SystemError) {
    try state.withLock { (state) throws(SystemError) in
      try flush(&state.buffer)
      if isDurable { try file.synchronize() }
      try Directories.rename(temporary, to: path)
      state.isCommitted = true
      guard isDurable else { return }
      try Directories.synchronize(Directories.parent(of: path))
    }
  }

  private func flush(_ buffer: inout [UInt8]) throws(SystemError) {
    try file.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}

/// The whole content of a file; nil where there is none.
package func readFile(_ path: String) throws(SystemError) -> [UInt8]? {
  guard Directories.exists(path) else { return nil }
  let file = try Descriptor.reading(path)
  var bytes = [UInt8](repeating: 0, count: try file.size())
  var filled = 0
  while filled < bytes.count {
    var failure: SystemError?
    let read = bytes.withUnsafeMutableBytes { buffer in
      do throws(SystemError) {
        return try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]), at: filled)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    if read == 0 { break }
    filled += read
  }
  return Array(bytes[..<filled])
}
