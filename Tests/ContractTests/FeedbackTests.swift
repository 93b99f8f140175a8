import TestKit
import Testing

@Suite("Contract §2 POST /v1/feedback", .serialized, .runningServer)
struct FeedbackTests {
  private func scores(of id: String) throws -> [Int?] {
    try RunningServer.shared.home.lines("training_logs/feedback.jsonl").filter { $0.contains(id) }
      .map { try StoredLine($0)["score"]?.integer }
  }

  @Test func `a rating comes as a JSON body`() throws {
    let client = try connect()
    let id = try store(LogBody(), over: client)
    let answer = try client.post("/v1/feedback", #"{"example_id":"\#(id)","score":4}"#)
    #expect(answer.status == 200)
    #expect(answer.text == #"{"status":"success"}"#)
    #expect(try scores(of: id) == [4])
  }

  @Test func `or as query parameters with an empty body`() throws {
    let client = try connect()
    let id = try store(LogBody(), over: client)
    try client.send("POST", "/v1/feedback?example_id=\(id)&score=5&comment=Nice%20one%2C+%C3%BC%26", body: [])
    #expect(try client.response().text == #"{"status":"success"}"#)
    try client.send("POST", "/v1/feedback?example_id=\(id)&score=3")
    #expect(try client.response().status == 200)
    // An empty body may be chunked, too.
    try client.send(
      "POST /v1/feedback?example_id=\(id)&score=2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    #expect(try client.response().status == 200)
    #expect(try scores(of: id) == [5, 3, 2])
    let comments = try RunningServer.shared.home.lines("training_logs/comments.jsonl").filter { $0.contains(id) }
    #expect(comments.count == 1)
    #expect(try StoredLine(comments[0]).text("comment") == "Nice one, ü&")
  }

  @Test func `or as JSON sent as text/plain`() throws {
    let client = try connect()
    let id = try store(LogBody(), over: client)
    let body = Array(#"{"example_id":"\#(id)","score":2}"#.utf8)
    for type in ["text/plain", "text/plain;charset=UTF-8"] {
      #expect(try client.post("/v1/feedback", body, type: type).status == 200)
    }
    #expect(try scores(of: id) == [2, 2])
  }

  @Test(arguments: [nil, "text/html", "application/x-www-form-urlencoded"] as [String?])
  func `any other type is 415`(_ type: String?) throws {
    let body = Array(#"{"example_id":"\#(uuidV7())","score":2}"#.utf8)
    let client = try connect()
    let answer = try client.post("/v1/feedback", body, type: type)
    #expect(answer.status == 415 && answer["Accept"] == "application/json, text/plain")
    // Parameters are no excuse for a body of another type, nor is it one not to say how long it will be.
    let fields = (type.map { [("Content-Type", $0)] } ?? []) + [("Transfer-Encoding", "chunked")]
    try client.send("POST", "/v1/feedback?score=1", fields: fields)
    try client.send("2\r\n{}\r\n0\r\n\r\n")
    #expect(try client.response().status == 415)
    #expect(try client.get("/livez").status == 200)
  }

  /// Members beside the id, and where the broken rule is reported.
  static let broken: [(String, String)] = [
    ("", "/score"), (#","score":0"#, "/score"), (#","score":6"#, "/score"), (#","score":-1"#, "/score"),
    (#","score":4.5"#, "/score"), (#","score":"4""#, "/score"), (#","score":null"#, "/score"),
    (#","score":true"#, "/score"), (#","score":99999999999999999999"#, "/score"),
    (#","score":4,"comment":7"#, "/comment"), (#","score":4,"corrected_message":[]"#, "/corrected_message"),
    (#","score":4,"comment":"\#(String(repeating: "x", count: 4097))""#, "/comment"),
    (#","score":4,"corrected_message":"\#(String(repeating: "x", count: 65_537))""#, "/corrected_message"),
    (#","score":4,"stars":4"#, ""),
  ]

  @Test(arguments: broken)
  func `a field that breaks its rule is 422 and nothing is stored`(_ members: String, _ pointer: String) throws {
    let client = try connect()
    let id = try store(LogBody(), over: client)
    let answer = try client.post("/v1/feedback", "{\"example_id\":\"\(id)\"\(members)}")
    #expect(answer.status == 422, "\(answer.text)")
    #expect(try answer.json().at("errors")?.items.first?.at("pointer")?.string == pointer)
    #expect(try scores(of: id).isEmpty)
  }

  @Test(
    arguments: [
      ("score=0", 422), ("score=%2B4", 422), ("score=4.0", 422), ("score=", 422), ("", 422), ("score=4&score=5", 422),
      ("score=4&other=1", 422), ("score=4&comment=%ff", 400), ("score=4&comment=%zz", 400),
    ])
  func `query parameters keep the same rules`(_ query: String, _ status: Int) throws {
    let client = try connect()
    let id = try store(LogBody(), over: client)
    try client.send("POST", "/v1/feedback?example_id=\(id)&\(query)")
    #expect(try client.response().status == status)
    #expect(try scores(of: id).isEmpty)
  }

  /// JSON has one type of numbers (RFC 8259), and an integer is one without a fraction that is not 0 (JSON Schema).
  @Test(arguments: [("4.0", 4), ("4e0", 4), ("0.3e1", 3), ("500e-2", 5)])
  func `a score is an integer however it is written`(_ number: String, _ score: Int) throws {
    let client = try connect()
    let id = try store(LogBody(), over: client)
    let answer = try client.post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":\(number)}")
    #expect(answer.status == 200, "\(answer.text)")
    #expect(try scores(of: id) == [score])
  }

  @Test(arguments: [
    ("score=5", "/score"), ("comment=x", "/comment"), ("example_id=x&score=1", "/example_id"),
    ("corrected_message=x", "/corrected_message"),
  ])
  func `a rating in the body and in the query at once is 422`(_ query: String, _ pointer: String) throws {
    let client = try connect()
    let id = try store(LogBody(), over: client)
    let answer = try client.post("/v1/feedback?\(query)", "{\"example_id\":\"\(id)\",\"score\":4}")
    #expect(answer.status == 422, "\(answer.text)")
    #expect(try answer.json().at("errors")?.items.first?.at("pointer")?.string == pointer)
    #expect(try scores(of: id).isEmpty)
    #expect(try client.post("/v1/feedback?_=17", "{\"example_id\":\"\(id)\",\"score\":4}").status == 200)
  }

  @Test func `comment and correction are taken up to their limits`() throws {
    let client = try connect()
    let id = try store(LogBody(), over: client)
    let comment = String(repeating: "ü", count: 4096)
    let correction = String(repeating: "word ", count: 65_536 / 5)
    try rate(id, 3, #","comment":"\#(comment)","corrected_message":"\#(correction)""#, over: client)
    let home = try RunningServer.shared.home
    let comments = home.lines("training_logs/comments.jsonl").filter { $0.contains(id) }
    let corrections = home.lines("training_logs/corrections.jsonl").filter { $0.contains(id) }
    #expect(try comments.map { try StoredLine($0).text("comment") } == [comment])
    #expect(try corrections.map { try StoredLine($0).text("corrected_message") } == [correction])
  }

  @Test func `later ratings replace earlier ones, comments and corrections stand until replaced`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let id = try store(LogBody(), over: client)
    let second = "Either items[::-1] or list(reversed(items)): both build a new list and leave the first alone."
    try rate(id, 1, #","comment":"first","corrected_message":"A first correction.""#, over: client)
    try rate(id, 5, over: client)
    var stats = try client.get("/v1/stats").json()
    #expect(stats.at("comments")?.integer == 1)
    #expect(stats.at("corrections")?.integer == 1)
    try rate(id, 2, #","comment":"second","corrected_message":"\#(second)""#, over: client)
    stats = try client.get("/v1/stats").json()
    #expect(stats.at("rated")?.integer == 1)
    #expect(stats.at("average_score")?.double == 2)
    #expect(stats.at("comments")?.integer == 1)
    #expect(stats.at("corrections")?.integer == 1)
    #expect(try client.post("/v1/curate", "").status == 200)
    let rows = server.home.lines("curated/training_data.jsonl")
    #expect(rows.count == 1)
    #expect(rows.first?.contains(second) == true)
  }

  /// Ids that nobody could be about to send, being too old or none.
  @Test(arguments: [uuidV7(seconds: -90_000), "0b0b0b0b-1111-4111-8111-0b0b0b0b0b0b", "abc", "", uuidV7(seconds: 3600)])
  func `an unknown example is 404`(_ id: String) throws {
    let home = try RunningServer.shared.home
    let before = home.lines("training_logs/feedback.jsonl").count
    let answer = try connect().post("/v1/feedback", #"{"example_id":"\#(id)","score":5}"#)
    #expect(answer.status == 404, "\(answer.text)")
    #expect(home.lines("training_logs/feedback.jsonl").count == before)
  }
}
