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
  case curate
}

/// The table of routes (contract, section 2), and what stands behind each. One value per event loop: the logger in it
/// mints ids without a lock.
struct Routes {
  enum Action { case log, feedback, stats, progress, curate, alive, ready, metrics }

  static let table: [(path: String, method: Method, action: Action)] = [
    ("/v1/log", .post, .log), ("/v1/feedback", .post, .feedback), ("/v1/stats", .get, .stats),
    ("/v1/progress", .get, .progress), ("/v1/curate", .post, .curate), ("/livez", .get, .alive),
    ("/healthz", .get, .alive), ("/readyz", .get, .ready), ("/metrics", .get, .metrics),
  ]

  let collector: Collector
  var logger: ConversationLogger

  init(_ collector: Collector) {
    self.collector = collector
    logger = collector.log.makeLogger()
  }

  /// What can be refused before the body is read; nil to go on.
  func refusal(_ head: RequestHead) -> Response? {
    let matches = Self.table.filter { $0.path.utf8.elementsEqual(head.path.utf8) }
    guard let route = matches.first else { return Problem.notFound.response }
    let isAllowed = route.method == head.method || (route.method == .get && head.method == .head)
    guard isAllowed else {
      return Problem.methodNotAllowed(route.method == .get ? "GET, HEAD" : route.method.name).response
    }
    guard head.method == .post else { return nil }
    if head.contentCoding != nil { return Problem.unsupportedCoding.response }
    switch route.action {
    case .log where head.isJSON || head.hasMediaType("application/x-ndjson"): return nil
    // Query parameters with an empty body; JSON under the type that `sendBeacon` gives it.
    case .feedback where head.isJSON || head.hasMediaType("text/plain"): return nil
    case .feedback where head.framing == .none && head.query != nil: return nil
    case .log: return Problem.unsupportedMediaType("application/json, application/x-ndjson").response
    case .feedback: return Problem.unsupportedMediaType("application/json").response
    default: return nil
    }
  }

  mutating func handle(_ request: Request) -> Reply {
    guard let route = Self.table.first(where: { $0.path.utf8.elementsEqual(request.path.utf8) }) else {
      return .now(Problem.notFound.response)
    }
    do {
      switch route.action {
      case .log: return try log(request)
      case .feedback: return try feedback(request)
      case .curate: return .curate
      case .stats: return .now(.json(collector.statistics()))
      case .progress: return .now(.json(collector.progress()))
      case .alive: return .now(.text("ok\n"))
      case .metrics:
        var response = Response.text(collector.metrics())
        response.fields[0].1 = "text/plain; version=0.0.4; charset=utf-8"
        return .now(response)
      case .ready:
        guard let reason = collector.log.unreadiness() else { return .now(.text("ready\n")) }
        return .now(Problem.unavailable("Not ready: \(reason).").response)
      }
    } catch {
      return .now(Problem(error).response)
    }
  }
}
