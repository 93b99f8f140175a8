import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Service

/// Against a real server in this process.
@Suite(.serialized)
struct ControlClientTests {
  @Test func `it gets what HTTP gives`() throws {
    let fixture = try LogFixture()
    let server = try fixture.server(loops: 2)
    defer { server.stop() }
    let http = try TestClient(port: server.port)
    #expect(try http.post("/v1/log", LogBody().bytes).status == 201)
    let answer = try #require(try ControlClient(fixture.directory).send("GET", "/v1/stats"))
    #expect(answer.status == 200)
    #expect(answer.body == (try http.get("/v1/stats").body))
    #expect(try JSONDocument(parsing: answer.body).root["conversations"]?.integer == 1)
    let manifest = try #require(try ControlClient(fixture.directory).send("POST", "/v1/curate"))
    #expect(manifest.status == 200)
    #expect(try JSONDocument(parsing: manifest.body).root["examples"]?.integer == 1)
  }

  @Test func `it gets refusals as they are`() throws {
    let fixture = try LogFixture()
    let server = try fixture.server(loops: 1)
    defer { server.stop() }
    #expect(try ControlClient(fixture.directory).send("GET", "/nothing")?.status == 404)
    #expect(try ControlClient(fixture.directory).send("GET", "/v1/curate")?.status == 405)
  }

  @Test func `there is none where nobody listens`() throws {
    let fixture = try LogFixture()
    #expect(try ControlClient(fixture.directory).send("GET", "/livez") == nil)
    // A socket that its server left behind.
    _ = try Descriptor.listening(path: fixture.directory.controlSocket)
    #expect(try ControlClient(fixture.directory).send("GET", "/livez") == nil)
    // And the next server takes its place.
    let server = try fixture.server(loops: 1)
    #expect(try ControlClient(fixture.directory).send("GET", "/livez")?.status == 200)
    server.stop()
    #expect(try ControlClient(fixture.directory).send("GET", "/livez") == nil)
  }

  /// A server that dies in the middle of its answer, at every place in it.
  @Test func `an answer that is cut off is an error, never an answer`() throws {
    let fixture = try LogFixture()
    let directory = fixture.directory
    let listener = try Descriptor.listening(path: directory.controlSocket)
    let body = Array(#"{"a":"bcde"}"#.utf8)
    let whole = Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n".utf8) + body
    for count in 0...whole.count {
      let answers = try ThreadGroup.run(1) { _ in
        Result { try ControlClient(directory).send("GET", "/v1/stats")?.body }
      } meanwhile: {
        try answer(one: listener, with: Array(whole.prefix(count)))
      }
      if count == whole.count {
        #expect(try answers[0].get() == body)
      } else {
        #expect(throws: SystemError.self, "after \(count) bytes") { try answers[0].get() }
      }
    }
  }

  @Test func `one that listens and is silent is an error, whatever is asked, and in bounded time`() throws {
    let fixture = try LogFixture()
    let listener = try Descriptor.listening(path: fixture.directory.controlSocket)
    let client = ControlClient(fixture.directory, patience: 20)
    // More than a socket holds.
    let long = [UInt8](repeating: 0x20, count: 4 << 20)
    for (method, body) in [("GET", nil), ("POST", nil), ("POST", long)] {
      let error = #expect(throws: SystemError.self) { try client.send(method, "/v1/curate", body) }
      #expect(error?.isOfSilence == true)
    }
    #expect(throws: SystemError.self) { try client.isAlive() }
    withExtendedLifetime(listener.raw) {}
  }

  @Test func `a long work is waited for as long as the server is alive beside it`() throws {
    let fixture = try LogFixture()
    let directory = fixture.directory
    let listener = try Descriptor.listening(path: directory.controlSocket)
    let alive = Array("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n".utf8)
    let answers = try ThreadGroup.run(1) { _ in
      try ControlClient(directory, patience: 300).send("POST", "/v1/curate")?.body
    } meanwhile: {
      let work = try begun(by: listener)
      // The client asks each time that the patience is over.
      for _ in 0..<3 { try answer(one: listener, with: alive) }
      _ = try alive.withUnsafeBytes { try work.send($0) }
    }
    #expect(answers == [Array("ok\n".utf8)])
  }

  /// Takes one connection and reads its request.
  private func begun(by listener: borrowing Descriptor) throws -> Descriptor {
    try waitToRead(listener.raw)
    guard let socket = try listener.accept() else { throw TestClient.Failure(description: "nobody came") }
    var request: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !request.suffix(4).elementsEqual([13, 10, 13, 10]) {
      try waitToRead(socket.raw)
      let count = try buffer.withUnsafeMutableBytes { try socket.receive(into: $0) } ?? 0
      request += buffer[..<count]
    }
    return socket
  }

  /// Takes one connection, reads its request and sends these bytes, then closes.
  private func answer(one listener: borrowing Descriptor, with bytes: [UInt8]) throws {
    let socket = try begun(by: listener)
    _ = try bytes.withUnsafeBytes { try socket.send($0) }
  }

  private func waitToRead(_ raw: Int32) throws {
    var poller = try Poller()
    try poller.add(raw, token: 1)
    try poller.wait(timeoutMilliseconds: ChildProcess.patienceSeconds * 1000) { _ in }
  }
}
