import Foundation
import TestKit
import Testing

@Suite("Contract §3 Command line: reports, terminals, users, exit codes", .serialized)
struct CommandsTests {
  private static let key = ["CERBERUS_API_KEY": "a-key-for-everything-0123456789"]

  private static let template = Result { try fill() }

  /// Two records, one of them rated low, in a dataset; no server running.
  private func filled() throws -> TestServer.Home { try TestServer.Home(copying: Self.template.get()) }

  private static func fill() throws -> TestServer.Home {
    let server = try TestServer()
    let client = try server.connect()
    for number in 0..<2 {
      let id = try store(LogBody(user: "u\(number)", answer: LogBody.answer(about: number)), over: client)
      if number == 1 { try rate(id, 2, over: client) }
    }
    #expect(try client.post("/v1/curate", "").status == 200)
    #expect(try server.stop() == .code(0))
    return server.home
  }

  private func run(
    _ words: String, _ home: TestServer.Home, _ more: String..., input: String = ""
  ) throws -> CerberusBinary.Outcome {
    let arguments = words.split(separator: " ").map { String($0.replacing("HOME", with: home.path)) }
    return try CerberusBinary.run(arguments + more + ["--data-dir", home.path], input: input)
  }

  /// HOME stands for the data directory.
  static let reports = [
    "stats", "progress", "curate", "export --output HOME/out.jsonl", "import HOME/import.jsonl", "erase --user-id u0",
    "opt-out --user-id u0", "opt-in --user-id u0", "retain", "verify", "reindex", "backup --output HOME/a.tar",
    "keys create --name a --scope read", "keys list",
  ]

  @Test(arguments: reports)
  func `json on every report`(_ words: String) throws {
    let home = try filled()
    let lines = LogBody(user: "old").text + "\n"
    try Data(lines.utf8).write(to: URL(fileURLWithPath: home.path + "/import.jsonl"))
    let outcome = try run(words, home, "--json")
    #expect(outcome.exit == .code(0), "\(outcome.error)")
    #expect(outcome.output.hasSuffix("}\n"))
    #expect(try StoredLine(String(outcome.output.dropLast())).root.kind == .object)
  }

  @Test func `and on those of other files, and of a server`() throws {
    let server = try TestServer(filled())
    let home = server.home
    let ready = try run("health", home, "--json")
    #expect(ready.output == "{\"ready\":true}\n")
    #expect(try run("export --output HOME/out.jsonl", home).exit == .code(0))
    let validated = try CerberusBinary.run(["validate-export", home.path + "/out.jsonl", "--json"])
    #expect(try StoredLine(String(validated.output.dropLast()))["rows"]?.integer == 1)
    let version = try #require(try server.connect().get("/v1/stats").json().at("curated", "version")?.string)
    let lineage = try run("lineage \(version)", home, "--json")
    #expect(try StoredLine(String(lineage.output.dropLast())).root.kind == .object)
    #expect(try run("backup --output HOME/a.tar", home).exit == .code(0))
    let other = try TestServer.Home()
    let restored = try CerberusBinary.run([
      "restore", home.path + "/a.tar", "--data-dir", other.path + "/data", "--pepper-file", home.path + "/state/pepper",
      "--accept-lost-erasures", "--json",
    ])
    #expect(try StoredLine(String(restored.output.dropLast())).root.kind == .object, "\(restored.error)")
  }

  @Test func `a progress bar only on a terminal, and colours there but not under NO_COLOR`() throws {
    let home = try filled()
    for words in ["curate", "verify"] {
      let shown = try Terminal.run([words, "--data-dir", home.path]).shown
      #expect(shown.contains("\(words) [##############################] 100 %"), "\(shown)")
      let piped = try run(words, home)
      #expect(!(piped.output + piped.error).contains("[#"), "\(piped.error)")
    }
    let colored = try Terminal.run(["stats", "--data-dir", home.path]).shown
    #expect(colored.contains("\u{1b}["))
    let plain = try Terminal.run(["stats", "--data-dir", home.path], environment: ["NO_COLOR": "1"]).shown
    #expect(!plain.contains("\u{1b}["))
  }

  @Test func `reading commands work beside a running server`() throws {
    let server = try TestServer(filled(), environment: Self.key)
    for words in [
      "stats", "progress", "export --output -", "user-export --user-id u0", "verify", "backup --output HOME/b.tar",
      "keys list", "health",
    ] {
      let outcome = try run(words, server.home)
      #expect(outcome.exit == .code(0), "\(words): \(outcome.error)")
    }
    #expect(try server.stop() == .code(0))
  }

  @Test func `writing commands go through the control socket, 0600, without a key`() throws {
    let server = try TestServer(filled(), environment: Self.key)
    #expect(server.home.mode("state/control.sock") == 0o600)
    #expect(try server.connect().post("/v1/curate", "").status == 401)
    for words in ["curate", "opt-out --user-id u0", "opt-in --user-id u0", "erase --user-id u0", "retain"] {
      let outcome = try run(words, server.home)
      #expect(outcome.exit == .code(0), "\(words): \(outcome.error)")
    }
    #expect(server.home.conversations.count == 1)
    let stats = try run("stats", server.home, "--json")
    #expect(try StoredLine(String(stats.output.dropLast()))["erased_records"]?.integer == 1)
    // What needs the directory for itself says so.
    #expect(try run("reindex", server.home).exit == .code(75))
    #expect(try server.stop() == .code(0))
  }

  @Test func `a user id of - is read from stdin`() throws {
    let home = try filled()
    for words in ["opt-out", "opt-in", "user-export", "erase"] {
      let outcome = try run(words, home, "--user-id", "-", input: "u0\n")
      #expect(outcome.exit == .code(0), "\(words): \(outcome.error)")
      if words == "user-export" { #expect(outcome.output.contains(LogBody.answer(about: 0))) }
    }
    #expect(home.conversations.count == 1, "that of u0 is erased")
  }

  @Test func `65 for bad data`() throws {
    let home = try filled()
    let file = try #require(home.days.first.map { home.path + "/training_logs/" + $0 })
    let content = try String(contentsOfFile: file, encoding: .utf8)
    try Data(content.replacing("user_message", with: "user_massage").utf8).write(to: URL(fileURLWithPath: file))
    let damaged = try run("verify", home)
    #expect(damaged.exit == .code(65))
    #expect(damaged.output.contains(home.days[0]), "\(damaged.output)")
    try Data("no json\n".utf8).write(to: URL(fileURLWithPath: home.path + "/bad"))
    #expect(try run("import HOME/bad", home).exit == .code(65))
    #expect(try CerberusBinary.run(["validate-export", home.path + "/bad"]).exit == .code(65))
    #expect(try CerberusBinary.run(["scrub", "--jsonl"], input: "no json\n").exit == .code(65))
  }

  @Test(arguments: ["health", "watch"])
  func `69 where no server can be reached`(_ words: String) throws {
    let home = try filled()
    let outcome = try run(words, home)
    #expect(outcome.exit == .code(69))
    #expect(outcome.error.contains("no server"))
    #expect(outcome.output.isEmpty)
  }

  @Test func `1 for what failed`() throws {
    let full = try TestServer(arguments: ["--disk-reserve", "\(1 << 62)"])
    #expect(try run("health", full.home).exit == .code(1))
    #expect(try run("lineage 01926f3a-7c1e-7d42-9c55-0b9d5e0f6a11", filled()).exit == .code(1))
  }
}
