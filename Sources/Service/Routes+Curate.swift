import HTTPWire
import Records

/// `POST /v1/curate`.
extension Routes {
  /// Of a run over HTTP, which is always the usual one: a wish that would go unheard is refused.
  static func requireNoOptions(_ request: Request) throws {
    guard !request.body.isEmpty else { return }
    guard request.head.isJSON else { throw Problem.unsupportedMediaType("application/json") }
    let root = try JSONDocument(parsing: request.body).root
    guard root.kind == .object, root.members.isEmpty else {
      throw Problem.invalid(
        InvalidFields(errors: [FieldError(pointer: "", detail: "must be empty or {}: a run over HTTP has no options")]))
    }
  }
}
