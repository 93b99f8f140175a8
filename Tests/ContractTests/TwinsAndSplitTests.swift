import Records
import TestKit
import Testing

@Suite("Contract §6 Duplicates and the hold-out", .serialized)
struct TwinsAndSplitTests {
  private func answer(_ family: Int, changed: Int = 0) -> String {
    (0..<50).map { $0 < changed ? "other\($0)" : "family\(family)word\($0)" }.joined(separator: " ")
  }

  @Test func `of near-duplicates the best rated stays, the others are counted under one reason`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let bodies = [0, 1, 2].map { LogBody(user: "same", question: "Which words?", answer: answer(1, changed: $0)) }
    let ids = try bodies.map { try store($0, over: client) }
    try rate(ids[1], 5, over: client)
    let manifest = try client.post("/v1/curate", "").json()
    #expect(manifest["rejected"]?["near_duplicate"]?.integer == 2)
    let rows = try server.home.lines("curated/training_data.jsonl").map(StoredLine.init)
    #expect(rows.map { $0.text("example_id") } == [ids[1]])
    let near = manifest["rules"]?["near_duplicates"]
    #expect(near?["jaccard"]?.numberText == "0.75")
    #expect(near?["n"]?.integer == 5)
  }

  @Test func `texts below Jaccard 0_75 are none`() throws {
    let server = try TestServer()
    let client = try server.connect()
    for changed in [0, 10] {
      _ = try store(
        LogBody(user: "same", question: "Which words?", answer: answer(2, changed: changed)), over: client)
    }
    let manifest = try client.post("/v1/curate", "").json()
    #expect(manifest["rejected"]?["near_duplicate"]?.integer == 0)
    #expect(manifest["examples"]?.integer == 2)
  }

  @Test func `no user and no twin stands on both sides, and none changes its side as data grows`() throws {
    let server = try TestServer()
    let client = try server.connect()
    var userOf: [String: String] = [:]
    var sideOf: [String: String] = [:]
    for round in 0..<2 {
      for number in 0..<120 {
        let user = "user-\(number % 40)"
        let body = LogBody(
          user: user, question: "Number \(number % 60) of them?", answer: answer(number % 60, changed: round))
        userOf[try store(body, over: client)] = user
      }
      #expect(try client.post("/v1/curate", "").status == 200)
      var sides: [String: Set<String>] = [:]
      for row in try server.home.lines("curated/training_data.jsonl").map(StoredLine.init) {
        let (id, side) = (row.text("example_id") ?? "", row.text("split") ?? "")
        sides[userOf[id] ?? "", default: []].insert(side)
        let family = row["messages"]?.items.first?.at("content")?.string ?? ""
        #expect(sideOf[family, default: side] == side, "\(family) in round \(round)")
        sideOf[family] = side
      }
      #expect(sides.values.allSatisfy { $0.count == 1 })
      #expect(Set(sides.values.flatMap { $0 }) == ["train", "test"])
    }
    #expect(sideOf.count == 60, "one of each family")
    let ledger = server.home.lines("state/split.jsonl")
    #expect(!ledger.isEmpty)
    #expect(ledger.allSatisfy { !$0.contains("user-") })
  }
}
