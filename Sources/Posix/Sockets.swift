import CLinux
import Glibc

/// Sockets, all non-blocking and close-on-exec.
extension Descriptor {
  private static let streamType =
    Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)

  /// Listens on an IPv4 or IPv6 literal. With `SO_REUSEPORT` several loops can each own a socket on one port; the kernel
  /// deals the connections out. Not `sharing` fails where anyone listens already.
  package static func listening(host: String, port: UInt16, sharing: Bool = true, backlog: Int32 = 1024)
    throws(SystemError) -> Descriptor
  {
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &found) == 0, let address = found else {
      throw SystemError(call: "getaddrinfo", code: EADDRNOTAVAIL)
    }
    defer { freeaddrinfo(found) }
    let family = address.pointee.ai_family
    let socket = Descriptor(owning: try retrying("socket") { Glibc.socket(family, streamType, 0) })
    try socket.set(SOL_SOCKET, SO_REUSEADDR, 1)
    if sharing { try socket.set(SOL_SOCKET, SO_REUSEPORT, 1) }
    _ = try retrying("bind") { bind(socket.raw, address.pointee.ai_addr, address.pointee.ai_addrlen) }
    _ = try retrying("listen") { listen(socket.raw, backlog) }
    return socket
  }

  /// Listens on a Unix-domain path, which must be free.
  package static func listening(path: String) throws(SystemError) -> Descriptor {
    let socket = Descriptor(owning: try retrying("socket") { Glibc.socket(AF_UNIX, streamType, 0) })
    try withUnixAddress(path) { (address, length) throws(SystemError) in
      _ = try retrying("bind") { bind(socket.raw, address, length) }
    }
    _ = try retrying("listen") { listen(socket.raw, 64) }
    return socket
  }

  /// A blocking connection to a Unix-domain path, for the command line.
  package static func connected(path: String) throws(SystemError) -> Descriptor {
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let socket = Descriptor(owning: try retrying("socket") { Glibc.socket(AF_UNIX, type, 0) })
    try withUnixAddress(path) { (address, length) throws(SystemError) in
      _ = try retrying("connect") { connect(socket.raw, address, length) }
    }
    return socket
  }

  private static func withUnixAddress(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws(SystemError) -> Void
  ) throws(SystemError) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      return try withShortPath(path) { (short) throws(SystemError) in try withUnixAddress(short, body) }
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    var failure: SystemError?
    withUnsafePointer(to: &address) { pointer in
      // A sockaddr_un is a sockaddr by its leading family field (unix(7)).
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        do throws(SystemError) {
          try body(generic, socklen_t(MemoryLayout<sockaddr_un>.size))
        } catch { failure = error }
      }
    }
    if let failure { throw failure }
  }

  /// Another name of the same file: an address has room for 107 bytes (unix(7)), a path for 4,095. Through the folder's
  /// descriptor (proc_pid_fd(5)), since changing the working directory would change it for all threads.
  private static func withShortPath(
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

  package borrowing func set(_ level: Int32, _ option: Int32, _ value: Int32) throws(SystemError) {
    var value = value
    _ = try retrying("setsockopt") { setsockopt(raw, level, option, &value, socklen_t(MemoryLayout<Int32>.size)) }
  }

  package borrowing func setNoDelay() throws(SystemError) { try set(Int32(IPPROTO_TCP), TCP_NODELAY, 1) }

  /// The port that a listening socket was given.
  package borrowing func localPort() throws(SystemError) -> UInt16 {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    try withUnsafeMutablePointer(to: &storage) { pointer throws(SystemError) in
      // sockaddr_storage is large and aligned enough for every sockaddr (RFC 3493, section 3.10).
      let generic = UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: sockaddr.self)
      _ = try retrying("getsockname") { getsockname(raw, generic, &length) }
    }
    return withUnsafeBytes(of: &storage) { UInt16($0[2]) << 8 | UInt16($0[3]) }
  }

  /// The next waiting connection; nil when there is none, or when it went away before it was taken.
  package borrowing func accept() throws(SystemError) -> Descriptor? {
    let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    do {
      return Descriptor(owning: try retrying("accept4") { cerberus_accept4(raw, flags) })
    } catch {
      switch error.code {
      case EAGAIN, ECONNABORTED, EPROTO: return nil
      default: throw error
      }
    }
  }

  /// Bytes read; 0 at the end of the stream; nil when nothing is there yet.
  package borrowing func receive(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int? {
    do {
      return try retrying("recv") { recv(raw, buffer.baseAddress, buffer.count, 0) }
    } catch {
      if error.code == EAGAIN { return nil }
      throw error
    }
  }

  /// Bytes taken by the kernel; nil when it has no room.
  package borrowing func send(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int? {
    do {
      return try retrying("send") { Glibc.send(raw, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)) }
    } catch {
      if error.code == EAGAIN { return nil }
      throw error
    }
  }

  /// Ends the sending direction; the other stays open.
  package borrowing func shutdownSending() { _ = shutdown(raw, Int32(SHUT_WR)) }
}
