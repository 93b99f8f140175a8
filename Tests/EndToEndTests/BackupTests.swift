import Foundation
import Glibc
import Posix
import Records
import TestKit
import Testing

@Suite("End to end: verify, backup, restore", .serialized)
struct BackupTests {
  private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> CerberusBinary.Outcome {
    try CerberusBinary.run(arguments, environment: environment)
  }

  private struct Taken {
    let archive: String
    /// Acknowledged before it was begun.
    let ids: Set<String>
    let ratings: Set<String>
  }

  /// Clients write all the time; each backup has what was acknowledged before it began, and nothing by halves.
  @Test func `beside a server under load a backup has all that was acknowledged before it`() throws {
    let home = try TestServer.Home()
    let folder = try TemporaryDirectory()
    let server = try TestServer(home)
    let ledger = Ledger(after: .max) { _ in }
    var taken: [Taken] = []
    _ = try ThreadGroup.run(2) { thread in
      logUntilTheEnd(try server.connect(), thread: thread, into: ledger) != nil
    } meanwhile: {
      defer { server.askToStop() }
      for round in 1...3 {
        while ledger.ids.count < round * 30 { sched_yield() }
        let backup = Taken(archive: folder("\(round).tar"), ids: Set(ledger.ids), ratings: Set(ledger.ratings))
        let outcome = try run("backup", "--output", backup.archive, "--data-dir", home.path, "--with-pepper")
        #expect(outcome.exit == .code(0), "\(outcome.error)")
        taken.append(backup)
      }
      let verified = try run("verify", "--data-dir", home.path)
      #expect(verified.exit == .code(0), "\(verified.output)")
    }
    #expect(try server.wait() == .code(0))
    #expect(try backupsInAuditLog(home).count == taken.count)
    for backup in taken { try check(backup) }
  }

  private func backupsInAuditLog(_ home: TestServer.Home) throws -> [JSONElement] {
    try home.lines("state/audit.jsonl").map { try JSONDocument(parsing: Array($0.utf8)).root }
      .filter { $0["act"]?.string == "backup" }
  }

  private func check(_ backup: Taken) throws {
    let target = try TestServer.Home()
    let restored = try run("restore", backup.archive, "--accept-lost-erasures", "--data-dir", target.path)
    #expect(restored.exit == .code(0), "\(restored.error)")
    let stored = Set(try ids(in: target.conversations))
    #expect(backup.ids.isSubset(of: stored))
    let rated = Set(try ids(in: target.lines("training_logs/feedback.jsonl")))
    #expect(backup.ratings.isSubset(of: rated) && rated.isSubset(of: stored))
    let stats = try run("stats", "--json", "--data-dir", target.path)
    #expect(stats.output.contains("\"conversations\":\(stored.count),"), "\(stats.error)")
    let checked = try run("verify", "--data-dir", target.path)
    #expect(checked.exit == .code(0), "\(checked.output)")
  }

