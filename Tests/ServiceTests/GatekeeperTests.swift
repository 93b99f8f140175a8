import HTTPWire
import Posix
import Privacy
import Records
import TestKit
import Testing
import TrainingLog

@testable import Service

struct GatekeeperTests {
  private static let now = Timestamp(milliseconds: 1_800_000_000_000)
  private static let master = "master-key-of-the-tests"

  private let folder: TemporaryDirectory
  private let directory: DataDirectory

  init() throws {
    folder = try TemporaryDirectory()
    directory = DataDirectory(folder("data"))
    try directory.create()
  }

  private func add(_ scopes: Set<Scope>, expires: Timestamp? = nil) throws -> (key: APIKey, text: String) {
    let made = APIKey.make(name: "test", scopes: scopes, created: Self.now, expires: expires)
    try KeyFile.update(directory) { $0.apiKeys.append(made.key) }
    return made
  }

  private func gatekeeper(
    host: String = "127.0.0.1", feedbackNeedsKey: Bool = false, master: String? = nil
  ) throws -> Gatekeeper {
    let keys = try LiveKeys(directory, master: master.map { Array($0.utf8) }, now: 0)
    return Gatekeeper(keys: keys, host: host, feedbackNeedsKey: feedbackNeedsKey)
  }

  private func decide(
    _ gatekeeper: Gatekeeper, _ scope: Scope?, key: String? = nil, isLocal: Bool = false, now: Timestamp = now,
    tick: UInt64 = 0
  ) throws -> Verdict {
    let field = key.map { "Authorization: Bearer \($0)\r\n" } ?? ""
    let head = try requestHead("GET / HTTP/1.1\r\nHost: a\r\n\(field)\r\n")
    switch gatekeeper.decide(head, scope: scope, isLocal: isLocal, now: now, tick: tick) {
    case .admitted(let caller): return .admitted(caller)
    case .refused(let problem, let id):
      return .refused(problem.status, problem.fields.first { $0.0 == "WWW-Authenticate" }?.1 ?? "none", id)
    }
  }

  /// Who was let in, or status, challenge and key of the refusal.
  private enum Verdict: Equatable {
    case admitted(Gatekeeper.Caller)
    case refused(Int, String, String?)

