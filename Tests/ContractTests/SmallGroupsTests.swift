import Records
import TestKit
import Testing

@Suite("Small groups in /v1/stats", .serialized)
struct SmallGroupsTests {
  private static let admin = "admin-key-of-the-environment"

  private func stats(_ client: TestClient, _ key: String) throws -> JSONElement {
    try client.send("GET", "/v1/stats", fields: [("Authorization", "Bearer \(key)")])
    return try client.response().json()
  }

  /// swift has three users, rust one with three records, go one; the names of variants likewise.
  private static let records = [
    ("a", "swift"), ("b", "swift"), ("c", "swift"), ("a", "rust"), ("a", "rust"), ("a", "rust"), ("b", "go"),
  ]

  @Test
  func `fewer users than k are folded into other for read, and admin sees all, also after a restart and an erasure`()
    throws
  {
    let home = try TestServer.Home()
    let options = ["--min-group-size", "2"]
    let environment = ["CERBERUS_API_KEY": Self.admin]
    let made = try CerberusBinary.run(["keys", "create", "--name", "r", "--scope", "read", "--data-dir", home.path])
    let reader = String(made.output.dropLast())
    for round in 0..<2 {
      let server = try TestServer(home, arguments: options, environment: environment)
      let client = try server.connect()
      if round == 0 {
        for (number, (user, language)) in Self.records.enumerated() {
          let body = LogBody(user: user, answer: LogBody.answer(about: number)).with("language", jsonText(language))
            .with("variant", jsonText("v-" + language)).with("model", jsonText("m-" + language))
          try client.send(
            "POST", "/v1/log",
            fields: [("Content-Type", "application/json"), ("Authorization", "Bearer \(Self.admin)")], body: body.bytes)
          #expect(try client.response().status == 201)
        }
      }
      let read = try stats(client, reader)
      #expect(read["languages"]?.keys == ["swift", "other"])
      #expect(read["languages"]?.at("other", "conversations")?.integer == 4)
      #expect(read["variants"]?.keys == ["v-swift", "other"])
      #expect(read["models"]?.keys == ["m-go", "m-rust", "m-swift"])
      #expect(try stats(client, Self.admin)["languages"]?.keys == ["go", "rust", "swift"])
      #expect(try CerberusBinary.run(["stats", "--json", "--data-dir", home.path]).output.contains("\"rust\""))
      if round == 1 {
        try client.send(
          "POST", "/v1/users/erase",
          fields: [("Content-Type", "application/json"), ("Authorization", "Bearer \(Self.admin)")],
          body: Array(#"{"user_id":"a"}"#.utf8))
        #expect(try client.response().status == 200)
        let after = try stats(client, reader)
        #expect(after["languages"]?.keys == ["swift", "other"])
        #expect(after["languages"]?.at("other", "conversations")?.integer == 1)
        #expect(try stats(client, Self.admin)["languages"]?.keys == ["go", "swift"])
      }
      #expect(try server.stop() == .code(0))
    }
  }

  @Test func `by default every group is named`() throws {
    let client = try TestServer().connect()
    _ = try store(LogBody().with("language", "\"rare\""), over: client)
    #expect(try client.get("/v1/stats").json()["languages"]?.keys == ["rare"])
  }
}
