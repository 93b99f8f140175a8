import TestKit
import Testing

@Suite("Contract §2 POST /v1/log: retry-safe", .runningServer, .serialized)
struct IdempotencyTests {
  private func log(
    _ body: LogBody, key: String? = nil, over client: TestClient
  ) throws -> (status: Int, id: String?, isReplayed: Bool, code: String?) {
    var fields = [("Content-Type", "application/json")]
    if let key { fields.append(("Idempotency-Key", key)) }
    try client.send("POST", "/v1/log", fields: fields, body: body.bytes)
    let answer = try client.response()
    let json = try answer.json()
    return (
      answer.status, json["example_id"]?.string, answer["Idempotency-Replayed"] == "true", json["code"]?.string
    )
  }

  @Test("The same key, bare or quoted, or the same example_id, with the same body answers 200 with the same id")
  func replay() throws {
    let client = try connect()
    let first = try log(LogBody(user: "replay"), key: "order-1", over: client)
    #expect(first.status == 201 && !first.isReplayed)
    for key in ["order-1", "\"order-1\""] {
      let again = try log(LogBody(user: "replay"), key: key, over: client)
      #expect(again.status == 200 && again.isReplayed && again.id == first.id, "\(key)")
    }
    let id = uuidV7(serial: 1)
    let body = LogBody(user: "replay").with("example_id", jsonText(id))
    #expect(try log(body, over: client).id == id)
    let again = try log(body, over: client)
    #expect(again.status == 200 && again.isReplayed && again.id == id)
  }

  @Test("A replay works after a restart, and after SIGKILL")
  func restart() throws {
    let home = try TestServer.Home()
    let body = LogBody(user: "restart")
    var server = try TestServer(home)
    let first = try log(body, key: "k", over: server.connect())
    try server.kill()
    server = try TestServer(home)
    let second = try log(body, key: "k", over: server.connect())
    try server.stop()
    server = try TestServer(home)
    let third = try log(body, key: "k", over: server.connect())
    try server.stop()
    #expect(first.status == 201 && second.status == 200 && third.status == 200)
    #expect(first.id == second.id && second.id == third.id)
    #expect(home.conversations.count == 1)
  }

  /// Changes that make another body, and ones that do not: what was not sent is not compared.
  static let changes: [(change: @Sendable (LogBody) -> LogBody, isSame: Bool)] = [
    ({ $0 }, true),
    ({ $0.with("user_message", jsonText("Another question")) }, false),
    ({ $0.with("assistant_message", jsonText("Another answer")) }, false),
    ({ $0.with("user_id", jsonText("someone else")) }, false),
    ({ $0.with("session_id", jsonText("another session")) }, false),
    ({ $0.with("model", jsonText("m-2")) }, false),
    ({ $0.without("model") }, true),
    ({ $0.with("context", "{\"a\":1}") }, false),
    ({ $0.with("context", "null") }, true),
    ({ $0.with("language", jsonText("cobol")) }, false),
    ({ $0.with("history", "[{\"role\":\"user\",\"content\":\"before\"}]") }, false),
    ({ $0.with("timestamp", jsonText(rfc3339(seconds: -3600))) }, false),
  ]

  @Test("Same body means: every field sent, as it would be stored, equals the stored line; else 422", arguments: 0..<12)
  func sameBody(number: Int) throws {
    let client = try connect()
    let body = LogBody(user: "same \(number)").with("model", jsonText("m-1"))
    let first = try log(body, key: "same-\(number)", over: client)
    let (change, isSame) = Self.changes[number]
    let again = try log(change(body), key: "same-\(number)", over: client)
    #expect(again.status == (isSame ? 200 : 422))
    #expect(again.id == (isSame ? first.id : nil))
    if !isSame { #expect(again.code == "idempotency_conflict") }
  }

  @Test("A scrubbed body is the same when it is sent again")
  func scrubbed() throws {
    let client = try connect()
    let body = LogBody(user: "scrubbed", question: "Write to anna@nordwind.de and bert@nordwind.de, from 8.8.4.4")
    let first = try log(body, key: "scrubbed", over: client)
    #expect(try log(body, key: "scrubbed", over: client).id == first.id)
  }

  @Test("An id held by another user's record, or header and id naming two records: 422")
  func conflicts() throws {
    let client = try connect()
    let ids = [uuidV7(serial: 11), uuidV7(serial: 12)]
    for (number, id) in ids.enumerated() {
      let body = LogBody(user: "two").with("example_id", jsonText(id))
      #expect(try log(body, key: "two-\(number)", over: client).status == 201)
    }
    let other = LogBody(user: "another").with("example_id", jsonText(ids[0]))
    #expect(try log(other, over: client).status == 422)
    let crossed = LogBody(user: "two").with("example_id", jsonText(ids[0]))
    #expect(try log(crossed, key: "two-1", over: client).status == 422)
    let new = LogBody(user: "two").with("example_id", jsonText(uuidV7(serial: 13)))
    #expect(try log(new, key: "two-0", over: client).status == 422)
  }

  @Test("Concurrent repeats wait for the first: one record, one 201, the rest 200 with its id")
  func concurrent() throws {
    let server = try RunningServer.shared
    let before = server.home.conversations.count
    let answers = try ThreadGroup.run(32) { _ in
      try self.log(LogBody(user: "race"), key: "race", over: server.connect())
    }
    #expect(answers.count { $0.status == 201 } == 1)
    #expect(answers.count { $0.status == 200 && $0.isReplayed } == 31)
    #expect(Set(answers.map(\.id)).count == 1)
    #expect(server.home.conversations.count == before + 1)
  }

  @Test(
    "A key that is empty, over 255 bytes or badly quoted is 400",
    arguments: ["", "\"\"", String(repeating: "k", count: 256), "\"open", "\"a\"b\"", "\"a\\n\""])
  func badKeys(key: String) throws {
    let answer = try log(LogBody(user: "bad"), key: key, over: connect())
    #expect(answer.status == 400 && answer.code == "bad_idempotency_key")
  }

  @Test("The line holds a keyed hash of the key: 32 hexadecimal digits, never the key")
  func hashed() throws {
    let answer = try log(LogBody(user: "hashed"), key: "bert@nordwind.de", over: connect())
    let line = try storedLine(try #require(answer.id), in: RunningServer.shared.home)
    let hash = try #require(line.text("idempotency"))
    #expect(hash.utf8.count == 32 && hash.allSatisfy { "0123456789abcdef".contains($0) })
    #expect(!line.text.contains("bert"))
  }

  @Test(
    "example_id is a UUIDv7, at most 5 minutes ahead",
    arguments: [
      ("not an id", 422), ("0190a6b1-7c1e-4d42-9c55-0b9d5e0f6a11", 422),
    ])
  func badIDs(id: String, status: Int) throws {
    #expect(try log(LogBody(user: "bad id").with("example_id", jsonText(id)), over: connect()).status == status)
    let ahead = LogBody(user: "bad id").with("example_id", jsonText(uuidV7(seconds: 400)))
    #expect(try log(ahead, over: connect()).status == 422)
  }
}