    static let missing = refused(401, #"Bearer realm="cerberus""#, nil)
    static func invalid(_ id: String? = nil) -> Verdict {
      refused(401, #"Bearer realm="cerberus", error="invalid_token""#, id)
    }
    static func scope(_ name: String, _ id: String) -> Verdict {
      refused(403, #"Bearer realm="cerberus", error="insufficient_scope", scope="\#(name)""#, id)
    }
  }

  /// The table of the contract.
  static let scopes: [String: String] = [
    "POST /v1/log": "log", "POST /v1/feedback": "feedback", "GET /v1/stats": "read", "GET /v1/progress": "read",
    "POST /v1/curate": "admin", "GET /v1/export": "export", "GET /v1/examples/{example_id}": "admin",
    "DELETE /v1/examples/{example_id}": "admin", "POST /v1/users/erase": "privacy", "POST /v1/users/export": "privacy",
    "POST /v1/users/opt-out": "privacy", "POST /v1/users/opt-in": "privacy", "GET /livez": "none",
    "GET /readyz": "none", "GET /healthz": "none", "GET /metrics": "read", "GET /openapi.json": "none",
    "GET /": "none", "GET /dashboard": "none",
  ]

  @Test func `every route asks for the scope of the contract`() throws {
    #expect(Routes.table.count >= 9)
    for route in Routes.table {
      let name = "\(route.method.name) \(route.path)"
      let scope = try #require(Self.scopes[name], "\(name) is not in the contract")
      #expect(route.scope?.rawValue ?? "none" == scope, "\(name)")
    }
  }

  @Test(arguments: Scope.allCases)
  func `a key is good for its scope and for no other`(_ scope: Scope) throws {
    let (key, text) = try add([scope])
    let gatekeeper = try gatekeeper(feedbackNeedsKey: true)
    for needed in Scope.allCases {
      let verdict = try decide(gatekeeper, needed, key: text)
      #expect(verdict == (needed == scope ? .admitted(.key(key.id)) : .scope(needed.rawValue, key.id)), "\(needed)")
    }
    #expect(try decide(gatekeeper, nil, key: text) == .admitted(.key(key.id)))
  }

  @Test func `without a key the routes that need one are closed`() throws {
    _ = try add([.log])
    let gatekeeper = try gatekeeper(feedbackNeedsKey: true)
    for scope in Scope.allCases { #expect(try decide(gatekeeper, scope) == .missing, "\(scope)") }
    #expect(try decide(gatekeeper, nil) == .admitted(.keyless))
  }

  @Test func `feedback needs a key only if so configured`() throws {
    let (key, text) = try add([.log])
    #expect(try decide(gatekeeper(), .feedback) == .admitted(.keyless))
    #expect(try decide(gatekeeper(), .feedback, key: text) == .admitted(.key(key.id)))
    #expect(try decide(gatekeeper(), .feedback, key: "cbk_wrong") == .invalid())
    #expect(try decide(gatekeeper(feedbackNeedsKey: true), .feedback) == .missing)
    #expect(try decide(gatekeeper(feedbackNeedsKey: true), .feedback, key: text) == .scope("feedback", key.id))
  }

  @Test func `a presented key is checked where none is needed`() throws {
    let (key, text) = try add([.log])
    let gatekeeper = try gatekeeper()
    #expect(try decide(gatekeeper, nil, key: "cbk_\(key.id)_00") == .invalid(key.id))
    #expect(try decide(gatekeeper, nil, key: text + "0") == .invalid(key.id))
    #expect(try decide(gatekeeper, .log, key: "x", isLocal: true) == .invalid())
  }

  @Test func `an unknown id and a wrong secret get the same answer`() throws {
    let (key, _) = try add([.log])
    let gatekeeper = try gatekeeper()
    let zeros = String(repeating: "0", count: 64)
    let answers = try ["cbk_\(key.id)_\(zeros)", "cbk_ffffffffffff_\(zeros)", "unknown"].map { text in
      let head = try requestHead("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(text)\r\n\r\n")
      let decision = gatekeeper.decide(head, scope: .log, isLocal: false, now: Self.now, tick: 0)
      guard case .refused(let problem, _) = decision else { throw NoHead(text: text) }
      return problem.response
    }
    for answer in answers {
      #expect(answer.status == 401)
      #expect(answer.body == answers[0].body)
      #expect(answer.fields.elementsEqual(answers[0].fields, by: ==))
    }
  }

  @Test func `an expired key is as good as a wrong one`() throws {
    let (key, text) = try add([.log], expires: Self.now.advanced(bySeconds: 1))
    let gatekeeper = try gatekeeper()
    #expect(try decide(gatekeeper, .log, key: text) == .admitted(.key(key.id)))
    let later = Self.now.advanced(bySeconds: 1)
    #expect(try decide(gatekeeper, .log, key: text, now: later) == .invalid(key.id))
    #expect(try decide(gatekeeper, .log, now: later) == .missing, "it does not open because time goes by")
  }

  @Test(arguments: [("127.0.0.1", true), ("::1", true), ("0.0.0.0", false), ("::", false), ("192.0.2.1", false)])
  func `with no key configured only loopback is open`(_ host: String, _ isOpen: Bool) throws {
    let gatekeeper = try gatekeeper(host: host, feedbackNeedsKey: true)
    for scope in Scope.allCases {
      #expect(try decide(gatekeeper, scope) == (isOpen ? .admitted(.open) : .missing), "\(scope)")
      #expect(try decide(gatekeeper, scope, key: "any") == .invalid(), "\(scope)")
    }
  }

  @Test func `revoking the last key opens no address but loopback`() throws {
    let second: UInt64 = 1_000_000_000
    let (key, text) = try add([.log])
    let outside = try gatekeeper(host: "0.0.0.0")
    #expect(try decide(outside, .log, key: text) == .admitted(.key(key.id)))
    try KeyFile.update(directory) { $0.apiKeys = [] }
    #expect(try decide(outside, .log, key: text, tick: second) == .invalid())
    #expect(try decide(outside, .log, tick: second) == .missing)
  }

  @Test func `the control socket needs no key`() throws {
    let (key, text) = try add([.log])
    let gatekeeper = try gatekeeper(host: "0.0.0.0", feedbackNeedsKey: true)
    for scope in Scope.allCases {
      #expect(try decide(gatekeeper, scope, isLocal: true) == .admitted(.owner), "\(scope)")
    }
    #expect(try decide(gatekeeper, .admin, key: text, isLocal: true) == .admitted(.key(key.id)))
  }

  @Test func `the key of the environment may do everything`() throws {
    let gatekeeper = try gatekeeper(host: "0.0.0.0", feedbackNeedsKey: true, master: Self.master)
    for scope in Scope.allCases {
      #expect(try decide(gatekeeper, scope, key: Self.master) == .admitted(.key("environment")), "\(scope)")
      #expect(try decide(gatekeeper, scope, key: Self.master + "x") == .invalid(), "\(scope)")
    }
  }
}
