import Glibc
import Posix
import TestKit

/// The end of a service manager to which a service says how it is (sd_notify(3)).
final class NotifySocket {
  private let raw: Int32

  /// - Parameter name: a path, or `@` and a name that stands in no file system (unix(7)).
  init(_ name: String) throws {
    raw = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var bytes = Array(name.utf8)
    let isAbstract = bytes.first == UInt8(ascii: "@")
    if isAbstract { bytes[0] = 0 } else { bytes.append(0) }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(raw, $0, length) }
    }
    guard result == 0 else { throw SystemError(call: "bind") }
    var patience = timeval(tv_sec: Int(ChildProcess.patienceSeconds), tv_usec: 0)
    setsockopt(raw, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(raw) }

  /// The next message; waits for it.
  func next() throws -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = recv(raw, &buffer, buffer.count, 0)
    guard count >= 0 else { throw SystemError(call: "recv") }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }

  /// Whether a message waits.
  var isEmpty: Bool {
    var byte: UInt8 = 0
    return recv(raw, &byte, 1, Int32(MSG_DONTWAIT) | Int32(MSG_PEEK)) < 0
  }
}
