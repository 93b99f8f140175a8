import Foundation
import Privacy
import Records
import TestKit
import Testing

@Suite("Contract §3 cerberus export", .serialized)
struct ExportTests {
  private static let template = Result { try curate() }

  /// Conversations of users on both sides of the split where chance wills it, one with a history.
  private func curated() throws -> TestServer.Home { try TestServer.Home(copying: Self.template.get()) }

  private static func curate() throws -> TestServer.Home {
    let server = try TestServer()
    let client = try server.connect()
    for number in 0..<40 {
      let body = LogBody(
        user: "user-\(number)", question: "Question number \(number) about lists?",
        answer: "Answer number \(number): take the slice that you need and leave the rest as it was.")
      let history =
        #"[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"},"#
        + #"{"role":"assistant","content":"Hi"}]"#
      _ = try store(number == 3 ? body.with("history", history) : body, over: client)
    }
    #expect(try client.post("/v1/curate", "").status == 200)
    try server.stop()
    return server.home
  }

  private func export(_ home: TestServer.Home, _ arguments: String...) throws -> [StoredLine] {
    let outcome = try CerberusBinary.run(["export", "--data-dir", home.path, "--output", "-"] + arguments)
    #expect(outcome.exit == .code(0), "\(outcome.error)")
    #expect(outcome.output.hasSuffix("\n"))
    return try outcome.output.split(separator: "\n").map { try StoredLine(String($0)) }
  }

  @Test func `messages are the rows as they are`() throws {
    let home = try curated()
    let rows = home.lines("curated/training_data.jsonl")
    #expect(rows.count == 40)
    #expect(try export(home).map(\.text) == rows)
    #expect(try export(home, "--format", "messages", "--split", "all").map(\.text) == rows)
  }

  @Test func `each side of the split is what its rows say`() throws {
    let home = try curated()
    let rows = try home.lines("curated/training_data.jsonl").map(StoredLine.init)
    for side in ["train", "test"] {
      let expected = rows.filter { $0.text("split") == side }.map(\.text)
      let outcome = try CerberusBinary.run(
        ["export", "--data-dir", home.path, "--output", "-", "--split", side])
      #expect(outcome.output.split(separator: "\n").map(String.init) == expected)
    }
  }

