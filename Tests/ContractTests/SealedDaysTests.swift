import Foundation
import Records
import TestKit
import Testing

@Suite("Contract §1 Files: a day that is over may be sealed", .serialized)
struct SealedDaysTests {
  private static let records = 40
  private let home: TestServer.Home
  private let ids: [String]
  private var sealed: String { "training_logs/conversations_\(day(-1)).jsonl.gz" }
  private var plain: String { "training_logs/conversations_\(day(-1)).jsonl" }

  private static func body(_ number: Int) -> LogBody {
    let words = (0..<9_000).map { "word\(number)x\($0)" }.joined(separator: " ")
    return LogBody(user: "u\(number)", answer: String(words.prefix(60_000)))
      .with("timestamp", jsonText("\(day(-1))T12:00:00Z"))
  }

  /// Yesterday with over 2 MiB of text, not sealed yet.
  init() throws {
    let server = try TestServer(arguments: ["--no-maintenance"])
    let client = try server.connect()
    ids = try (0..<Self.records).map { try store(Self.body($0), over: client) }
    #expect(try server.stop() == .code(0))
    home = server.home
  }

  /// A server whose daily work is due, once it has sealed the day.
  private func seal() throws -> TestServer {
    try Data("{\"completed\":\"2026-01-01T00:00:00.000Z\"}\n".utf8)
      .write(to: URL(fileURLWithPath: home.path + "/state/maintenance.json"))
    let server = try TestServer(home, arguments: ["--maintenance-delay", "1"])
    while home.mode(plain) != nil || home.mode(sealed) == nil { sched_yield() }
    return server
  }

  /// The text of each member, by a reader that knows nothing of this project.
  private func members() throws -> [String] {
    let script = """
      import zlib, sys
      data = open(sys.argv[1], "rb").read()
      while data:
          member = zlib.decompressobj(31)
          text = member.decompress(data)
          assert member.eof
          sys.stdout.write(text.decode() + "\\0")
          data = member.unused_data
      """
    let reader = try ChildProcess(
      "/usr/bin/env", ["python3", "-c", script, home.path + "/" + sealed],
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"])
    try #require(try reader.wait() == .code(0), "\(reader.error)")
    return reader.output.split(separator: "\0").map(String.init)
  }

  @Test func `it is a row of gzip members of at most 1 MiB of text, and every reader takes both`() throws {
    let before = home.lines(plain)
    let server = try seal()
    let members = try members()
    #expect(members.count > 2)
    #expect(members.allSatisfy { $0.utf8.count <= 1 << 20 && $0.hasSuffix("\n") })
    #expect(members.joined() == before.map { $0 + "\n" }.joined())
    let client = try server.connect()
    let today = try store(LogBody(user: "u1"), over: client)
    #expect(try client.get("/v1/stats").json()["conversations"]?.integer == Self.records + 1)
    for id in [ids[7], today] { #expect(try client.get("/v1/examples/\(id)").status == 200) }
    let own = try client.post("/v1/users/export", #"{"user_id":"u1"}"#).text
    #expect(own.contains(ids[1]) && own.contains(today))
    #expect(try client.post("/v1/curate", "").json()["examples"]?.integer == Self.records + 1)
    #expect(try server.stop() == .code(0))
    #expect(try CerberusBinary.run(["verify", "--data-dir", home.path]).exit == .code(0))
  }

  @Test func `a late record goes to the plain file of that day, and the next sealing merges`() throws {
    let server = try seal()
    let late = try store(Self.body(500), over: server.connect())
    #expect(home.lines(plain).count == 1)
    #expect(home.lines(plain).first?.contains(late) == true)
    #expect(try server.connect().get("/v1/examples/\(late)").status == 200)
    #expect(try server.stop() == .code(0))
    let next = try seal()
    let lines = home.lines(sealed)
    #expect(lines.count == Self.records + 1)
    for id in ids + [late] { #expect(lines.count { $0.contains(id) } == 1) }
    #expect(try next.connect().get("/v1/examples/\(late)").status == 200)
    #expect(try next.stop() == .code(0))
  }
}
