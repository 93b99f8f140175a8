import Foundation
import Records
import TestKit
import Testing

@Suite("End to end: rotation of the pepper", .serialized)
struct PepperTests {
  private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> CerberusBinary.Outcome {
    try CerberusBinary.run(arguments, environment: environment)
  }

  private func keys(
    _ command: String, _ home: TestServer.Home, _ more: String..., environment: [String: String] = [:]
  ) throws -> CerberusBinary.Outcome {
    try CerberusBinary.run(["keys", command, "--data-dir", home.path] + more, environment: environment)
  }

  private func log(_ user: String, _ number: Int, _ client: TestClient, key: String? = nil) throws -> TestResponse {
    let body = LogBody(user: user, question: "Question \(number) of \(user)?", answer: LogBody.answer(about: number))
    let fields = [("Content-Type", "application/json")] + (key.map { [("Idempotency-Key", $0)] } ?? [])
    try client.send("POST", "/v1/log", fields: fields, body: body.bytes)
    return try client.response()
  }

  private func acts(_ home: TestServer.Home) throws -> [JSONElement] {
    try home.lines("state/audit.jsonl").map { try JSONDocument(parsing: Array($0.utf8)).root }
  }

  private func keyID(_ home: TestServer.Home) throws -> String {
    let list = try JSONDocument(parsing: Array(try keys("list", home, "--json").output.utf8)).root
    return try #require(list["keys"]?.items.first?["id"]?.string)
  }

