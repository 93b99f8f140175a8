import Glibc
import Posix

/// A blocking HTTP/1.1 client on a raw socket, with nothing between the test and the bytes. One thread at a time.
///
/// Every read ends after `ChildProcess.patienceSeconds` with an error.
package final class TestClient {
  package struct Failure: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
  }

  private let socket: Int32
  /// What must live as long as this client.
  private let owner: (any Sendable)?
  private var received: [UInt8] = []
  private var isEnded = false

  package init(port: UInt16, keeping owner: (any Sendable)? = nil) throws {
    self.owner = owner
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      let code = errno
      Glibc.close(socket)
      throw SystemError(call: "connect", code: code)
    }
    var patience = timeval(tv_sec: Int(ChildProcess.patienceSeconds), tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var one: Int32 = 1
    setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
  }

  deinit { Glibc.close(socket) }

  package func send(_ text: String) throws { try send(Array(text.utf8)) }

  package func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SystemError(call: "send", code: errno) }
      sent += count
    }
  }

  /// Tells the server that nothing more will come.
  package func endSending() { shutdown(socket, Int32(SHUT_WR)) }

  /// Closes with a reset, whatever is still on its way (SO_LINGER, socket(7)).
  package func reset() {
    var now = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    // The number stays ours until `deinit`, so that nobody else is given it: another socket takes its place.
    let other = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    dup2(other, socket)
    _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
    Glibc.close(other)
  }

  /// Whether bytes, the end or an error of the connection come within so many milliseconds.
  package func hears(within milliseconds: Int32) -> Bool {
    if !received.isEmpty || isEnded { return true }
    var watched = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return poll(&watched, 1, milliseconds) > 0
  }

  /// One request with `Host`, a `Content-Length` where there is a body, and `fields`.
  package func send(
    _ method: String, _ target: String, fields: [(String, String)] = [], body: [UInt8]? = nil
  ) throws {
    var head = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n"
    for (name, value) in fields { head += "\(name): \(value)\r\n" }
    if let body { head += "Content-Length: \(body.count)\r\n" }
    try send(Array((head + "\r\n").utf8) + (body ?? []))
  }

  package func get(_ target: String) throws -> TestResponse {
    try send("GET", target)
    return try response()
  }

  package func post(_ target: String, _ json: String) throws -> TestResponse { try post(target, Array(json.utf8)) }

  package func post(
    _ target: String, _ body: [UInt8], type: String? = "application/json"
  ) throws -> TestResponse {
    try send("POST", target, fields: type.map { [("Content-Type", $0)] } ?? [], body: body)
    return try response()
  }

  /// The next answer, an interim one included.
  package func response(toHead: Bool = false) throws -> TestResponse {
    while true {
      if let (response, end) = try TestResponse.parse(received, isEnded: isEnded, toHead: toHead) {
        received.removeFirst(end)
        return response
      }
      guard !isEnded else {
        // Most likely it has crashed, and says why.
        let said = (owner as? TestServer)?.lastWords ?? ""
        throw Failure(description: "the server closed after \(received.count) bytes of an answer\n\(said)")
      }
      try receive()
    }
  }

  /// Reads to the end of the stream; what came besides whole answers already taken.
  package func rest() throws -> [UInt8] {
    while !isEnded { try receive() }
    return received
  }

  private func receive() throws {
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    let count = buffer.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
    if count > 0 {
      received += buffer[..<count]
    } else if count == 0 {
      isEnded = true
    } else if errno != EINTR {
      throw SystemError(call: "recv", code: errno)
    }
  }
}
