import Foundation
import Records
import TestKit
import Testing
import TrainingLog

/// The kernel refuses writes and syncs of the real server (strace's fault injection).
@Suite(
  "End to end: failing writes and syncs", .serialized,
  .enabled(if: Strace.obstacle == nil, Comment(rawValue: Strace.obstacle ?? "")))
struct InjectedFaultTests {
  enum Fault: String, CaseIterable, Sendable {
    case write = "write:error=EIO"
    case full = "write:error=ENOSPC"
    case sync = "fdatasync:error=EIO"
    case interrupted = "write:error=EINTR"

    var call: String { rawValue.split(separator: ":").first.map(String.init) ?? "" }
    /// The answer to whom it hits.
    var status: Int? { [.write: 503, .full: 507, .sync: 503][self] }
  }

  private static let positions = 40
  private static let requests = 48
  /// A day on which nothing else is written.
  private static let time = SystemClock().now.advanced(bySeconds: -86_400)

  private let home: TestServer.Home
  private var day: String { "training_logs/conversations_\(Self.time.day).jsonl" }
  private let feedback = "training_logs/feedback.jsonl"

  init() throws { home = try TestServer.Home(onDisk: true) }

  /// What the client was told, request by request.
  private struct Told {
    var ids: [String] = []
    var ratings = 0
    var statuses: [Int] = []

    mutating func log(_ client: TestClient) throws {
      let body = LogBody(session: "\(statuses.count)").with("timestamp", jsonText(time.description))
      let answer = try client.post("/v1/log", body.bytes)
      statuses.append(answer.status)
      if let id = try answer.json()["example_id"]?.string { ids.append(id) }
    }

    mutating func rate(_ client: TestClient) throws {
      let answer = try client.post("/v1/feedback", "{\"example_id\":\"\(ids.last ?? "")\",\"score\":4}")
      statuses.append(answer.status)
      if answer.status == 200 { ratings += 1 }
    }

    /// One request after the other, every fourth a rating: each is a write and a sync of its own.
    mutating func send(_ count: Int, to server: TestServer) throws {
      let client = try server.connect()
      statuses = []
      for number in 1...count {
        if number.isMultiple(of: 4) { try rate(client) } else { try log(client) }
        try #require([200, 201, 503, 507].contains(statuses.last), "request \(number)")
      }
      #expect(try client.get("/livez").status == 200)
    }
  }

  /// Lives of the server on one directory, each hit at every `step`th call from another one on. With a step of 8 there are
  /// eight, so that every position is hit.
  @Test(arguments: [(Fault.write, 8), (.sync, 8), (.full, 3), (.interrupted, 2)])
  func `who is hit is told so, everybody else is served, and nothing is lost or torn`(_ fault: Fault, step: Int) throws
  {
    var told = Told()
    let first = try TestServer(home)
    try told.send(4, to: first)
    #expect(try first.stop() == .code(0))
    var hit: Set<Int> = []
    for start in 1...(step == 8 ? 8 : 1) {
      let place = "\(fault), start \(start)"
      let trace = try TemporaryDirectory()
      let wrapper = Strace.wrapper(
        calls: "write,fdatasync,close", fault: "\(fault.rawValue):when=\(start)..\(Self.positions)+\(step)",
        paths: [home.path + "/" + day, home.path + "/" + feedback], log: trace("log"))
      let server = try TestServer(home, arguments: ["--disk-reserve", "0"], under: wrapper)
      try told.send(Self.requests, to: server)
      #expect(try server.stop() == .code(0), "\(place)")
      let calls = Calls(try String(contentsOfFile: trace("log"), encoding: .utf8))
      let failed = told.statuses.indices.filter { ![200, 201].contains(told.statuses[$0]) }.map { $0 + 1 }
      #expect(failed == (fault.status == nil ? [] : calls.injected(fault.call)), "\(place)")
      #expect(failed.allSatisfy { told.statuses[$0 - 1] == fault.status }, "\(place): \(told.statuses)")
      #expect(calls.syncsAfterFailure == 0, "\(place): a descriptor was synced again")
      hit.formUnion(calls.injected(fault.call))
      #expect(try ids(in: home.lines(day)) == told.ids, "\(place)")
      #expect(home.lines(feedback).count == told.ratings, "\(place)")
    }
    let missed = step == 8 ? Set(1...Self.positions).subtracting(hit).sorted() : []
    #expect(missed == [] && hit.count >= Self.positions / step, "not hit: \(missed)")
    let verified = try CerberusBinary.run(["verify", "--data-dir", home.path])
    #expect(verified.exit == .code(0), "\(verified.output)")
  }

