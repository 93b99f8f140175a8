import Glibc
import Posix
import TestKit
import Testing

@Suite("Sockets on the loopback")
struct SocketsTests {
  /// Waits for the descriptor in a poller, so that no test sleeps.
  private func waitFor(_ raw: Int32, reading: Bool = true) throws {
    var poller = try Poller()
    try poller.add(raw, token: 0, reading: reading, writing: !reading)
    var events = 0
    try poller.wait(timeoutMilliseconds: 5000) { _ in events += 1 }
    #expect(events == 1, "nothing happened within 5 s")
  }

  private func accept(_ listener: borrowing Descriptor) throws -> Descriptor {
    try waitFor(listener.raw)
    guard let socket = try listener.accept() else { throw SystemError(call: "accept4", code: EAGAIN) }
    return socket
  }

  @Test("Bytes go both ways, then the end of the stream", arguments: ["127.0.0.1", "::1"])
  func exchange(host: String) throws {
    let listener = try Descriptor.listening(host: host, port: 0)
    #expect(try listener.accept() == nil)
    let client = try Loopback.connect(host: host, port: try listener.localPort())
    let server = try accept(listener)
    #expect(fcntl(server.raw, F_GETFL) & O_NONBLOCK != 0)
    #expect(fcntl(server.raw, F_GETFD) & FD_CLOEXEC != 0)
    try server.setNoDelay()
    #expect(try server.receive() == nil)
    #expect(try client.send("ping") == 4)
    try waitFor(server.raw)
    #expect(try server.receive() == "ping")
    #expect(try server.send("pong") == 4)
    server.shutdownSending()
    try waitFor(client.raw)
    #expect(try client.receive() == "pong")
    #expect(try client.receive() == "")
    // The other direction is still open.
    #expect(try client.send("more") == 4)
    try waitFor(server.raw)
    #expect(try server.receive() == "more")
  }

  @Test("A kernel without room takes nothing more, until someone reads")
  func backpressure() throws {
    let listener = try Descriptor.listening(host: "127.0.0.1", port: 0)
    let client = try Loopback.connect(host: "127.0.0.1", port: try listener.localPort())
    let server = try accept(listener)
    let piece = String(repeating: "x", count: 1 << 16)
    var sent = 0
    while let taken = try server.send(piece) { sent += taken }
    #expect(sent > 0)
    var received = 0
    while received < sent {
      try waitFor(client.raw)
      while let text = try client.receive(), !text.isEmpty { received += text.utf8.count }
    }
    #expect(received == sent)
    try waitFor(server.raw, reading: false)
    #expect(try server.send("y") == 1)
  }

  @Test("A peer that is gone is an error of the call, and no signal kills the process")
  func reset() throws {
    let listener = try Descriptor.listening(host: "127.0.0.1", port: 0)
    let port = try listener.localPort()
    func connectAndReset() throws -> Descriptor {
      let client = try Loopback.connect(host: "127.0.0.1", port: port)
      let server = try accept(listener)
      var now = linger(l_onoff: 1, l_linger: 0)
      setsockopt(client.raw, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
      return server
    }
    let server = try connectAndReset()
    try waitFor(server.raw)
    let first = #expect(throws: SystemError.self) { try server.receive() }
    #expect(first == SystemError(call: "recv", code: ECONNRESET))
    let second = #expect(throws: SystemError.self) { try server.send("x") }
    #expect(second == SystemError(call: "send", code: EPIPE))
  }

  @Test("A port is shared where that is asked for, and refused where not")
  func sharing() throws {
    let first = try Descriptor.listening(host: "127.0.0.1", port: 0)
    let port = try first.localPort()
    let second = try Descriptor.listening(host: "127.0.0.1", port: port)
    #expect(try second.localPort() == port)
    let error = #expect(throws: SystemError.self) {
      _ = try Descriptor.listening(host: "127.0.0.1", port: port, sharing: false)
    }
    #expect(error == SystemError(call: "bind", code: EADDRINUSE))
  }

  @Test(
    "Only literals are addresses: a name is never looked up",
    arguments: ["localhost", "", "256.0.0.1", "::g", "127.0.0.1:80"])
  func noNames(host: String) {
    #expect(throws: SystemError.self) { _ = try Descriptor.listening(host: host, port: 0) }
  }

  @Test("A Unix-domain socket")
  func unix() throws {
    let folder = try TemporaryDirectory()
    let listener = try Descriptor.listening(path: folder("s"))
    let client = try Descriptor.connected(path: folder("s"), patience: 60_000)
    #expect(fcntl(client.raw, F_GETFL) & O_NONBLOCK == 0)
    let server = try accept(listener)
    #expect(try client.send("x") == 1)
    try waitFor(server.raw)
    #expect(try server.receive() == "x")
    let taken = #expect(throws: SystemError.self) { _ = try Descriptor.listening(path: folder("s")) }
    #expect(taken == SystemError(call: "bind", code: EADDRINUSE))
  }

  @Test("A Unix-domain address has room for 107 bytes, but its path may be longer", arguments: [107, 108, 200, 1000])
  func longPath(length: Int) throws {
    let folder = try TemporaryDirectory()
    var deep = folder.path
    while deep.utf8.count + 3 < length {
      deep += "/" + String(repeating: "x", count: min(60, length - deep.utf8.count - 3))
    }
    try Directories.make(deep)
    let path = deep + "/" + String(repeating: "s", count: length - deep.utf8.count - 1)
    #expect(path.utf8.count == length)
    let listener = try Descriptor.listening(path: path)
    #expect(Directories.exists(path))
    let client = try Descriptor.connected(path: path, patience: 60_000)
    let server = try accept(listener)
    #expect(try client.send("x") == 1)
    try waitFor(server.raw)
    #expect(try server.receive() == "x")
  }

  @Test("What cannot be reached by a shorter name is refused")
  func tooLongName() throws {
    let folder = try TemporaryDirectory()
    let error = #expect(throws: SystemError.self) {
      _ = try Descriptor.listening(path: folder(String(repeating: "x", count: 108)))
    }
    #expect(error?.code == ENAMETOOLONG)
    let missing = #expect(throws: SystemError.self) {
      _ = try Descriptor.connected(path: folder("none"), patience: 60_000)
    }
    #expect(missing == SystemError(call: "connect", code: ENOENT))
  }
}
