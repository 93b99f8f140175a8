import Glibc
import Posix
import TestKit
import Testing

@Suite("stderr that is not read")
struct ErrorStreamTests {
  @Test("A reader that does not read stops nothing")
  func stuck() throws {
    let server = try TestServer(arguments: ["--log-level", "debug"])
    let client = try server.connect()
    // Some 200 bytes each, several times what the stream takes; nobody reads it before the end.
    for _ in 0..<6000 { #expect(try client.get("/nowhere").status == 404) }
    #expect(try client.post("/v1/log", LogBody().text).status == 201)
    #expect(try server.stop() == .code(0))
  }

  @Test("A stream that was closed by the parent is no place for data: nothing of the log gets into a file")
  func closed() throws {
    let home = try TestServer.Home()
    let probe = try Descriptor.listening(host: "127.0.0.1", port: 0)
    let port = try probe.localPort()
    _ = consume probe
    let command = "exec \"$0\" serve --data-dir \"$1\" --port \(port) --log-level debug 2>&-"
    let process = try ChildProcess("/bin/sh", ["-c", command, try CerberusBinary.path(), home.path])
    let client = try connect(port)
    #expect(try client.get("/nowhere").status == 404)
    #expect(try client.post("/v1/log", LogBody().text).status == 201)
    process.send(SIGTERM)
    #expect(try process.wait() == .code(0))
    #expect(home.conversations.count == 1)
    for file in home.files {
      let text = String(decoding: home.bytes(file) ?? [], as: UTF8.self)
      #expect(!text.contains("\"event\":") && !text.contains("cerberus listens"), "\(file)")
    }
  }

  /// It cannot say that it listens, so it is asked again and again.
  private func connect(_ port: UInt16) throws -> TestClient {
    let end = ContinuousClock.now + .seconds(30)
    while true {
      do { return try TestClient(port: port) } catch {
        guard ContinuousClock.now < end else { throw error }
        sched_yield()
      }
    }
  }
}
