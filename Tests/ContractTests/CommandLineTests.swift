import Foundation
import TestKit
import Testing

@Suite("Contract §3 Command line", .serialized)
struct CommandLineTests {
  /// A directory with one good record in it, no server running.
  private func filled() throws -> TestServer.Home {
    let server = try TestServer()
    let client = try server.connect()
    try rate(store(LogBody(), over: client), 5, over: client)
    try server.stop()
    return server.home
  }

  @Test(arguments: [
    "serve", "stats", "progress", "curate", "export", "import", "validate-export", "lineage", "scrub", "erase",
    "opt-out", "opt-in", "user-export", "retain", "verify", "reindex", "backup", "restore", "keys", "health",
  ])
  func `the command is there and says what it does`(_ command: String) throws {
    let outcome = try CerberusBinary.run([command, "--help"])
    #expect(outcome.exit == .code(0))
    #expect(outcome.output.contains("USAGE: cerberus \(command)"))
    #expect(outcome.error.isEmpty)
  }

  @Test(
    arguments: [
      ["nonsense"], ["stats", "--nonsense"], ["export"], ["export", "--output", "-", "--format", "parquet"],
      ["export", "--output", "-", "--split", "dev"], ["export", "--output", "-", "--min-score", "6"],
      ["export", "--output", "-", "--min-score", "-1"], ["export", "--output", "-", "--min-score", "good"],
      ["serve", "--port", "70000"], ["serve", "--port", "many"],
      ["serve", "--retention-days", "0"], ["serve", "--disk-reserve=-1"],
    ])
  func `64 for usage`(_ arguments: [String]) throws {
    let outcome = try CerberusBinary.run(arguments)
    #expect(outcome.exit == .code(64))
    #expect(outcome.output.isEmpty)
    #expect(!outcome.error.isEmpty)
  }

  @Test(arguments: ["stats", "progress", "curate"])
  func `0, with the report as data on stdout`(_ command: String) throws {
    let home = try filled()
    let json = try CerberusBinary.run([command, "--data-dir", home.path, "--json"])
    #expect(json.exit == .code(0), "\(json.error)")
    #expect(json.error.isEmpty)
    #expect(json.output.hasSuffix("}\n"))
    #expect(try StoredLine(String(json.output.dropLast())).root.kind == .object)
    let table = try CerberusBinary.run([command, "--data-dir", home.path])
    #expect(table.exit == .code(0))
    #expect(!table.output.isEmpty && !table.output.hasPrefix("{"))
  }

