import Foundation
import TestKit
import Testing

private let small = [
  "--max-request-line", "1024", "--max-header-bytes", "1024", "--max-header-lines", "8", "--max-body", "2048",
  "--head-timeout", "1", "--body-timeout", "1", "--idle-timeout", "1",
]

/// What a sample of `/metrics` stands at.
private func count(_ sample: String, at server: TestServer, key: Substring? = nil) throws -> Int {
  let client = try server.connect()
  try client.send("GET", "/metrics", fields: key.map { [("Authorization", "Bearer \($0)")] } ?? [])
  let line = try client.response().text.split(separator: "\n").first { $0.hasPrefix(sample + " ") }
  return try #require(line.flatMap { Int($0.dropFirst(sample.count + 1)) }, "no \(sample)")
}

private func refusals(_ reason: String) -> String { "cerberus_refusals_total{reason=\"\(reason)\"}" }

@Suite(
  "Contract §2 Limits: configurable, and counted in /metrics when hit", .serialized, RunningServer(arguments: small))
struct ConfiguredLimitsTests {
  struct Hit: CustomTestStringConvertible, Sendable {
    let what: String
    let request: String
    let status: Int
    let reason: String
    var testDescription: String { what }
  }

  private static let post = "POST /v1/log HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
  private static func x(_ count: Int) -> String { String(repeating: "x", count: count) }

  static let hits: [Hit] = [
    Hit(
      what: "request line", request: "GET /livez?\(x(1024)) HTTP/1.1\r\nHost: a\r\n\r\n", status: 414,
      reason: "requestLineTooLong"),
    Hit(
      what: "header block", request: "GET /livez HTTP/1.1\r\nHost: a\r\nX: \(x(1024))\r\n\r\n", status: 431,
      reason: "fieldsTooLong"),
    Hit(
      what: "header lines",
      request: "GET /livez HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: 8) + "\r\n", status: 431,
      reason: "tooManyFields"),
    Hit(what: "body", request: post + "Content-Length: 2049\r\n\r\n", status: 413, reason: "bodyTooLong"),
    Hit(what: "head in all", request: "GET /livez HTTP/1.1\r\nHo", status: 408, reason: "headTimedOut"),
    Hit(what: "body in all", request: post + "Content-Length: 9\r\n\r\n{", status: 408, reason: "bodyTimedOut"),
  ]

  @Test(arguments: hits)
  func `beyond it the request is refused and counted`(_ hit: Hit) throws {
    let server = try RunningServer.shared
    let before = try count(refusals(hit.reason), at: server)
    let client = try server.connect()
    try client.send(hit.request)
    let answer = try client.response()
    #expect(answer.status == hit.status)
    #expect(answer["Content-Type"] == "application/problem+json")
    let limit = try answer.json()["detail"]?.string?.contains(" the limit of ")
    #expect(limit == (hit.status != 408), "a limit is named where it is none of time")
    #expect(try count(refusals(hit.reason), at: server) == before + 1)
  }

  @Test func `the head of a later request has its time from its first byte`() throws {
    let server = try RunningServer.shared
    let before = try count(refusals("headTimedOut"), at: server)
    let client = try server.connect()
    #expect(try client.get("/livez").status == 200)
    try client.send("G")
    #expect(try client.response().status == 408)
    #expect(try count(refusals("headTimedOut"), at: server) == before + 1)
  }

  @Test func `a body is measured after gunzip, too`() throws {
    let server = try RunningServer.shared
    let before = try count(refusals("contentTooLarge"), at: server)
    let client = try server.connect()
    let bomb = try GzipJudge().member(Array(repeating: 0x20, count: 2049))
    let fields = [("Content-Type", "application/json"), ("Content-Encoding", "gzip")]
    try client.send("POST", "/v1/log", fields: fields, body: bomb)
    #expect(try client.response().status == 413)
    #expect(try count(refusals("contentTooLarge"), at: server) == before + 1)
  }

