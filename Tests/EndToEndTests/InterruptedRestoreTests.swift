import Foundation
import TestKit
import Testing

/// A restore that ends before it is done leaves nothing that anybody serves from as if it was whole.
@Suite(
  "End to end: interrupted restores", .serialized,
  .enabled(if: Strace.obstacle == nil, Comment(rawValue: Strace.obstacle ?? "")))
struct InterruptedRestoreTests {
  private static let records = 3

  private let folder: TemporaryDirectory
  private let archive: String
  private let home: TestServer.Home
  /// Where it was made; one record was erased there since.
  private let origin: TestServer.Home

  init() throws {
    folder = try TemporaryDirectory()
    archive = folder("backup.tar")
    home = TestServer.Home(at: folder("restored"))
    let server = try TestServer()
    let client = try server.connect()
    for number in 0..<Self.records {
      let body = LogBody(user: "user\(number)", answer: LogBody.answer(about: number))
      #expect(try client.post("/v1/log", body.bytes).status == 201)
    }
    #expect(try client.post("/v1/curate", "").status == 200)
    #expect(try server.stop() == .code(0))
    let made = try CerberusBinary.run(
      ["backup", "--with-pepper", "--output", archive, "--data-dir", server.home.path])
    #expect(made.exit == .code(0), "\(made.error)")
    origin = server.home
  }

  private func restore(under wrapper: [String] = []) throws -> CerberusBinary.Outcome {
    try CerberusBinary.run(["restore", archive, "--accept-lost-erasures", "--data-dir", home.path], under: wrapper)
  }

  private func run(_ command: String...) throws -> CerberusBinary.Outcome {
    try CerberusBinary.run(command + ["--data-dir", home.path])
  }

  private static let folders = ["state", "curated", "training_logs"]
  private var present: Int {
    Self.folders.count { FileManager.default.fileExists(atPath: home.path + "/" + $0) }
  }

  /// Where they are moved from, by which strace knows the moves.
  private var sources: [String] { Self.folders.map { home.path + "/.restoring/" + $0 } }

  private func expectWhole() throws {
    let server = try TestServer(home)
    let client = try server.connect()
    #expect(try client.get("/v1/stats").json()["conversations"]?.integer == Self.records)
    #expect(try client.get("/v1/stats").json()["curated"]?["examples"]?.integer == Self.records)
    #expect(try server.stop() == .code(0))
    #expect(try run("verify").exit == .code(0))
    #expect(!FileManager.default.fileExists(atPath: home.path + "/.restoring"))
  }

  enum Moment: CaseIterable {
    case extracting, firstMove, secondMove, thirdMove, moved

    func killer(_ sources: [String], _ marker: String) -> [String] {
      switch self {
      case .extracting: Strace.killer(at: 6, of: "fsync", paths: [])
      case .firstMove: Strace.killer(at: 1, of: "rename", paths: sources)
      case .secondMove: Strace.killer(at: 2, of: "rename", paths: sources)
      case .thirdMove: Strace.killer(at: 3, of: "rename", paths: sources)
      case .moved: Strace.killer(at: 1, of: "unlink", paths: [marker])
      }
    }
  }

  @Test(arguments: Moment.allCases)
  func `one that was killed is served by nobody, and goes through when it is run again`(_ moment: Moment) throws {
    let killed = try restore(under: moment.killer(sources, home.path + "/.restoring/moving"))
    #expect(killed.exit == .signal(9), "\(killed)")
    #expect(present == [.extracting: 0, .firstMove: 0, .secondMove: 1, .thirdMove: 2, .moved: 3][moment])
    // The second time it is killed in the course of beginning anew.
    for _ in 0..<2 {
      for command in [["serve", "--port", "0"], ["stats"], ["verify"], ["backup", "--output", folder("no.tar")]] {
        let refused = try CerberusBinary.run(command + ["--data-dir", home.path])
        #expect(
          refused.exit == .code(78) && refused.error.contains("run `cerberus restore` again"), "\(command) \(refused)")
      }
      #expect(!FileManager.default.fileExists(atPath: home.path + "/state/lock"))
      _ = try restore(under: moment.killer(sources, home.path + "/.restoring/moving"))
    }
    let again = try restore()
    #expect(again.exit == .code(0), "\(again.error)")
    try expectWhole()
  }

  enum LateMoment: CaseIterable { case moved, erasing, erased }

  @Test(arguments: LateMoment.allCases)
  func `what was erased since is gone before anybody uses what was restored, whenever it was killed`(
    _ moment: LateMoment
  ) throws {
    let erased = try CerberusBinary.run(["erase", "--user-id", "user1", "--data-dir", origin.path])
    #expect(erased.exit == .code(0), "\(erased.error)")
    func restore(under wrapper: [String] = []) throws -> CerberusBinary.Outcome {
      let ledgers = origin.path + "/state"
      return try CerberusBinary.run(
        ["restore", archive, "--ledgers", ledgers, "--data-dir", home.path], under: wrapper)
    }
    let marker = home.path + "/.restoring/moving"
    let day = home.path + "/training_logs/" + (try #require(origin.days.first)) + ".erasing"
    let killer =
      switch moment {
      case .moved: Strace.killer(at: 2, of: "rename", paths: [marker + ".tmp"])
      case .erasing: Strace.killer(at: 1, of: "rename", paths: [day])
      case .erased: Strace.killer(at: 1, of: "unlink", paths: [marker])
      }
    #expect(try restore(under: killer).exit == .signal(9))
    #expect(present == 3)
    #expect(try run("serve", "--port", "0").exit == .code(78))
    let again = try restore()
    #expect(again.exit == .code(0), "\(again.error)")
    let server = try TestServer(home)
    #expect(try server.connect().get("/v1/stats").json()["conversations"]?.integer == Self.records - 1)
    #expect(try server.stop() == .code(0))
    #expect(try run("verify").exit == .code(0))
    #expect(!home.conversations.joined().contains("user1") && home.conversations.count == Self.records - 1)
  }

  @Test(arguments: 1...3)
  func `a move that fails ends it with 74, and leaves an empty directory`(_ number: Int) throws {
    let wrapper = Strace.wrapper(calls: "rename", fault: "rename:error=EIO:when=\(number)", paths: sources)
    #expect(try restore(under: wrapper).exit == .code(74))
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.path) == [])
    #expect(try restore().exit == .code(0))
    try expectWhole()
  }

  @Test func `what somebody has used since is not removed by another restore`() throws {
    #expect(try restore(under: Moment.thirdMove.killer(sources, "")).exit == .signal(9))
    try Data().write(to: URL(fileURLWithPath: home.path + "/state/lock"))
    let refused = try restore()
    #expect(refused.exit == .code(78) && refused.error.contains("not empty"), "\(refused)")
    #expect(FileManager.default.fileExists(atPath: home.path + "/state/keys"))
  }
}
