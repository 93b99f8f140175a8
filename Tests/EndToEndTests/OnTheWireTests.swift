import Foundation
import Records
import TestKit
import Testing

@Suite("End to end: HTTP on the wire", .serialized)
struct OnTheWireTests {
  private static let head = "POST /v1/log HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"

  @Test func `pipelined requests are answered in order`() throws {
    let server = try TestServer()
    let client = try server.connect()
    var bytes: [UInt8] = []
    let ids = (0..<40).map { "019a0000-0000-7000-8000-0000000000\($0 + 10)" }
    for id in ids {
      let body = LogBody().with("example_id", jsonText(id)).bytes
      bytes += Array("\(Self.head)Content-Length: \(body.count)\r\n\r\n".utf8) + body
      bytes += Array("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    }
    try client.send(bytes)
    for id in ids {
      let answer = try client.response()
      #expect(answer.status == 201)
      #expect(try answer.json()["example_id"]?.string == id)
      #expect(try client.response().text == "ok\n")
    }
    #expect(server.home.conversations.count == 40)
  }

  @Test func `a chunked body is a body, however it is cut`() throws {
    let server = try TestServer()
    let client = try server.connect()
    for size in [1, 7, 4096] {
      let body = LogBody().bytes
      var bytes = Array("\(Self.head)Transfer-Encoding: chunked\r\n\r\n".utf8)
      for start in stride(from: 0, to: body.count, by: size) {
        let chunk = body[start..<min(body.count, start + size)]
        bytes += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
      }
      try client.send(bytes + Array("0\r\n\r\n".utf8))
      #expect(try client.response().status == 201)
    }
    #expect(server.home.conversations.count == 3)
  }

  @Test func `a request that comes byte by byte is one`() throws {
    let client = try TestServer().connect()
    let body = LogBody().bytes
    for byte in Array("\(Self.head)Content-Length: \(body.count)\r\n\r\n".utf8) + body { try client.send([byte]) }
    #expect(try client.response().status == 201)
  }

  @Test func `Expect 100-continue is answered before the body is sent`() throws {
    let client = try TestServer().connect()
    let body = LogBody().bytes
    try client.send("\(Self.head)Content-Length: \(body.count)\r\nExpect: 100-continue\r\n\r\n")
    #expect(try client.response().status == 100)
    try client.send(body)
    #expect(try client.response().status == 201)
  }

  @Test func `Expect 100-continue of what is refused is refused without the body`() throws {
    let client = try TestServer().connect()
    try client.send("POST /v1/nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\nExpect: 100-continue\r\n\r\n")
    #expect(try client.response().status == 404)
    #expect(try client.rest().isEmpty)
  }

  @Test func `an early refusal leaves the connection usable`() throws {
    let client = try TestServer().connect()
    #expect(try client.post("/v1/nothing", LogBody().bytes).status == 404)
    #expect(try client.post("/v1/log", LogBody().bytes).status == 201)
  }

  @Test func `a client that only half-closes still gets its answer`() throws {
    let client = try TestServer().connect()
    let body = LogBody().bytes
    try client.send(Array("\(Self.head)Content-Length: \(body.count)\r\n\r\n".utf8) + body)
    client.endSending()
    #expect(try client.response().status == 201)
    #expect(try client.rest().isEmpty)
  }

  @Test func `a client that goes away in the middle harms nobody`() throws {
    let server = try TestServer()
    for count in [1, 30, 80, 150] {
      let client = try server.connect()
      let body = LogBody().bytes
      try client.send(Array((Array("\(Self.head)Content-Length: \(body.count)\r\n\r\n".utf8) + body).prefix(count)))
    }
    #expect(try server.connect().post("/v1/log", LogBody().bytes).status == 201)
    #expect(server.home.conversations.count == 1)
    #expect(try server.stop() == .code(0))
  }

  @Test func `HTTP 1.0 is closed unless it asks to stay`() throws {
    let server = try TestServer()
    let client = try server.connect()
    try client.send("GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    #expect(try client.response()["Connection"] == "keep-alive")
    try client.send("GET /livez HTTP/1.0\r\n\r\n")
    #expect(try client.response()["Connection"] == "close")
    #expect(try client.rest().isEmpty)
  }

  /// curl as a client that nobody here has written. `-H Expect` makes it wait for the 100.
  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/curl"), "needs curl"),
    arguments: [
      [], ["-H", "Expect: 100-continue"], ["-H", "Transfer-Encoding: chunked"], ["--http1.0"],
      ["-H", "Transfer-Encoding: chunked", "-H", "Expect: 100-continue"],
    ])
  func `curl gets through`(_ options: [String]) throws {
    let server = try TestServer()
    let file = server.home.path + "/body.json"
    let body = LogBody(answer: String(repeating: "A long answer. ", count: 20_000))
    try Data(body.bytes).write(to: URL(fileURLWithPath: file))
    let curl = try ChildProcess(
      "/usr/bin/curl",
      [
        "-sS", "--max-time", "30", "--noproxy", "*", "-w", "\n%{http_code}", "-H", "Content-Type: application/json",
        "--data-binary", "@\(file)", "http://127.0.0.1:\(server.port)/v1/log",
      ] + options)
    #expect(try curl.wait() == .code(0), "\(curl.error)")
    #expect(curl.output.hasSuffix("\n201"), "\(curl.output)")
    #expect(server.home.conversations.count == 1)
  }
}
