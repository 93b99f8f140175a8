import HTTPWire
import Records
import TrainingLog

/// `POST /v1/log`.
extension Routes {
  /// Lines of one NDJSON request.
  static let linesMax = 1000

  mutating func log(_ request: Request) throws -> Reply {
    if request.head.hasMediaType("application/x-ndjson") { return lines(request) }
    let key: IdempotencyKey?
    switch request.fields.single("Idempotency-Key") {
    case .absent: key = nil
    case .repeated: return .now(Problem.badIdempotencyKey.response)
    case .value(let value):
      guard let read = IdempotencyKey(value) else { return .now(Problem.badIdempotencyKey.response) }
      key = read
    }
    guard let stored = try prepare(request.body, key: key) else { return .now(.refusedConversation) }
    return .commit(.conversation(stored))
  }

  /// nil where the user refuses that anything is stored: then nothing of it is looked at.
  private mutating func prepare(_ body: [UInt8], key: IdempotencyKey?) throws -> StoredConversation? {
    let root = try JSONDocument(parsing: body).root
    let now = collector.clock.now
    let submission = try Submission(root, window: collector.log.window(now: now), hasKey: key != nil)
    guard !collector.log.consent.refuses(.logging, userID: submission.userID) else {
      if let id = submission.exampleID {
        collector.log.consent.remember(refused: id)
        collector.forgetEarlyRating(of: id)
      }
      collector.log.counters.countRefused()
      collector.outcomes.count(.conversation, .optedOut)
      return nil
    }
    return logger.prepare(submission, key: key, now: now)
  }

  /// One conversation a line. A bad line spoils no other; all good ones are stored together.
  private mutating func lines(_ request: Request) -> Reply {
    guard case .absent = request.fields.single("Idempotency-Key") else {
      return .now(Problem.keyOnLines.response)
    }
    let lines = request.body.split(separator: UInt8(ascii: "\n")).filter { line in
      line.contains { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
    }
    guard lines.count <= Self.linesMax else { return .now(Problem.tooManyLines.response) }
    var results: [LineResult] = []
    var good: [StoredConversation] = []
    for line in lines {
      do {
        if let stored = try prepare(Array(line), key: nil) {
          good.append(stored)
          results.append(.committed)
        } else {
          results.append(.optedOut)
        }
      } catch {
        collector.outcomes.count(.conversation, .invalid)
        results.append(.refused(Problem(error)))
      }
    }
    guard !good.isEmpty else { return .now(LineResult.response(results, [])) }
    return .commitLines(.conversations(good), results)
  }
}

/// What is known of a line before the commit.
enum LineResult {
  /// The next outcome of the commit says it.
  case committed
  case refused(Problem)
  /// Its user refuses that anything is stored.
  case optedOut

  /// The answer to all lines, in the order of the input.
  static func response(_ results: [LineResult], _ outcomes: [Outcome]) -> Response {
    var outcomes = outcomes.makeIterator()
    var accepted = 0
    var list = JSONWriter(reserving: 64 + results.count * 56)
    list.array { list in
      for result in results {
        list.object { item in
          switch result {
          case .optedOut:
            accepted += 1
            item.writeOptedOut()
          case .refused(let problem): problem.write(to: &item, key: "error")
          case .committed:
            switch outcomes.next() {
            case .stored(let id):
              accepted += 1
              item.key("example_id")
              item.string(id.description)
            case .replayed(let id):
              accepted += 1
              item.key("example_id")
              item.string(id.description)
              item.key("replayed")
              item.bool(true)
            case .optedOut:
              accepted += 1
              item.writeOptedOut()
            case .erased: Problem.erased.write(to: &item, key: "error")
            case .conflict: Problem.conflict.write(to: &item, key: "error")
            case .invalid(let fields): Problem.invalid(fields).write(to: &item, key: "error")
            case .notIndexed: Problem.notIndexed.write(to: &item, key: "error")
            default: Problem.notDurable.write(to: &item, key: "error")
            }
          }
        }
      }
    }
    var body = JSONWriter(reserving: list.bytes.count + 64)
    body.object { object in
      object.key("accepted")
      object.integer(accepted)
      object.key("rejected")
      object.integer(results.count - accepted)
      object.key("results")
      object.raw(list.bytes)
    }
    return .json(body.bytes)
  }
}
