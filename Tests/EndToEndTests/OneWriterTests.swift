import TestKit
import Testing

@Suite("End to end: one writer", .serialized)
struct OneWriterTests {
  @Test func `of several that start at once on one directory exactly one serves`() throws {
    let home = try TestServer.Home()
    let processes = try (0..<4).map { _ in
      try CerberusBinary.start(["serve", "--data-dir", home.path, "--port", "0"])
    }
    // A server greets, the others end: either gives a first line.
    let lines = try processes.map { try $0.nextErrorLine() ?? "" }
    let ports = lines.compactMap { TestServer.port(in: $0) }
    #expect(ports.count == 1, "\(lines)")
    for (process, line) in zip(processes, lines) where TestServer.port(in: line) == nil {
      #expect(try process.wait() == .code(75), "\(line)")
    }
    #expect(try TestClient(port: try #require(ports.first)).post("/v1/log", LogBody().bytes).status == 201)
  }

  @Test func `a command that writes waits for nobody where the server holds the lock and has lost its socket`() throws {
    let server = try TestServer()
    _ = try server.connect().post("/v1/log", LogBody().bytes)
    let removed = try ChildProcess("/usr/bin/env", ["rm", server.home.path + "/state/control.sock"])
    #expect(try removed.wait() == .code(0))
    #expect(try CerberusBinary.run(["curate", "--data-dir", server.home.path]).exit == .code(75))
  }
}
