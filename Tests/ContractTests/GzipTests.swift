import TestKit
import Testing

@Suite("Contract §2: gzip in both directions", .runningServer, .serialized)
struct GzipTests {
  private static let json = ("Content-Type", "application/json")
  private static let limit = 1 << 20

  private func post(
    _ target: String, _ body: [UInt8], coding: String = "gzip", type: String? = "application/json",
    over client: TestClient
  ) throws -> TestResponse {
    let fields = (type.map { [("Content-Type", $0)] } ?? []) + [("Content-Encoding", coding)]
    try client.send("POST", target, fields: fields, body: body)
    return try client.response()
  }

  /// A body for /v1/log of exactly so many bytes.
  private func body(bytes count: Int) -> [UInt8] {
    let body = LogBody(user: "gzip-size")
    let rest = count - body.with("context", "\"\"").bytes.count
    return body.with("context", jsonText(String(repeating: "a", count: rest))).bytes
  }

  @Test("Every POST takes it, under either name in any case", arguments: ["gzip", "GZIP", "x-gzip", "X-Gzip"])
  func accepted(_ coding: String) throws {
    let judge = try GzipJudge()
    let client = try connect()
    let log = try post("/v1/log", judge.member(LogBody(user: coding).bytes), coding: coding, over: client)
    try #require(log.status == 201, "\(log.text)")
    let id = try #require(try log.json()["example_id"]?.string)
    #expect(try storedLine(id, in: RunningServer.shared.home).text("user_message") == LogBody.question)
    let rating = try judge.member(Array("{\"example_id\":\"\(id)\",\"score\":5}".utf8))
    for type in ["application/json", "text/plain"] {
      #expect(try post("/v1/feedback", rating, coding: coding, type: type, over: client).status == 200)
    }
    let lines = Array((0..<3).map { LogBody(user: coding, session: "\($0)").text + "\n" }.joined().utf8)
    let rows = try lines.split(separator: 10).flatMap { try judge.member($0 + [10], level: 1) }
    let answer = try post("/v1/log", rows, coding: coding, type: "application/x-ndjson", over: client)
    #expect(try answer.json()["accepted"]?.integer == 3, "a row of members is one body")
    #expect(try post("/v1/curate", judge.member(Array("{}".utf8)), coding: coding, over: client).status == 200)
    let user = try judge.member(Array("{\"user_id\":\"\(coding)\"}".utf8))
    for action in ["opt-out", "opt-in", "export", "erase"] {
      #expect(try post("/v1/users/\(action)", user, coding: coding, over: client).status == 200, "\(action)")
    }
  }

