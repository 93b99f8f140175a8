import CLinux
import Glibc

extension Descriptor {
  /// Opens for appending and reading, creating the file (with `mode`, within the umask) where it is missing.
  package static func appending(_ path: String, mode: mode_t = 0o640) throws(SystemError) -> Descriptor {
    try making(path, O_RDWR | O_APPEND | O_CLOEXEC, mode)
  }

  package static func reading(_ path: String) throws(SystemError) -> Descriptor {
    Descriptor(owning: try retrying("open") { open(path, O_RDONLY | O_CLOEXEC) })
  }

  /// Creates or empties a file for writing.
  ///
  /// - Parameter keepsOwner: whether what root makes stays root's, as that which goes to another place.
  package static func writing(
    _ path: String, mode: mode_t = 0o640, keepsOwner: Bool = false
  ) throws(SystemError) -> Descriptor {
    try making(path, O_WRONLY | O_TRUNC | O_CLOEXEC, mode, keepsOwner: keepsOwner)
  }

  /// What root makes belongs to the owner of the folder: what an administrator does must not lock the service out.
  private static func making(
    _ path: String, _ flags: Int32, _ mode: mode_t, keepsOwner: Bool = false
  ) throws(SystemError) -> Descriptor {
    if !keepsOwner, geteuid() == 0 {
      // Exclusive: only what is new is given away, and nothing that a link leads to.
      let file = open(path, flags | O_CREAT | O_EXCL, mode)
      if file >= 0 {
        let made = Descriptor(owning: file)
        try Directories.hand(path, toOwnerOf: Directories.parent(of: path))
        return made
      }
    }
    return Descriptor(owning: try retrying("open") { open(path, flags | O_CREAT, mode) })
  }

  /// Writes all of it, however many calls that takes.
  package borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    var rest = bytes
    while rest.count > 0 {
      let written = try retrying("write") { Glibc.write(raw, rest.baseAddress, rest.count) }
      // In bounds: write(2) returns at most what it was given.
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  package borrowing func write(_ bytes: [UInt8]) throws(SystemError) {
    var failure: SystemError?
    bytes.withUnsafeBytes { buffer in
      do throws(SystemError) { try write(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Reads at an offset into `buffer`; 0 at the end of the file.
  package borrowing func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(SystemError) -> Int {
    try retrying("pread") { pread(raw, buffer.baseAddress, buffer.count, offset) }
  }

  package borrowing func synchronizeData() throws(SystemError) { _ = try retrying("fdatasync") { fdatasync(raw) } }
  package borrowing func synchronize() throws(SystemError) { _ = try retrying("fsync") { fsync(raw) } }

  /// Lets the kernel begin to write what it holds of the file, and does not wait. Promises nothing, so it cannot fail.
  package borrowing func beginWriting() { cerberus_begin_writing(raw) }

  package borrowing func truncate(to size: Int) throws(SystemError) {
    _ = try retrying("ftruncate") { ftruncate(raw, size) }
  }

  /// Cuts a file that is being written, and goes on writing at its end.
  package borrowing func cut(to size: Int) throws(SystemError) {
    try truncate(to: size)
    _ = try retrying("lseek") { lseek(raw, size, SEEK_SET) }
  }

  package borrowing func size() throws(SystemError) -> Int {
    var status = stat()
    _ = try retrying("fstat") { fstat(raw, &status) }
    return Int(status.st_size)
  }

  /// Waits for the exclusive lock of the file; held until the descriptor is closed.
  package borrowing func lock() throws(SystemError) { _ = try retrying("flock") { flock(raw, LOCK_EX) } }

  /// Takes the exclusive lock of the file; false when another process holds it.
  package borrowing func tryLock() throws(SystemError) -> Bool {
    do {
      _ = try retrying("flock") { flock(raw, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      guard error.code == EWOULDBLOCK else { throw error }
      return false
    }
  }
}
