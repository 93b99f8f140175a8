import Glibc

/// Addresses of Unix-domain sockets (unix(7)).
enum UnixAddress {
  /// Of a path.
  static func with(
    path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws(SystemError) -> Void
  ) throws(SystemError) {
    let bytes = Array(path.utf8) + [0]
    guard bytes.count <= bytesMax else {
      return try withShort(path) { (short) throws(SystemError) in try with(path: short, body) }
    }
    try with(bytes, body)
  }

  /// Of a name that stands in no file system.
  static func with(
    abstract name: some Sequence<UInt8>, _ body: (UnsafePointer<sockaddr>, socklen_t) throws(SystemError) -> Void
  ) throws(SystemError) {
    let bytes = [0] + name
    guard bytes.count <= bytesMax else { throw SystemError(call: "connect", code: ENAMETOOLONG) }
    try with(bytes, body)
  }

  private static let bytesMax = MemoryLayout.size(ofValue: sockaddr_un().sun_path)

  /// `bytes` are at most `bytesMax`. The length tells where an abstract name ends.
  private static func with(
    _ bytes: [UInt8], _ body: (UnsafePointer<sockaddr>, socklen_t) throws(SystemError) -> Void
  ) throws(SystemError) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
    var failure: SystemError?
    withUnsafePointer(to: &address) { pointer in
      // A sockaddr_un is a sockaddr by its leading family field.
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        do throws(SystemError) { try body(generic, length) } catch { failure = error }
      }
    }
    if let failure { throw failure }
  }

  /// Another name of the same file: an address has room for 107 bytes, a path for 4,095. Through the folder's descriptor
  /// (proc_pid_fd(5)), since changing the working directory would change it for all threads.
  private static func withShort(
    _ path: String, _ body: (String) throws(SystemError) -> Void
  ) throws(SystemError) {
    guard let slash = path.lastIndex(of: "/"), path[slash...].utf8.count < 64 else {
      throw SystemError(call: "bind", code: ENAMETOOLONG)
    }
    let folder = Descriptor(
      owning: try retrying("open") { open(String(path[..<slash]), O_RDONLY | O_DIRECTORY | O_CLOEXEC) })
    try body("/proc/self/fd/\(folder.raw)" + path[slash...])
    _ = consume folder
  }
}
