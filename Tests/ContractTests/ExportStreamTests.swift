import Foundation
import TestKit
import Testing

/// Readers that are slow, gone, or in the way of the end.
@Suite("Contract §2 GET /v1/export, streamed", .serialized)
struct ExportStreamTests {
  /// More than the kernel takes for a peer that does not read.
  private static let megabytes = 24

  private static func server() throws -> (TestServer, [UInt8]) {
    let server = try TestServer()
    let dataset = Dataset(megabytes: megabytes)
    try dataset.put(in: server.home)
    return (server, dataset.bytes)
  }

  /// An export whose head has come; the rest is left on the wire.
  private static func begin(_ server: TestServer, _ query: String = "") throws -> TestClient {
    let client = try server.connect()
    try client.send("GET", "/v1/export" + query, fields: [("Connection", "close")])
    #expect(try client.response(toHead: true).status == 200)
    return client
  }

  @Test func `readers that stop reading cost no memory and nobody else`() throws {
    let (server, bytes) = try Self.server()
    let before = try #require(server.peakMemoryBytes)
    let stalled = try (0..<3).map { _ in try Self.begin(server) }
    // As long as this one takes, the others could have run to their end.
    #expect(try chunkedContent(Self.begin(server).rest()) == bytes)
    let grown = try #require(server.peakMemoryBytes) - before
    #expect(grown < Self.megabytes << 20, "\(grown >> 20) MiB more for three stalled readers")
    #expect(try server.connect().get("/livez").status == 200)
    for client in stalled { #expect(try chunkedContent(client.rest()) == bytes) }
  }

  @Test func `a fifth export is refused until one of four has gone`() throws {
    let (server, bytes) = try Self.server()
    var held = try (0..<4).map { _ in try Self.begin(server) }
    let refused = try server.connect().get("/v1/export?language=none")
    #expect(refused.status == 503)
    #expect(refused["Retry-After"] == "1")
    #expect(
      try server.connect().get("/metrics").text.contains("\ncerberus_refusals_total{reason=\"exportsExceeded\"} 1\n"))
    // Closed in the middle: the server has to notice, which takes no more than a few round trips.
    held.removeLast()
    let deadline = ContinuousClock.now + .seconds(20)
    var status = 503
    while status == 503, ContinuousClock.now < deadline {
      status = try server.connect().get("/v1/export?language=none").status
    }
    #expect(status == 200)
    for client in held { #expect(try chunkedContent(client.rest()) == bytes) }
  }

  @Test(arguments: ["", "?format=alpaca", "?format=openai&min_score=5", "?format=alpaca&min_score=5"])
  func `clients that go before or during the reading free all places`(_ query: String) throws {
    let (server, _) = try Self.server()
    for _ in 0..<8 { try server.connect().send("GET", "/v1/export" + query) }
    var held: [TestClient] = []
    // Who asks for rows that are rare is noticed only at the first of them, or when the dataset has been read: a client
    // that has closed and one that has merely sent all it will send look the same until something is written to them.
    let deadline = ContinuousClock.now + .seconds(120)
    while held.count < 4, ContinuousClock.now < deadline {
      let client = try server.connect()
      try client.send("GET", "/v1/export")
      if try client.response(toHead: true).status == 200 { held.append(client) }
    }
    #expect(held.count == 4)
  }

  @Test func `a curator that runs meanwhile changes nothing of an export`() throws {
    let (server, bytes) = try Self.server()
    let client = try Self.begin(server)
    try Dataset([.init()]).put(in: server.home)
    #expect(try server.connect().get("/v1/export").body == Dataset([.init()]).bytes)
    #expect(try chunkedContent(client.rest()) == bytes)
  }

  @Test func `a damaged row is an error before the answer has begun and a torn body after`() throws {
    let server = try TestServer()
    try Dataset([]).put(in: server.home, with: "{\"messages\":[]}\n")
    let early = try server.connect().get("/v1/export")
    #expect(early.status == 500)
    #expect(early["Content-Disposition"] == nil)
    try Dataset(megabytes: 1).put(in: server.home, with: "{\"messages\":[]}\n")
    let client = try Self.begin(server)
    let rest = try client.rest()
    #expect(rest.count > 512 * 1024)
    #expect(chunkedContent(rest) == nil)
  }

  @Test func `an export under way is finished when the server stops`() throws {
    let (server, bytes) = try Self.server()
    let client = try Self.begin(server)
    server.askToStop()
    #expect(try chunkedContent(client.rest()) == bytes)
    #expect(try server.wait() == .code(0))
  }

  @Test func `a reader that does not read cannot keep the server from stopping`() throws {
    let (server, _) = try Self.server()
    let client = try Self.begin(server)
    let start = ContinuousClock.now
    #expect(try server.stop() == .code(0))
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect(try chunkedContent(client.rest()) == nil)
  }
}
