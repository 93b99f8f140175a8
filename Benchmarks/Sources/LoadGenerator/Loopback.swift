import Glibc

/// Client sockets to 127.0.0.1. Nothing here can reach another machine.
enum Loopback {
  /// A connected, non-blocking TCP socket without Nagle's delay. The caller closes it.
  static func connect(port: UInt16) throws(BenchError) -> Int32 {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { throw .system("socket", errno: errno) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else {
      let code = errno
      close(socket)
      throw BenchError(exitCode: 69, "cannot connect to 127.0.0.1:\(port) (errno \(code))")
    }
    var one: Int32 = 1
    setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    let flags = fcntl(socket, F_GETFL)
    guard fcntl(socket, F_SETFL, flags | O_NONBLOCK) == 0 else { throw .system("fcntl", errno: errno) }
    return socket
  }
}
