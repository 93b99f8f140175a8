import Foundation
import TestKit
import Testing

@Suite("Options: flags, environment, config file, defaults")
struct ConfigTests {
  private static let canary = "CANARY7q9"

  /// Writes the file and gives its path; removed with the folder.
  private func write(_ text: String, in folder: TemporaryDirectory) throws -> String {
    let path = folder("config.json")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  struct Order: CustomTestStringConvertible, Sendable {
    var flag: String?
    var variable: String?
    var file: String?
    let winner: String

    var testDescription: String { "flag \(flag ?? "-"), environment \(variable ?? "-"), file \(file ?? "-")" }
  }

  @Test(
    "The nearer one wins",
    arguments: [
      Order(flag: "a", variable: "b", file: "c", winner: "a"), Order(flag: "a", file: "c", winner: "a"),
      Order(variable: "b", file: "c", winner: "b"), Order(file: "c", winner: "c"),
    ], ["data-dir", "data_dir"])
  func order(order: Order, spelling: String) throws {
    let folder = try TemporaryDirectory()
    let file = order.file.map { #""\#(spelling)":\#(jsonText(folder($0))),"# } ?? ""
    let config = try write(#"{\#(file)"port":0}"#, in: folder)
    var arguments = ["serve", "--config", config]
    if let flag = order.flag { arguments += ["--data-dir", folder(flag)] }
    let environment = order.variable.map { ["CERBERUS_DATA_DIR": folder($0)] } ?? [:]
    let process = try CerberusBinary.start(arguments, environment: environment)
    let greeting = try #require(try process.nextErrorLine())
    #expect(greeting.hasSuffix(", data in \(folder(order.winner))"), "\(greeting)")
    process.send(SIGTERM)
    #expect(try process.wait() == .code(0))
  }

  @Test("Every option of the file takes effect, and the file may be named by the environment")
  func everything() throws {
    let folder = try TemporaryDirectory()
    try Data("a-key-of-the-config-file\n".utf8).write(to: URL(fileURLWithPath: folder("key")))
    let config = try write(
      #"""
      {"data-dir": \#(jsonText(folder("data"))), "host": "127.0.0.1", "port": 0, "retention-days": 30,
       "disk-reserve": \#(1 << 60), "cors-origin": ["https://app.example", "http://localhost:3000"],
       "trusted_proxy": "127.0.0.1", "rate-limit": 2, "log_level": "error", "api_key_file": \#(jsonText(folder("key"))),
       "require-feedback-key": true, "pepper-file": null}
      """#, in: folder)
    let process = try CerberusBinary.start(["serve"], environment: ["CERBERUS_CONFIG": config])
    let greeting = try #require(try process.nextErrorLine())
    let port = try #require(greeting.split(separator: ",").first?.split(separator: ":").last.flatMap { UInt16($0) })
    let client = try TestClient(port: port)
    let key = ("Authorization", "Bearer a-key-of-the-config-file")
    func ask(_ method: String, _ target: String, _ fields: [(String, String)], _ body: String? = nil) throws
      -> TestResponse
    {
      try client.send(method, target, fields: fields, body: body.map { Array($0.utf8) })
      return try client.response()
    }
    #expect(try ask("GET", "/v1/stats", []).status == 401)
    #expect(try ask("POST", "/v1/feedback?score=1", []).status == 401)
    let preflight = try ask(
      "OPTIONS", "/v1/feedback", [("Origin", "http://localhost:3000"), ("Access-Control-Request-Method", "POST")])
    #expect(preflight["Access-Control-Allow-Origin"] == "http://localhost:3000")
    let json = ("Content-Type", "application/json")
    #expect(try ask("POST", "/v1/log", [key, json], LogBody().text).status == 507)
    let old = LogBody().with("timestamp", jsonText("2020-01-01T00:00:00Z")).text
    #expect(try ask("POST", "/v1/log", [key, json], old).status == 422)
    for _ in 0..<2 { #expect(try ask("GET", "/v1/stats", [key]).status == 200) }
    #expect(try ask("GET", "/v1/stats", [key]).status == 429)
    process.send(SIGTERM)
    #expect(try process.wait() == .code(0))
    // The disk reserve is the only error; nothing else is told at that level.
    #expect(
      process.error.split(separator: "\n").filter { $0.hasPrefix("{") }.allSatisfy { $0.contains("storage_fault") })
  }

  struct Bad: CustomTestStringConvertible, Sendable {
    let text: String
    /// What the message must say.
    let says: String

    var testDescription: String { text }
  }

  @Test(
    "A bad file ends the program with 78, says which option, and shows no value",
    arguments: [
      Bad(text: "", says: "no JSON"), Bad(text: "{", says: "no JSON"), Bad(text: "[]", says: "JSON object"),
      Bad(text: #"{"port":1,"port":2}"#, says: "no JSON"),
      Bad(text: #"{"prot":"\#(canary)"}"#, says: #""port""#),
      Bad(text: #"{"cors-orgin":["\#(canary)"]}"#, says: #""cors-origin""#),
      Bad(text: #"{"dataDir":"\#(canary)"}"#, says: #""data-dir""#),
      Bad(text: #"{"\#(canary)":1}"#, says: "unknown option"),
      Bad(text: #"{"data-dir":"a","data_dir":"\#(canary)"}"#, says: "twice"),
      Bad(text: #"{"data-dir":["\#(canary)"]}"#, says: #""data-dir""#),
      Bad(text: #"{"data-dir":""}"#, says: #""data-dir""#),
      Bad(text: #"{"port":"\#(canary)"}"#, says: #""port""#), Bad(text: #"{"port":65536}"#, says: #""port""#),
      Bad(text: #"{"port":-1}"#, says: #""port""#), Bad(text: #"{"port":8e3}"#, says: #""port""#),
      Bad(text: #"{"retention-days":0}"#, says: #""retention-days""#),
      Bad(text: #"{"cors-origin":"*"}"#, says: #""cors-origin""#),
      Bad(text: #"{"cors-origin":["https://\#(canary).example/"]}"#, says: #""cors-origin""#),
      Bad(text: #"{"cors-origin":[1]}"#, says: #""cors-origin""#),
      Bad(text: #"{"trusted-proxy":["10.0.0.0/33"]}"#, says: #""trusted-proxy""#),
      Bad(text: #"{"rate-limit":0}"#, says: #""rate-limit""#),
      Bad(text: #"{"log-level":"\#(canary)"}"#, says: #""log-level""#),
      Bad(text: #"{"require-feedback-key":"\#(canary)"}"#, says: #""require-feedback-key""#),
      Bad(text: #"{"api-key-file":"/nowhere/\#(canary)"}"#, says: #""api-key-file""#),
    ])
  func bad(bad: Bad) throws {
    let folder = try TemporaryDirectory()
    let config = try write(bad.text, in: folder)
    let folderFlag = bad.text.contains("data") ? [] : ["--data-dir", folder("data")]
    let outcome = try CerberusBinary.run(["serve", "--config", config] + folderFlag)
    #expect(outcome.exit == .code(78), "\(outcome.error)")
    #expect(outcome.error.contains(bad.says), "\(outcome.error)")
    #expect(!outcome.error.contains(Self.canary), "\(outcome.error)")
    #expect(outcome.output.isEmpty)
  }

  @Test("A variable that is no option is told at the start, without its value, and ends nothing")
  func stranger() throws {
    let environment = [
      "CERBERUS_CORS_ORIGN": Self.canary, "CERBERUS_ENDPOINT": "http://a", "CERBERUS_LOG_LEVEL": "info",
    ]
    let server = try TestServer(environment: environment)
    #expect(try server.stop() == .code(0))
    let told = server.errorText.split(separator: "\n").filter { $0.contains("is no option") }
    #expect(
      told == [
        "cerberus: CERBERUS_CORS_ORIGN in the environment is no option; the nearest known one is CERBERUS_CORS_ORIGIN"
      ])
    #expect(!server.errorText.contains(Self.canary))
  }

  @Test("A file that is not there ends the program with 78")
  func missing() throws {
    #expect(try CerberusBinary.run(["stats", "--config", "/nowhere/config.json"]).exit == .code(78))
  }

  @Test(
    "A bad flag is a mistake of usage",
    arguments: [
      ["--cors-origin", "*"], ["--cors-origin", "null"], ["--cors-origin", "https://app.example/"],
      ["--cors-origin", "https://app.example", "--cors-origin", "*"], ["--trusted-proxy", "localhost"],
      ["--trusted-proxy", "10.0.0.0/33"], ["--rate-limit", "0"], ["--log-level", "loud"], ["--disk-reserve", "-1"],
    ])
  func flags(arguments: [String]) throws {
    #expect(try CerberusBinary.run(["serve"] + arguments).exit == .code(64))
  }

  @Test(
    "A bad value of the environment is a mistake of configuration",
    arguments: [
      ("CERBERUS_CORS_ORIGIN", "*"), ("CERBERUS_TRUSTED_PROXY", "10.0.0.1,x"), ("CERBERUS_RATE_LIMIT", "+5"),
      ("CERBERUS_LOG_LEVEL", "loud"), ("CERBERUS_CONFIG", "/nowhere/config.json"),
      ("CERBERUS_DISK_RESERVE", "9223372036854775807"),
    ])
  func environment(name: String, value: String) throws {
    let outcome = try CerberusBinary.run(["serve"], environment: [name: value])
    #expect(outcome.exit == .code(78), "\(outcome.error)")
  }
}
