import Foundation
import TestKit
import Testing

@Suite("Contract §2 Durability", .serialized)
struct DurabilityTests {
  @Test func `a 2xx means that the complete line is in its file`() throws {
    let server = try TestServer()
    let client = try server.connect()
    for round in 0..<50 {
      let id = try store(LogBody(user: "u\(round)"), over: client)
      #expect(server.home.bytes("training_logs/conversations_\(day()).jsonl")?.last == 10)
      #expect(server.home.conversations.last?.contains(id) == true)
      try rate(id, 1 + round % 5, over: client)
      #expect(server.home.lines("training_logs/feedback.jsonl").last?.contains(id) == true)
    }
  }

  @Test func `it survives SIGKILL`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let id = try store(LogBody(), over: client)
    try rate(id, 4, #","comment":"Good.","corrected_message":"Better.""#, over: client)
    #expect(try server.kill() == .signal(SIGKILL))
    let next = try TestServer(server.home)
    let stats = try next.connect().get("/v1/stats").json()
    for name in ["conversations", "rated", "comments", "corrections"] {
      #expect(stats.at(name)?.integer == 1, "\(name)")
    }
  }

  /// The order of the calls, as the kernel saw them.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/strace"), "needs strace"))
  func `the file and its new directory entry are synced before the answer`() throws {
    let home = try TestServer.Home()
    let trace = home.path + "/trace"
    let process = try ChildProcess(
      "/usr/bin/strace",
      [
        // -D: the traced process is our child, and gets our signals.
        "-D", "-f", "-o", trace, "-y", "-s", "64", "-e", "trace=openat,write,pwrite64,fdatasync,fsync,sendto",
        try CerberusBinary.path(), "serve", "--data-dir", home.path + "/data", "--port", "0",
      ])
    guard let greeting = try process.nextErrorLine(), let port = TestServer.port(in: greeting) else {
      try Test.cancel("strace may not trace here (a container without ptrace)")
    }
    let client = try TestClient(port: port)
    let answer = try client.post("/v1/log", LogBody().bytes)
    #expect(answer.status == 201)
    try rate(try #require(try answer.json()["example_id"]?.string), 5, over: client)
    process.send(SIGTERM)
    try process.wait()
    let calls = String(decoding: FileManager.default.contents(atPath: trace) ?? Data(), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    func place(_ parts: String..., after: Int = -1) throws -> Int {
      try #require(
        calls.indices.first { index in index > after && parts.allSatisfy(calls[index].contains) },
        "no \(parts) in\n\(calls.suffix(60).joined(separator: "\n"))")
    }
    let created = try place("openat(", "/conversations_")
    let named = try place("fsync(", "/training_logs>", after: created)
    let written = try place("write", "/conversations_")
    let synced = try place("fdatasync(", "/conversations_", after: written)
    let answered = try place("sendto(", "HTTP/1.1 201")
    #expect(max(named, synced) < answered, "created \(created), in the directory \(named), synced \(synced)")
    let rated = try place("write", "/feedback.jsonl", after: answered)
    let kept = try place("fdatasync(", "/feedback.jsonl", after: rated)
    #expect(try kept < place("sendto(", "HTTP/1.1 200", after: answered))
  }

  @Test func `4xx is never stored`() throws {
    let server = try TestServer()
    let client = try server.connect()
    _ = try store(LogBody(), over: client)
    let before = server.home.files.filter { $0.hasPrefix("training_logs/") }.map { server.home.bytes($0) }
    #expect(try client.post("/v1/log", "{").status == 400)
    #expect(try client.post("/v1/log", LogBody().with("model", "1").bytes).status == 422)
    #expect(try client.post("/v1/log", LogBody().bytes, type: "text/plain").status == 415)
    #expect(try client.post("/v1/feedback", #"{"example_id":"none","score":5}"#).status == 404)
    #expect(server.home.files.filter { $0.hasPrefix("training_logs/") }.map { server.home.bytes($0) } == before)
  }

  @Test func `507 is not acknowledged and leaves nothing behind`() throws {
    let server = try TestServer(arguments: ["--disk-reserve", "4000000000000000000"])
    let answer = try server.connect().post("/v1/log", LogBody().bytes)
    #expect(answer.status == 507)
    #expect(answer["Content-Type"] == "application/problem+json")
    #expect(server.home.conversations.isEmpty)
    #expect(server.home.days.allSatisfy { server.home.bytes("training_logs/" + $0)?.isEmpty == true })
  }

  @Test func `records acknowledged on one connection stand in the file in that order`() throws {
    let server = try TestServer()
    let ids = try ThreadGroup.run(8) { thread in
      let client = try server.connect()
      return try (0..<40).map { try store(LogBody(user: "u\(thread)", session: "s\($0)"), over: client) }
    }
    let stored = try server.home.conversations.map { try StoredLine($0).text("example_id") ?? "" }
    #expect(stored.count == 320)
    let places = Dictionary(uniqueKeysWithValues: stored.enumerated().map { ($1, $0) })
    for own in ids {
      let order = own.compactMap { places[$0] }
      #expect(order.count == 40)
      #expect(order == order.sorted())
    }
  }

  @Test func `a 2xx is visible to the next request on any connection`() throws {
    let server = try TestServer()
    let writer = try server.connect()
    let readers = try (0..<4).map { _ in try server.connect() }
    for round in 1...40 {
      let id = try store(LogBody(session: "s\(round)"), over: writer)
      #expect(try readers[round % 4].get("/v1/stats").json().at("conversations")?.integer == round)
      try rate(id, 5, over: readers[(round + 1) % 4])
      #expect(try writer.get("/v1/stats").json().at("rated")?.integer == round)
    }
  }
}
