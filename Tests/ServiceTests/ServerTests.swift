import Posix
import TestKit
import Testing
import TrainingLog

@testable import Service

@Suite(.serialized)
struct ServerTests {
  @Test(arguments: ["127.0.0.1", "127.0.0.2", "::1"])
  func `it listens on an IPv4 or IPv6 literal when it is there`(_ host: String) throws {
    let fixture = try LogFixture()
    let server = try fixture.server(host: host)
    defer { server.stop() }
    #expect(server.port != 0)
    _ = try Loopback.connect(host: host, port: server.port)
  }

  @Test(arguments: ["localhost", "a.b", "1::2::3"])
  func `no other name is looked up`(_ host: String) throws {
    let fixture = try LogFixture()
    #expect(throws: SystemError.self) { try fixture.server(host: host) }
  }

  @Test func `a port on which another listens is refused`() throws {
    let (first, second) = (try LogFixture(), try LogFixture())
    let server = try first.server()
    defer { server.stop() }
    #expect(throws: SystemError.self) { try second.server(port: server.port) }
  }

  @Test func `after the stop the log can be opened anew and holds everything`() throws {
    let folder = try TestServer.Home()
    for round in 1...3 {
      let fixture = try LogFixture(folder)
      let server = try fixture.server()
      let client = try TestClient(port: server.port)
      #expect(try client.post("/v1/log", LogBody(session: "s\(round)").bytes).status == 201)
      server.stop()
      #expect(fixture.log.counters.tallies[.total, "all"].conversations == round)
    }
  }
}
