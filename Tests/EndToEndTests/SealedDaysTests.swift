import Foundation
import Glibc
import Posix
import Records
import TestKit
import Testing
import TrainingLog

/// A server seals the days that are over, and nobody who reads can tell.
@Suite("End to end: sealed days", .serialized)
struct SealedDaysTests {
  private static let perDay = 12

  /// Records of the last days, rated, and the dataset made of them.
  private struct Filled {
    let home: TestServer.Home
    let ids: [String]
    let days: [Day]
  }

  private func body(_ number: Int, at time: Timestamp) -> LogBody {
    LogBody(
      user: "u\(number % 5)", session: "s\(number % 7)", question: "Question \(number) about Swift?",
      answer: LogBody.answer(about: number)
    ).with("timestamp", "\"\(time)\"")
  }

  private func fill() throws -> Filled {
    let now = SystemClock().now
    let server = try TestServer(arguments: ["--no-maintenance"])
    let client = try server.connect()
    var ids: [String] = []
    for number in 0..<3 * Self.perDay {
      let time = now.advanced(bySeconds: -86_400 * (number % 3) - number)
      let id = try #require(try client.post("/v1/log", body(number, at: time).bytes).json()["example_id"]?.string)
      ids.append(id)
      guard number % 4 != 3 else { continue }
      let correction = number % 8 == 2 ? ",\"corrected_message\":\"\(LogBody.answer(about: 1000 + number))\"" : ""
      let rating = "{\"example_id\":\"\(id)\",\"score\":\(1 + number % 5),\"comment\":\"c\(number)\"\(correction)}"
      #expect(try client.post("/v1/feedback", rating).status == 200)
    }
    #expect(try client.post("/v1/curate", "").status == 200)
    #expect(try server.stop() == .code(0))
    return Filled(home: server.home, ids: ids, days: (0...3).map { now.advanced(bySeconds: -86_400 * $0).day })
  }

  /// What everybody who reads is told, but for the room that it takes and the moment at which it was asked; each call adds
  /// a version of the dataset.
  private func answers(_ filled: Filled) throws -> [String: String] {
    var answers: [String: String] = [:]
    for command in [
      ["stats", "--json"], ["progress", "--json"], ["verify", "--json"], ["user-export", "--user-id", "u1"],
      ["export", "--output", "-"], ["export", "--output", "-", "--format", "kto"],
      ["export", "--output", "-", "--format", "dpo"],
    ] {
      let outcome = try CerberusBinary.run(command + ["--data-dir", filled.home.path])
      #expect(outcome.exit == .code(0), "\(command): \(outcome.error)")
      answers[command.joined(separator: " ")] = outcome.output
    }
    let server = try TestServer(filled.home, arguments: ["--no-maintenance"])
    let client = try server.connect()
    for id in filled.ids { answers[id] = try client.get("/v1/examples/\(id)").text }
    answers["/v1/stats"] = try client.get("/v1/stats").text
    answers["/v1/users/export"] = try client.post("/v1/users/export", "{\"user_id\":\"u2\"}").text
    #expect(try client.post("/v1/curate", "").status == 200)
    answers["dataset"] = filled.home.lines("curated/training_data.jsonl").joined(separator: "\n")
    answers["preferences"] = filled.home.lines("curated/preferences.jsonl").joined(separator: "\n")
    // Sent again, it is known.
    let again = body(7, at: SystemClock().now).with("example_id", "\"\(filled.ids[7])\"")
    answers["again"] = "\(try client.post("/v1/log", again.bytes).status)"
    #expect(try server.stop() == .code(0))
    let changing = /"(storage_bytes|storage_at_goal_bytes|eta_days\w*|at|files|lines|bytes)":("[^"]*"|[0-9.]+)/
    return answers.mapValues { $0.replacing(changing, with: "") }
  }

  /// Starts a server whose daily work is due, and returns it when the days are sealed.
  private func seal(_ filled: Filled) throws -> TestServer {
    let home = filled.home
    try Data("{\"completed\":\"2026-01-01T00:00:00.000Z\"}\n".utf8)
      .write(to: URL(fileURLWithPath: home.path + "/state/maintenance.json"))
    let server = try TestServer(home, arguments: ["--maintenance-delay", "1"])
    let over = filled.days.dropFirst().map { "conversations_\($0).jsonl" }
    while true {
      let days = home.days
      if !days.isEmpty, !days.contains(where: over.contains) { return server }
      sched_yield()
    }
  }

