import Posix

/// Replaces a whole file so that after a crash either the old or the new one is there, never a part: temporary file,
/// fsync, rename, fsync of the directory.
package enum AtomicFile {
  /// Of the temporary file, which a killed process leaves.
  package static let suffix = ".tmp"

  package static func replace(_ path: String, with bytes: [UInt8], mode: UInt32 = 0o640) throws(SystemError) {
    let writer = try AtomicFileWriter(path, mode: mode)
    try writer.write(bytes)
    try writer.commit()
  }
}

/// The same for content that comes in pieces. What is not committed is removed.
package final class AtomicFileWriter {
  private let path: String
  private let temporary: String
  private let file: Descriptor
  private var buffer: [UInt8] = []
  private var isCommitted = false

  package init(_ path: String, mode: UInt32 = 0o640) throws(SystemError) {
    self.path = path
    temporary = path + AtomicFile.suffix
    file = try Descriptor.writing(temporary, mode: mode)
    buffer.reserveCapacity(Self.bufferBytes + 65_536)
  }

  private static let bufferBytes = 1 << 20

  deinit { if !isCommitted { try? Directories.remove(temporary) } }

  package func write(_ bytes: some Collection<UInt8>) throws(SystemError) {
    buffer.append(contentsOf: bytes)
    guard buffer.count >= Self.bufferBytes else { return }
    try flush()
    // The disk begins meanwhile with what the sync at the end has to wait for.
    file.beginWriting()
  }

  /// - Parameter isDurable: false for what is derived and shows its own damage: after a power failure the file may be
  ///   anything.
  package func commit(isDurable: Bool = true) throws(SystemError) {
    try flush()
    if isDurable { try file.synchronize() }
    try Directories.rename(temporary, to: path)
    isCommitted = true
    guard isDurable else { return }
    try Directories.synchronize(path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".")
  }

  private func flush() throws(SystemError) {
    var failure: SystemError?
    buffer.withUnsafeBytes { bytes in
      do throws(SystemError) { try file.write(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
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
