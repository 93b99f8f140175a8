import TestKit
import Testing

@Suite("Contract §2 Never logged or stored", .serialized)
struct DiscretionTests {
  @Test func `no address, text, id, query string or user agent is in any log, none but text in any file`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let agent = [
      ("User-Agent", "agent-q8w7"), ("X-Forwarded-For", "203.0.113.77"), ("Content-Type", "application/json"),
    ]
    try client.send("POST", "/v1/log?query-q8w7=1", fields: agent, body: LogBody(user: "user-q8w7").bytes)
    let id = try #require(try client.response().json().at("example_id")?.string)
    try client.send("POST", "/v1/feedback?example_id=\(id)&score=1&unknown=query-q8w7", fields: agent)
    #expect(try client.response().status == 422)
    // And what goes wrong.
    try client.send("POST", "/v1/log", fields: agent, body: LogBody(question: "text-q8w7").with("model", "1").bytes)
    #expect(try client.response().status == 422)
    let secrets = [
      ("Authorization", "Bearer key-q8w7-0123456789"), ("Idempotency-Key", "again-q8w7"), ("Cookie", "cookie-q8w7=1"),
      ("Content-Type", "application/json"), ("Content-Encoding", "coding-q8w7"),
      ("Origin", "http://origin-q8w7.example"),
    ]
    for path in ["/v1/log", "/v1/feedback", "/path-q8w7/x", "/v1/examples/id-q8w7"] {
      let own = try server.connect()
      try own.send("POST", path + "?more-q8w7", fields: secrets, body: LogBody(user: "user-q8w7").bytes)
      let answer = try own.response()
      #expect(answer.status >= 400)
      #expect(!answer.text.contains("q8w7"))
      #expect(!answer.fields.contains { $0.value.contains("q8w7") })
    }
    let keyed = [("Idempotency-Key", "stored-q8w7"), ("Content-Type", "application/json")]
    try client.send("POST", "/v1/log", fields: keyed, body: LogBody(user: "keyed-q8w7").bytes)
    #expect(try client.response().status == 201)
    try client.send("GET agent-q8w7 HTTP/9\r\n\r\n")
    #expect(try client.response().status >= 400)
    #expect(try server.stop() == .code(0))
    for file in server.home.files {
      let text = String(decoding: server.home.bytes(file) ?? [], as: UTF8.self)
      for word in ["q8w7", "203.0.113.77", "127.0.0.1"] { #expect(!text.contains(word), "\(word) in \(file)") }
    }
    #expect(!server.errorText.contains("q8w7"))
    #expect(!server.errorText.contains(id))
    #expect(!server.errorText.contains("203.0.113.77"))
  }
}
