import Foundation
import TestKit
import Testing

/// What a command says on stderr to whom its outcome could mislead; the outcome is as it is.
@Suite("End to end: advice")
struct AdviceTests {
  private let home: TestServer.Home
  private let folder: TemporaryDirectory

  /// Forty users, so that some are held out.
  init() throws {
    home = try TestServer.Home()
    folder = try TemporaryDirectory()
    let lines = (0..<40).map { number in
      #"{"user": "u\#(number)", "prompt": "Question \#(number)?", "answer": "\#(LogBody.answer(about: number))"}"#
    }
    try write("logs.jsonl", lines.joined(separator: "\n"))
    #expect(try run("import", folder("logs.jsonl")).exit == .code(0))
    #expect(try run("curate").exit == .code(0))
  }

  private func write(_ name: String, _ text: String) throws {
    try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: folder(name)))
  }

  private func run(_ words: String..., input: String = "") throws -> CerberusBinary.Outcome {
    try CerberusBinary.run(words + ["--data-dir", home.path], input: input)
  }

  @Test func `an export with the hold-out in it says so`() throws {
    #expect(try run("export", "--output", folder("all.jsonl")).error.contains("held out"))
    #expect(try !run("export", "--output", folder("train.jsonl"), "--split", "train").error.contains("held out"))
    #expect(try !run("export", "--output", "-", "--json").error.contains("held out"), "stderr is the report")
  }

  @Test(arguments: ["rows.parquet", "rows.CSV", "rows.jsonl.zst"])
  func `a file of lines gets no name of another kind`(_ name: String) throws {
    #expect(try run("export", "--output", folder(name)).exit == .code(64))
    #expect(!FileManager.default.fileExists(atPath: folder(name)))
  }

  @Test func `an evaluation set that can exclude nothing is named`() throws {
    try write("short.jsonl", #"{"prompt": "too short"}"#)
    let outcome = try run("curate", "--dry-run", "--exclude", folder("short.jsonl"))
    #expect(outcome.exit == .code(0))
    #expect(outcome.error.contains("nowhere 13 words in a row"))
  }

  @Test func `an erasure of nobody is told, and so is a list of users that is taken as one`() throws {
    let outcome = try run("erase", "--user-id", "-", input: "u1\nu2\n")
    #expect(outcome.exit == .code(0))
    #expect(outcome.error.contains("more than one line"))
    #expect(outcome.error.contains("nothing was held"))
    let known = try run("erase", "--user-id", "-", input: "u1\n")
    #expect(!known.error.contains("more than one line") && !known.error.contains("nothing was held"))
  }

  @Test func `a version is shown without the ids of its rows, but as JSON`() throws {
    let manifest = String(decoding: try #require(home.bytes("curated/manifest.json")), as: UTF8.self)
    let version = try #require(manifest.firstMatch(of: /"version":"([0-9a-f]{16})"/)).1
    let table = try run("lineage", String(version)).output
    #expect(table.contains("known_rows") && !table.contains("known_ids"))
    #expect(try run("lineage", String(version), "--json").output.contains("known_ids"))
  }

  @Test func `refused lines lead to the names that are accepted`() throws {
    try write("strange.jsonl", (0..<25).map { _ in #"{"text": "?"}"# }.joined(separator: "\n"))
    let outcome = try run("import", folder("strange.jsonl"))
    #expect(outcome.exit == .code(65))
    #expect(outcome.error.contains("25 lines, of which the first 20 are named; `cerberus import --help`"))
  }
}
