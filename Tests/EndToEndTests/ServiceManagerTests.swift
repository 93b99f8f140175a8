import Glibc
import Posix
import TestKit
import Testing

/// Under systemd, or whoever else hands over sockets and wants to be told (sd_listen_fds(3), sd_notify(3)).
@Suite("End to end: the service manager", .serialized)
struct ServiceManagerTests {
  @Test(arguments: ["127.0.0.1", "::1"])
  func `whoever knocks before the start is served by the socket that was handed over`(_ host: String) throws {
    let listener = try Descriptor.listening(host: host, port: 0)
    let port = try listener.localPort()
    let early = try Loopback.connect(host: host, port: port)
    #expect(try early.send("GET /livez HTTP/1.0\r\n\r\n") != nil)
    // Neither option says anything where the socket decides.
    let server = try TestServer(arguments: ["--host", "0.0.0.0", "--port", "1"], listener: listener.raw)
    #expect(server.port == port)
    #expect(try answer(to: early).hasPrefix("HTTP/1.1 200 OK\r\n"))
    _ = consume early
    #expect(server.errorText.contains(host == "::1" ? "http://[::1]:\(port)," : "http://127.0.0.1:\(port),"))
    if host == "127.0.0.1" {
      for _ in 0..<20 { #expect(try server.connect().get("/livez").status == 200) }
      #expect(try server.connect().post("/v1/log", LogBody().text).status == 201)
    }
    #expect(try server.stop() == .code(0))
    // Whoever comes now waits for the next start, since the manager holds on to the socket.
    let late = try Loopback.connect(host: host, port: port)
    #expect(try late.send("GET /livez HTTP/1.0\r\n\r\n") != nil)
    let next = try TestServer(server.home, listener: listener.raw)
    #expect(try answer(to: late).hasPrefix("HTTP/1.1 200 OK\r\n"))
    _ = consume late
    #expect(try next.stop() == .code(0))
  }

  @Test func `a socket that was handed to another process is none of ours`() throws {
    let listener = try Descriptor.listening(host: "127.0.0.1", port: 0)
    for pid in ["1", " ", "x"] {
      let server = try TestServer(environment: ["LISTEN_PID": pid], listener: listener.raw)
      #expect(try server.port != listener.localPort())
      #expect(try server.connect().get("/livez").status == 200)
      #expect(try server.stop() == .code(0))
    }
    #expect(try listener.accept() == nil)
  }

  @Test func `what is no listening TCP socket ends the start with 78`() throws {
    let home = try TestServer.Home()
    let unix = try Descriptor.listening(path: home.path + "/socket")
    let pair = try Loopback.pair()
    let tcp = try Descriptor.listening(host: "127.0.0.1", port: 0)
    let connected = try Loopback.connect(host: "127.0.0.1", port: tcp.localPort())
    for raw in [unix.raw, pair.near.raw, connected.raw] {
      let exit = try start(home, listener: raw)
      #expect(exit.exit == .code(78))
      #expect(exit.error.contains("the socket that was handed over must be a TCP socket that listens"))
    }
    for count in ["2", "x", "-1", "+1", "01"] {
      let exit = try start(home, ["LISTEN_FDS": count], listener: tcp.raw)
      #expect(exit.exit == .code(78))
      #expect(exit.error.contains("LISTEN_FDS must be 1"))
    }
    withExtendedLifetime(pair) {}
  }

  @Test func `a socket that others reach needs a key like any such address`() throws {
    let home = try TestServer.Home()
    let listener = try Descriptor.listening(host: "0.0.0.0", port: 0)
    let refused = try start(home, listener: listener.raw)
    #expect(refused.exit == .code(78) && refused.error.contains("without a key"))
    let server = try TestServer(home, environment: ["CERBERUS_API_KEY": "0123456789abcdef"], listener: listener.raw)
    #expect(try server.connect().get("/v1/stats").status == 401)
    #expect(try server.stop() == .code(0))
  }

  @Test(arguments: [true, false])
  func `it says when it is ready and when it stops`(isAbstract: Bool) throws {
    let home = try TestServer.Home()
    let name = isAbstract ? "@cerberus-\(home.path)" : home.path + "/notify"
    let manager = try NotifySocket(name)
    let server = try TestServer(home, environment: ["NOTIFY_SOCKET": name])
    #expect(try manager.next() == "READY=1")
    // At once: it was no promise.
    #expect(try server.connect().get("/readyz").status == 200)
    #expect(manager.isEmpty)
    server.askToStop()
    #expect(try manager.next() == "STOPPING=1")
    #expect(try server.wait() == .code(0))
    #expect(manager.isEmpty)
  }

  @Test(arguments: ["/nowhere/notify", "@nobody-listens-there", "relative", "vsock:2:1", "@"])
  func `a manager that cannot be told keeps nobody from being served`(_ name: String) throws {
    let server = try TestServer(environment: ["NOTIFY_SOCKET": name])
    #expect(try server.connect().get("/livez").status == 200)
    #expect(try server.stop() == .code(0))
    #expect(server.errorText.contains("cerberus: the service manager cannot be told READY=1"))
    #expect(!server.errorText.contains(name) || name == "@")
  }

  private func start(
    _ home: TestServer.Home, _ environment: [String: String] = [:], listener: Int32
  ) throws -> (exit: ChildProcess.Exit, error: String) {
    let process = try CerberusBinary.start(
      ["serve", "--data-dir", home.path + "/data", "--port", "0"], environment: environment, listener: listener)
    let exit = try process.wait()
    return (exit, process.error)
  }

  /// All that comes until the server closes.
  private func answer(to client: borrowing Descriptor) throws -> String {
    var poller = try Poller()
    try poller.add(client.raw, token: 0)
    var text = ""
    while true {
      var events = 0
      try poller.wait(timeoutMilliseconds: ChildProcess.patienceSeconds * 1000) { _ in events += 1 }
      guard events > 0, let piece = try client.receive(), !piece.isEmpty else { return text }
      text += piece
    }
  }
}
