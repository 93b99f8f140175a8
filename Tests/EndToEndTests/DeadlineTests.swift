import TestKit
import Testing

/// Real time on real sockets, with limits of a second.
@Suite("End to end: deadlines", .serialized)
struct DeadlineTests {
  private static let head = "POST /v1/log HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"

  /// Sends a byte again and again until the server says something: what counts is the whole, not the pause.
  private func drip(_ text: String, into client: TestClient) throws {
    var sent = 0
    while !client.hears(within: 50) {
      try #require(sent < 400, "nothing after \(sent) bytes of \(text)")
      try client.send(text)
      sent += 1
    }
  }

  private func expectTimeout(_ client: TestClient) throws {
    let answer = try client.response()
    #expect(answer.status == 408)
    #expect(answer["Connection"] == "close")
    #expect(answer["Content-Type"] == "application/problem+json")
    #expect(try client.rest().isEmpty)
  }

  private func count(_ reason: String, _ server: TestServer) throws -> Bool {
    try server.connect().get("/metrics").text.contains("cerberus_refusals_total{reason=\"\(reason)\"} 1\n")
  }

  @Test func `a head that drips is 408 after its time in all`() throws {
    let server = try TestServer(arguments: ["--head-timeout", "1"])
    let client = try server.connect()
    try client.send("GET /livez HTTP/1.1\r\nX: ")
    try drip("x", into: client)
    try expectTimeout(client)
    #expect(try count("headTimedOut", server))
  }

  @Test func `so is the head of a later request`() throws {
    let server = try TestServer(arguments: ["--head-timeout", "1"])
    let client = try server.connect()
    #expect(try client.get("/livez").status == 200)
    try client.send("G")
    try expectTimeout(client)
  }

  @Test(arguments: ["Content-Length: 5000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n1388\r\n"])
  func `a body that drips is 408 after its time in all`(_ framing: String) throws {
    let server = try TestServer(arguments: ["--body-timeout", "1", "--max-body", "5000"])
    let client = try server.connect()
    try client.send(Self.head + framing)
    try drip(" ", into: client)
    try expectTimeout(client)
    #expect(try count("bodyTimedOut", server))
    #expect(server.home.conversations.isEmpty)
  }

  @Test func `who says nothing is let go without a word`() throws {
    let server = try TestServer(arguments: ["--head-timeout", "1", "--idle-timeout", "1"])
    let (silent, idle) = (try server.connect(), try server.connect())
    #expect(try idle.get("/livez").status == 200)
    #expect(try silent.rest().isEmpty)
    #expect(try idle.rest().isEmpty)
  }

  @Test func `who takes nothing of an answer is cut off and frees its place`() throws {
    let server = try TestServer(arguments: ["--write-timeout", "1", "--max-connections", "2"])
    let deaf = try server.connect()
    // Answers of more bytes than the kernel takes for a peer that does not read.
    let request = "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"
    try? deaf.send(String(repeating: request, count: 4000))
    let one = try server.connect()
    #expect(try one.get("/livez").status == 200)
    let end = ContinuousClock.now + .seconds(Int(ChildProcess.patienceSeconds))
    var status = 503
    while status != 200, ContinuousClock.now < end { status = try server.connect().get("/livez").status }
    #expect(status == 200)
  }
}
