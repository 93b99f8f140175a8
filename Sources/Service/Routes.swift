import Curation
import Dispatch
import HTTPWire
import Posix
import Privacy
import Records
import TrainingLog

/// What a route does with a request.
enum Reply {
  case now(Response)
  /// To be answered when the committer has decided.
  case commit(Work)
  /// The same for the lines of one request.
  case commitLines(Work, [LineResult])
  /// To be answered with what `work` returns on that queue; then `answered` is called, with whether the client was still
  /// there to get it.
  case background(
    DispatchQueue, _ work: @Sendable () -> Response, answered: @Sendable (_ isReceived: Bool) -> Void = { _ in })
  case stream(StreamedAnswer)
}

/// The table of routes (contract, section 2), and what stands behind each. One value per event loop: the logger in it
/// mints ids without a lock.
struct Routes {
  static let table = [
    Route(.post, "/v1/log", .log, .log), Route(.post, "/v1/feedback", .feedback, .feedback),
    Route(.get, "/v1/stats", .read, .stats), Route(.get, "/v1/progress", .read, .progress),
    Route(.post, "/v1/curate", .admin, .curate), Route(.get, "/v1/export", .export, .export),
    Route(.get, "/v1/examples/{example_id}", .admin, .example),
    Route(.delete, "/v1/examples/{example_id}", .admin, .eraseExample),
    Route(.post, "/v1/users/erase", .privacy, .eraseUser), Route(.post, "/v1/users/export", .privacy, .exportUser),
    Route(.post, "/v1/users/opt-out", .privacy, .optOut), Route(.post, "/v1/users/opt-in", .privacy, .optIn),
    Route(.get, "/livez", nil, .alive),
    Route(.get, "/healthz", nil, .alive), Route(.get, "/readyz", nil, .ready), Route(.get, "/metrics", .read, .metrics),
    Route(.get, "/openapi.json", nil, .description), Route(.get, "/", nil, .start),
    Route(.get, "/dashboard", nil, .dashboard),
  ]

  /// For the command line, which comes through the control socket; nobody else finds them.
  private static let controlTable = [
    Route(.post, "/control/retain", .admin, .retain), Route(.post, "/control/curate", .admin, .curateInOrder),
    Route(.post, "/control/import", .admin, .importLines),
    Route(.get, "/control/curation", .admin, .curation),
  ]

  private static func routes(isLocal: Bool) -> [Route] { isLocal ? table + controlTable : table }

  let collector: Collector
  var logger: ConversationLogger

  init(_ collector: Collector) {
    self.collector = collector
    logger = collector.log.makeLogger()
  }

  /// What can be answered before the body is read; nil to go on. The order: OPTIONS of the whole server, 404, 405, 401, 403, 415.
  ///
  /// `admission` is called with what the keys decided, if it comes to that.
  ///
  /// - Parameter isLocal: it came through the control socket.
  func refusal(
    _ head: RequestHead, isLocal: Bool, tick: UInt64, admission: (Gatekeeper.Decision) -> Void = { _ in }
  ) -> Response? {
    if head.path == "*" { return Self.wholeServer }
    let matches = Self.routes(isLocal: isLocal).filter { Self.matches($0.path, head.path) }
    guard !matches.isEmpty else { return Problem.notFound.response }
    guard let route = matches.first(where: { $0.takes(head.method) }) else {
      return Problem.methodNotAllowed(matches.map(allowed).joined(separator: ", ")).response
    }
    let decision = collector.gatekeeper.decide(
      head, scope: route.scope, isLocal: isLocal, now: collector.clock.now, tick: tick)
    admission(decision)
    switch decision {
    case .refused(let problem, _): return problem.response
    case .admitted(.open) where route.scope?.reachesTexts == true && Self.namesAnotherMachine(head.fields):
      return Problem.hostNotAllowed.response
    case .admitted: break
    }
    guard head.method == .post else { return nil }
    if head.bodyCoding == .unsupported { return Problem.unsupportedCoding.response }
    switch route.action {
    case .log where head.isJSON || head.hasMediaType("application/x-ndjson"): return nil
    case .feedback where head.isRating: return nil
    // Query parameters with an empty body, which a chunked one may turn out to be.
    case .feedback where head.query != nil && (head.framing == .none || head.framing == .chunked): return nil
    case .log: return Problem.unsupportedMediaType("application/json, application/x-ndjson").response
    case .feedback: return Problem.noRating.response
    case .eraseUser, .exportUser, .optOut, .optIn:
      return head.isJSON ? nil : Problem.unsupportedMediaType("application/json").response
    // A chunked body may turn out to be empty.
    case .curate where head.framing == .none || head.framing == .chunked: return nil
    case .curate: return head.isJSON ? nil : Problem.unsupportedMediaType("application/json").response
    default: return nil
    }
  }

