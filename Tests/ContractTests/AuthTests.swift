import Dispatch
import Foundation
import Records
import TestKit
import Testing

/// Contract, section 2, Auth, on the real binary.
@Suite("Contract §2 Auth")
struct AuthTests {
  private static let bearer = #"Bearer realm="cerberus""#
  /// Every route with a body that it takes.
  private static let routes: [(method: String, path: String, body: String?, scope: String)] = [
    ("POST", "/v1/log", LogBody().text, "log"), ("GET", "/v1/stats", nil, "read"),
    ("GET", "/v1/progress", nil, "read"), ("GET", "/metrics", nil, "read"), ("POST", "/v1/curate", "", "admin"),
    ("POST", "/v1/feedback", #"{"example_id":"01926f3a-7c1e-7d42-9c55-0b9d5e0f6a11","score":5}"#, "feedback"),
    ("GET", "/v1/export", nil, "export"), ("GET", "/v1/examples/01926f3a-7c1e-7d42-9c55-0b9d5e0f6a11", nil, "admin"),
    ("DELETE", "/v1/examples/01926f3a-7c1e-7d42-9c55-0b9d5e0f6a11", nil, "admin"),
    ("POST", "/v1/users/erase", #"{"user_id":"nobody"}"#, "privacy"),
    ("POST", "/v1/users/export", #"{"user_id":"nobody"}"#, "privacy"),
    ("POST", "/v1/users/opt-out", #"{"user_id":"nobody"}"#, "privacy"),
    ("POST", "/v1/users/opt-in", #"{"user_id":"nobody"}"#, "privacy"),
  ]
  private static let scopes = ["log", "feedback", "read", "admin", "export", "privacy"]

  private func run(_ home: TestServer.Home, _ arguments: [String]) throws -> CerberusBinary.Outcome {
    try CerberusBinary.run(["keys", arguments[0], "--data-dir", home.path] + arguments.dropFirst())
  }

  private func create(_ home: TestServer.Home, _ scopes: [String], name: String = "test") throws -> String {
    let outcome = try run(home, ["create", "--name", name] + scopes.flatMap { ["--scope", $0] })
    #expect(outcome.exit == .code(0), "\(outcome.error)")
    return String(outcome.output.dropLast())
  }

  /// The id in a key `cbk_ID_SECRET`.
  private func id(_ key: String) throws -> String {
    let parts = key.split(separator: "_")
    try #require(parts.count == 3 && parts[0] == "cbk" && parts[2].utf8.count == 64, "\(parts.count) parts")
    return String(parts[1])
  }

  private func send(
    _ client: TestClient, _ method: String, _ path: String, key: String? = nil, body: String? = nil,
    type: String = "application/json"
  ) throws -> TestResponse {
    var fields = key.map { [("Authorization", "Bearer \($0)")] } ?? []
    if body != nil { fields.append(("Content-Type", type)) }
    try client.send(method, path, fields: fields, body: body.map { Array($0.utf8) })
    return try client.response()
  }

  /// Asks again and again until the status comes; nil when it did not within a second.
  private func status(_ status: Int, of server: TestServer, key: String) throws -> Int? {
    let end = DispatchTime.now() + .seconds(1)
    let client = try server.connect()
    while DispatchTime.now() < end {
      if try send(client, "GET", "/v1/stats", key: key).status == status { return status }
    }
    return nil
  }

  @Test("Each route takes a key with its scope, answers 403 to others and 401 to none")
  func scopes() throws {
    let home = try TestServer.Home()
    let keys = try Dictionary(uniqueKeysWithValues: Self.scopes.map { ($0, try create(home, [$0])) })
    let server = try TestServer(home, arguments: ["--require-feedback-key"])
    let client = try server.connect()
    for route in Self.routes {
      let bare = try send(client, route.method, route.path, body: route.body)
      #expect(bare.status == 401, "\(route.path)")
      #expect(bare["WWW-Authenticate"] == Self.bearer, "\(route.path)")
      #expect(try bare.json()["code"]?.string == "unauthorized")
      for (scope, key) in keys {
        let answer = try send(client, route.method, route.path, key: key, body: route.body)
        if scope == route.scope {
          #expect(answer.status != 401 && answer.status != 403, "\(route.path) with \(scope): \(answer.status)")
        } else {
          #expect(answer.status == 403, "\(route.path) with \(scope)")
          let challenge = Self.bearer + #", error="insufficient_scope", scope="\#(route.scope)""#
          #expect(answer["WWW-Authenticate"] == challenge, "\(route.path) with \(scope)")
        }
      }
    }
    #expect(home.conversations.count == 1, "refused records are not stored")
  }

  @Test("Routes that need no key check a presented one")
  func presented() throws {
    let home = try TestServer.Home()
    let key = try create(home, ["log"])
    let server = try TestServer(home)
    let client = try server.connect()
    for path in ["/livez", "/readyz", "/healthz", "/openapi.json", "/dashboard"] {
      #expect(try send(client, "GET", path).status == 200, "\(path)")
      #expect(try send(client, "GET", path, key: key).status == 200, "\(path)")
      let refused = try send(client, "GET", path, key: key + "0")
      #expect(refused.status == 401, "\(path)")
      #expect(refused["WWW-Authenticate"] == Self.bearer + #", error="invalid_token""#, "\(path)")
    }
    let rating = #"{"example_id":"01926f3a-7c1e-7d42-9c55-0b9d5e0f6a11","score":9}"#
    #expect(try send(client, "POST", "/v1/feedback", body: rating).status == 422)
    #expect(try send(client, "POST", "/v1/feedback", key: "wrong", body: rating).status == 401)
  }

  @Test("Without any key a presented one is still checked")
  func presentedToOpenServer() throws {
    let server = try TestServer()
    let client = try server.connect()
    #expect(try send(client, "GET", "/v1/stats").status == 200)
    #expect(try send(client, "GET", "/v1/stats", key: "anything").status == 401)
  }

  @Test("An unknown id and a wrong secret get the same answer")
  func sameAnswer() throws {
    let home = try TestServer.Home()
    let key = try create(home, ["read"])
    let server = try TestServer(home)
    let client = try server.connect()
    let zeros = String(repeating: "0", count: 64)
    let wrong = try send(client, "GET", "/v1/stats", key: "cbk_\(try id(key))_\(zeros)")
    let unknown = try send(client, "GET", "/v1/stats", key: "cbk_ffffffffffff_\(zeros)")
    #expect(wrong.status == 401)
    #expect(wrong.body == unknown.body)
    let fields = [wrong, unknown].map { answer in
      answer.fields.filter { $0.name != "Date" && $0.name != "X-Request-Id" }.map { "\($0.name): \($0.value)" }
    }
    #expect(fields[0] == fields[1])
  }

  @Test("The path comes first, then the method, the key, the type of the body")
  func order() throws {
    let home = try TestServer.Home()
    let key = try create(home, ["log"])
    let server = try TestServer(home)
    let client = try server.connect()
    #expect(try send(client, "GET", "/nowhere", key: "bad").status == 404)
    #expect(try send(client, "GET", "/v1/log", key: "bad").status == 405)
    #expect(try send(client, "POST", "/v1/log", key: "bad", body: "x", type: "image/png").status == 401)
    #expect(try send(client, "POST", "/v1/curate", key: key, body: "x", type: "image/png").status == 403)
    #expect(try send(client, "POST", "/v1/log", key: key, body: "x", type: "image/png").status == 415)
    // On the same connection all the time: an early answer leaves nothing of the body behind.
    #expect(try send(client, "POST", "/v1/log", key: key, body: LogBody().text).status == 201)
  }

  @Test("Keys made and revoked while the server runs count within a second")
  func live() throws {
    let server = try TestServer()
    #expect(try server.connect().get("/v1/stats").status == 200)
    let first = try create(server.home, ["read"])
    #expect(try status(200, of: server, key: first) == 200)
    #expect(try server.connect().get("/v1/stats").status == 401, "a key closes the open server")
    let second = try create(server.home, ["read"])
    #expect(try status(200, of: server, key: second) == 200)
    #expect(try status(200, of: server, key: first) == 200, "two live keys for the rotation")
    let revoked = try run(server.home, ["revoke", id(first)])
    #expect(revoked.exit == .code(0))
    #expect(try status(401, of: server, key: first) == 401)
    #expect(try status(200, of: server, key: second) == 200)
    #expect(try run(server.home, ["revoke", id(first)]).exit == .code(1), "it is gone")
  }

  @Test("With no key the server listens on loopback alone, and says why")
  func loopbackOnly() throws {
    for host in ["0.0.0.0", "::", "192.0.2.1"] {
      let home = try TestServer.Home()
      let outcome = try CerberusBinary.run(["serve", "--data-dir", home.path, "--port", "0", "--host", host])
      #expect(outcome.exit == .code(78), "\(host)")
      #expect(outcome.error.contains("loopback") && outcome.error.contains("key"), "\(host): \(outcome.error)")
    }
  }

  @Test("With a key it listens anywhere, and stays closed when the last key goes")
  func beyondLoopback() throws {
    let home = try TestServer.Home()
    let key = try create(home, ["read"])
    let server = try TestServer(home, arguments: ["--host", "0.0.0.0"])
    #expect(try status(200, of: server, key: key) == 200)
    #expect(try server.connect().get("/v1/stats").status == 401)
    #expect(try run(home, ["revoke", id(key)]).exit == .code(0))
    #expect(try status(401, of: server, key: key) == 401)
    let client = try server.connect()
    for route in Self.routes where route.path != "/v1/feedback" {
      #expect(try send(client, route.method, route.path, body: route.body).status == 401, "\(route.path)")
    }
    // Its owner still reaches it, without a key.
    let stats = try CerberusBinary.run(["stats", "--json", "--data-dir", home.path])
    #expect(stats.exit == .code(0), "\(stats.error)")
  }

  @Test("One key for everything comes from the environment or from a file")
  func environment() throws {
    let home = try TestServer.Home()
    let key = "one-key-for-everything"
    let path = home.path + "/key-file"
    try Data((key + "\n").utf8).write(to: URL(fileURLWithPath: path))
    for environment in [["CERBERUS_API_KEY": key], ["CERBERUS_API_KEY_FILE": path]] {
      let server = try TestServer(home, arguments: ["--require-feedback-key"], environment: environment)
      let client = try server.connect()
      for route in Self.routes {
        #expect(try send(client, route.method, route.path, body: route.body).status == 401, "\(route.path)")
        #expect(try send(client, route.method, route.path, key: key + "x", body: route.body).status == 401)
        let status = try send(client, route.method, route.path, key: key, body: route.body).status
        #expect(status != 401 && status != 403, "\(route.path): \(status)")
      }
      #expect(try server.stop() == .code(0))
    }
  }

  @Test(
    "A key of the environment that is no good ends the start",
    arguments: [
      ["CERBERUS_API_KEY": ""], ["CERBERUS_API_KEY": "short"], ["CERBERUS_API_KEY": "with a space in the middle"],
      ["CERBERUS_API_KEY_FILE": ""], ["CERBERUS_API_KEY_FILE": "/nonexistent"], ["CERBERUS_API_KEY_FILE": "/dev/null"],
      ["CERBERUS_API_KEY": "one-key-for-everything", "CERBERUS_API_KEY_FILE": "/dev/null"],
      ["CERBERUS_REQUIRE_FEEDBACK_KEY": "perhaps"],
    ])
  func badEnvironment(_ environment: [String: String]) throws {
    let home = try TestServer.Home()
    let outcome = try CerberusBinary.run(
      ["serve", "--data-dir", home.path, "--port", "0"], environment: environment)
    #expect(outcome.exit == .code(78))
    #expect(outcome.error.contains("CERBERUS_"))
    #expect(!outcome.error.contains("short\n") && !outcome.error.contains("with a space"), "the key is not repeated")
  }

  @Test("A key is shown once: neither the list nor any file nor the log holds it")
  func shownOnce() throws {
    let home = try TestServer.Home()
    let key = try create(home, ["read", "log"], name: "backend")
    let secret = try #require(key.split(separator: "_").last)
    let server = try TestServer(home)
    let client = try server.connect()
    #expect(try send(client, "GET", "/v1/stats", key: key).status == 200)
    #expect(try send(client, "GET", "/v1/stats?key=\(key)", key: key + "0").status == 401)
    #expect(try send(client, "POST", "/v1/log", key: key, body: "{").status == 400)
    let table = try run(home, ["list"])
    let list = try run(home, ["list", "--json"])
    #expect(table.output.contains(try id(key)) && table.output.contains("backend"))
    let entry = try JSONDocument(parsing: Array(list.output.utf8)).root["keys"]?.items.first
    #expect(entry?["id"]?.string == (try id(key)))
    #expect(entry?["scopes"]?.items.compactMap(\.string) == ["log", "read"])
    #expect(entry?["expires"]?.isNull == true)
    try server.stop()
    for text in [table.output, table.error, list.output, list.error, server.errorText, server.outputText] {
      #expect(!text.contains(secret))
    }
    for name in home.files {
      let content = String(decoding: home.bytes(name) ?? [], as: UTF8.self)
      #expect(!content.contains(secret), "\(name)")
    }
    #expect(home.mode("state/keys") == 0o600)
    #expect(home.mode("state") == 0o700)
  }

  @Test("Many made at once beside a running server: nothing is lost, the secrets stay")
  func concurrent() throws {
    let server = try TestServer()
    let home = server.home
    let before = try secrets(home)
    #expect(before.count >= 4)
    let keys = try ThreadGroup.run(12) { try create(home, ["read"], name: "key \($0)") }
    #expect(Set(keys).count == 12)
    for key in keys { #expect(try status(200, of: server, key: key) == 200) }
    #expect(try secrets(home) == before)
  }

  private func secrets(_ home: TestServer.Home) throws -> [String: String] {
    let members = try JSONDocument(parsing: try #require(home.bytes("state/keys"))).root.members
    return Dictionary(
      uniqueKeysWithValues: members.compactMap { name, value in
        value.string.flatMap { text in name.string.map { ($0, text) } }
      })
  }

  /// Words behind `keys`, and the exit code.
  static let wrongUses: [(words: String, code: Int32)] = [
    ("create --name x", 64), ("create --scope log", 64), ("create --name x --scope root", 64),
    ("create --name= --scope log", 64), ("create --name a\u{9b}b --scope log", 64),
    ("create --name x --scope log --expires-in-days 0", 64), ("revoke", 64), ("revoke 0123456789ab", 78), ("list", 78),
  ]

  @Test("Wrong use of the command is told apart", arguments: wrongUses)
  func wrongUse(_ words: String, _ code: Int32) throws {
    let home = try TestServer.Home()
    let outcome = try run(home, words.split(separator: " ").map(String.init))
    #expect(outcome.exit == .code(code), "\(outcome.error)")
    #expect(outcome.output.isEmpty)
    #expect(home.files.isEmpty, "nothing was made")
  }
}
