import HTTPWire

/// `GET /v1/export`.
extension Routes {
  func export(_ request: Request) throws -> Reply {
    guard let parameters = QueryParameters.parse(request.query ?? "") else {
      return .now(Problem.unreadable.response)
    }
    var order = try ExportOrder(parameters)
    order.isCompressed = request.head.prefersGzip
    order.isHead = request.method == .head
    return .export(order)
  }
}
