import TestKit
import Testing

@Suite("Contract §2 Metrics", .serialized, .runningServer)
struct MetricsTests {
  /// A family as it stands in the text.
  private struct Family {
    var type = ""
    var samples: [(name: String, labels: String, value: Double)] = []
  }

  /// Reads the text format, and holds it to its rules: help and type before the samples, each family in one piece.
  private func families() throws -> [String: Family] {
    let client = try connect()
    _ = try store(LogBody(user: "metrics"), over: client)
    #expect(try client.get("/no-such-path/metrics-canary").status == 404)
    let answer = try client.get("/metrics")
    #expect(answer.status == 200)
    #expect(answer["Content-Type"]?.hasPrefix("text/plain; version=0.0.4") == true)
    #expect(answer.body.last == 10)
    #expect(!answer.text.contains("canary"))
    var families: [String: Family] = [:]
    var current = ""
    for line in answer.text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if line.hasPrefix("# HELP ") {
        current = String(words[2])
        #expect(families.updateValue(Family(), forKey: current) == nil, "\(current) twice")
        #expect(words.count > 3)
      } else if line.hasPrefix("# TYPE ") {
        #expect(String(words[2]) == current)
        families[current]?.type = String(words[3])
      } else {
        let name = line.prefix { $0 != "{" && $0 != " " }
        let value = try #require(Double(words[words.count - 1].replacing("+Inf", with: "inf")), "\(line)")
        let labels = line.dropFirst(name.count).prefix { $0 != " " }
        #expect(name.hasPrefix(current) && name.allSatisfy { $0 == "_" || $0.isLowercase }, "\(line)")
        families[current]?.samples.append((String(name), String(labels), value))
      }
    }
    return families
  }

  @Test func `names follow the conventions: base units, and total for what only grows`() throws {
    for (name, family) in try families() {
      #expect(["counter", "gauge", "histogram"].contains(family.type), "\(name)")
      #expect(name.hasPrefix("cerberus_") || name.hasPrefix("process_"), "\(name)")
      #expect((family.type == "counter") == name.hasSuffix("_total"), "\(name)")
      if family.type == "histogram" { #expect(name.hasSuffix("_seconds"), "\(name)") }
      #expect(!family.samples.isEmpty, "\(name)")
    }
  }

  @Test func `histograms have cumulative classes that end with all of them`() throws {
    for (name, family) in try families() where family.type == "histogram" {
      let counts = Dictionary(
        uniqueKeysWithValues: family.samples.filter { $0.name == name + "_count" }.map { ($0.labels, $0.value) })
      var last: [String: Double] = [:]
      for sample in family.samples where sample.name == name + "_bucket" {
        let label = try #require(sample.labels.firstRange(of: "le=\""))
        let lead = sample.labels[..<label.lowerBound].dropLast()
        let key = lead.isEmpty ? "" : String(lead) + "}"
        #expect(sample.value >= last[key] ?? 0, "\(sample)")
        last[key] = sample.value
      }
      #expect(last == counts, "\(name)")
    }
  }

  @Test(arguments: [
    "cerberus_build_info", "cerberus_requests_total", "cerberus_request_duration_seconds", "cerberus_commits_total",
    "cerberus_conversation_outcomes_total", "cerberus_rating_outcomes_total",
    "cerberus_commit_duration_seconds", "cerberus_scrub_duration_seconds", "cerberus_commit_queue_records",
    "cerberus_index_lag_records", "cerberus_disk_free_bytes", "cerberus_refusals_total", "cerberus_connections",
    "cerberus_maintenance_failed",
    "process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds", "process_start_time_seconds",
  ])
  func `there is`(_ name: String) throws { #expect(try families()[name] != nil) }

  @Test func `answers are counted by route and status, never by what a client sent`() throws {
    let samples = try #require(try families()["cerberus_requests_total"]).samples
    #expect(samples.contains { $0.labels == "{route=\"/v1/log\",status=\"201\"}" && $0.value >= 1 })
    #expect(samples.contains { $0.labels == "{route=\"other\",status=\"404\"}" && $0.value >= 1 })
  }
  private func outcomes(_ kind: String) throws -> [String: Int] {
    let samples = try #require(try families()["cerberus_\(kind)_outcomes_total"]).samples
    return Dictionary(
      uniqueKeysWithValues: samples.map { (String($0.labels.split(separator: "\"")[1]), Int($0.value)) })
  }

  /// What became of them, in the order sent, and how often the counters say so.
  @Test func `each conversation and rating is counted by what became of it, lines of a batch one by one`() throws {
    let client = try connect()
    let gone = try store(LogBody(user: "outcomes-gone"), over: client)
    try client.send("DELETE", "/v1/examples/\(gone)")
    #expect(try client.response().status == 200)
    #expect(try client.post("/v1/users/opt-out", #"{"user_id":"outcomes-out"}"#).status == 200)
    let (conversations, ratings) = (try outcomes("conversation"), try outcomes("rating"))
    let id = try store(LogBody(user: "outcomes"), over: client)
    let lines = [
      LogBody(user: "outcomes").with("example_id", "\"\(id)\"").text, LogBody(user: "outcomes-out").text, "{",
      LogBody(user: "outcomes", answer: "Another.").with("example_id", "\"\(id)\"").text,
      LogBody(user: "outcomes-gone").with("example_id", "\"\(gone)\"").text, LogBody(user: "outcomes-2").text,
    ]
    let batch = Array(lines.joined(separator: "\n").utf8)
    #expect(try client.post("/v1/log", batch, type: "application/x-ndjson").status == 200)
    #expect(try client.post("/v1/log", "{}").status == 422)
    try rate(id, 5, over: client)
    #expect(try client.post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":9}").status == 422)
    #expect(try client.post("/v1/feedback", "{\"example_id\":\"\(gone)\",\"score\":3}").status == 404)
    func more(_ after: [String: Int], than before: [String: Int]) -> [String: Int] {
      after.merging(before, uniquingKeysWith: -).filter { $0.value != 0 }
    }
    // Each reading of the counters stores one conversation and counts it.
    #expect(
      more(try outcomes("conversation"), than: conversations)
        == ["stored": 4, "replayed": 1, "opted_out": 1, "invalid": 2, "conflict": 1, "erased": 1])
    #expect(more(try outcomes("rating"), than: ratings) == ["stored": 1, "invalid": 1, "unknown_example": 1])
  }
}
