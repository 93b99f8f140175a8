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
    try UnixAddress.with(path: path) { (address, length) throws(SystemError) in
      _ = try retrying("bind") { bind(socket.raw, address, length) }
    }
    _ = try retrying("listen") { listen(socket.raw, 64) }
    return socket
  }

  /// A blocking connection to a Unix-domain path, for the command line. Nothing on it blocks for longer than `patience`:
  /// `connect` fails with EAGAIN then, `send` and `receive` give nil.
  ///
  /// - Parameter patience: milliseconds.
  package static func connected(path: String, patience: Int) throws(SystemError) -> Descriptor {
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let socket = Descriptor(owning: try retrying("socket") { Glibc.socket(AF_UNIX, type, 0) })
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      var time = timeval(tv_sec: patience / 1000, tv_usec: patience % 1000 * 1000)
      _ = try retrying("setsockopt") {
        setsockopt(socket.raw, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
      }
    }
    try UnixAddress.with(path: path) { (address, length) throws(SystemError) in
      _ = try retrying("connect") { connect(socket.raw, address, length) }
    }
    return socket
  }

  package borrowing func set(_ level: Int32, _ option: Int32, _ value: Int32) throws(SystemError) {
    var value = value
    _ = try retrying("setsockopt") { setsockopt(raw, level, option, &value, socklen_t(MemoryLayout<Int32>.size)) }
  }

  package borrowing func setNoDelay() throws(SystemError) { try set(Int32(IPPROTO_TCP), TCP_NODELAY, 1) }

  /// The port that a TCP socket has on this machine.
  package borrowing func localPort() throws(SystemError) -> UInt16 {
    try withLocalAddress { (address, _) in
      // Behind the family, high byte first (ip(7), ipv6(7)).
      UnsafeRawPointer(address).loadUnaligned(fromByteOffset: 2, as: UInt16.self).bigEndian
    }
  }

  /// The address that a TCP socket has on this machine, as an IPv4 or IPv6 literal.
  package borrowing func localHost() throws(SystemError) -> String {
    try withLocalAddress { (address, length) throws(SystemError) in
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      guard getnameinfo(address, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 else {
        throw SystemError(call: "getnameinfo", code: EAFNOSUPPORT)
      }
      return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }

  private borrowing func withLocalAddress<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) throws(SystemError) -> Result
  ) throws(SystemError) -> Result {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return try withUnsafeMutablePointer(to: &storage) { pointer throws(SystemError) in
      // sockaddr_storage is large and aligned enough for every sockaddr (RFC 3493, section 3.10).
      let generic = UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: sockaddr.self)
      _ = try retrying("getsockname") { getsockname(raw, generic, &length) }
      return try body(generic, length)
    }
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

  /// Whether the peer has ended its direction, or is gone, and all that it sent was read. Takes nothing.
  package borrowing func hasEnded() -> Bool {
    var byte: UInt8 = 0
    let count = recv(raw, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)
  }

  /// Ends the sending direction; the other stays open.
  package borrowing func shutdownSending() { _ = shutdown(raw, Int32(SHUT_WR)) }
}
