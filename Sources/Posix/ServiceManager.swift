import Glibc

/// What systemd, or another that speaks its protocols, gives to a service and wants to hear from it.
package enum ServiceManager {
  package enum Failure: Error, CustomStringConvertible {
    case wrongCount
    case noListener
    case system(SystemError)

    package var description: String {
      switch self {
      case .wrongCount: "LISTEN_FDS must be 1: one socket is taken over"
      case .noListener: "the socket that was handed over must be a TCP socket that listens"
      case .system(let error): error.description
      }
    }
  }

  /// The number of the first descriptor that is handed over (sd_listen_fds(3)).
  private static let firstDescriptor: Int32 = 3

  /// The listening TCP socket that this process was started with (sd_listen_fds(3)), non-blocking and close-on-exec; nil
  /// where there is none. To be called once: the descriptor is owned from then on.
  ///
  /// - Parameters:
  ///   - processID: `LISTEN_PID`; the rest counts only where this is our own, since variables outlive the process that
  ///     they were meant for.
  ///   - count: `LISTEN_FDS`.
  package static func listener(processID: String?, count: String?) throws(Failure) -> Descriptor? {
    guard processID == String(getpid()), let count else { return nil }
    guard count == "1" else { throw .wrongCount }
    guard fcntl(firstDescriptor, F_GETFD) >= 0 else { throw .noListener }
    let socket = Descriptor(owning: firstDescriptor)
    let families = [AF_INET, AF_INET6]
    guard socket.option(SO_ACCEPTCONN) == 1, socket.option(SO_TYPE) == Int32(SOCK_STREAM.rawValue),
      families.contains(socket.option(SO_DOMAIN) ?? AF_UNSPEC)
    else { throw .noListener }
    do throws(SystemError) {
      _ = try retrying("fcntl") { fcntl(socket.raw, F_SETFD, FD_CLOEXEC) }
      let flags = try retrying("fcntl") { fcntl(socket.raw, F_GETFL) }
      _ = try retrying("fcntl") { fcntl(socket.raw, F_SETFL, flags | O_NONBLOCK) }
    } catch { throw .system(error) }
    return socket
  }

  /// Tells the manager how the service is, such as `READY=1` (sd_notify(3)). Never waits.
  ///
  /// - Parameter name: `NOTIFY_SOCKET`: an absolute path, or `@` and the name of an abstract socket.
  package static func notify(_ state: String, at name: String) throws(SystemError) {
    let type = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let socket = Descriptor(owning: try retrying("socket") { Glibc.socket(AF_UNIX, type, 0) })
    let connect = { (address: UnsafePointer<sockaddr>, length: socklen_t) throws(SystemError) in
      _ = try retrying("connect") { Glibc.connect(socket.raw, address, length) }
    }
    switch name.utf8.first {
    case UInt8(ascii: "/"): try UnixAddress.with(path: name, connect)
    case UInt8(ascii: "@") where name.utf8.count > 1: try UnixAddress.with(abstract: name.utf8.dropFirst(), connect)
    default: throw SystemError(call: "connect", code: EAFNOSUPPORT)
    }
    let bytes = Array(state.utf8)
    let sent = try bytes.withUnsafeBufferPointer { (all) throws(SystemError) in
      try socket.send(UnsafeRawBufferPointer(all))
    }
    guard sent == bytes.count else { throw SystemError(call: "send", code: EAGAIN) }
  }
}

extension Descriptor {
  /// An option of the socket as such (socket(7)); nil where this is no socket.
  fileprivate borrowing func option(_ name: Int32) -> Int32? {
    var value: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(raw, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
  }
}
