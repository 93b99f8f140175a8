import Foundation
import TestKit
import Testing

@Suite("End to end: the terminal", .serialized)
struct TerminalTests {
  private static let escape = "\u{1b}"

  /// Three conversations, two of them rated, in a directory without a server.
  private func filled() throws -> TestServer.Home {
    let server = try TestServer()
    let client = try server.connect()
    for (number, score) in [5, 2, nil].enumerated() {
      var body = LogBody(user: "user-\(number)", answer: LogBody.answer(about: number))
      body = body.with("language", number == 0 ? "\"swift\"" : "\"python\"")
      let answer = try client.post("/v1/log", body.text)
      let id = try #require(try answer.json()["example_id"]?.string)
      guard let score else { continue }
      #expect(try client.post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":\(score)}").status == 200)
    }
    try server.stop()
    return server.home
  }

  @Test func `statistics are tables with bars`() throws {
    let home = try filled()
    let shown = try CerberusBinary.run(["stats", "--data-dir", home.path]).output
    for line in [
      "Held now", "  conversations          3", "  high quality           2  66.7 %  ████████████████░░░░░░░░",
      "  mean score          3.50", "  5 ★  1  ████████████████████████", "  4 ★  0", "Left out",
      "  low_score  1  ████",
      "Languages", "  python              2      1        2.00  ████████████████████████",
      "  swift               1      1        5.00  ████████████", "  not made yet: run `cerberus curate`",
    ] { #expect(shown.contains(line), "\(line) is not in\n\(shown)") }
    #expect(!shown.contains(Self.escape) && !shown.split(separator: "\n").contains { $0.hasSuffix(" ") })
    let plain = try CerberusBinary.run(["stats", "--data-dir", home.path], environment: ["LC_ALL": "C"]).output
    #expect(plain.contains("  high quality           2  66.7 %  ################--------"))
    #expect(plain.unicodeScalars.allSatisfy { $0.isASCII })
  }

  @Test func `a run of the curator tells what it made, what it left out, and what comes next`() throws {
    let home = try filled()
    let arguments = ["curate", "--data-dir", home.path]
    let dry = try CerberusBinary.run(arguments + ["--dry-run"]).output
    #expect(
      dry.hasPrefix("Dataset as it would be\n  2 examples, ") && dry.hasSuffix("\nNothing was written.\n"), "\(dry)")
    let shown = try CerberusBinary.run(arguments).output
    for line in [
      "Dataset\n  2 examples, ", "; 1 negative\n  version ", "\nLeft out\n  low_score  1  ████",
      "\nLanguages\n", "  swift   1  ████", "\nNext: `cerberus export --output training_v1.jsonl`;",
    ] { #expect(shown.contains(line), "\(line) is not in\n\(shown)") }
    #expect(!shown.contains("sha256") && shown.split(separator: "\n").count < 12, "\(shown)")
    let newcomer = try TestServer()
    let empty = try CerberusBinary.run(["curate", "--data-dir", newcomer.home.path]).output
    #expect(
      empty.contains("  0 examples, 0 to train and 0 held out\n") && empty.hasSuffix("run it again.\n"), "\(empty)")
  }

  @Test func `an empty directory says what comes next`() throws {
    let server = try TestServer()
    let shown = try CerberusBinary.run(["stats", "--data-dir", server.home.path]).output
    #expect(shown.hasPrefix("No conversations yet. Start `cerberus serve`"))
  }