  @Test func `rotated, used by a server, and destroyed`() throws {
    let home = try TestServer.Home()
    #expect(try keys("rotate-pepper", .init(at: home.path + "/none")).exit == .code(78))
    #expect(try keys("create", home, "--name", "a", "--scope", "log").exit == .code(0))
    #expect(try keys("rotate-pepper", home).exit == .code(78))
    #expect(try keys("revoke", home, try keyID(home)).exit == .code(0))
    let server = try TestServer(home)
    let first = try log("ann", 1, try server.connect(), key: "k")
    #expect(first.status == 201)
    let pepper = try #require(home.bytes("state/pepper"))
    #expect(try keys("rotate-pepper", home).exit == .code(75))
    #expect(try keys("destroy-pepper", home, "--yes").exit == .code(75))
    #expect(try server.stop() == .code(0))
    #expect(home.bytes("state/pepper") == pepper && home.bytes("state/pepper.old") == nil)
    #expect(try keys("destroy-pepper", home, "--yes").exit == .code(1))

    let rotated = try keys("rotate-pepper", home, "--json")
    #expect(rotated.exit == .code(0), "\(rotated.error)")
    let id = try #require(try JSONDocument(parsing: Array(rotated.output.utf8)).root["id"]?.string)
    #expect(home.bytes("state/pepper") != pepper)
    let next = try TestServer(home)
    let client = try next.connect()
    let again = try log("ann", 1, client, key: "k")
    #expect(again.status == 200 && again["Idempotency-Replayed"] == "true")
    #expect(try again.json()["example_id"]?.string == first.json()["example_id"]?.string)
    #expect(try log("ann", 2, client).status == 201)
    #expect(try log("bob", 3, client).status == 201)
    let exported = try client.post("/v1/users/export", #"{"user_id":"ann"}"#).text
    #expect(exported.split(separator: "\n").count == 2)
    #expect(try client.post("/v1/users/erase", #"{"user_id":"ann"}"#).json()["records"]?.integer == 2)
    #expect(try next.stop() == .code(0))
    #expect(try run("verify", "--data-dir", home.path).exit == .code(0))

    let asked = try keys("destroy-pepper", home)
    #expect(asked.exit == .code(64) && asked.error.contains(id) && asked.error.contains("--yes"), "\(asked.error)")
    let report = try keys("destroy-pepper", home, "--json", "--id", id)
    #expect(report.exit == .code(64))
    let loss = try JSONDocument(parsing: Array(report.output.utf8)).root
    #expect(loss["destroyed"]?.value == .bool(false))
    #expect(loss["peppers"]?.items.first?["records"]?.integer == 0)
    #expect(try keys("destroy-pepper", home, "--id", "00000000", "--yes").exit == .code(1))
    #expect(home.bytes("state/pepper.old") != nil)
    #expect(try keys("destroy-pepper", home, "--id", id, "--yes").exit == .code(0))
    #expect(home.bytes("state/pepper.old") == nil)

    let acts = try acts(home).filter { $0["act"]?.string?.hasSuffix("pepper") == true }
    #expect(acts.compactMap { $0["act"]?.string } == ["rotate_pepper", "destroy_pepper"])
    #expect(acts.allSatisfy { $0["reference"]?.string == id && $0["actor"]?.string == "command" })
    #expect(acts.first?["counts"]?["records"]?.integer == 1)
    #expect(try run("verify", "--data-dir", home.path).exit == .code(0))
  }

  @Test func `with several old peppers each is named with what is lost`() throws {
    let home = try TestServer.Home()
    for number in 0..<2 {
      let server = try TestServer(home)
      for user in 0...number { #expect(try log("user \(user)", number, try server.connect()).status == 201) }
      #expect(try server.stop() == .code(0))
      #expect(try keys("rotate-pepper", home).exit == .code(0))
    }
    // Old peppers lie beside the present one, and a backup without any needs both.
    let (archive, folder) = (home.path + ".tar", home.path + ".restored")
    defer { for path in [archive, folder] { try? FileManager.default.removeItem(atPath: path) } }
    #expect(try run("backup", "--data-dir", home.path, "--output", archive).exit == .code(0))
    let pepper = home.path + "/state/pepper"
    let restored = try run(
      "restore", archive, "--data-dir", folder, "--pepper-file", pepper, "--ledgers", home.path + "/state")
    #expect(restored.exit == .code(0), "\(restored.error)")
    let found = try run("user-export", "--data-dir", folder, "--user-id", "user 0")
    #expect(found.output.split(separator: "\n").count == 2, "\(found.error)")
    #expect(home.lines("state/pepper.old").count == 2)

    let asked = try keys("destroy-pepper", home, "--json", "--yes")
    #expect(asked.exit == .code(64) && asked.error.contains("--id"), "\(asked.error)")
    let peppers = try JSONDocument(parsing: Array(asked.output.utf8)).root["peppers"]?.items ?? []
    #expect(peppers.map { $0["records"]?.integer } == [1, 2])
    #expect(peppers.map { $0["pseudonyms"]?.integer } == [1, 2])
    let oldest = try #require(peppers.first?["id"]?.string)
    #expect(try keys("destroy-pepper", home, "--id", oldest, "--yes").exit == .code(0))
    #expect(home.lines("state/pepper.old").count == 1)
    // The users of the second server are found, the one of the first alone is not.
    for (user, lines) in [("user 0", 1), ("user 1", 1), ("user 2", 0)] {
      let exported = try run("user-export", "--data-dir", home.path, "--user-id", user)
      #expect(exported.output.split(separator: "\n").count == lines, "\(user)")
    }
  }

  @Test func `a pepper in a file of the operator's is replaced by the operator`() throws {
    let home = try TestServer.Home()
    let folder = try TemporaryDirectory()
    func write(_ byte: UInt8, _ name: String) throws -> String {
      try Data(repeating: byte, count: 32).write(to: URL(fileURLWithPath: folder(name)))
      return folder(name)
    }
    let (present, old) = (try write(1, "pepper"), try write(1, "old"))
    let environment = ["CERBERUS_PEPPER_FILE": present]
    let server = try TestServer(home, environment: environment)
    #expect(try log("ann", 1, try server.connect()).status == 201)
    #expect(try server.stop() == .code(0))
    #expect(try keys("rotate-pepper", home, environment: environment).exit == .code(78))
    #expect(try keys("rotate-pepper", home, "--old-pepper-file", old, environment: environment).exit == .code(78))
    #expect(try keys("rotate-pepper", home, "--old-pepper-file", old).exit == .code(78))
    #expect(home.bytes("state/pepper.old") == nil)
    _ = try write(2, "pepper")
    // Another pepper forks the pseudonyms: a start refuses it, and the rotation another one for the old.
    let refused = try run("serve", "--data-dir", home.path, "--port", "0", environment: environment)
    #expect(refused.exit == .code(78) && refused.error.contains("--old-pepper-file"), "\(refused.error)")
    let other = try write(4, "other")
    for (file, code) in [(folder("none"), 74), (try write(3, "short") + "/", 74), (other, 78), (old, 0)] {
      let outcome = try keys("rotate-pepper", home, "--old-pepper-file", file, environment: environment)
      #expect(outcome.exit == .code(Int32(code)), "\(file): \(outcome.error)")
    }
    let found = try run("user-export", "--data-dir", home.path, "--user-id", "ann", environment: environment)
    #expect(found.output.split(separator: "\n").count == 1, "\(found.error)")
    #expect(home.bytes("state/pepper") == nil)
  }

  @Test(
    "Killed at any step, a rotation leaves a directory that finds everybody",
    .enabled(if: Strace.obstacle == nil, "strace is needed"),
    arguments: ["?rename,?renameat", "fsync", "fdatasync", "openat", "write", "?unlink,?unlinkat"])
  func killed(_ call: String) throws {
    let home = try TestServer.Home()
    let server = try TestServer(home)
    #expect(try log("ann", 0, try server.connect()).status == 201)
    #expect(try server.stop() == .code(0))
    var killed = 0
    for step in 1...100 {
      let pepper = try #require(home.bytes("state/pepper"))
      let wrapper = Strace.killer(
        at: step, of: call,
        paths: ["", "/pepper", "/pepper.tmp", "/pepper.old", "/pepper.old.tmp"].map { home.path + "/state" + $0 })
      let process = try CerberusBinary.start(["keys", "rotate-pepper", "--data-dir", home.path], under: wrapper)
      process.closeInput()
      let exit = try process.wait()
      if exit == .code(0) {
        #expect(home.bytes("state/pepper") != pepper)
        break
      }
      #expect(exit == .signal(9), "\(call) \(step): \(process.error)")
      killed += 1
      let found = try run("user-export", "--data-dir", home.path, "--user-id", "ann")
      #expect(found.output.split(separator: "\n").count == 1, "\(call) \(step): \(found.error)")
      #expect(try run("verify", "--data-dir", home.path).exit == .code(0), "\(call) \(step)")
    }
    #expect(killed > 0)
  }
}
