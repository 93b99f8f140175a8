import TestKit
import Testing

/// Clients that leave at each byte of a request.
@Suite("End to end: the client leaves at any byte", .serialized)
struct AnyByteTests {
  /// So few that one connection which is not let go would be felt.
  private static let places = 4

  private static func request(_ framing: (String) -> String) -> [UInt8] {
    let body = #"{"user_id":"u","session_id":"s","user_message":"q","assistant_message":"a"}"#
    return Array("POST /v1/log HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\(framing(body))".utf8)
  }

  private static let requests = [
    request { "Content-Length: \($0.utf8.count)\r\n\r\n\($0)" },
    request { "Transfer-Encoding: chunked\r\n\r\n\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n0\r\n\r\n" },
  ]

  /// Served once the server has noticed that the others are gone.
  private func expectAllFree(_ server: TestServer) throws {
    let end = ContinuousClock.now + .seconds(Int(ChildProcess.patienceSeconds))
    var held: [TestClient] = []
    while held.count < Self.places, ContinuousClock.now < end {
      let client = try server.connect()
      if try client.get("/livez").status == 200 { held.append(client) }
    }
    #expect(held.count == Self.places)
  }

  @Test(arguments: 0..<requests.count)
  func `a reset costs nothing but the connection`(_ index: Int) throws {
    let request = Self.requests[index]
    let server = try TestServer(arguments: ["--max-connections", "\(Self.places)"])
    for count in 0...request.count {
      let client = try server.connect()
      try client.send(Array(request.prefix(count)))
      client.reset()
    }
    try expectAllFree(server)
    // Only the last of them was a request, and nobody knows whether it came before the reset.
    #expect(server.home.conversations.count <= 1)
    #expect(try server.stop() == .code(0))
  }

  @Test(arguments: 0..<requests.count)
  func `a half-close is answered by what has come`(_ index: Int) throws {
    let request = Self.requests[index]
    let server = try TestServer()
    for count in 0...request.count {
      let client = try server.connect()
      try client.send(Array(request.prefix(count)))
      client.endSending()
      if count > 0 {
        let answer = try client.response()
        #expect(answer.status == (count < request.count ? 400 : 201), "after \(count) bytes")
        #expect(answer["Connection"] == "close")
      }
      #expect(try client.rest().isEmpty, "after \(count) bytes")
    }
    #expect(server.home.conversations.count == 1)
    #expect(try server.stop() == .code(0))
  }
}