  /// Whether the Host is a name with dots, which its owner can let point to this machine (DNS rebinding): to a browser the
  /// page that comes from there and an open server are of one origin then.
  static func namesAnotherMachine(_ fields: HeaderFields) -> Bool {
    guard case .value(let value) = fields.single("Host"), value.first != UInt8(ascii: "[") else { return false }
    let host = String(decoding: value.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self).lowercased()
    let labels = host.split(separator: ".")
    // The last label of an address is a number.
    guard labels.count > 1, let last = labels.last, last != "localhost" else { return false }
    return Int(last) == nil
  }

  /// OPTIONS of the whole server (RFC 9110 section 9.3.7): every method that some path takes.
  private static let wholeServer = Response(status: 204, fields: [("Allow", "GET, HEAD, POST, DELETE, OPTIONS")])

  /// OPTIONS only where it has an answer: pages of other origins ask before they send a rating.
  private func allowed(on route: Route) -> String {
    if route.method == .get { return "GET, HEAD" }
    let isAskedByPages = route.path == Self.feedbackPath && !collector.crossOrigin.isOff
    return isAskedByPages ? "\(route.method.name), OPTIONS" : route.method.name
  }

  mutating func handle(_ request: Request, caller: Gatekeeper.Caller) -> Reply {
    let routes = Self.routes(isLocal: caller == .owner)
    guard let route = routes.first(where: { Self.matches($0.path, request.path) && $0.takes(request.method) }) else {
      return .now(Problem.notFound.response)
    }
    if route.action.needsIndex, !collector.log.isIndexed { return .now(Problem.notIndexed.response) }
    do {
      var request = request
      try request.decodeBody(limit: collector.limits.bodyBytes)
      switch route.action {
      case .log: return try log(request)
      case .feedback: return try feedback(request)
      case .retain: return .background(collector.curating) { [collector] in collector.retain(by: caller.actor) }
      case .importLines:
        let lines = request.body.split(separator: UInt8(ascii: "\n")).map { Array($0) }
        guard lines.count <= Importer.linesMax else { return .now(Problem.tooManyLines.response) }
        return .background(collector.reading) { [collector] in
          var importer = Importer(collector.log)
          return .json(importer.run(lines, now: collector.clock.now).json)
        }
      case .curateInOrder:
        let order = try CurationOrder(JSONDocument(parsing: request.body).root)
        return .background(collector.curating) { [collector] in collector.curate(order, by: caller.actor) }
      case .curation:
        let records = collector.log.counters.tallies[.total, "all"].conversations
        return .now(.json(collector.curation.json(records: records)))
      case .curate:
        try Self.requireNoOptions(request)
        return .background(collector.curating) { [collector] in collector.curate(by: caller.actor) }
      case .export: return try export(request, by: caller.actor)
      case .example: return example(request, by: caller.actor)
      case .eraseExample: return eraseExample(request, by: caller.actor)
      case .eraseUser:
        return eraseUser(
          try UserRequest(JSONDocument(parsing: request.body).root, takesPurpose: false), by: caller.actor)
      case .exportUser:
        let user = try UserRequest(JSONDocument(parsing: request.body).root, takesPurpose: false)
        return stream(exportUser(user, by: caller.actor), request)
      case .optOut, .optIn:
        let user = try UserRequest(JSONDocument(parsing: request.body).root, takesPurpose: true)
        return setConsent(user, refused: route.action == .optOut, by: caller.actor)
      case .stats:
        let seesAll = collector.gatekeeper.isAdmin(caller, request.head, now: collector.clock.now)
        return .now(.json(collector.statistics(seesAll: seesAll)))
      case .progress: return .now(.json(collector.progress()))
      case .alive: return .now(.text("ok\n"))
      case .metrics:
        var response = Response.text(collector.metrics())
        response.fields[0].1 = "text/plain; version=0.0.4; charset=utf-8"
        return .now(response)
      case .ready:
        guard let reason = collector.log.unreadiness(now: collector.clock.now) else { return .now(.text("ready\n")) }
        return .now(Problem.unavailable("Not ready: \(reason).").response)
      case .description: return .now(.json(PackageResources.openapi_json))
      case .start: return .now(Dashboard.redirect)
      case .dashboard: return .now(Dashboard.page)
      }
    } catch {
      switch route.action {
      case .log: collector.outcomes.count(.conversation, .invalid)
      case .feedback: collector.outcomes.count(.rating, .invalid)
      default: break
      }
      return .now(Problem(error).response)
    }
  }
}
