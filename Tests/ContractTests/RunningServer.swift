import TestKit
import Testing

/// One server for all tests of a suite, each of which uses ids of its own.
struct RunningServer: SuiteTrait, TestScoping {
  @TaskLocal private static var current: TestServer?

  var arguments: [String] = []

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let server = try TestServer(arguments: arguments)
    try await Self.$current.withValue(server) { try await function() }
    // Whatever the tests did: it was still there to be stopped, and nothing hung in it.
    #expect(try server.stop() == .code(0), "\(server.errorText)")
  }

  static var shared: TestServer {
    get throws { try #require(current, "the suite lacks .runningServer") }
  }
}

extension Trait where Self == RunningServer {
  static var runningServer: RunningServer { RunningServer() }
}

/// What nearly every test here begins with.
func connect() throws -> TestClient { try RunningServer.shared.connect() }

/// Stores the conversation and gives its id.
func store(_ body: LogBody, over client: TestClient) throws -> String {
  let answer = try client.post("/v1/log", body.bytes)
  try #require(answer.status == 201, "\(answer.text)")
  return try #require(try answer.json()["example_id"]?.string)
}

/// Rates an example, with further members as JSON text.
func rate(_ id: String, _ score: Int, _ more: String = "", over client: TestClient) throws {
  let answer = try client.post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":\(score)\(more)}")
  try #require(answer.status == 200, "\(answer.text)")
}

/// The stored line of an example.
func storedLine(_ id: String, in home: TestServer.Home) throws -> StoredLine {
  let lines = home.conversations.filter { $0.contains("\"example_id\":\"\(id)\"") }
  try #require(lines.count == 1, "\(lines.count) lines of \(id)")
  return try StoredLine(lines[0])
}
