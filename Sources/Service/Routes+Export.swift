import HTTPWire

/// `GET /v1/export`.
extension Routes {
  func export(_ request: Request, by actor: String) throws -> Reply {
    guard let parameters = QueryParameters.parse(request.query ?? "") else {
      return .now(Problem.unreadable.response)
    }
    let order = try ExportOrder(parameters)
    return stream(
      order.answer(collector.directory, collector.log.erasures) { [collector] in
        collector.auditedExport(.exportDataset, counting: "rows", by: actor)
      }, request)
  }

  func stream(_ answer: StreamedAnswer, _ request: Request) -> Reply {
    var answer = answer
    answer.isCompressed = request.head.prefersGzip
    answer.isHead = request.method == .head
    return .stream(answer)
  }
}