  /// A directory with rated records, no server running.
  private func filled() throws -> TestServer.Home {
    let server = try TestServer()
    let client = try server.connect()
    for number in 0..<5 {
      let id = try client.post("/v1/log", LogBody(user: "u\(number)").text).json()["example_id"]?.string ?? ""
      _ = try client.post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":5}")
    }
    try server.stop()
    return server.home
  }

  @Test func `verify names file and line, in words and in JSON, and ends with 65`() throws {
    let home = try filled()
    let clean = try run("verify", "--json", "--data-dir", home.path)
    #expect(clean.exit == .code(0) && clean.error.isEmpty)
    let day = "training_logs/" + (home.days.first ?? "")
    var bytes = try #require(home.bytes(day))
    let second = try #require(bytes.firstIndex(of: 10)) + 40
    bytes[second] ^= 4
    try Data(bytes).write(to: URL(fileURLWithPath: home.path + "/" + day))
    let text = try run("verify", "--data-dir", home.path)
    #expect(text.exit == .code(65))
    #expect(text.output.hasPrefix("\(day):2: "), "\(text.output)")
    let json = try run("verify", "--json", "--data-dir", home.path)
    #expect(json.exit == .code(65))
    let report = try JSONDocument(parsing: Array(json.output.utf8)).root
    #expect(report["fault_count"]?.integer == 1)
    #expect(report["faults"]?.items.first?["file"]?.string == day)
    #expect(report["faults"]?.items.first?["line"]?.integer == 2)
    let begun =
      "{\"receipt_id\":\"r\",\"at\":\"2025-11-26T12:00:00Z\",\"user\":\"\",\"subject\":\"\",\"examples\":[],\"keys\":[]}\n"
    try Data(begun.utf8).write(to: URL(fileURLWithPath: home.path + "/state/erasures.jsonl"))
    let unsure = try run("verify", "--data-dir", home.path)
    #expect(unsure.exit == .code(75) && unsure.output.contains("1 erasure in progress; 1 fault"))
    #expect(unsure.error.contains("an erasure is in progress, which may be why: the next start completes it"))
  }

  @Test func `a backup of damaged lines is whole, and says where they are`() throws {
    let home = try filled()
    let folder = try TemporaryDirectory()
    let clean = try run("backup", "--json", "--output", folder("a.tar"), "--data-dir", home.path)
    #expect(clean.exit == .code(0) && clean.error.isEmpty && clean.output.contains("\"faults\":0"), "\(clean)")
    let day = try #require(home.days.first)
    var bytes = try #require(home.bytes("training_logs/" + day))
    bytes[bytes.count / 2] = UInt8(ascii: "\t")
    try Data(bytes).write(to: URL(fileURLWithPath: home.path + "/training_logs/" + day))
    let made = try run("backup", "--json", "--output", folder("b.tar"), "--data-dir", home.path)
    #expect(made.exit == .code(0) && made.output.contains("\"faults\":1"), "\(made)")
    #expect(made.error.contains("cerberus: damaged, and backed up as it is: training_logs/\(day):"), "\(made.error)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("b.tar"))).range(of: Data(bytes)) != nil)
  }

  @Test func `reindex makes the index anew, and waits for nobody beside a server`() throws {
    let home = try filled()
    let inode = try #require(FileStamp(home.path + "/state/index.sqlite")).inode
    let outcome = try run("reindex", "--json", "--data-dir", home.path)
    #expect(outcome.exit == .code(0) && outcome.output == "{\"records\":5,\"damaged_lines\":0}\n", "\(outcome.error)")
    #expect(try #require(FileStamp(home.path + "/state/index.sqlite")).inode != inode)
    #expect(try run("verify", "--data-dir", home.path).exit == .code(0))
    let server = try TestServer(home)
    #expect(try run("reindex", "--data-dir", home.path).exit == .code(75))
    #expect(try server.stop() == .code(0))
  }

  @Test func `a backup and its restore refuse what would lose or hide something`() throws {
    let home = try filled()
    let folder = try TemporaryDirectory()
    let (plain, full) = (folder("plain.tar"), folder("full.tar"))
    let pepper = home.path + "/state/pepper"
    #expect(try run("backup", "--output", folder("no.tar"), "--data-dir", folder("nowhere")).exit == .code(78))
    #expect(try run("backup", "--output", folder("none/x.tar"), "--data-dir", home.path).exit == .code(74))
    let made = try run("backup", "--output", plain, "--data-dir", home.path, "--json")
    #expect(made.exit == .code(0) && made.output.contains("\"records\":5") && made.output.contains("\"pepper\":false"))
    // Those that failed were none.
    let noted = try backupsInAuditLog(home)
    #expect(noted.count == 1)
    #expect(noted.first?["counts"]?["records"]?.integer == 5)
    #expect(noted.first?["reference"]?.string.map { made.output.contains($0) } == true)
    #expect(try run("backup", "--output", full, "--data-dir", home.path, "--with-pepper").exit == .code(0))
    #expect(try FileManager.default.attributesOfItem(atPath: full)[.posixPermissions] as? Int == 0o600)

    #expect(try run("restore", "--accept-lost-erasures", full, "--data-dir", home.path).exit == .code(78))
    #expect(try run("restore", "--data-dir", folder("a")).exit == .code(64))
    #expect(try run("restore", "--accept-lost-erasures", folder("no.tar"), "--data-dir", folder("a")).exit == .code(74))
    #expect(
      try run("restore", "--accept-lost-erasures", home.path + "/state/keys", "--data-dir", folder("a")).exit
        == .code(65))
    let without = try run("restore", "--accept-lost-erasures", plain, "--data-dir", folder("a"))
    #expect(
      without.exit == .code(78) && without.error.contains("--pepper-file") && without.error.contains("--new-pepper"))
    try Data(repeating: 1, count: 32).write(to: URL(fileURLWithPath: folder("wrong")))
    #expect(
      try run("restore", "--accept-lost-erasures", plain, "--data-dir", folder("a"), "--pepper-file", folder("wrong"))
        .exit == .code(78))
    #expect(!FileManager.default.fileExists(atPath: folder("a")))

    let given = try run(
      "restore", "--accept-lost-erasures", "--input", plain, "--data-dir", folder("a"), "--pepper-file", pepper)
    #expect(given.exit == .code(0) && given.error.contains("repeat the erasures"), "\(given.error)")
    let elsewhere = try run(
      "restore", "--accept-lost-erasures", plain, "--data-dir", folder("b"), "--json",
      environment: ["CERBERUS_PEPPER_FILE": pepper])
    #expect(elsewhere.exit == .code(0), "\(elsewhere.error)")
    #expect(!FileManager.default.fileExists(atPath: folder("b/state/pepper")))
    let new = try run("restore", "--accept-lost-erasures", plain, "--data-dir", folder("c"), "--new-pepper")
    #expect(new.exit == .code(0) && new.error.contains("What stops working"), "\(new.error)")
    #expect(
      try run("restore", "--accept-lost-erasures", full, "--data-dir", folder("d"), "--new-pepper").exit == .code(78))
    #expect(try run("restore", "--accept-lost-erasures", full, "--data-dir", folder("d")).exit == .code(0))
    for options in [[], ["--ledgers", folder("nowhere")], ["--ledgers", folder("a/state"), "--accept-lost-erasures"]] {
      let outcome = try CerberusBinary.run(["restore", full, "--data-dir", folder("e")] + options)
      #expect(outcome.exit == .code(options.isEmpty ? 78 : options.count == 2 ? 74 : 64), "\(options)")
      #expect(!FileManager.default.fileExists(atPath: folder("e")))
    }
    for name in ["a", "c", "d"] {
      #expect(try run("stats", "--json", "--data-dir", folder(name)).output.contains("\"conversations\":5"), "\(name)")
    }
  }

  @Test func `what was erased or refused since the backup does not come back with it`() throws {
    let server = try TestServer()
    let client = try server.connect()
    for (number, user) in ["ann", "ann", "bob", "cyd"].enumerated() {
      let answer = LogBody.answer(about: number) + " of \(user)word"
      #expect(try client.post("/v1/log", LogBody(user: user, answer: answer).bytes).status == 201)
    }
    #expect(try client.post("/v1/users/erase", #"{"user_id":"cyd"}"#).status == 200)
    #expect(try client.post("/v1/curate", "").json()["examples"]?.integer == 3)
    let folder = try TemporaryDirectory()
    let (archive, home) = (folder("backup.tar"), TestServer.Home(at: folder("restored")))
    let made = try run("backup", "--with-pepper", "--output", archive, "--data-dir", server.home.path)
    #expect(made.exit == .code(0), "\(made.error)")
    for (action, user) in [("erase", "ann"), ("opt-out", "bob")] {
      #expect(try client.post("/v1/users/\(action)", "{\"user_id\":\"\(user)\"}").status == 200)
    }
    let restored = try run(
      "restore", archive, "--data-dir", home.path, "--ledgers", server.home.path + "/state")
    #expect(restored.exit == .code(0), "\(restored.error)")
    let words = ["annword", "cydword"].map { Array($0.utf8) }
    #expect(home.files.filter { name in words.contains { home.bytes(name)?.holds($0) ?? false } } == [])
    #expect(home.lines("curated/training_data.jsonl").count == 1)
    let next = try TestServer(home)
    let later = try next.connect()
    #expect(try later.get("/v1/stats").json()["conversations"]?.integer == 1)
    #expect(try later.get("/v1/stats").json()["erased_records"]?.integer == 3)
    #expect(try later.post("/v1/log", LogBody(user: "bob").bytes).json()["status"]?.string == "opted_out")
    #expect(try later.post("/v1/curate", "").json()["examples"]?.integer == 0)
    #expect(try next.stop() == .code(0))
    #expect(try run("verify", "--data-dir", home.path).exit == .code(0))
    // A folder without ledgers, and those of another life, do not fit.
    for path in [folder("none"), server.home.path] {
      try FileManager.default.createDirectory(atPath: folder("none"), withIntermediateDirectories: true)
      let none = try run("restore", archive, "--data-dir", folder("f"), "--ledgers", path)
      #expect(none.exit == .code(78), "\(none.error)")
      #expect(!FileManager.default.fileExists(atPath: folder("f/state")))
    }
    let other = try TestServer()
    #expect(try other.connect().post("/v1/users/opt-out", #"{"user_id":"x"}"#).status == 200)
    let wrong = try run("restore", archive, "--data-dir", folder("e"), "--ledgers", other.home.path + "/state")
    #expect(wrong.exit == .code(78), "\(wrong.error)")
  }
}