  @Test func `a day file that can be neither synced nor replaced ends the server with 74, and nothing told is lost`()
    throws
  {
    var told = Told()
    let first = try TestServer(home)
    try told.send(3, to: first)
    #expect(try first.stop() == .code(0))
    let path = home.path + "/" + day
    let wrapper = Strace.wrapper(
      calls: "fdatasync", fault: "fdatasync:error=EIO:when=1+", paths: [path, path + ".tmp"])
    let broken = try TestServer(home, under: wrapper)
    let body = LogBody().with("timestamp", jsonText(Self.time.description))
    #expect(try broken.connect().post("/v1/log", body.bytes).status == 503)
    #expect(try broken.wait() == .code(74))
    #expect(broken.errorText.contains("\"replacement\"") && broken.errorText.contains("neither synced nor replaced"))
    let next = try TestServer(home)
    try told.send(3, to: next)
    #expect(try next.stop() == .code(0))
    #expect(Set(told.ids).isSubset(of: try ids(in: home.lines(day))))
    let verified = try CerberusBinary.run(["verify", "--data-dir", home.path])
    #expect(verified.exit == .code(0), "\(verified.output)")
  }

  @Test(arguments: ["state/pepper", "state/keys", "state/erasures.jsonl"])
  func `what a disk cannot read at a start is an I/O error, and no wrong configuration`(name: String) throws {
    let first = try TestServer(home)
    let client = try first.connect()
    #expect(try client.post("/v1/log", LogBody().bytes).status == 201)
    #expect(try client.post("/v1/users/erase", "{\"user_id\":\"nobody\"}").status == 200)
    #expect(try first.stop() == .code(0))
    let wrapper = Strace.wrapper(
      calls: "pread64", fault: "pread64:error=EIO:when=1+", paths: [home.path + "/" + name])
    let start = try CerberusBinary.run(["serve", "--port", "0", "--data-dir", home.path], under: wrapper)
    #expect(start.exit == .code(74) && start.error.contains("Input/output error"), "\(start.error)")
  }

  /// What strace has seen of the two files.
  private struct Calls {
    private var injections: [String: [Int]] = [:]
    private var counts: [String: Int] = [:]
    private(set) var syncsAfterFailure = 0

    init(_ trace: String) {
      var failed: Set<Substring> = []
      for line in trace.split(separator: "\n") {
        // `PID  call(descriptor, …) = result`
        guard let open = line.firstIndex(of: "("), let name = line[..<open].split(separator: " ").last else { continue }
        let descriptor = line[line.index(after: open)...].prefix { $0.isNumber }
        let call = String(name)
        counts[call, default: 0] += 1
        if line.hasSuffix("(INJECTED)") { injections[call, default: []].append(counts[call] ?? 0) }
        if call == "close" { failed.remove(descriptor) }
        guard call == "fdatasync" else { continue }
        if failed.contains(descriptor) { syncsAfterFailure += 1 }
        if line.hasSuffix("(INJECTED)") { failed.insert(descriptor) }
      }
    }

    /// Which of these calls were made to fail, counted from 1 over the whole process.
    func injected(_ call: String) -> [Int] { injections[call] ?? [] }
  }
}