  @Test func `progress is a bar, the milestones and the outlook`() throws {
    let home = try filled()
    let shown = try CerberusBinary.run(["progress", "--data-dir", home.path]).output
    let lines = shown.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "2 of 50,000 high-quality examples, 0.0 %")
    #expect(lines.dropFirst().first.map(String.init) == "█" + String(repeating: "░", count: 49))
    for name in ["infrastructure", "initial dataset", "first experiment", "model v1", "production"] {
      #expect(lines.contains { $0.hasPrefix("  \(name) ") && $0.contains("expected 2") }, "\(name) in\n\(shown)")
    }
    #expect(shown.contains("  pace          0.29 a day, mean of 7 days"))
  }

  @Test func `colours are for terminals, and not where NO_COLOR asks for none`() throws {
    let home = try filled()
    let arguments = ["stats", "--data-dir", home.path]
    let colored = try Terminal.run(arguments)
    #expect(colored.exit == .code(0) && colored.shown.contains("\(Self.escape)[1mHeld now\(Self.escape)[0m"))
    for environment in [["NO_COLOR": "1"], ["TERM": "dumb"]] {
      let plain = try Terminal.run(arguments, environment: environment).shown
      #expect(!plain.contains(Self.escape))
      #expect(plain == (try CerberusBinary.run(arguments).output))
    }
  }

  @Test func `long work has a bar on a terminal, and nowhere else`() throws {
    let home = try filled()
    let place = ["--data-dir", home.path]
    let works: [(name: String, arguments: [String])] = [
      ("curate", ["curate"]), ("export", ["export", "--output", home.path + "/out.jsonl"]), ("verify", ["verify"]),
      ("reindex", ["reindex"]), ("backup", ["backup", "--output", home.path + "/backup.tar"]),
    ]
    for (name, arguments) in works {
      let shown = try Terminal.run(arguments + place)
      #expect(shown.exit == .code(0), "\(shown)")
      #expect(shown.shown.contains("\(name) [##############################] 100 %"), "\(shown)")
      let piped = try CerberusBinary.run(arguments + place)
      #expect(piped.exit == .code(0), "\(name): \(piped.error)")
      #expect(!piped.error.contains("\r") && !piped.error.contains("["), "\(piped.error)")
    }
  }

  @Test func `the curator of a running server has a bar too, while it is at work`() throws {
    let server = try TestServer()
    let client = try server.connect()
    for batch in 0..<4 {
      let lines = (0..<1_000).map { LogBody(user: "u\($0)", answer: LogBody.answer(about: 1_000 * batch + $0)).text }
      let answer = try client.post("/v1/log", Array(lines.joined(separator: "\n").utf8), type: "application/x-ndjson")
      #expect(answer.status == 200)
    }
    let run = try Terminal.run(["curate", "--data-dir", server.home.path])
    #expect(run.exit == .code(0), "\(run.shown)")
    #expect(run.shown.contains(/curate \[#*-+\] \d+ %/), "\(run.shown)")
    #expect(run.shown.contains("curate [##############################] 100 %"), "\(run.shown)")
    let piped = try CerberusBinary.run(["curate", "--data-dir", server.home.path])
    #expect(piped.exit == .code(0) && piped.error.isEmpty, "\(piped.error)")
  }

  @Test func `watch looks as often as it is told`() throws {
    let server = try TestServer()
    #expect(try server.connect().post("/v1/log", LogBody().text).status == 201)
    let arguments = ["watch", "--data-dir", server.home.path, "--interval", "0.1", "--count", "3"]
    let lines = try CerberusBinary.run(arguments)
    #expect(lines.exit == .code(0) && lines.error.isEmpty)
    #expect(lines.output.split(separator: "\n").count == 3)
    for line in lines.output.split(separator: "\n") {
      #expect(line.contains("  1 conversations, 0 rated, 1 high quality, 0.0 % of the goal, 0.00 conversations/s"))
    }
    let objects = try CerberusBinary.run(arguments + ["--json"]).output.split(separator: "\n")
    #expect(objects.count == 3)
    for object in objects {
      let parsed = try #require(
        JSONSerialization.jsonObject(with: Data(object.utf8)) as? [String: [String: Any]])
      #expect(parsed["stats"]?["conversations"] as? Int == 1 && parsed["progress"]?["goal"] as? Int == 50_000)
    }
    let drawn = try Terminal.run(arguments).shown
    #expect(drawn.components(separatedBy: "\(Self.escape)[H").count == 4)
    #expect(drawn.contains("1 of 50,000 high-quality examples"))
  }

  @Test func `whoever asks a server that is not there is told what to do`() throws {
    let home = try filled()
    for command in ["watch", "health"] {
      let outcome = try CerberusBinary.run([command, "--data-dir", home.path])
      #expect(outcome.exit == .code(69))
      #expect(outcome.error.contains("no server runs on this data directory; start `cerberus serve`"))
    }
  }

  @Test func `health tells a server that can store from one that cannot`() throws {
    let server = try TestServer()
    let ready = try CerberusBinary.run(["health", "--data-dir", server.home.path])
    #expect(ready.exit == .code(0) && ready.output == "ready\n")
    let object = try CerberusBinary.run(["health", "--data-dir", server.home.path, "--json"]).output
    #expect(object == "{\"ready\":true}\n")
    // No disk has so much.
    let full = try TestServer(arguments: ["--disk-reserve", "\(1 << 62)"])
    let outcome = try CerberusBinary.run(["health", "--data-dir", full.home.path])
    #expect(outcome.exit == .code(1) && outcome.error.contains("Not ready: "), "\(outcome)")
    let reason = try CerberusBinary.run(["health", "--data-dir", full.home.path, "--json"])
    #expect(
      reason.exit == .code(1) && reason.output.hasPrefix("{\"ready\":false,\"reason\":\"Not ready: "), "\(reason)")
  }

  @Test func `a port that is taken is named, with what to do`() throws {
    let server = try TestServer()
    let home = try TestServer.Home()
    let outcome = try CerberusBinary.run(["serve", "--data-dir", home.path + "/data", "--port", "\(server.port)"])
    #expect(outcome.exit == .code(78), "\(outcome)")
    #expect(
      outcome.error.contains("port \(server.port): ") && outcome.error.contains("take another --port"), "\(outcome)")
  }

  @Test func `every report is one JSON object with --json`() throws {
    let home = try filled()
    let next = try TestServer.Home()
    let (place, export, archive) = ("--data-dir=" + home.path, home.path + "/out.jsonl", home.path + "/backup.tar")
    let old = home.path + "/old.jsonl"
    try Data((LogBody(user: "old").text + "\n").utf8).write(to: URL(filePath: old))
    func report(_ arguments: String...) throws -> [String: Any] {
      let outcome = try CerberusBinary.run(arguments + ["--json"])
      #expect(outcome.exit == .code(0), "\(arguments): \(outcome.error)")
      let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
      return try #require(object, "\(arguments)")
    }
    #expect(try report("stats", place)["conversations"] as? Int == 3)
    #expect(try report("progress", place)["high_quality"] as? Int == 2)
    let version = try #require(try report("curate", place)["version"] as? String)
    #expect(try report("export", "--output", export, "--split=all", place)["rows"] as? Int == 2)
    #expect(try report("validate-export", export)["rows"] as? Int == 2)
    #expect(try report("lineage", version, place).isEmpty == false)
    #expect(try report("opt-out", "--user-id=user-1", place)["status"] as? String == "opted_out")
    #expect(try report("opt-in", "--user-id=user-1", place)["status"] as? String == "opted_in")
    #expect(try report("erase", "--user-id=user-1", place)["records"] as? Int == 1)
    #expect(try report("import", old, place)["imported"] as? Int == 1)
    #expect(try report("retain", place).isEmpty == false)
    #expect(try report("verify", place).isEmpty == false)
    #expect(try report("reindex", place).isEmpty == false)
    #expect(try report("backup", "--output", archive, place).isEmpty == false)
    let state = home.path + "/state"
    let restored = try report(
      "restore", archive, "--data-dir=" + next.path + "/data", "--pepper-file", state + "/pepper", "--ledgers", state)
    #expect(restored.isEmpty == false)
    let key = try #require(try report("keys", "create", "--name=a", "--scope=read", place)["id"] as? String)
    #expect((try report("keys", "list", place)["keys"] as? [Any])?.count == 1)
    #expect(try report("keys", "revoke", key, place)["revoked"] as? String == key)
  }

  @Test func `keys are a table with a head`() throws {
    let home = try TestServer.Home()
    let place = ["--data-dir", home.path + "/data"]
    let none = try CerberusBinary.run(["keys", "list"] + place)
    #expect(none.exit == .code(78) && none.error.contains("start `cerberus serve` or name --data-dir"), "\(none)")
    for (name, more) in [("backend", ["--scope", "log", "--scope", "read"]), ("report", ["--scope", "read"])] {
      #expect(try CerberusBinary.run(["keys", "create", "--name", name] + more + place).exit == .code(0))
    }
    let lines = try CerberusBinary.run(["keys", "list"] + place).output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].split(separator: " ") == ["ID", "MADE", "EXPIRES", "SCOPES", "NAME"])
    #expect(lines[1].hasSuffix("  never    log,read  backend") && lines[2].hasSuffix("  never    read      report"))
    let unknown = try CerberusBinary.run(["keys", "revoke", "000000000000"] + place)
    #expect(unknown.exit == .code(1) && unknown.error.contains("`cerberus keys list` shows them"), "\(unknown)")
  }

  @Test func `each command that a hint gives is whole`() throws {
    let server = try TestServer()
    let home = try TestServer.Home()
    let open = ["serve", "--data-dir", home.path + "/data", "--port", "0", "--host", "0.0.0.0"]
    let hints = [
      try CerberusBinary.run(["keys", "list", "--data-dir", server.home.path]).error,
      try CerberusBinary.run(open).error, try server.connect().get("/dashboard").text,
    ]
    for hint in hints {
      let command = try #require(hint.firstMatch(of: /cerberus (keys create[^`<]*)[`<]/)?.1, "\(hint.prefix(300))")
      let words = command.split(separator: " ").map(String.init)
      let outcome = try CerberusBinary.run(words + ["--data-dir", server.home.path])
      #expect(outcome.exit == .code(0), "\(command): \(outcome.error)")
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `shells can complete all commands`(_ shell: String) throws {
    let outcome = try CerberusBinary.run(["--generate-completion-script", shell])
    #expect(outcome.exit == .code(0))
    for word in ["serve", "stats", "watch", "validate-export", "data-dir", "min-score"] {
      #expect(outcome.output.contains(word), "\(word)")
    }
    guard shell == "bash" else { return }
    let bash = try ChildProcess("/bin/bash", ["-n"])
    try bash.write(outcome.output)
    bash.closeInput()
    #expect(try bash.wait() == .code(0), "\(bash.error)")
  }

  @Test func `a mistyped command or option names the nearest`() throws {
    for (word, nearest) in [("statz", "stats"), ("reindx", "reindex"), ("optout", "opt-out")] {
      let outcome = try CerberusBinary.run([word])
      #expect(outcome.exit == .code(64) && outcome.error.contains("did you mean `cerberus \(nearest)`?"), "\(outcome)")
    }
    #expect(try CerberusBinary.run(["help", "stats"]).exit == .code(0))
    for (arguments, advice) in [(["stats", "--jsn"], "--json"), (["stats", "--data-dri", "x"], "--data-dir")] {
      let outcome = try CerberusBinary.run(arguments)
      #expect(outcome.exit == .code(64) && outcome.error.contains("Did you mean '\(advice)'?"), "\(outcome.error)")
    }
  }
}
