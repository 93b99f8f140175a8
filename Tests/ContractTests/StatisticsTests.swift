import TestKit
import Testing

@Suite("Contract §5 Statistics", .serialized)
struct StatisticsTests {
  static let keys: Set<String> = [
    "conversations", "users", "sessions", "rated", "comments", "corrections", "feedback_rate", "average_score",
    "scores",
    "high_quality", "quality_rate", "rejected", "languages", "frameworks", "complexities", "models", "variants",
    "redactions", "per_day", "opted_out_users", "erased_records", "storage_bytes", "curated",
  ]

  @Test func `every key is there from the beginning, rates 0`() throws {
    let stats = try TestServer().connect().get("/v1/stats").json()
    #expect(Set(stats.keys) == Self.keys)
    #expect(stats.keys.count == Self.keys.count)
    for name in ["conversations", "rated", "feedback_rate", "average_score", "quality_rate", "high_quality"] {
      #expect(stats.at(name)?.double == 0, "\(name)")
    }
    #expect(stats.at("scores")?.keys == ["1", "2", "3", "4", "5"])
    #expect(stats.at("per_day")?.kind == .array)
    #expect(Set(stats.at("curated")?.keys ?? []) == ["examples", "train", "test", "rejected", "version", "at"])
  }

  @Test func `counts are of the raw records held now`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let python = LogBody().with("language", #""python""#).with("framework", #""flask""#).with("model", #""m-1""#)
      .with("variant", #""a""#).with("complexity", "3")
    let first = try store(python, over: client)
    let second = try store(
      LogBody(user: "user-2", question: "ada@acme.dev asks why", answer: LogBody.answer + " And more.")
        .with("language", #""swift""#).with("variant", #""a""#), over: client)
    _ = try store(
      LogBody(session: "session-2", answer: "Too short.").with("timestamp", jsonText(rfc3339(seconds: -2 * 86_400)))
        .with("language", #""swift""#), over: client)
    try rate(first, 5, #","comment":"Nice.""#, over: client)
    try rate(second, 2, over: client)
    let stats = try client.get("/v1/stats").json()
    for (name, count) in [
      ("conversations", 3), ("users", 2), ("sessions", 3), ("rated", 2), ("comments", 1), ("corrections", 0),
      ("high_quality", 1), ("opted_out_users", 0), ("erased_records", 0),
    ] {
      #expect(stats.at(name)?.integer == count, "\(name)")
    }
    #expect(stats.at("average_score")?.double == 3.5)
    #expect(abs(try #require(stats.at("feedback_rate")?.double) - 2.0 / 3) < 1e-4)
    #expect(abs(try #require(stats.at("quality_rate")?.double) - 1.0 / 3) < 1e-4)
    #expect(stats.at("scores", "5")?.integer == 1)
    #expect(stats.at("scores", "2")?.integer == 1)
    #expect(stats.at("rejected", "low_score")?.integer == 1)
    #expect(stats.at("rejected", "too_short")?.integer == 1)
    #expect(stats.at("languages", "swift", "conversations")?.integer == 2)
    #expect(stats.at("languages", "python", "average_score")?.double == 5)
    #expect(stats.at("languages", "python", "rated")?.integer == 1)
    #expect(stats.at("frameworks", "flask", "conversations")?.integer == 1)
    #expect(stats.at("complexities", "3", "conversations")?.integer == 1)
    #expect(stats.at("models", "m-1", "conversations")?.integer == 1)
    #expect(stats.at("variants", "a", "average_score")?.double == 3.5)
    #expect(stats.at("redactions", "EMAIL")?.integer == 1)
    let days = try #require(stats.at("per_day")).items
    #expect(days.first?.keys == ["date", "conversations", "rated", "high_quality"])
    let today = days.first { $0.at("date")?.string == day() }
    #expect(today?.at("conversations")?.integer == 2)
    #expect(days.first { $0.at("date")?.string == day(-2) }?.at("conversations")?.integer == 1)
    #expect(try #require(stats.at("storage_bytes")?.integer) > 1000)
  }

  @Test func `curated is of the last run`() throws {
    let server = try TestServer()
    let client = try server.connect()
    for user in 0..<3 {
      let body = LogBody(user: "u\(user)", question: "Question \(user)?", answer: LogBody.answer(about: user))
      _ = try store(body, over: client)
    }
    _ = try store(LogBody(answer: "Short."), over: client)
    let manifest = try client.post("/v1/curate", "").json()
    let curated = try #require(try client.get("/v1/stats").json().at("curated"))
    #expect(curated.at("examples")?.integer == 3)
    #expect((curated.at("train")?.integer ?? 0) + (curated.at("test")?.integer ?? 0) == 3)
    #expect(curated.at("rejected", "too_short")?.integer == 1)
    #expect(curated.at("version")?.string == manifest.at("version")?.string)
    #expect(curated.at("at")?.string == manifest.at("at")?.string)
    #expect(curated.at("at")?.string?.hasPrefix(day()) == true)
  }

  @Test func `exact duplicates count once as high quality`() throws {
    let server = try TestServer()
    let client = try server.connect()
    for user in 0..<4 { _ = try store(LogBody(user: "u\(user)"), over: client) }
    let stats = try client.get("/v1/stats").json()
    #expect(stats.at("high_quality")?.integer == 1)
    #expect(stats.at("rejected", "exact_duplicate")?.integer == 3)
  }
}

@Suite("Contract §5 Progress", .serialized)
struct ProgressTests {
  @Test func `it tells the goal, the milestones, the pace and what is left`() throws {
    let server = try TestServer()
    let client = try server.connect()
    _ = try store(LogBody(), over: client)
    let progress = try client.get("/v1/progress").json()
    for name in [
      "goal", "high_quality", "percent", "milestones", "examples_per_day", "eta_days", "eta_date",
      "storage_at_goal_bytes",
    ] {
      #expect(progress.at(name) != nil, "\(name)")
    }
    #expect(progress.at("goal")?.integer == 50_000)
    #expect(progress.at("high_quality")?.integer == 1)
    #expect(abs(try #require(progress.at("percent")?.double) - 0.002) < 1e-6)
    #expect(abs(try #require(progress.at("examples_per_day")?.double) - 1.0 / 7) < 1e-3)
    // 49,999 examples at one a week.
    #expect(abs(try #require(progress.at("eta_days")?.double) - 349_993) < 400)
    #expect(progress.at("eta_date")?.string?.isEmpty == false)
    #expect(try #require(progress.at("storage_at_goal_bytes")?.integer) > 50_000 * 500)
  }

  @Test func `there are five milestones, each reached or not`() throws {
    let progress = try TestServer().connect().get("/v1/progress").json()
    let milestones = try #require(progress.at("milestones")).items
    #expect(milestones.map { $0.at("to")?.integer } == [1_000, 5_000, 10_000, 25_000, 50_000])
    #expect(milestones.map { $0.at("from")?.integer } == [0, 1_000, 5_000, 10_000, 25_000])
    let names = ["infrastructure", "initial dataset", "first experiment", "model v1", "production"]
    #expect(milestones.map { $0.at("name")?.string } == names)
    for milestone in milestones {
      #expect(milestone.at("reached")?.kind == .false)
      #expect(milestone.at("date")?.isNull == true)
    }
  }

  @Test func `a reached milestone has its date`() throws {
    let server = try TestServer()
    _ = try ThreadGroup.run(8) { thread in
      let client = try server.connect()
      for number in 0..<125 {
        let body = LogBody(user: "u\(thread)", question: "Question \(number) of \(thread)?")
        _ = try store(body.with("timestamp", jsonText(rfc3339(seconds: -86_400))), over: client)
      }
    }
    let progress = try server.connect().get("/v1/progress").json()
    #expect(progress.at("high_quality")?.integer == 1_000)
    let first = try #require(progress.at("milestones")?.items.first)
    #expect(first.at("reached")?.kind == .true)
    #expect(first.at("date")?.string == day(-1))
  }
}
