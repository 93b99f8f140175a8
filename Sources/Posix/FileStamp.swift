import Glibc

/// Tells whether a file at a path is still the one it was, without reading it.
package struct FileStamp: Equatable, Sendable {
  private let device: UInt64
  package let inode: UInt64
  package let size: Int
  private let modified: Int
  private let changed: Int

  /// To be kept and compared.
  package var numbers: [UInt64] {
    [device, inode] + [size, modified, changed].map { UInt64(bitPattern: Int64($0)) }
  }

  /// nil where there is no file.
  package init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int(status.st_size)
    // Nanoseconds fit into 63 bits until the year 2262.
    modified = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    changed = status.st_ctim.tv_sec * 1_000_000_000 + status.st_ctim.tv_nsec
  }
}
