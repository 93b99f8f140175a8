import Foundation
import Records
import TestKit
import Testing

@Suite("Contract §2 GET /v1/export", .serialized)
struct ExportRouteTests {
  static let rows: [Dataset.Row] = [
    .init(language: "python", score: 5), .init(language: "python", score: 0, split: "test"),
    .init(language: "swift", score: 4, system: "Be brief."), .init(language: "", score: 3),
    .init(language: "Swift", score: 2, split: "test"), .init(language: "c++", score: 1, answer: "é \"\u{1F600}\"\n"),
  ]

  static func server(_ rows: [Dataset.Row] = rows) throws -> TestServer {
    let server = try TestServer()
    try Dataset(rows).put(in: server.home)
    return server
  }

  @Test func `without a dataset 404`() throws {
    let server = try TestServer()
    for method in ["GET", "HEAD"] {
      let client = try server.connect()
      try client.send(method, "/v1/export")
      let answer = try client.response(toHead: method == "HEAD")
      #expect(answer.status == 404)
      #expect(answer["Content-Type"] == "application/problem+json")
      if method == "GET" { #expect(try answer.json()["code"]?.string == "no_dataset") }
    }
  }

  @Test func `the dataset of the curator, as it is`() throws {
    let server = try TestServer()
    let client = try server.connect()
    #expect(try client.post("/v1/log", LogBody().bytes).status == 201)
    #expect(try client.post("/v1/curate", "").status == 200)
    let before = server.home.files
    let answer = try client.get("/v1/export")
    #expect(answer.status == 200)
    #expect(answer.body == server.home.bytes(Dataset.path))
    #expect(answer.text.contains(jsonText(LogBody.question)))
    #expect(answer["Content-Type"] == "application/x-ndjson")
    #expect(answer["Content-Disposition"] == "attachment; filename=\"training_data-messages.jsonl\"")
    #expect(answer["Vary"] == "Accept-Encoding")
    #expect(answer["Cache-Control"] == "no-store")
    #expect(answer["Content-Encoding"] == nil)
    #expect(server.home.files == before, "a file was left behind")
  }

  /// A query and the numbers of the rows that it lets through.
  static let filters: [(String, [Int])] = [
    ("", [0, 1, 2, 3, 4, 5]), ("?", [0, 1, 2, 3, 4, 5]), ("?split=all", [0, 1, 2, 3, 4, 5]),
    ("?split=train", [0, 2, 3, 5]), ("?split=test", [1, 4]), ("?min_score=0", [0, 1, 2, 3, 4, 5]),
    ("?min_score=1", [0, 2, 3, 4, 5]), ("?min_score=3", [0, 2, 3]), ("?min_score=5", [0]),
    ("?language=python", [0, 1]), ("?language=swift", [2]), ("?language=", [3]), ("?language=cobol", []),
    ("?language=c%2B%2B", [5]), ("?language=c++", []),
    ("?language=python&min_score=1&split=train&format=messages", [0]),
    ("?split=test&min_score=3", []),
  ]

  @Test(arguments: filters)
  func `filters choose rows`(_ query: String, _ expected: [Int]) throws {
    let server = try Self.server()
    let answer = try server.connect().get("/v1/export" + query)
    #expect(answer.status == 200)
    let lines = Dataset(Self.rows).lines
    #expect(answer.text == expected.map { lines[$0] + "\n" }.joined())
  }

  @Test func `each format is what the command line writes`() throws {
    let server = try Self.server()
    let client = try server.connect()
    var seen: Set<String> = []
    for format in ["messages", "openai", "prompt-completion", "sharegpt", "alpaca"] {
      for (query, flags) in [
        ("", []), ("&split=train", ["--split", "train"]), ("&min_score=3", ["--min-score", "3"]),
        ("&language=swift", ["--language", "swift"]),
      ] {
        let answer = try client.get("/v1/export?format=\(format)\(query)")
        let arguments = ["export", "--data-dir", server.home.path, "--format", format, "--output", "-"] + flags
        let command = try CerberusBinary.run(arguments)
        #expect(command.exit == .code(0), "\(command.error)")
        #expect(answer.text == command.output, "\(format)\(query)")
        #expect(seen.insert(answer.text).inserted, "\(format)\(query) is the same as another")
      }
    }
  }

  /// A query, the pointers of its errors, and what must not be repeated ("" where nothing can be told).
  static let refused: [(String, [String], String)] = [
    ("format=canary", ["/format"], "canary"), ("format=", ["/format"], ""), ("format=OpenAI", ["/format"], "OpenAI"),
    ("split=canary", ["/split"], "canary"), ("split=TRAIN", ["/split"], "TRAIN"),
    ("min_score=6", ["/min_score"], "6"), ("min_score=-1", ["/min_score"], "-1"),
    ("min_score=%2B3", ["/min_score"], "+3"), ("min_score=3.0", ["/min_score"], "3.0"),
    ("min_score=03", ["/min_score"], "03"), ("min_score=", ["/min_score"], ""),
    ("min_score=%D9%A3", ["/min_score"], "\u{663}"),
    ("language=" + String(repeating: "k", count: 129), ["/language"], "kkk"),
    ("format=openai&format=openai", ["/format"], ""), ("split=all&split=all", ["/split"], ""),
    ("language=kkk&language=kkk", ["/language"], "kkk"), ("min_score=1&min_score=1", ["/min_score"], ""),
    ("canary=1", [""], "canary"), ("Format=openai", [""], "Format"),
    ("min_score=9&canary=1&split=x&format=y", ["", "/format", "/split", "/min_score"], "canary"),
  ]

  @Test(arguments: refused)
  func `a bad parameter is named, never repeated`(_ query: String, _ pointers: [String], _ canary: String) throws {
    let server = try Self.server()
    let answer = try server.connect().get("/v1/export?" + query)
    #expect(answer.status == 422)
    #expect(answer["Content-Type"] == "application/problem+json")
    let errors = try #require(try answer.json()["errors"]).items
    #expect(errors.map { $0["pointer"]?.string } == pointers)
    let details = errors.compactMap { $0["detail"]?.string }
    #expect(canary.isEmpty || !details.contains { $0.contains(canary) }, "\(details)")
  }

  @Test(arguments: ["format=%FF", "language=%ED%A0%80"])
  func `a query that is no UTF-8 is 400`(_ query: String) throws {
    let server = try Self.server()
    let answer = try server.connect().get("/v1/export?" + query)
    #expect(answer.status == 400)
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
  func `other methods are 405`(_ method: String) throws {
    let server = try Self.server()
    let client = try server.connect()
    try client.send(method, "/v1/export", body: [])
    let answer = try client.response()
    #expect(answer.status == 405)
    #expect(answer["Allow"] == "GET, HEAD")
  }

  @Test(arguments: ["gzip", "identity"])
  func `HEAD is GET without the body`(_ coding: String) throws {
    let server = try Self.server()
    let client = try server.connect()
    let target = "/v1/export?format=openai&split=test"
    try client.send("GET", target, fields: [("Accept-Encoding", coding)])
    let get = try client.response()
    try client.send("HEAD", target, fields: [("Accept-Encoding", coding)])
    let head = try client.response(toHead: true)
    #expect(head.status == 200)
    func fields(_ answer: TestResponse) -> [String] {
      answer.fields.filter { $0.name != "Date" }.map { "\($0.name): \($0.value)" }
    }
    #expect(fields(head) == fields(get))
    #expect(head["Content-Disposition"] == "attachment; filename=\"training_data-openai-test.jsonl\"")
    // A body would be taken for the next answer.
    #expect(try client.get("/livez").text == "ok\n")
  }

  /// Values of Accept-Encoding and whether gzip may be used (RFC 9110 section 12.5.3).
  static let codings: [(String?, Bool)] = [
    (nil, false), ("", false), ("gzip", true), ("GZIP", true), ("identity", false), ("br", false), ("br, gzip", true),
    ("gzip;q=0", false), ("gzip; q=0.000", false), ("gzip;q=0.001", true), ("gzip ; q=1.000", true), ("*", true),
    ("*;q=0", false), ("gzip;q=0, *", false), ("deflate, gzip;q=1.0, *;q=0.5", true), ("gzipped", false),
  ]

  @Test(arguments: codings)
  func `gzip where it is accepted`(_ accepted: String?, _ isCompressed: Bool) throws {
    let server = try Self.server()
    let client = try server.connect()
    try client.send("GET", "/v1/export", fields: accepted.map { [("Accept-Encoding", $0)] } ?? [])
    let answer = try client.response()
    #expect(answer.status == 200)
    #expect(answer["Content-Encoding"] == (isCompressed ? "gzip" : nil))
    #expect(answer["Vary"] == "Accept-Encoding")
    let plain = Dataset(Self.rows).bytes
    #expect(try (isCompressed ? gunzip(answer.body) : answer.body) == plain)
  }

  @Test func `gzip of many members and of nothing`() throws {
    let server = try TestServer()
    let dataset = Dataset(megabytes: 3)
    try dataset.put(in: server.home)
    let client = try server.connect()
    for (query, expected) in [("", dataset.bytes), ("?language=none", [])] {
      try client.send("GET", "/v1/export" + query, fields: [("Accept-Encoding", "gzip")])
      #expect(try gunzip(client.response().body) == expected)
    }
  }

  private func gunzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let directory = try TemporaryDirectory()
    try Data(bytes).write(to: URL(fileURLWithPath: directory("a.gz")))
    let process = try ChildProcess("/usr/bin/env", ["PATH=/usr/bin:/bin", "gzip", "-dc", directory("a.gz")])
    process.closeInput()
    #expect(try process.wait() == .code(0), "\(process.error)")
    return Array(process.output.utf8)
  }

  @Test func `HTTP 1.0 gets the bytes and the close`() throws {
    let server = try Self.server()
    let client = try server.connect()
    try client.send("GET /v1/export HTTP/1.0\r\n\r\n")
    let answer = try client.response()
    #expect(answer.body == Dataset(Self.rows).bytes)
    #expect(answer["Transfer-Encoding"] == nil)
  }

  @Test func `pipelined exports keep their order`() throws {
    let server = try Self.server()
    let client = try server.connect()
    for split in ["train", "test", "train"] { try client.send("GET", "/v1/export?split=\(split)") }
    try client.send("GET", "/livez")
    let counts = try (0..<3).map { _ in try client.response().text.count { $0 == "\n" } }
    #expect(counts == [4, 2, 4])
    #expect(try client.response().text == "ok\n")
  }
}
