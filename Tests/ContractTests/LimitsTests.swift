import TestKit
import Testing

@Suite("Contract §2 Limits", .serialized, .runningServer)
struct LimitsTests {
  private static let bodyMax = 1 << 20

  /// A body of exactly so many bytes.
  private func body(of count: Int) -> [UInt8] {
    let empty = LogBody(answer: "").bytes.count
    return LogBody(answer: String(repeating: "word ", count: count / 5 + 1).prefix(count - empty).description).bytes
  }

  private func isProblem(_ answer: TestResponse, _ status: Int) {
    #expect(answer.status == status)
    #expect(answer["Content-Type"] == "application/problem+json")
    #expect(answer["Connection"] == "close")
  }

  @Test func `a body of 1 MiB is taken`() throws {
    let client = try connect()
    let whole = body(of: Self.bodyMax)
    #expect(whole.count == Self.bodyMax)
    let answer = try client.post("/v1/log", whole)
    #expect(answer.status == 201, "\(answer.text)")
  }

  @Test func `one byte more is 413, before the body is sent`() throws {
    let client = try connect()
    try client.send(
      "POST /v1/log HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: \(Self.bodyMax + 1)\r\n\r\n"
    )
    isProblem(try client.response(), 413)
  }

  @Test func `a chunked body that grows too long is 413`() throws {
    let client = try connect()
    try client.send(
      "POST /v1/log HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    // The server may answer and close its reading side before all is sent.
    try? client.send("100001\r\n" + String(repeating: " ", count: Self.bodyMax + 1) + "\r\n0\r\n\r\n")
    isProblem(try client.response(), 413)
  }

  @Test func `a request line of 16 KiB is taken, one byte more is 414`() throws {
    let frame = "GET /livez?".utf8.count + " HTTP/1.1".utf8.count
    for (count, status) in [(16 * 1024, 200), (16 * 1024 + 1, 414)] {
      let client = try connect()
      try client.send("GET /livez?\(String(repeating: "x", count: count - frame)) HTTP/1.1\r\nHost: a\r\n\r\n")
      let answer = try client.response()
      #expect(answer.status == status)
      if status != 200 { isProblem(answer, status) }
    }
  }

  @Test func `a header block of 32 KiB is taken, one byte more is 431`() throws {
    let frame = "Host: a\r\nX: \r\n".utf8.count
    for (count, status) in [(32 * 1024, 200), (32 * 1024 + 1, 431)] {
      let client = try connect()
      try client.send("GET /livez HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: count - frame))\r\n\r\n")
      let answer = try client.response()
      #expect(answer.status == status)
      if status != 200 { isProblem(answer, status) }
    }
  }

  @Test func `100 header lines are taken, one more is 431`() throws {
    for (count, status) in [(100, 200), (101, 431)] {
      let client = try connect()
      try client.send("GET /livez HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: count - 1) + "\r\n")
      let answer = try client.response()
      #expect(answer.status == status)
      if status != 200 { isProblem(answer, status) }
    }
  }

  @Test func `what was refused is not stored`() throws {
    let server = try TestServer()
    _ = try server.connect().post("/v1/log", body(of: Self.bodyMax + 1))
    #expect(server.home.conversations.isEmpty)
  }
}
