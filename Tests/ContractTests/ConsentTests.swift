import Records
import TestKit
import Testing

@Suite("Contract §2 POST /v1/users/opt-out, opt-in and export", .serialized)
struct ConsentTests {
  private func set(_ action: String, _ user: String, _ purpose: String? = nil, over client: TestClient) throws {
    let more = purpose.map { ",\"purpose\":\"\($0)\"" } ?? ""
    let answer = try client.post("/v1/users/\(action)", "{\"user_id\":\"\(user)\"\(more)}")
    #expect(answer.status == 200)
    #expect(answer.text == "{\"status\":\"\(action == "opt-out" ? "opted_out" : "opted_in")\"}")
  }

  @Test func `nothing of a user who opted out is stored, until the opt-in, also after a restart`() throws {
    let first = try TestServer()
    let client = try first.connect()
    let id = try store(LogBody(user: "ann"), over: client)
    try set("opt-out", "ann", over: client)
    func check(_ server: TestServer) throws {
      let client = try server.connect()
      let body = LogBody(user: "ann", question: "refusedquestion?")
      let answer = try client.post("/v1/log", body.bytes)
      #expect(answer.status == 200)
      #expect(answer.text == #"{"status":"opted_out","example_id":null}"#)
      let lines = try client.post(
        "/v1/log", body.bytes + [10] + LogBody(user: "bob", answer: "short").bytes,
        type: "application/x-ndjson")
      #expect(
        lines.text.hasPrefix(
          #"{"accepted":2,"rejected":0,"results":[{"status":"opted_out","example_id":null},{"example_id":""#))
      let rating = try client.post(
        "/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":5,\"comment\":\"refusedcomment\"}")
      #expect(rating.status == 200)
      #expect(rating.text == #"{"status":"opted_out"}"#)
      #expect(try client.get("/v1/stats").json()["opted_out_users"]?.integer == 1)
      #expect(ErasureTests.files(in: server.home, holding: ["refusedquestion", "refusedcomment", "\"ann\""]) == [])
    }
    try check(first)
    #expect(try first.stop() == .code(0))
    let second = try TestServer(first.home)
    try check(second)
    try set("opt-in", "ann", over: second.connect())
    _ = try store(LogBody(user: "ann"), over: second.connect())
    try rate(id, 4, over: second.connect())
    #expect(try second.connect().get("/v1/stats").json()["opted_out_users"]?.integer == 0)
  }

  @Test func `feedback for a conversation that was refused is 404, though its id is new`() throws {
    let server = try TestServer()
    let client = try server.connect()
    try set("opt-out", "ann", "logging", over: client)
    let id = uuidV7(serial: 51)
    #expect(try client.post("/v1/log", LogBody(user: "ann").with("example_id", "\"\(id)\"").bytes).status == 200)
    #expect(try client.post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":5}").status == 404)
    let earlyID = uuidV7(serial: 53)
    let early = "{\"example_id\":\"\(earlyID)\",\"score\":5,\"comment\":\"earlycomment\"}"
    #expect(try client.post("/v1/feedback", early).status == 202)
    let late = LogBody(user: "ann").with("example_id", jsonText(earlyID))
    #expect(try client.post("/v1/log", late.bytes).status == 200)
    // In turn behind what the refusal has set in motion.
    try set("opt-out", "ann", "training", over: client)
    #expect(ErasureTests.files(in: server.home, holding: ["earlycomment"]) == [])
    #expect(try client.post("/v1/feedback", "{\"example_id\":\"\(uuidV7(serial: 52))\",\"score\":5}").status == 202)
  }

  @Test func `refused training: logged and rated, never curated; its rows go at the next run`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let id = try store(LogBody(user: "ann", answer: LogBody.answer(about: 1)), over: client)
    let other = try store(LogBody(user: "bob", answer: LogBody.answer(about: 2)), over: client)
    #expect(try client.post("/v1/curate", "").json()["examples"]?.integer == 2)
    try set("opt-out", "ann", "training", over: client)
    let later = try store(LogBody(user: "ann", answer: LogBody.answer(about: 3)), over: client)
    try rate(later, 1, over: client)
    let live = try client.get("/v1/stats").json()
    #expect(live["rejected"]?["opted_out"]?.integer == 2)
    #expect(live["high_quality"]?.integer == 1)
    let manifest = try client.post("/v1/curate", "").json()
    #expect(manifest["examples"]?.integer == 1)
    #expect(manifest["preferences"]?.integer == 0)
    #expect(manifest["rejected"]?["opted_out"]?.integer == 2)
    let rows = server.home.lines("curated/training_data.jsonl").joined()
    #expect(rows.contains(other) && !rows.contains(id) && !rows.contains(later))
    try set("opt-in", "ann", "training", over: client)
    #expect(try client.get("/v1/stats").json()["rejected"]?["opted_out"]?.integer == 0)
    #expect(try client.post("/v1/curate", "").json()["examples"]?.integer == 2)
  }