  @Test func `every answer is the same before and after`() throws {
    let filled = try fill()
    let before = try answers(filled)
    #expect(try seal(filled).stop() == .code(0))
    #expect(filled.home.days.filter { $0.hasSuffix(".gz") }.count >= 2)
    let after = try answers(filled)
    for (question, answer) in before { #expect(after[question] == answer, "\(question)") }
    // Nor do they change where the index is made anew, or a backup is put back.
    #expect(try CerberusBinary.run(["reindex", "--data-dir", filled.home.path]).exit == .code(0))
    let rebuilt = try answers(filled)
    for (question, answer) in before { #expect(rebuilt[question] == answer, "\(question)") }
    let folder = try TemporaryDirectory()
    let archive = folder("backup.tar")
    let taken = try CerberusBinary.run(
      ["backup", "--output", archive, "--with-pepper", "--data-dir", filled.home.path])
    #expect(taken.exit == .code(0), "\(taken.error)")
    let home = try TestServer.Home()
    let restored = try CerberusBinary.run(["restore", archive, "--accept-lost-erasures", "--data-dir", home.path])
    #expect(restored.exit == .code(0), "\(restored.error)")
    let moved = try answers(Filled(home: home, ids: filled.ids, days: filled.days))
    for (question, answer) in before { #expect(moved[question] == answer, "\(question)") }
  }

  @Test func `late records go to the plain file, erasures into the sealed one, and zcat reads them all`() throws {
    let filled = try fill()
    let server = try seal(filled)
    let client = try server.connect()
    let late = body(500, at: SystemClock().now.advanced(bySeconds: -86_400))
    let id = try #require(try client.post("/v1/log", late.bytes).json()["example_id"]?.string)
    #expect(try client.get("/v1/examples/\(id)").status == 200)
    #expect(try client.post("/v1/users/erase", "{\"user_id\":\"u1\"}").status == 200)
    #expect(try client.get("/v1/examples/\(filled.ids[1])").status == 404)
    #expect(try client.get("/v1/examples/\(filled.ids[2])").status == 200)
    #expect(try server.stop() == .code(0))
    let verified = try CerberusBinary.run(["verify", "--data-dir", filled.home.path])
    #expect(verified.exit == .code(0), "\(verified.output)")
    let logs = filled.home.path + "/training_logs"
    let reader = try ChildProcess(
      "/bin/sh", ["-c", "cd '\(logs)' && gzip -t *.gz && { zcat *.gz; cat conversations_*.jsonl; }"],
      environment: ["PATH": "/usr/bin:/bin"])
    #expect(try reader.wait() == .code(0), "\(reader.error)")
    let stored = try Set(reader.output.split(separator: "\n").map { try exampleID(of: $0) })
    let kept = filled.ids.enumerated().filter { $0.offset % 5 != 1 }.map(\.element)
    #expect(stored == Set(kept + [id]))
  }

  private func exampleID(of line: Substring) throws -> String {
    try #require(try JSONDocument(parsing: Array(line.utf8)).root["example_id"]?.string)
  }

  @Test(.enabled(if: Strace.obstacle == nil, Comment(rawValue: Strace.obstacle ?? "")))
  func `killed at any step while it seals, a server loses nothing and seals on`() throws {
    let filled = try fill()
    let home = filled.home
    let plain = filled.days.dropFirst().map { "\(home.path)/training_logs/conversations_\($0).jsonl" }
    // Before a day has its sealed file, and before its plain one is gone; twice, since each start gets one step further.
    for call in ["rename", "unlink", "rename", "unlink"] {
      try Data("{\"completed\":\"2026-01-01T00:00:00.000Z\"}\n".utf8)
        .write(to: URL(fileURLWithPath: home.path + "/state/maintenance.json"))
      let wrapper = Strace.killer(at: 1, of: call, paths: call == "rename" ? plain.map { $0 + ".gz.tmp" } : plain)
      let server = try TestServer(home, arguments: ["--maintenance-delay", "1"], under: wrapper)
      #expect(try server.wait() == .signal(SIGKILL), "\(call)")
    }
    #expect(try seal(filled).stop() == .code(0))
    let verified = try CerberusBinary.run(["verify", "--json", "--data-dir", home.path])
    #expect(verified.exit == .code(0), "\(verified.output)")
    #expect(verified.output.contains("\"records\":\(filled.ids.count)"), "\(verified.output)")
  }
}
