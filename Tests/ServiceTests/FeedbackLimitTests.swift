import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Service

/// A server in this process that knows of a key, so that ratings without one are limited.
private let key = "master-key-of-the-tests"

@Suite("Ratings without a key")
struct FeedbackLimitTests {
  private final class Running {
    let server: Server
    let directory: TemporaryDirectory

    init(isOpen: Bool = false, perKeyMinute: Int? = nil, trusted: [String] = [], origins: [String] = []) throws {
      StandardStreams.ignoreFatalSignals()
      directory = try TemporaryDirectory()
      var settings = ServerSettings()
      settings.trustedProxies = trusted.compactMap(AddressRange.init)
      settings.limits.requestsPerKeyMinute = perKeyMinute
      settings.crossOrigin = try #require(CrossOrigin(origins))
      let log = try TrainingLog(TrainingLog.Configuration(directory: DataDirectory(directory.path)))
      // A closed descriptor: what is logged is of no interest here.
      let eventLog = try #require(EventLog(level: "info", sink: LogSink(raw: -1)))
      let keys = try LiveKeys(
        DataDirectory(directory.path), master: isOpen ? nil : Array(key.utf8), now: Clocks.monotonicNanoseconds())
      server = try Server(
        log: log, host: "127.0.0.1", port: 0, loops: 2,
        gatekeeper: Gatekeeper(keys: keys, host: "127.0.0.1", feedbackNeedsKey: false), settings: settings,
        eventLog: eventLog)
    }

    func stop() { server.stop() }
  }

  private func rate(_ client: TestClient, _ fields: [(String, String)] = [], method: String = "POST") throws
    -> TestResponse
  {
    try client.send(method, "/v1/feedback?example_id=x&score=5", fields: fields, body: method == "POST" ? [] : nil)
    return try client.response()
  }

  @Test("60 at once, then 429 with Retry-After, over all connections together")
  func limit() throws {
    let running = try Running()
    defer { running.stop() }
    // Connections are dealt out to both loops.
    let clients = try (0..<8).map { _ in try TestClient(port: running.server.port) }
    // The bad id: the limit is about asking, not about what is asked.
    var statuses: [Int: Int] = [:]
    var last: TestResponse?
    for step in 0..<80 {
      let response = try rate(clients[step % clients.count])
      statuses[response.status, default: 0] += 1
      if response.status == 429 { last = response }
    }
    // A token comes every 2 s, and a slow machine may take some.
    #expect((60...70).contains(statuses[404] ?? 0), "\(statuses)")
    let refused = try #require(last)
    #expect(refused["Retry-After"].flatMap { Int($0) }.map { (1...2).contains($0) } == true)
    #expect(refused["Content-Type"] == "application/problem+json")
    #expect(try refused.json()["code"]?.string == "too_many_requests")
    let count = try #require(statuses[429])
    try clients[0].send("GET", "/metrics", fields: [("Authorization", "Bearer \(key)")])
    let metrics = try clients[0].response().text
    #expect(metrics.contains("cerberus_refusals_total{reason=\"rateExceeded\"} \(count)\n"), "\(metrics)")
    // Only that: other routes, whoever has a key, and a bad key stays 401.
    #expect(try clients[0].get("/livez").status == 200)
    #expect(try rate(clients[0], [("Authorization", "Bearer \(key)")]).status == 404)
    #expect(try rate(clients[0], [("Authorization", "Bearer wrong")]).status == 401)
    // Another scheme is no key of ours.
    #expect([404, 429].contains(try rate(clients[0], [("Authorization", "Basic YTpi")]).status))
  }

  @Test("A key has a bucket of its own, if so configured, for all routes", arguments: [nil, 5])
  func keys(perMinute: Int?) throws {
    let running = try Running(perKeyMinute: perMinute)
    defer { running.stop() }
    let client = try TestClient(port: running.server.port)
    var statuses: [Int: Int] = [:]
    for _ in 0..<40 {
      try client.send("GET", "/v1/stats", fields: [("Authorization", "Bearer \(key)")])
      let response = try client.response()
      statuses[response.status, default: 0] += 1
      if response.status == 429 {
        #expect(response["Retry-After"].flatMap { Int($0) }.map { (1...12).contains($0) } == true)
      }
    }
    // A token comes every 12 s.
    #expect(perMinute == nil ? statuses == [200: 40] : (10...15).contains(statuses[200] ?? 0), "\(statuses)")
    #expect(try rate(client).status == 404, "a rating without a key is counted elsewhere")
  }

  @Test("In open loopback mode nobody is limited")
  func open() throws {
    let running = try Running(isOpen: true)
    defer { running.stop() }
    let client = try TestClient(port: running.server.port)
    for _ in 0..<100 { #expect(try rate(client).status == 404) }
  }

  @Test("Behind a trusted proxy each client has a bucket of its own; a header from elsewhere makes none")
  func proxies() throws {
    for (trusted, isLimited) in [(["127.0.0.1"], false), (["127.0.0.0/8", "10.0.0.0/8"], false), (["10.0.0.1"], true)] {
      let running = try Running(trusted: trusted)
      defer { running.stop() }
      let client = try TestClient(port: running.server.port)
      var refused = 0
      for step in 0..<90 {
        let forwarded = "198.51.100.\(step), 10.0.0.9"
        let forged = trusted.count == 1 ? "198.51.100.\(step)" : forwarded
        if try rate(client, [("X-Forwarded-For", forged)]).status == 429 { refused += 1 }
      }
      #expect(isLimited ? refused >= 20 : refused == 0, "\(trusted): \(refused)")
      guard !isLimited else { continue }
      // The whole of a /64 shares one bucket.
      refused = 0
      for step in 0..<90 where try rate(client, [("X-Forwarded-For", "2001:db8::\(step)")]).status == 429 {
        refused += 1
      }
      #expect(refused >= 20)
    }
  }

  @Test("A page may read that it was refused; preflights cost no token")
  func crossOrigin() throws {
    let origin = "https://app.example"
    let running = try Running(origins: [origin])
    defer { running.stop() }
    let client = try TestClient(port: running.server.port)
    for _ in 0..<100 {
      let preflight = try rate(
        client, [("Origin", origin), ("Access-Control-Request-Method", "POST")], method: "OPTIONS")
      #expect(preflight.status == 204)
    }
    var last = try rate(client, [("Origin", origin)])
    #expect(last.status == 404)
    for _ in 0..<100 where last.status != 429 { last = try rate(client, [("Origin", origin)]) }
    #expect(last.status == 429)
    #expect(last["Access-Control-Allow-Origin"] == origin)
    #expect(last["Vary"] == "Origin")
  }
}
