import TestKit
import Testing

/// More clients than there is room for.
@Suite("End to end: crowds", .serialized)
struct CrowdTests {
  private static let head = "POST /v1/log HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"

  @Test func `one connection too many is told so, and the next is served once another has gone`() throws {
    let server = try TestServer(arguments: ["--max-connections", "3"])
    var held = try (0..<3).map { _ in try server.connect() }
    for client in held { #expect(try client.get("/livez").status == 200) }
    let refused = try server.connect()
    let answer = try refused.get("/livez")
    #expect(answer.status == 503)
    #expect(answer["Retry-After"] == "1")
    #expect(answer["Connection"] == "close")
    #expect(try refused.rest().isEmpty)
    for client in held { #expect(try client.get("/livez").status == 200) }
    #expect(try held[0].get("/metrics").text.contains("cerberus_refusals_total{reason=\"connectionsExceeded\"} 1\n"))
    held.removeLast()
    let end = ContinuousClock.now + .seconds(Int(ChildProcess.patienceSeconds))
    var status = 503
    while status == 503, ContinuousClock.now < end { status = try server.connect().get("/livez").status }
    #expect(status == 200)
  }

  @Test func `however many come at once, each is told that there is no room`() throws {
    let server = try TestServer(arguments: ["--max-connections", "3"])
    let held = try (0..<3).map { _ in try server.connect() }
    for client in held { #expect(try client.get("/livez").status == 200) }
    // More than a server keeps in mind only to refuse them.
    let crowd = try (0..<200).map { _ in try server.connect() }
    for client in crowd {
      // Whoever was turned away at the door may not be able to ask any more; the answer is there all the same.
      try? client.send("GET", "/livez")
      let answer = try client.response()
      #expect(answer.status == 503)
      #expect(answer["Retry-After"] == "1")
      #expect(answer["Connection"] == "close")
      // A request that came after the close was answered with a reset.
      #expect((try? client.rest())?.isEmpty != false)
    }
    withExtendedLifetime(held) {}
    #expect(try server.stop() == .code(0))
  }

  @Test func `the owner gets in through the control socket when there is no room`() throws {
    let server = try TestServer(arguments: ["--max-connections", "3"])
    let held = try (0..<3).map { _ in try server.connect() }
    for client in held { #expect(try client.get("/livez").status == 200) }
    let stats = try CerberusBinary.run(["stats", "--json", "--data-dir", server.home.path])
    #expect(stats.exit == .code(0), "\(stats.error)")
    withExtendedLifetime(held) {}
  }

  @Test func `200 clients that hang in every way keep nobody else from being served`() throws {
    let server = try TestServer()
    let hanging = try (0..<200).map { number in
      let client = try server.connect()
      switch number % 5 {
      case 0: break
      case 1: try client.send("GET /livez HTTP/1.1\r\nHo")
      case 2: try client.send(Self.head + "Content-Length: 1000\r\n\r\n{")
      case 3: try client.send(Self.head + "Transfer-Encoding: chunked\r\n\r\nfff\r\n{")
      // Asks and asks, and takes no answer.
      default: try client.send(String(repeating: "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", count: 500))
      }
      return client
    }
    _ = try ThreadGroup.run(4) { thread in
      let client = try server.connect()
      for number in 0..<25 {
        #expect(try client.post("/v1/log", LogBody(user: "u-\(thread)-\(number)").bytes).status == 201)
      }
    }
    #expect(server.home.conversations.count == 100)
    withExtendedLifetime(hanging) {}
    #expect(try server.stop() == .code(0))
  }

  @Test func `who pipelines hundreds of requests keeps nobody else waiting for the last of them`() throws {
    let server = try TestServer()
    let greedy = String(repeating: "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", count: 500)
    // The test may lose the processor between its requests, and the one behind may be lucky: the middle one of three
    // counts. A server that answered each pipeline to its end had answered 19,000 before the one behind them.
    let answeredBefore = try (0..<3).map { _ in
      let before = try answeredMetrics(server.connect())
      let other = try server.connect()
      let crowd = try (0..<40).map { _ in try server.connect() }
      for client in crowd { try client.send(greedy) }
      defer { withExtendedLifetime(crowd) {} }
      return try answeredMetrics(other) - before
    }
    #expect(answeredBefore.sorted()[1] < 2000, "\(answeredBefore)")
    #expect(try server.stop() == .code(0))
  }

  /// How often the server had answered `/metrics` when it answered this client.
  private func answeredMetrics(_ client: TestClient) throws -> Int {
    let name = "cerberus_request_duration_seconds_count{route=\"/metrics\"}"
    let line = try client.get("/metrics").text.split(separator: "\n").first { $0.hasPrefix(name) }
    return try #require(Int(line?.split(separator: " ").last ?? "0"))
  }

  @Test func `without free descriptors the others wait, and nothing spins`() throws {
    let server = try TestServer(under: CerberusBinary.limited("-n 64"))
    var inside = try (0..<100).map { _ in try server.connect() }
    // Served or waiting, nobody knows which; the last ones must wait.
    for client in inside { try client.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n") }
    let last = inside.removeLast()
    #expect(try inside[0].response().status == 200)
    let before = try #require(server.cpuTime)
    #expect(!last.hears(within: 1500))
    let used = try #require(server.cpuTime) - before
    // A loop that is woken for ever by the same listener would use all of it; sweeps use next to nothing.
    #expect(used < .milliseconds(400), "\(used) in 1.5 s")
    let metrics = try inside[0].get("/metrics").text
    #expect(metrics.contains("descriptorsExhausted\"} ") && !metrics.contains("descriptorsExhausted\"} 0\n"))
    inside.removeAll()
    #expect(try last.response().status == 200)
    #expect(try server.connect().post("/v1/log", LogBody().text).status == 201)
    #expect(try server.stop() == .code(0))
  }

  @Test func `who had come before SIGTERM is answered, also from the accept queue`() throws {
    let server = try TestServer()
    let clients = try (0..<150).map { _ in
      let client = try server.connect()
      try client.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
      return client
    }
    server.askToStop()
    for client in clients { #expect(try client.response().status == 200) }
    #expect(try server.wait() == .code(0))
  }

  @Test func `requests that hang cannot keep it from stopping`() throws {
    let server = try TestServer(arguments: ["--head-timeout", "1", "--body-timeout", "1"])
    let (head, body) = (try server.connect(), try server.connect())
    try head.send("GET /livez HTTP/1.1\r\nHo")
    try body.send(Self.head + "Content-Length: 10\r\n\r\n{")
    #expect(try server.connect().get("/livez").status == 200)
    #expect(try server.stop() == .code(0))
    for client in [head, body] { #expect(try client.response().status == 408) }
  }
}
