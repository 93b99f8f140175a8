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
    guard request.head.isRating else { return .now(Problem.noRating.response) }
    // Other parameters, as those that keep caches away, are nobody's.
    let query = request.query.flatMap(QueryParameters.parse) ?? []
    let rating = try Rating(JSONDocument(parsing: request.body).root, besideQuery: query.map(\.name))
    return .commit(.rating(rating, now: now))
  }
}

extension RequestHead {
  /// JSON, also under the type that `sendBeacon` gives it.
  var isRating: Bool { isJSON || hasMediaType("text/plain") }
}

extension Problem {
  static let noRating = unsupportedMediaType("application/json, text/plain")
}