  @Test(
    arguments: [
      ("openai", ["messages"]), ("prompt-completion", ["prompt", "completion"]), ("sharegpt", ["conversations"]),
      ("alpaca", ["instruction", "input", "output", "system"]),
    ])
  func `every format has its keys on every row`(_ format: String, _ keys: [String]) throws {
    let home = try curated()
    let rows = try export(home, "--format", format)
    #expect(rows.count == 40)
    for row in rows { #expect(row.keys == keys) }
    for number in 0..<40 {
      #expect(rows.contains { $0.text.contains("Answer number \(number): ") }, "\(number)")
    }
  }

  @Test func `kto has wanted and unwanted answers, dpo pairs of them`() throws {
    let server = try TestServer()
    let client = try server.connect()
    for number in 0..<12 {
      let id = try store(
        LogBody(
          user: "u\(number)", question: "Question \(number / 2)?", answer: LogBody.answer(about: number)), over: client)
      try rate(id, number.isMultiple(of: 2) ? 5 : 1, over: client)
    }
    #expect(try client.post("/v1/curate", "").status == 200)
    let kto = try export(server.home, "--format", "kto", "--split", "all")
    #expect(!kto.isEmpty && kto.allSatisfy { $0.keys == ["prompt", "completion", "label"] })
    for label in [true, false] { #expect(kto.contains { $0["label"]?.value == .bool(label) }) }
    let dpo = try export(server.home, "--format", "dpo", "--split", "all")
    #expect(!dpo.isEmpty && dpo.allSatisfy { $0.keys == ["prompt", "chosen", "rejected"] })
    for row in dpo {
      func about(_ name: String) throws -> Int {
        let text = try #require(row[name]?.items.last?.at("content")?.string)
        return try #require(text.firstMatch(of: /About (\d+):/).flatMap { Int($0.1) })
      }
      #expect(try about("chosen").isMultiple(of: 2) && about("rejected") == about("chosen") + 1, "\(row.text)")
    }
  }

  @Test func `the output is a file, compressed where it ends in gz`() throws {
    let home = try curated()
    let rows = home.bytes("curated/training_data.jsonl")
    for name in ["out.jsonl", "out.jsonl.gz"] {
      let outcome = try CerberusBinary.run(
        ["export", "--data-dir", home.path, "--output", home.path + "/" + name, "--json"])
      #expect(outcome.exit == .code(0), "\(outcome.error)")
      #expect(try StoredLine(String(outcome.output.dropLast()))["rows"]?.integer == 40)
    }
    #expect(home.bytes("out.jsonl") == rows)
    let unpacked = try ChildProcess("/usr/bin/env", ["gzip", "-dc", home.path + "/out.jsonl.gz"])
    #expect(try unpacked.wait() == .code(0))
    #expect(Array(unpacked.output.utf8) == rows)
  }

  @Test func `an output that is no file stays what it is, and a link is followed`() throws {
    let home = try curated()
    let rows = home.bytes("curated/training_data.jsonl")
    let script = "cd \"$0\" && mkdir away && mkfifo pipe && ln -s away/real.jsonl link && : > away/real.jsonl"
    let setUp = try ChildProcess("/bin/sh", ["-c", script, home.path])
    #expect(try setUp.wait() == .code(0))
    for command in ["export", "backup"] {
      let outcome = try CerberusBinary.run([command, "--data-dir", home.path, "--output", home.path + "/pipe"])
      #expect(outcome.exit == .code(64))
      #expect(outcome.error.contains("--output"))
      #expect(try ChildProcess("/bin/sh", ["-c", "test -p \"$0\"", home.path + "/pipe"]).wait() == .code(0))
    }
    #expect(home.bytes("pipe.manifest.json") == nil)
    let outcome = try CerberusBinary.run(["export", "--data-dir", home.path, "--output", home.path + "/link"])
    #expect(outcome.exit == .code(0), "\(outcome.error)")
    #expect(home.bytes("away/real.jsonl") == rows)
    #expect(try ChildProcess("/bin/sh", ["-c", "test -L \"$0\"", home.path + "/link"]).wait() == .code(0))
  }

  @Test func `data goes to stdout, the rest to stderr`() throws {
    let home = try curated()
    let outcome = try CerberusBinary.run(["export", "--data-dir", home.path, "--output", "-", "--json"])
    #expect(Array(outcome.output.utf8) == home.bytes("curated/training_data.jsonl"))
    #expect(outcome.error.contains("\"rows\":40"))
  }

  @Test func `beside the file lie its manifest, and dataset_info json with an entry for each file`() throws {
    let home = try curated()
    for (name, format) in [("a.jsonl", "messages"), ("b.jsonl", "alpaca"), ("a.jsonl", "openai")] {
      let arguments = ["export", "--data-dir", home.path, "--output", home.path + "/" + name, "--format", format]
      #expect(try CerberusBinary.run(arguments).exit == .code(0))
    }
    let info = try JSONDocument(parsing: #require(home.bytes("dataset_info.json"))).root
    #expect(info.members.map { $0.key.string } == ["b", "a"])
    #expect(info["b"]?["formatting"]?.string == "alpaca")
    #expect(info["a"]?["file_name"]?.string == "a.jsonl")
    let manifest = try JSONDocument(parsing: #require(home.bytes("a.jsonl.manifest.json"))).root
    #expect(manifest["format"]?.string == "openai")
    #expect(manifest["rows"]?.integer == 40)
    #expect(try manifest["sha256"]?.string == SHA256.hash(#require(home.bytes("a.jsonl"))).hex)
    let curated = try JSONDocument(parsing: #require(home.bytes("curated/manifest.json"))).root
    #expect(manifest["dataset_version"]?.string == curated["version"]?.string)
  }

  @Test func `a dataset_info json that is none is left alone, and nothing is written`() throws {
    let home = try curated()
    try Data("mine".utf8).write(to: URL(fileURLWithPath: home.path + "/dataset_info.json"))
    let outcome = try CerberusBinary.run(["export", "--data-dir", home.path, "--output", home.path + "/a.jsonl"])
    #expect(outcome.exit == .code(65))
    #expect(home.bytes("dataset_info.json") == Array("mine".utf8))
    #expect(home.bytes("a.jsonl") == nil)
  }

  @Test(arguments: [
    "curated/training_data.jsonl", "curated/x.jsonl.gz", "state/erasures.jsonl", "training_logs/x.jsonl",
  ])
  func `the folders that the service keeps itself take no copy, 64`(_ name: String) throws {
    let home = try curated()
    let before = home.bytes(name)
    for command in ["export", "backup"] {
      let outcome = try CerberusBinary.run([command, "--data-dir", home.path, "--output", home.path + "/./" + name])
      #expect(outcome.exit == .code(64))
      #expect(outcome.error.contains("--output must not be in training_logs, curated or state"))
      #expect(home.bytes(name) == before)
    }
  }

  @Test func `an export without a row fails and leaves no file`() throws {
    let home = try curated()
    for arguments in [["--format", "kto"], ["--format", "dpo"], ["--language", "cobol"]] {
      let outcome = try CerberusBinary.run(
        ["export", "--data-dir", home.path, "--output", home.path + "/none.jsonl"] + arguments)
      #expect(outcome.exit == .code(1), "\(arguments)")
      #expect(!FileManager.default.fileExists(atPath: home.path + "/none.jsonl"))
    }
  }

  @Test func `validate-export takes what was exported, and names line and reason of what is wrong with 65`() throws {
    let home = try curated()
    let path = home.path + "/out.jsonl.gz"
    #expect(try CerberusBinary.run(["export", "--data-dir", home.path, "--output", path]).exit == .code(0))
    let valid = try CerberusBinary.run(["validate-export", path])
    #expect(valid.exit == .code(0), "\(valid.output)")
    #expect(valid.output == "40 rows, as messages must be\n")
    let broken = home.path + "/broken.jsonl"
    let row = #"{"messages":[{"role":"user","content":"Q"},{"role":"assistant","content":"A"}]}"#
    try Data((row + "\n{\"messages\":null}\n").utf8).write(to: URL(fileURLWithPath: broken))
    let outcome = try CerberusBinary.run(["validate-export", broken])
    #expect(outcome.exit == .code(65))
    #expect(outcome.output == "\(broken):2: messages is null\n")
    let report = try CerberusBinary.run(["validate-export", broken, "--json"])
    #expect(try JSONDocument(parsing: Array(report.output.utf8)).root["faults"]?.items.first?["line"]?.integer == 2)
    #expect(try CerberusBinary.run(["validate-export", home.path + "/none"]).exit == .code(74))
    #expect(try CerberusBinary.run(["validate-export", broken, "--format", "csv"]).exit == .code(64))
  }
}
