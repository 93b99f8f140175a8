import HTTPWire
import Records
import TrainingLog

/// An error answer (RFC 9457). Texts are of the program, never of the input.
struct Problem: Error {
  let status: Int
  let code: String
  let title: String
  let detail: String
  var errors: [FieldError] = []
  var fields: [(String, String)] = []
  /// The connection closes after this answer.
  var closes = false

  /// At most so many broken rules are listed.
  private static let errorsMax = 20

  static let notFound = Problem(
    status: 404, code: "not_found", title: "Not Found",
    detail: "There is nothing at this path; see /openapi.json for all routes.")
  static let unknownExample = Problem(
    status: 404, code: "unknown_example", title: "Unknown Example", detail: "No example of that id is stored.")
  static let unreadable = Problem(
    status: 400, code: "bad_query", title: "Bad Query", detail: "The query is not well-formed URL-encoded UTF-8.")
  static let busy = unavailable("Too many records wait for the disk. Send it again later.")
  static let crowded: Problem = {
    var problem = unavailable("Too many connections are open. Try again later.")
    problem.closes = true
    return problem
  }()
  static let notDurable = unavailable("The record could not be made durable. Send it again.")
  static let notIndexed = unavailable("The index is being brought in step with the files. Send it again later.")
  static let badIdempotencyKey = Problem(
    status: 400, code: "bad_idempotency_key", title: "Bad Idempotency-Key",
    detail: "Idempotency-Key must stand once and have 1 to \(IdempotencyKey.bytesMax) bytes, bare or quoted.")
  static let keyOnLines = Problem(
    status: 400, code: "bad_idempotency_key", title: "Bad Idempotency-Key",
    detail: "One key cannot stand for many lines; give each line an example_id instead.")
  static let tooManyLines = Problem(
    status: 413, code: "too_many_lines", title: "Content Too Large",
    detail: "At most \(Routes.linesMax) lines are taken at once.")
  static let conflict = Problem(
    status: 422, code: "idempotency_conflict", title: "Idempotency Conflict",
    detail: "The Idempotency-Key or example_id was used for another conversation; what is sent again must have the "
      + "same fields and values.")
  static let erased = Problem(
    status: 410, code: "erased", title: "Gone",
    detail: "The example_id or Idempotency-Key is of a record that was erased, and is not taken again.")
  static let outOfSpace = Problem(
    status: 507, code: "insufficient_storage", title: "Insufficient Storage",
    detail: "The disk is full. Nothing was stored.")

  static func unavailable(_ detail: String) -> Problem {
    Problem(
      status: 503, code: "unavailable", title: "Service Unavailable", detail: detail, fields: [("Retry-After", "1")])
  }

  static func methodNotAllowed(_ allowed: String) -> Problem {
    Problem(
      status: 405, code: "method_not_allowed", title: "Method Not Allowed",
      detail: "This path takes \(allowed) alone.", fields: [("Allow", allowed)])
  }

  static func unsupportedMediaType(_ accepted: String) -> Problem {
    Problem(
      status: 415, code: "unsupported_media_type", title: "Unsupported Media Type",
      detail: "The Content-Type must be \(accepted.split(separator: ", ").joined(separator: " or ")).",
      fields: [("Accept", accepted)])
  }

  static func tooManyRequests(retryAfter seconds: Int) -> Problem {
    Problem(
      status: 429, code: "too_many_requests", title: "Too Many Requests",
      detail: "Too many requests came from there. Try again later.", fields: [("Retry-After", String(seconds))])
  }

  static let hostNotAllowed = Problem(
    status: 403, code: "host_not_allowed", title: "Host Not Allowed",
    detail: """
      Without any key this is for this machine alone, and the Host field names another. Call it by localhost or by \
      address, or create keys.
      """)

  static let originNotAllowed = Problem(
    status: 403, code: "origin_not_allowed", title: "Origin Not Allowed",
    detail: "Pages of other origins can send ratings alone, and only where --cors-origin lists them.")

  static func invalid(_ fields: InvalidFields) -> Problem {
    Problem(
      status: 422, code: "invalid_fields", title: "Invalid Fields", detail: "Some fields break a rule.",
      errors: fields.errors)
  }

  static func malformed(_ error: JSONError) -> Problem {
    Problem(status: 400, code: "invalid_json", title: "Invalid JSON", detail: "The body is no JSON: \(error).")
  }

  static let internalError = Problem(
    status: 500, code: "internal_error", title: "Internal Server Error", detail: "The work failed. See the log.")

  var response: Response {
    var writer = JSONWriter(reserving: 256)
    writer.object { writeMembers(to: &$0) }
    return Response(
      status: status, fields: [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store")] + fields,
      body: writer.bytes, closes: closes)
  }

  /// As a member of the object that is open.
  func write(to writer: inout JSONWriter, key: StaticString) {
    writer.key(key)
    writer.object { writeMembers(to: &$0) }
  }

  private func writeMembers(to body: inout JSONWriter) {
    body.key("type")
    body.string("urn:cerberus:problem:\(code)")
    body.key("title")
    body.string(title)
    body.key("status")
    body.integer(status)
    body.key("detail")
    body.string(detail)
    body.key("code")
    body.string(code)
    guard !errors.isEmpty else { return }
    body.key("errors")
    body.array { list in
      for error in errors.prefix(Self.errorsMax) {
        list.object { item in
          item.key("pointer")
          item.string(error.pointer)
          item.key("detail")
          item.string(error.detail)
        }
      }
    }
  }
}

extension Problem {
  /// For what a route throws.
  init(_ error: any Error) {
    self =
      switch error {
      case let error as Problem: error
      case let error as InvalidFields: .invalid(error)
      case let error as JSONError: .malformed(error)
      default: .internalError
      }
  }
}

extension JSONWriter {
  /// In the place of an id, for a conversation that was not stored since its user refuses it.
  mutating func writeOptedOut() {
    key("status")
    string("opted_out")
    key("example_id")
    null()
  }
}

extension Response {
  /// To `POST /v1/log`, likewise.
  static var refusedConversation: Response {
    var writer = JSONWriter()
    writer.object { $0.writeOptedOut() }
    return .json(writer.bytes)
  }

  static func json(_ body: [UInt8], status: Int = 200) -> Response {
    Response(status: status, fields: [("Content-Type", "application/json"), ("Cache-Control", "no-store")], body: body)
  }

  static func text(_ body: String) -> Response {
    Response(
      status: 200, fields: [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")],
      body: Array(body.utf8))
  }
}
