import Glibc
import Posix

/// Client ends for tests of sockets.
package enum Loopback {
  /// A non-blocking connection to a listening TCP socket of this machine.
  package static func connect(host: String, port: UInt16) throws(SystemError) -> Descriptor {
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &found) == 0, let address = found?.pointee else {
      throw SystemError(call: "getaddrinfo", code: EADDRNOTAVAIL)
    }
    defer { freeaddrinfo(found) }
    let raw = socket(address.ai_family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard raw >= 0 else { throw SystemError(call: "socket") }
    let client = Descriptor(owning: raw)
    // Blocking until it stands, non-blocking from then on.
    guard Glibc.connect(raw, address.ai_addr, address.ai_addrlen) == 0 else { throw SystemError(call: "connect") }
    guard fcntl(raw, F_SETFL, fcntl(raw, F_GETFL) | O_NONBLOCK) == 0 else { throw SystemError(call: "fcntl") }
    return client
  }

  /// Two connected, non-blocking ends.
  package static func pair() throws(SystemError) -> Pair {
    let (near, far) = try rawPair()
    return Pair(near: Descriptor(owning: near), far: Descriptor(owning: far))
  }

  /// One end whose other end is closed.
  package static func half() throws(SystemError) -> Descriptor {
    let (near, far) = try rawPair()
    close(far)
    return Descriptor(owning: near)
  }

  private static func rawPair() throws(SystemError) -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw SystemError(call: "socketpair") }
    return (ends[0], ends[1])
  }

  package struct Pair: ~Copyable {
    package let near: Descriptor
    package let far: Descriptor
  }
}
