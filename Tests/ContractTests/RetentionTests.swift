import Records
import TestKit
import Testing

@Suite("Contract §1 raw records for 90 days; §3 cerberus retain", .serialized)
struct RetentionTests {
  private func log(_ client: TestClient, daysAgo: Int, number: Int) throws -> String {
    let body = LogBody(answer: LogBody.answer(about: number)).with(
      "timestamp", jsonText(rfc3339(seconds: -daysAgo * 86_400)))
    return try store(body, over: client)
  }

  @Test(arguments: [true, false])
  func `what is older goes from the log and stays in the dataset under a random id`(_ isServed: Bool) throws {
    let home = try TestServer.Home()
    let first = try TestServer(home)
    let client = try first.connect()
    let (old, new) = (try log(client, daysAgo: 10, number: 1), try log(client, daysAgo: 0, number: 2))
    try rate(old, 5, #","comment":"old comment""#, over: client)
    #expect(try first.stop() == .code(0))
    let options = ["--data-dir", home.path, "--retention-days", "5"]
    let server = isServed ? try TestServer(home, arguments: ["--retention-days", "5"]) : nil
    let plan = try CerberusBinary.run(["retain", "--dry-run", "--json"] + options)
    #expect(plan.output.hasPrefix(#"{"days":1,"records":1,"#), "\(plan.output)\(plan.error)")
    #expect(home.conversations.count == 2)
    let done = try CerberusBinary.run(["retain", "--json"] + options)
    #expect(
      done.output.hasPrefix(#"{"days":1,"records":1,"feedback":1,"comments":1,"corrections":0,"#), "\(done.error)")
    #expect(ErasureTests.files(in: home, holding: [old, "old comment"]) == [])
    let rows = try home.lines("curated/training_data.jsonl").map(StoredLine.init)
    #expect(rows.count == 2)
    #expect(rows.contains { $0.text("example_id") == new })
    let anonymous = try #require(rows.first { $0.text("example_id") != new })
    #expect(anonymous.text("example_id")?.dropFirst(14).first == "4")
    #expect(anonymous["score"]?.integer == 5)
    let again = try CerberusBinary.run(["retain", "--json"] + options)
    #expect(again.output.hasPrefix(#"{"days":0,"records":0,"#), "\(again.output)\(again.error)")
    if let server {
      let rating = try server.connect().post("/v1/feedback", "{\"example_id\":\"\(old)\",\"score\":5}")
      // Its id is new, its record has expired: nobody but a test logs what is ten days old.
      #expect([202, 404].contains(rating.status))
      #expect(try server.connect().get("/v1/stats").json()["conversations"]?.integer == 1)
      #expect(try server.connect().post("/control/retain", "{}").status == 404)
      #expect(try server.stop() == .code(0))
    }
    #expect(try CerberusBinary.run(["verify", "--data-dir", home.path]).exit == .code(0))
  }
}