  @Test("In chunks of any size the body is the same")
  func chunked() throws {
    let client = try connect()
    for size in [1, 7, 100] {
      let bytes = try GzipJudge().member(LogBody(user: "gzip-chunks", session: "\(size)").bytes)
      try client.send(
        "POST", "/v1/log", fields: [Self.json, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")])
      for start in stride(from: 0, to: bytes.count, by: size) {
        let chunk = bytes[start..<min(start + size, bytes.count)]
        try client.send(Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + [13, 10])
      }
      try client.send("0\r\n\r\n")
      #expect(try client.response().status == 201)
    }
  }

  @Test("The same key with the same conversation is a repeat, however it is coded")
  func replay() throws {
    let client = try connect()
    let body = LogBody(user: "gzip-replay")
    let key = ("Idempotency-Key", "gzip-replay")
    try client.send("POST", "/v1/log", fields: [Self.json, key], body: body.bytes)
    let first = try client.response()
    try client.send(
      "POST", "/v1/log", fields: [Self.json, key, ("Content-Encoding", "gzip")], body: GzipJudge().member(body.bytes))
    let second = try client.response()
    #expect(first.status == 201 && second.status == 200 && second["Idempotency-Replayed"] == "true")
  }

  @Test("1 MiB of text passes, one byte more and bombs are 413, and the connection goes on")
  func size() throws {
    let judge = try GzipJudge()
    let client = try connect()
    #expect(try post("/v1/log", judge.member(body(bytes: Self.limit)), over: client).status == 201)
    let bomb = try judge.member(Array(repeating: 0x20, count: 8 << 20), level: 9)
    for bytes in [try judge.member(body(bytes: Self.limit + 1)), bomb] {
      let answer = try post("/v1/log", bytes, over: client)
      #expect(answer.status == 413)
      #expect(try answer.json()["code"]?.string == "content_too_large")
    }
    #expect(try client.get("/livez").status == 200)
  }

  @Test("Damage is 400 and nothing is stored")
  func damage() throws {
    let home = try RunningServer.shared.home
    let before = home.conversations.count
    let client = try connect()
    let good = try GzipJudge().member(LogBody(user: "gzip-damage").bytes)
    var wrongSum = good
    wrongSum[good.count - 8] ^= 1
    let bodies = [
      Array(good.dropLast()), Array(good.prefix(5)), wrongSum, good + [0], good + Array("{}".utf8),
      LogBody(user: "gzip-damage").bytes,
    ]
    for (index, bytes) in bodies.enumerated() {
      let answer = try post("/v1/log", bytes, over: client)
      #expect(answer.status == 400, "body \(index)")
      #expect(answer["Content-Type"] == "application/problem+json")
      #expect(try answer.json()["code"]?.string == "invalid_gzip", "body \(index)")
    }
    #expect(home.conversations.count == before)
  }

  @Test("Other codings are 415 and the answer says what is taken", arguments: ["br", "deflate", "gzip, gzip", "*"])
  func otherCodings(_ coding: String) throws {
    let client = try connect()
    for target in ["/v1/log", "/v1/feedback", "/v1/curate"] {
      let answer = try post(target, Array("{}".utf8), coding: coding, over: client)
      #expect(answer.status == 415 && answer["Accept-Encoding"] == "gzip", "\(target)")
    }
  }

  @Test("A rating in the query with an empty body may say gzip")
  func emptyBody() throws {
    let client = try connect()
    let id = try store(LogBody(user: "gzip-query"), over: client)
    let target = "/v1/feedback?example_id=\(id)&score=4"
    #expect(try post(target, [], type: nil, over: client).status == 200)
  }

  @Test("An answer over 1 KiB is compressed for those who accept it, small ones for nobody")
  func answers() throws {
    let client = try connect()
    let lines = Array(String(repeating: "{}\n", count: 20).utf8)
    func answer(_ accepted: String?) throws -> TestResponse {
      let fields = accepted.map { [("Accept-Encoding", $0)] } ?? []
      try client.send("POST", "/v1/log", fields: fields + [("Content-Type", "application/x-ndjson")], body: lines)
      return try client.response()
    }
    let plain = try answer(nil)
    #expect(plain.body.count > 1024 && plain["Content-Encoding"] == nil && plain["Vary"] == "Accept-Encoding")
    let refused = try answer("gzip;q=0, *")
    #expect(refused["Content-Encoding"] == nil && refused.body == plain.body)
    let coded = try answer("br, gzip;q=0.5")
    #expect(coded["Content-Encoding"] == "gzip" && coded["Vary"] == "Accept-Encoding")
    #expect(try GzipJudge().verdict(coded.body) == .text(plain.body))
    try client.send("GET", "/livez", fields: [("Accept-Encoding", "gzip")])
    let small = try client.response()
    #expect(small.text == "ok\n" && small["Content-Encoding"] == nil && small["Vary"] == nil)
  }

  @Test("A client that takes gzip gets it for an answer that comes later, and the one after it does not")
  func pipelined() throws {
    let client = try connect()
    let lines = Array((0..<40).map { LogBody(user: "gzip-later", session: "\($0)").text + "\n" }.joined().utf8)
    let type = ("Content-Type", "application/x-ndjson")
    try client.send("POST", "/v1/log", fields: [type, ("Accept-Encoding", "gzip")], body: lines)
    try client.send("POST", "/v1/log", fields: [type], body: lines)
    let (first, second) = (try client.response(), try client.response())
    #expect(first["Content-Encoding"] == "gzip" && second["Content-Encoding"] == nil)
    guard case .text(let text) = try GzipJudge().verdict(first.body) else {
      Issue.record("no gzip")
      return
    }
    #expect(text.count == second.body.count)
  }

  @Test("HEAD says what GET would", arguments: [nil, "gzip"])
  func head(_ accepted: String?) throws {
    let client = try connect()
    // Names enough for a report over 1 KiB.
    for number in 0..<30 {
      let body = LogBody(user: "gzip-head", session: "\(number)").with("variant", jsonText("variant \(number)"))
      _ = try store(body, over: client)
    }
    let wish = accepted.map { [("Accept-Encoding", $0)] } ?? []
    try client.send("GET", "/v1/stats", fields: wish)
    let get = try client.response()
    try client.send("HEAD", "/v1/stats", fields: wish)
    let head = try client.response(toHead: true)
    func fields(_ response: TestResponse) -> [String] {
      response.fields.filter { $0.name != "Date" }.map { "\($0.name): \($0.value)" }
    }
    #expect(fields(head) == fields(get))
    #expect(get["Content-Encoding"] == accepted && get["Vary"] == "Accept-Encoding")
  }
}