  @Test(arguments: [("idle", true), ("mute", false)])
  func `who is idle for too long is let go and counted`(_ reason: String, _ hasAsked: Bool) throws {
    let server = try RunningServer.shared
    let sample = "cerberus_silent_closes_total{reason=\"\(reason)\"}"
    let before = try count(sample, at: server)
    let client = try server.connect()
    if hasAsked { #expect(try client.get("/livez").status == 200) }
    #expect(try client.rest().isEmpty)
    #expect(try count(sample, at: server) == before + 1)
  }

  /// An option of `cerberus serve` and the value of the contract.
  @Test(arguments: [
    ("max-request-line", "16384"), ("max-header-bytes", "32768"), ("max-header-lines", "100"), ("max-body", "1048576"),
    ("head-timeout", "10"), ("body-timeout", "10"), ("idle-timeout", "30"), ("max-connections", "1024"),
    ("max-queue", "2048"), ("feedback-rate", "30"), ("rate-limit", "no limit"), ("disk-reserve", "67108864"),
  ])
  func `its value is that of the contract until it is configured`(_ name: String, _ value: String) throws {
    let words = try CerberusBinary.run(["serve", "--help"]).output.split { $0.isWhitespace }.joined(separator: " ")
    let option = try #require(words.components(separatedBy: " --\(name) <").dropFirst().first)
    #expect(option.firstMatch(of: /\(default: ([^)]*)\)/).map { String($0.1) } == value, "\(option.prefix(200))")
  }
}

@Suite("Contract §2 Limits: crowds and rates", .serialized)
struct RateLimitsTests {
  private static let key = "a-key-for-everything-0123456789"
  private static let unknown = "/v1/feedback?example_id=01926f3a-7c1e-7d42-9c55-0b9d5e0f6a11&score=5"

  private func rate(_ client: TestClient, from address: String? = nil) throws -> TestResponse {
    try client.send("POST", Self.unknown, fields: address.map { [("X-Forwarded-For", $0)] } ?? [])
    return try client.response()
  }

