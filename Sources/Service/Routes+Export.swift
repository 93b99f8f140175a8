import HTTPWire

/// `GET /v1/export`.
extension Routes {
  func export(_ request: Request) throws -> Reply {
    guard let parameters = QueryParameters.parse(request.query ?? "") else {
      return .now(Problem.unreadable.response)
    }
    return stream(try ExportOrder(parameters).answer(collector.directory, collector.log.erasures), request)
  }

  func stream(_ answer: StreamedAnswer, _ request: Request) -> Reply {
    var answer = answer
    answer.isCompressed = request.head.prefersGzip
    answer.isHead = request.method == .head
    return .stream(answer)
  }
}
