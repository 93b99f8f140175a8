import HTTPWire
import Records
import TrainingLog

/// `POST /v1/log`.
extension Routes {
  mutating func log(_ request: Request) throws -> Reply {
    let root = try JSONDocument(parsing: request.body).root
    let now = collector.clock.now
    let submission = try Submission(root, window: collector.log.window(now: now))
    return .commit(.conversation(logger.prepare(submission, now: now)))
  }
}