  @Test func `one connection too many is 503`() throws {
    let server = try TestServer(arguments: ["--max-connections", "3"])
    let held = try (0..<3).map { _ in try server.connect() }
    for client in held { #expect(try client.get("/livez").status == 200) }
    let answer = try server.connect().get("/livez")
    #expect(answer.status == 503 && answer["Retry-After"] != nil)
    let metrics = try held[0].get("/metrics").text
    #expect(metrics.contains(refusals("connectionsExceeded") + " 1\n"))
  }

  /// While a sync takes its time the queue fills.
  @Test(.enabled(if: Strace.obstacle == nil, "strace has to be able to delay"))
  func `what no longer fits into the commit queue is 503`() throws {
    let slow = Strace.wrapper(calls: "fdatasync", fault: "fdatasync:delay_enter=3000000:when=1")
    let server = try TestServer(arguments: ["--max-queue", "1000", "--no-maintenance"], under: slow)
    let (first, second) = (try server.connect(), try server.connect())
    let json = [("Content-Type", "application/json")]
    try first.send("POST", "/v1/log", fields: json, body: LogBody(user: "first").bytes)
    let waiting = "cerberus_commit_queue_records"
    while try count(waiting, at: server) < 1 { sched_yield() }
    let lines = (0..<999).map { LogBody(user: "u", session: "\($0)", answer: "a").text }.joined(separator: "\n")
    try second.send("POST", "/v1/log", fields: [("Content-Type", "application/x-ndjson")], body: Array(lines.utf8))
    while try count(waiting, at: server) < 1000 { sched_yield() }
    let answer = try server.connect().post("/v1/log", LogBody(user: "last").bytes)
    #expect(answer.status == 503)
    #expect(answer["Retry-After"] != nil)
    #expect(try count(refusals("queueFull"), at: server) > 0)
    #expect(try first.response().status == 201)
    #expect(try second.response().json()["accepted"]?.integer == 999)
    #expect(server.home.conversations.count == 1000)
    #expect(try server.stop() == .code(0))
  }

  @Test func `a key has its rate where one is configured, each its own, and none by default`() throws {
    let home = try TestServer.Home()
    let keys = try (0..<2).map { number in
      let words = ["keys", "create", "--name", "k\(number)", "--scope", "read", "--data-dir", home.path]
      return try CerberusBinary.run(words).output.dropLast()
    }
    func statuses(_ key: Substring, _ attempts: Int, at server: TestServer) throws -> [Int] {
      let client = try server.connect()
      return try (0..<attempts).map { _ in
        try client.send("GET", "/v1/progress", fields: [("Authorization", "Bearer \(key)")])
        let answer = try client.response()
        if answer.status == 429 { #expect(answer["Retry-After"].flatMap { Int($0) } ?? 0 > 0) }
        return answer.status
      }
    }
    let free = try TestServer(home)
    #expect(try statuses(keys[0], 150, at: free).allSatisfy { $0 == 200 })
    #expect(try free.stop() == .code(0))
    let server = try TestServer(home, arguments: ["--rate-limit", "2"])
    #expect(try statuses(keys[0], 6, at: server) == [200, 200, 200, 200, 429, 429])
    #expect(try statuses(keys[1], 1, at: server) == [200])
    #expect(try count(refusals("rateExceeded"), at: server, key: keys[1]) == 2)
  }

  @Test func `keyless feedback has a burst of 60, then 429 with Retry-After`() throws {
    let server = try TestServer(environment: ["CERBERUS_API_KEY": Self.key])
    let client = try server.connect()
    let answers = try (0..<62).map { _ in try rate(client) }
    #expect(answers.prefix(60).allSatisfy { $0.status == 404 })
    for answer in answers.suffix(2) {
      #expect(answer.status == 429)
      // One is due every two seconds.
      #expect((1...2).contains(answer["Retry-After"].flatMap { Int($0) } ?? 0))
    }
  }

  @Test func `it is in memory only: a restart forgets it`() throws {
    let home = try TestServer.Home()
    for _ in 0..<2 {
      let server = try TestServer(
        home, arguments: ["--feedback-rate", "1"], environment: ["CERBERUS_API_KEY": Self.key])
      let client = try server.connect()
      #expect(try (0..<3).map { _ in try rate(client).status } == [404, 404, 429])
      #expect(try server.stop() == .code(0))
    }
  }

  @Test func `there is no such rate in open loopback mode`() throws {
    let client = try TestServer().connect()
    for _ in 0..<100 { #expect(try rate(client).status == 404) }
  }

  @Test func `it is per client address, and behind trusted proxies that of X-Forwarded-For`() throws {
    let server = try TestServer(
      arguments: ["--feedback-rate", "1", "--trusted-proxy", "127.0.0.1", "--trusted-proxy", "10.0.0.0/8"],
      environment: ["CERBERUS_API_KEY": Self.key])
    let client = try server.connect()
    func statuses(_ address: String) throws -> [Int] { try (0..<3).map { _ in try rate(client, from: address).status } }
    #expect(try statuses("203.0.113.5") == [404, 404, 429])
    #expect(try statuses("203.0.113.6, 10.1.2.3") == [404, 404, 429])
    // The client may write what it likes into the field; the proxy adds its address on the right.
    #expect(try statuses("198.51.100.1, 203.0.113.5") == [429, 429, 429])
    // Without a proxy on the list the field says nothing.
    let direct = try TestServer(arguments: ["--feedback-rate", "1"], environment: ["CERBERUS_API_KEY": Self.key])
    let other = try direct.connect()
    #expect(try (1...3).map { try rate(other, from: "203.0.113.\($0)").status } == [404, 404, 429])
  }
}