  @Test func `the progress bar and colours are for terminals only`() throws {
    let home = try filled()
    for command in ["curate", "stats", "progress"] {
      let outcome = try CerberusBinary.run([command, "--data-dir", home.path])
      for bytes in [outcome.output, outcome.error] { #expect(!bytes.contains("\r") && !bytes.contains("\u{1b}")) }
    }
  }

  @Test func `1 where there is no dataset to export`() throws {
    let home = try filled()
    let outcome = try CerberusBinary.run(["export", "--data-dir", home.path, "--output", "-"])
    #expect(outcome.exit == .code(1))
    #expect(outcome.output.isEmpty)
    #expect(outcome.error.contains("curate"))
  }

  @Test func `74 where the output cannot be written`() throws {
    let home = try filled()
    #expect(try CerberusBinary.run(["curate", "--data-dir", home.path]).exit == .code(0))
    let file = home.path + "/no/such/folder/out.jsonl"
    #expect(try CerberusBinary.run(["export", "--data-dir", home.path, "--output", file]).exit == .code(74))
  }

  @Test(arguments: [["stats", "--json"], ["export", "--output", "-"], ["scrub"], ["scrub", "--jsonl"]])
  func `74 where the reader of stdout has gone`(_ arguments: [String]) throws {
    let home = try filled()
    #expect(try CerberusBinary.run(["curate", "--data-dir", home.path]).exit == .code(0))
    let place = arguments[0] == "scrub" ? [] : ["--data-dir", home.path]
    let process = try CerberusBinary.start(arguments + place)
    process.closeOutput()
    try process.write("{\"text\":\"a\"}\n")
    process.closeInput()
    #expect(try process.wait() == .code(74))
  }

  @Test func `75 where another process holds the data directory`() throws {
    let server = try TestServer()
    let outcome = try CerberusBinary.run(["serve", "--data-dir", server.home.path, "--port", "0"])
    #expect(outcome.exit == .code(75))
    #expect(outcome.output.isEmpty)
    #expect(try server.connect().get("/livez").status == 200)
  }

  @Test(arguments: ["0.0.0.0", "192.0.2.1", "::", "example.com"])
  func `78 where it would be open to others`(_ host: String) throws {
    let home = try TestServer.Home()
    let outcome = try CerberusBinary.run(["serve", "--data-dir", home.path, "--host", host, "--port", "0"])
    #expect(outcome.exit == .code(78))
    #expect(outcome.error.contains("loopback"))
  }

  @Test(
    arguments: [
      ("CERBERUS_PORT", "many"), ("CERBERUS_PORT", "70000"), ("CERBERUS_RETENTION_DAYS", "0"),
      ("CERBERUS_DISK_RESERVE", "-1"),
    ])
  func `78 for a bad value in the environment`(_ name: String, _ value: String) throws {
    let home = try TestServer.Home()
    let outcome = try CerberusBinary.run(["serve", "--data-dir", home.path], environment: [name: value])
    #expect(outcome.exit == .code(78))
    #expect(outcome.error.contains(name))
  }

  @Test func `78 for a port that is taken`() throws {
    let server = try TestServer()
    let home = try TestServer.Home()
    let outcome = try CerberusBinary.run(["serve", "--data-dir", home.path, "--port", "\(server.port)"])
    #expect(outcome.exit == .code(78))
  }

  /// An option of `cerberus serve` and the value of the contract; limits have a test of their own.
  @Test(arguments: [
    ("data-dir", "data"), ("host", "127.0.0.1"), ("port", "8080"), ("retention-days", "90"),
    ("disk-reserve", "67108864"),
  ])
  func `defaults are those of the contract`(_ name: String, _ value: String) throws {
    let words = try CerberusBinary.run(["serve", "--help"]).output.split { $0.isWhitespace }.joined(separator: " ")
    let option = try #require(words.components(separatedBy: " --\(name) <").dropFirst().first)
    #expect(option.firstMatch(of: /\(default: ([^)]*)\)/).map { String($0.1) } == value, "\(option.prefix(200))")
  }

  @Test func `the data directory is data where nothing else is said`() throws {
    let folder = try TemporaryDirectory()
    let process = try ChildProcess(
      "/bin/sh", ["-c", "cd '\(folder.path)' && exec '\(try CerberusBinary.path())' serve --port 0"])
    let greeting = try #require(try process.nextErrorLine())
    #expect(greeting.contains("http://127.0.0.1:") && greeting.hasSuffix(", data in data"), "\(greeting)")
    process.send(SIGTERM)
    #expect(try process.wait() == .code(0))
    #expect(FileManager.default.fileExists(atPath: folder("data/state/pepper")))
  }

  @Test func `the environment goes before the config file, that before defaults`() throws {
    let home = try filled()
    let folder = try TemporaryDirectory()
    let config = folder("config.json")
    try Data("{\"data-dir\":\(jsonText(home.path))}".utf8).write(to: URL(fileURLWithPath: config))
    let byFile = try CerberusBinary.run(["stats", "--json", "--config", config])
    #expect(try StoredLine(String(byFile.output.dropLast()))["conversations"]?.integer == 1, "\(byFile.error)")
    let other = ["CERBERUS_DATA_DIR": folder("none")]
    #expect(try CerberusBinary.run(["stats", "--config", config], environment: other).exit == .code(78))
  }

  @Test func `flags go before the environment, that before defaults`() throws {
    let home = try filled()
    let other = try TestServer.Home()
    let arguments = ["stats", "--json"]
    let byEnvironment = try CerberusBinary.run(arguments, environment: ["CERBERUS_DATA_DIR": home.path])
    #expect(try StoredLine(String(byEnvironment.output.dropLast()))["conversations"]?.integer == 1)
    let byFlag = try CerberusBinary.run(
      arguments + ["--data-dir", home.path], environment: ["CERBERUS_DATA_DIR": other.path + "/none"])
    #expect(byFlag.output == byEnvironment.output)
    let server = try TestServer(environment: ["CERBERUS_PORT": "1", "CERBERUS_DATA_DIR": other.path])
    #expect(try server.connect().get("/livez").status == 200)
  }

  @Test(arguments: ["stats", "progress"])
  func `reading commands give beside a running server what it gives over HTTP`(_ command: String) throws {
    let server = try TestServer()
    let client = try server.connect()
    try rate(store(LogBody(), over: client), 5, over: client)
    let outcome = try CerberusBinary.run([command, "--data-dir", server.home.path, "--json"])
    #expect(outcome.exit == .code(0), "\(outcome.error)")
    #expect(outcome.output == (try client.get("/v1/" + command).text) + "\n")
  }

  @Test func `writing commands go through the control socket of the server, or take the lock`() throws {
    let server = try TestServer()
    let client = try server.connect()
    try rate(store(LogBody(), over: client), 5, over: client)
    let beside = try CerberusBinary.run(["curate", "--data-dir", server.home.path, "--json"])
    #expect(beside.exit == .code(0), "\(beside.error)")
    #expect(server.home.lines("curated/training_data.jsonl").count == 1)
    // A socket left behind by a server that was killed is no server.
    try server.kill()
    #expect(server.home.mode("state/control.sock") != nil)
    let alone = try CerberusBinary.run(["curate", "--data-dir", server.home.path, "--json"])
    #expect(alone.exit == .code(0), "\(alone.error)")
    let versions = try [beside, alone].map { try StoredLine(String($0.output.dropLast())).text("version") }
    #expect(versions[0] == versions[1])
  }
}
