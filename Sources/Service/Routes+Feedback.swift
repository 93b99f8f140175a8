import HTTPWire
import Records
import TrainingLog

/// `POST /v1/feedback`.
extension Routes {
  func feedback(_ request: Request) throws -> Reply {
    let now = collector.clock.now
    if request.body.isEmpty, let query = request.query {
      guard let parameters = QueryParameters.parse(query) else { return .now(Problem.unreadable.response) }
      return .commit(.rating(try Rating(parameters: parameters), now: now))
    }
    return .commit(.rating(try Rating(JSONDocument(parsing: request.body).root), now: now))
  }
}
