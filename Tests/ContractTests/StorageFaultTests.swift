import Foundation
import TestKit
import Testing

@Suite(
  "Contract §2 Durability: 503", .serialized,
  .enabled(if: Strace.obstacle == nil, "strace has to be able to make calls fail"))
struct StorageFaultTests {
  private static func log(_ number: Int, over client: TestClient) throws -> TestResponse {
    let fields = [("Content-Type", "application/json"), ("Idempotency-Key", "k\(number)")]
    let body = LogBody(session: "\(number)").with("timestamp", jsonText("\(day(-1))T12:00:00Z"))
    try client.send("POST", "/v1/log", fields: fields, body: body.bytes)
    return try client.response()
  }

  @Test(arguments: ["write:error=EIO:when=2", "fdatasync:error=EIO:when=2"])
  func `what could not be written is not acknowledged and cut off, and can be sent again`(_ fault: String) throws {
    let home = try TestServer.Home(onDisk: true)
    let file = home.path + "/training_logs/conversations_\(day(-1)).jsonl"
    let trace = try TemporaryDirectory()
    let server = try TestServer(
      home, arguments: ["--no-maintenance"],
      under: Strace.wrapper(calls: "write,fdatasync,close", fault: fault, paths: [file], log: trace("log")))
    let client = try server.connect()
    let answers = try (0..<4).map { try Self.log($0, over: client) }
    #expect(answers.map(\.status) == [201, 503, 201, 201])
    #expect(answers[1]["Retry-After"] != nil)
    #expect(answers[1]["Content-Type"] == "application/problem+json")
    let stored = try home.lines("training_logs/conversations_\(day(-1)).jsonl").map { try StoredLine($0) }
    let told = try [0, 2, 3].map { try answers[$0].json()["example_id"]?.string }
    #expect(stored.map { $0.text("example_id") } == told)
    #expect(try Self.log(1, over: client).status == 201)
    #expect(home.conversations.count == 4)
    #expect(try server.stop() == .code(0))

    // After a failed fdatasync: none on that descriptor until it is closed.
    var failed: Set<Substring> = []
    for line in try String(contentsOfFile: trace("log"), encoding: .utf8).split(separator: "\n") {
      guard let open = line.firstIndex(of: "("), let call = line[..<open].split(separator: " ").last else { continue }
      let descriptor = line[line.index(after: open)...].prefix { $0.isNumber }
      if call == "close" { failed.remove(descriptor) }
      guard call == "fdatasync" else { continue }
      #expect(!failed.contains(descriptor), "\(line)")
      if line.hasSuffix("(INJECTED)") { failed.insert(descriptor) }
    }
    #expect(failed.isEmpty, "its descriptor was closed")
  }

  @Test func `a rating that could not be written is 503 as well`() throws {
    let home = try TestServer.Home(onDisk: true)
    let file = home.path + "/training_logs/feedback.jsonl"
    let server = try TestServer(
      home, arguments: ["--no-maintenance"],
      under: Strace.wrapper(calls: "fdatasync", fault: "fdatasync:error=EIO:when=1", paths: [file]))
    let client = try server.connect()
    let id = try store(LogBody(), over: client)
    let answers = try (0..<2).map { _ in try client.post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":4}") }
    #expect(answers.map(\.status) == [503, 200])
    #expect(answers[0]["Retry-After"] != nil)
    #expect(home.lines("training_logs/feedback.jsonl").count == 1)
    #expect(try server.stop() == .code(0))
  }
}
