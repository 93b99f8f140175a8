@testable import HTTPWire

/// Any byte, for tables: each scalar of the text is one byte (Latin-1).
func bytes(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }

/// The inverse of `bytes`.
func latin1<Bytes: Sequence<UInt8>>(_ bytes: Bytes) -> String {
  String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
}

/// A driver without a socket: feeds a connection piece by piece, answers by a rule, and keeps all that happened.
struct Drip {
  /// One thing that the connection asked for, with everything it handed out.
  enum Event: Equatable, Sendable {
    case head(String)
    case request(String)
    case refuse(WireError)
    case halfClose
    case close
  }

  /// What the driver does with heads and requests.
  struct Rule: Sendable {
    /// nil accepts the head.
    var decide: @Sendable (RequestHead) -> Response? = { _ in nil }
    /// The answer names path and body, so that answers out of order are seen.
    var answer: @Sendable (Request) -> Response = { Response(status: 200, body: bytes($0.path) + [0x7C] + $0.body) }

    static let plain = Rule()
    /// Refuses every head without waiting for its body.
    static let early = Rule(decide: { _ in Response(status: 401, body: bytes("no")) })
  }

  static let date = HTTPDate(unixSeconds: 784_111_777)

  var connection: ServerConnection
  var now: Nanoseconds
  var rule: Rule
  private(set) var events: [Event] = []
  private(set) var output: [UInt8] = []

  init(_ rule: Rule = .plain, limits: WireLimits = WireLimits(), now: Nanoseconds = 0) {
    connection = ServerConnection(limits: limits, now: now)
    self.now = now
    self.rule = rule
  }

  mutating func feed(_ piece: [UInt8]) {
    piece.withUnsafeBytes { connection.receive($0, now: now) }
    pump()
  }

  mutating func feed(_ text: String) { feed(bytes(text)) }

  mutating func end() {
    connection.receiveEnd()
    pump()
  }

  /// Moves the clock to `seconds` after accept, and lets what is due happen.
  mutating func sleep(until seconds: Double) {
    now = Nanoseconds(seconds * 1e9)
    connection.timeOut(now: now)
    pump()
  }

  /// Does what the connection asks for until it waits, or has closed.
  mutating func pump() {
    while true {
      switch connection.nextAction(now: now) {
      case .wait:
        guard connection.pendingOutput > 0 else { return }
        output += connection.takeOutput(now: now)
      case .head(let head):
        events.append(.head(head.summary))
        if let response = rule.decide(head) {
          connection.respond(response, date: Self.date, now: now)
        } else {
          connection.accept(now: now)
        }
      case .request(let request):
        events.append(.request(request.head.summary + " <" + latin1(request.body) + ">"))
        connection.respond(rule.answer(request), date: Self.date, now: now)
      case .refuse(let error):
        events.append(.refuse(error))
        connection.respond(error.response(), date: Self.date, now: now)
      case .halfClose: events.append(.halfClose)
      case .close:
        if events.last != .close { events.append(.close) }
        return
      }
    }
  }

  /// What has been written so far, as text.
  var text: String { latin1(output) }
  var refusal: WireError? { events.lazy.compactMap { if case .refuse(let error) = $0 { error } else { nil } }.first }
  var isClosed: Bool { events.last == .close }
  /// Target and body of every request handed out.
  var requests: [String] { events.compactMap { if case .request(let text) = $0 { text } else { nil } } }

  /// Events and output, without interim answers: whether one is sent depends on when the body comes.
  var trace: Trace {
    Trace(events: events, output: text.replacing("HTTP/1.1 100 Continue\r\n\r\n", with: ""))
  }

  struct Trace: Equatable, Sendable {
    var events: [Event]
    var output: String
  }
}

extension RequestHead {
  /// Everything a head says, in one line.
  var summary: String {
    let lines = (0..<fields.count).map { latin1(fields[$0].name) + "=" + latin1(fields[$0].value) }
    let rest = "\(framing) \(keepAlive ? "stay" : "close")\(expectsContinue ? " expects" : "")"
    return "\(method.name) \(path) \(query ?? "-") 1.\(versionMinor) \(rest) [\(lines.joined(separator: "; "))]"
  }
}
