import Records
import TestKit
import Testing

@Suite("Contract §5 Statistics: what enters, and what they are of", .serialized)
struct LiveStatisticsTests {
  @Test func `pending feedback and opted-out conversations never enter`() throws {
    let server = try TestServer()
    let client = try server.connect()
    _ = try store(LogBody(), over: client)
    let before = try client.get("/v1/stats").json()
    let early = "{\"example_id\":\"\(uuidV7(serial: 81))\",\"score\":1,\"comment\":\"c\",\"corrected_message\":\"d\"}"
    #expect(try client.post("/v1/feedback", early).status == 202)
    #expect(try client.post("/v1/users/opt-out", #"{"user_id":"ann","purpose":"logging"}"#).status == 200)
    #expect(try client.post("/v1/log", LogBody(user: "ann").bytes).status == 200)
    let after = try client.get("/v1/stats").json()
    for name in before.keys where !["opted_out_users", "storage_bytes"].contains(name) {
      var (one, other) = (JSONWriter(), JSONWriter())
      one.value(try #require(before.at(name)).value)
      other.value(try #require(after.at(name)).value)
      #expect(one.bytes == other.bytes, "\(name)")
    }
    #expect(after.at("opted_out_users")?.integer == 1)
  }

  @Test func `the command gives the same object, also when the server has stopped`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let id = try store(LogBody(question: "ada@acme.dev asks"), over: client)
    try rate(id, 5, #","comment":"c""#, over: client)
    #expect(try client.post("/v1/curate", "").status == 200)
    func command() throws -> String {
      try CerberusBinary.run(["stats", "--json", "--data-dir", server.home.path]).output
    }
    let route = try client.get("/v1/stats").text
    #expect(try command() == route + "\n")
    #expect(try server.stop() == .code(0))
    #expect(try command() == route + "\n")
  }

  @Test func `erased and expired records count no more, the erased ones by their number`() throws {
    let server = try TestServer()
    let client = try server.connect()
    for number in 0..<3 {
      let body = LogBody(user: number < 2 ? "ann" : "bob", answer: LogBody.answer(about: number))
        .with("language", #""swift""#).with("variant", #""a""#)
      try rate(store(body, over: client), 5, #","comment":"c""#, over: client)
    }
    _ = try ErasureTests.erase("ann", over: client)
    let stats = try client.get("/v1/stats").json()
    for (name, count) in [
      ("conversations", 1), ("users", 1), ("sessions", 1), ("rated", 1), ("comments", 1), ("high_quality", 1),
      ("erased_records", 2),
    ] { #expect(stats.at(name)?.integer == count, "\(name)") }
    #expect(stats.at("scores", "5")?.integer == 1)
    #expect(stats.at("variants", "a")?.keys == ["conversations", "rated", "average_score"])
    #expect(stats.at("variants", "a", "conversations")?.integer == 1)
    #expect(stats.at("per_day")?.items.last?.at("conversations")?.integer == 1)
  }

  @Test func `per_day has the last 90, oldest first`() throws {
    let server = try TestServer(arguments: ["--retention-days", "200", "--no-maintenance"])
    let lines = (0..<120).map { number in
      LogBody(user: "u", answer: LogBody.answer(about: number))
        .with("timestamp", jsonText(rfc3339(seconds: -number * 86_400))).text
    }
    let body = Array(lines.joined(separator: "\n").utf8)
    let answer = try server.connect().post("/v1/log", body, type: "application/x-ndjson")
    #expect(try answer.json()["accepted"]?.integer == 120)
    let days = try #require(try server.connect().get("/v1/stats").json().at("per_day")).items
    let dates = days.compactMap { $0.at("date")?.string }
    #expect(dates == (0..<90).map { day(-$0) }.reversed())
    #expect(days.allSatisfy { $0.at("conversations")?.integer == 1 && $0.at("high_quality")?.integer == 1 })
  }

  @Test func `progress has an ETA with low and high, and percent ends at 100`() throws {
    let client = try TestServer().connect()
    for number in 0..<14 {
      let body = LogBody(answer: LogBody.answer(about: number))
      _ = try store(body.with("timestamp", jsonText(rfc3339(seconds: -(number % 7) * 86_400))), over: client)
    }
    let progress = try client.get("/v1/progress").json()
    let (low, middle, high) = (
      try #require(progress.at("eta_days_low")?.double), try #require(progress.at("eta_days")?.double),
      progress.at("eta_days_high")?.double
    )
    #expect(low <= middle && middle <= high ?? .infinity)
    // 49,986 at two a day.
    #expect(abs(middle - 24_993) < 50)
    for name in ["eta_date_low", "eta_date"] { #expect(progress.at(name)?.string?.utf8.count == 10, "\(name)") }
    #expect(progress.keys.contains("eta_date_high"))
    #expect((0...100).contains(try #require(progress.at("percent")?.double)))
  }
}
