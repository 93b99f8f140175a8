import Posix
import TestKit
import Testing

@Suite("Contract §2 Stopping", .serialized)
struct StoppingTests {
  @Test func `on SIGTERM it exits with 0`() throws {
    let server = try TestServer()
    _ = try store(LogBody(), over: server.connect())
    #expect(try server.stop() == .code(0))
    #expect(server.home.bytes("state/control.sock") == nil)
    #expect(server.home.mode("state/control.sock") == nil)
    #expect(server.home.conversations.count == 1)
  }

  @Test func `a SIGTERM as early as one can see it running is no other`() throws {
    for _ in 0..<5 { #expect(try TestServer().stop() == .code(0)) }
  }

  @Test func `a request on an open connection is still answered, with Connection close`() throws {
    let server = try TestServer()
    let open = try server.connect()
    #expect(try open.get("/livez")["Connection"] != "close")
    // Half a request, so that the connection is known to the server and in use.
    let body = LogBody().bytes
    try open.send("POST /v1/log HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n")
    server.askToStop()
    try server.waitUntilDeaf()
    try open.send(Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
    let answer = try open.response()
    #expect(answer.status == 201)
    #expect(answer["Connection"] == "close")
    #expect(try open.rest().isEmpty)
    #expect(try server.wait() == .code(0))
    #expect(server.home.conversations.count == 1)
  }

  @Test func `it stops as well where nobody reads its stderr any more`() throws {
    let server = try TestServer()
    let client = try server.connect()
    server.closeError()
    _ = try store(LogBody(), over: client)
    #expect(try server.stop() == .code(0))
    #expect(server.home.mode("state/control.sock") == nil)
  }

  @Test func `then nobody listens any more`() throws {
    let server = try TestServer()
    try server.stop()
    #expect(throws: SystemError.self) { try server.connect() }
  }

  @Test func `the accept queue is emptied first: who had come before is answered`() throws {
    let server = try TestServer()
    let clients = try (0..<60).map { _ in
      let client = try server.connect()
      try client.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
      return client
    }
    server.askToStop()
    for client in clients { #expect(try client.response().status == 200) }
    #expect(try server.wait() == .code(0))
  }

  @Test func `it is gone within 10 s, whoever still sends a request or takes an answer`() throws {
    let server = try TestServer()
    try Dataset(megabytes: 16).put(in: server.home)
    let (head, body, deaf) = (try server.connect(), try server.connect(), try server.connect())
    try head.send("GET /livez HTTP/1.1\r\nHo")
    try body.send("POST /v1/log HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{")
    try deaf.send("GET", "/v1/export")
    #expect(deaf.hears(within: 10_000))
    let begin = ContinuousClock.now
    #expect(try server.stop() == .code(0))
    #expect(ContinuousClock.now - begin < .seconds(10))
    withExtendedLifetime((head, body, deaf)) {}
  }

  @Test func `an idle connection does not hold it up`() throws {
    let server = try TestServer()
    let idle = try (0..<20).map { _ in try server.connect() }
    #expect(try idle[0].get("/livez").status == 200)
    #expect(try server.stop() == .code(0))
    for client in idle { #expect(try client.rest().isEmpty) }
  }
}
