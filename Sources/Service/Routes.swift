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
  case curate
}

/// The table of routes (contract, section 2), and what stands behind each. One value per event loop: the logger in it
/// mints ids without a lock.
struct Routes {
  private enum Action { case log, feedback, stats, progress, curate, alive, ready, metrics }

  private static let table: [(path: String, method: Method, action: Action)] = [
    ("/v1/log", .post, .log), ("/v1/feedback", .post, .feedback), ("/v1/stats", .get, .stats),
    ("/v1/progress", .get, .progress), ("/v1/curate", .post, .curate), ("/livez", .get, .alive),
    ("/healthz", .get, .alive), ("/readyz", .get, .ready), ("/metrics", .get, .metrics),
  ]

  private let collector: Collector
  private var logger: ConversationLogger

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
    if let coding = head.fields.text("Content-Encoding"), !Self.equal(coding, "identity") {
      return Problem.unsupportedCoding.response
    }
    switch route.action {
    case .log: return Self.isJSON(head) ? nil : Problem.unsupportedMediaType("application/json").response
    case .feedback:
      if head.framing == .none, head.query != nil { return nil }
      let isTaken = Self.isJSON(head) || Self.mediaType(head).map { Self.equal($0, "text/plain") } == true
      return isTaken ? nil : Problem.unsupportedMediaType("application/json").response
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
    } catch let error as InvalidFields {
      return .now(Problem.invalid(error).response)
    } catch let error as JSONError {
      return .now(Problem.malformed(error).response)
    } catch {
      return .now(Problem.internalError.response)
    }
  }

  private mutating func log(_ request: Request) throws -> Reply {
    let root = try JSONDocument(parsing: request.body).root
    let now = collector.clock.now
    let submission = try Submission(root, window: collector.log.window(now: now))
    return .commit(.conversation(logger.prepare(submission, now: now)))
  }

  private func feedback(_ request: Request) throws -> Reply {
    let now = collector.clock.now
    if request.body.isEmpty, let query = request.query {
      guard let parameters = QueryParameters.parse(query) else { return .now(Problem.unreadable.response) }
      return .commit(.rating(try Rating(parameters: parameters), now: now))
    }
    return .commit(.rating(try Rating(JSONDocument(parsing: request.body).root), now: now))
  }

  /// The answer to what the committer decided.
  static func response(_ outcome: Outcome) -> Response {
    switch outcome {
    case .stored(let id): return .json(Array("{\"status\":\"success\",\"example_id\":\"\(id)\"}".utf8), status: 201)
    case .rated: return .json(Array("{\"status\":\"success\"}".utf8))
    case .unknownExample: return Problem.unknownExample.response
    case .storageFailed:
      return Problem.unavailable("The record could not be made durable. Send it again.").response
    case .outOfSpace: return Problem.outOfSpace.response
    }
  }

  private static func isJSON(_ head: RequestHead) -> Bool {
    mediaType(head).map { equal($0, "application/json") } == true
  }

  /// Type and subtype without parameters; nil when the field is missing or stands twice.
  private static func mediaType(_ head: RequestHead) -> String? {
    guard case .value(let value) = head.fields.single("Content-Type") else { return nil }
    let type = value.prefix { $0 != UInt8(ascii: ";") }
    return String(decoding: type, as: UTF8.self).trimmedOfSpace
  }

  private static func equal(_ text: String, _ lowercase: String) -> Bool {
    text.utf8.count == lowercase.utf8.count
      && zip(text.utf8, lowercase.utf8).allSatisfy { ($0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0) == $1 }
  }
}

extension String {
  fileprivate var trimmedOfSpace: String {
    let bytes = Array(utf8)
    guard let first = bytes.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }),
      let last = bytes.lastIndex(where: { $0 != 0x20 && $0 != 0x09 })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
