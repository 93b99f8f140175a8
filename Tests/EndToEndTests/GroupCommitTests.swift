import TestKit
import Testing

@Suite("End to end: group commit", .serialized)
struct GroupCommitTests {
  private func metric(_ name: String, _ text: String) -> Int? {
    text.split(separator: "\n").first { $0.hasPrefix(name + " ") }.flatMap { Int($0.dropFirst(name.count + 1)) }
  }

  @Test func `64 connections at once share their syncs`() throws {
    let server = try TestServer()
    let ids = try ThreadGroup.run(64) { thread in
      let client = try server.connect()
      return try (0..<20).map { number in
        let answer = try client.post("/v1/log", LogBody(user: "u\(thread)", session: "s\(number)").bytes)
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(try answer.json()["example_id"]?.string)
      }
    }.flatMap { $0 }
    #expect(Set(ids).count == 1280)
    let metrics = try server.connect().get("/metrics").text
    let records = try #require(metric("cerberus_commit_records_total", metrics))
    let syncs = try #require(metric("cerberus_commit_syncs_total", metrics))
    #expect(records == 1280)
    #expect(syncs > 0)
    #expect(syncs < records, "\(syncs) syncs for \(records) records")
    #expect(server.home.conversations.count == 1280)
  }
}
