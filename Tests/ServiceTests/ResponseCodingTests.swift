import HTTPWire
import TestKit
import Testing
import TrainingLog

@testable import Service

/// Which answers are compressed, and what is said about it.
struct ResponseCodingTests {
  private static let json = "application/json"
  private static let text = Array(String(repeating: "{\"languages\":{\"swift\":12}} ", count: 100).utf8)

  private func head(_ accepted: String?) throws -> RequestHead {
    var wire = ServerConnection(limits: WireLimits(), now: 0)
    let line = accepted.map { "Accept-Encoding: \($0)\r\n" } ?? ""
    Array("GET / HTTP/1.1\r\nHost: a\r\n\(line)\r\n".utf8).withUnsafeBytes { wire.receive($0, now: 0) }
    _ = wire.nextAction(now: 0)
    return try #require(wire.head)
  }

  private func names(_ response: Response) -> [String] { response.fields.map(\.0) }

  @Test(arguments: [
    json, "application/problem+json", "application/x-ndjson", "text/plain; charset=utf-8", "text/html",
    "text/plain; version=0.0.4; charset=utf-8",
  ])
  func `text is compressed`(_ type: String) throws {
    let plain = Response(status: 200, fields: [("Content-Type", type), ("ETag", "no")], body: Self.text)
    let coded = plain.coded(for: try head("gzip"))
    #expect(names(coded) == ["Content-Type", "ETag", "Vary", "Content-Encoding"])
    #expect(coded.fields[2].1 == "Accept-Encoding" && coded.fields[3].1 == "gzip" && coded.status == 200)
    #expect(coded.body.count < Self.text.count / 4)
    #expect(try GzipReader.decompress(coded.body, limit: Self.text.count) == Self.text)
  }

  @Test func `who does not accept it is told that others might`() throws {
    let plain = Response.json(Self.text)
    for accepted in [nil, "br", "gzip;q=0", "identity"] {
      let answer = plain.coded(for: try head(accepted))
      #expect(names(answer) == names(plain) + ["Vary"])
      #expect(answer.body == Self.text)
    }
  }

  @Test(arguments: [0, 1, 1024, 1025, 1 << 20, (1 << 20) + 1]) func `sizes`(_ count: Int) throws {
    let plain = Response.json(Array(repeating: 0x20, count: count))
    let coded = plain.coded(for: try head("gzip"))
    let isCoded = count > 1024 && count <= 1 << 20
    #expect(names(coded).contains("Content-Encoding") == isCoded)
    #expect(names(coded).contains("Vary") == isCoded)
    #expect((coded.body.count < plain.body.count) == isCoded)
  }

  @Test func `what has a coding, no type or another type stays as it is`() throws {
    let head = try head("gzip")
    for fields in [
      [("Content-Type", Self.json), ("content-encoding", "gzip")], [], [("Content-Type", "application/octet-stream")],
      [("Content-Type", "image/png")], [("Content-Type", "application/jsonx")],
    ] {
      let plain = Response(status: 200, fields: fields, body: Self.text)
      #expect(names(plain.coded(for: head)) == names(plain))
      #expect(plain.coded(for: head).body == Self.text)
    }
    let json = Response.json(Self.text)
    #expect(names(json.coded(for: nil)) == names(json))
  }

  @Test func `what does not shrink is sent plain`() throws {
    var generator = SeededGenerator(seed: 4)
    let noise = (0..<3000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let plain = Response(status: 200, fields: [("Content-Type", "text/plain")], body: noise)
    let coded = plain.coded(for: try head("gzip"))
    #expect(coded.body == noise && names(coded) == ["Content-Type", "Vary"])
  }
}