  @Test func `refused logging alone leaves what is there to training`() throws {
    let client = try TestServer().connect()
    _ = try store(LogBody(user: "ann"), over: client)
    try set("opt-out", "ann", "logging", over: client)
    #expect(try client.post("/v1/curate", "").json()["examples"]?.integer == 1)
    #expect(try client.post("/v1/log", LogBody(user: "ann").bytes).status == 200)
  }

  @Test func `everything held on a user, and nothing of another`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let id = try store(LogBody(user: "ann"), over: client)
    let other = try store(LogBody(user: "bob"), over: client)
    for (id, word) in [(id, "mine"), (other, "others")] {
      try rate(id, 5, ",\"comment\":\"\(word)\",\"corrected_message\":\"\(word) corrected\"", over: client)
    }
    try set("opt-out", "ann", "training", over: client)
    try set("opt-in", "ann", over: client)
    let answer = try client.post("/v1/users/export", #"{"user_id":"ann"}"#)
    #expect(answer.status == 200)
    #expect(answer["Content-Type"] == "application/x-ndjson")
    let lines = try answer.text.split(separator: "\n").map { try JSONDocument(parsing: Array($0.utf8)).root }
    #expect(
      lines.map { $0["type"]?.string } == ["conversation", "feedback", "comment", "correction", "consent", "consent"])
    #expect(lines.prefix(4).allSatisfy { $0["example_id"]?.string == id })
    #expect(lines[0]["user_message"]?.string == LogBody.question)
    #expect(lines[2]["comment"]?.string == "mine" && lines[3]["corrected_message"]?.string == "mine corrected")
    #expect(lines[4]["state"]?.string == "refused" && lines[5]["state"]?.string == "granted")
    #expect(lines[4]["purpose"]?.string == "training")
    #expect(try client.post("/v1/users/export", #"{"user_id":"nobody"}"#).text == "")
    let printed = try CerberusBinary.run(["user-export", "--user-id", "ann", "--data-dir", server.home.path])
    #expect(printed.output == answer.text)
    #expect(try server.stop() == .code(0))
    let offline = try CerberusBinary.run(["user-export", "--user-id", "ann", "--data-dir", server.home.path])
    #expect(offline.output == answer.text)
  }

  @Test func `the commands do what the routes do, with and without a server`() throws {
    let server = try TestServer()
    func run(_ arguments: String...) throws -> CerberusBinary.Outcome {
      try CerberusBinary.run(arguments + ["--data-dir", server.home.path])
    }
    #expect(try run("opt-out", "--user-id", "ann", "--json").output == "{\"status\":\"opted_out\"}\n")
    #expect(try server.connect().post("/v1/log", LogBody(user: "ann").bytes).status == 200)
    #expect(try server.stop() == .code(0))
    #expect(try run("opt-in", "--user-id", "ann", "--purpose", "logging").exit == .code(0))
    #expect(try run("opt-out", "--user-id", "ann", "--purpose", "neither").exit == .code(64))
    #expect(try run("opt-out", "--user-id", "").exit == .code(64))
    let next = try TestServer(server.home)
    _ = try store(LogBody(user: "ann"), over: next.connect())
    #expect(try next.connect().get("/v1/stats").json()["rejected"]?["opted_out"]?.integer == 1)
  }
}
