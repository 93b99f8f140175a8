import Records
import Testing

@testable import Service

struct ProblemTests {
  static let all: [Problem] = [
    .notFound, .unknownExample, .unreadable, .busy, .outOfSpace, .unavailable("Why."), .methodNotAllowed("GET, HEAD"),
    .unsupportedMediaType("application/json"), .unsupportedCoding, .internalError, .notDurable, .crowded, .conflict,
    .badIdempotencyKey, .keyOnLines, .tooManyLines, malformed, invalid([("/a", "is \"quoted\"\n")]),
  ]

  private static var malformed: Problem {
    do throws(JSONError) {
      _ = try JSONDocument(parsing: Array(#"{"a":1,"a":2}"#.utf8))
      return .internalError
    } catch { return .malformed(error) }
  }

  private static func invalid(_ errors: [(pointer: String, detail: String)]) -> Problem {
    let errors = errors.map { FieldError(pointer: $0.pointer, detail: $0.detail) }
    return Problem(status: 422, code: "invalid_fields", title: "Invalid", detail: "Some.", errors: errors)
  }

  @Test(arguments: all.indices)
  func `it is strict JSON with the members of RFC 9457`(_ index: Int) throws {
    let problem = Self.all[index]
    let response = problem.response
    #expect(response.status == problem.status)
    #expect(response.fields.first { $0.0 == "Content-Type" }?.1 == "application/problem+json")
    let root = try JSONDocument(parsing: response.body).root
    let keys = root.members.compactMap(\.key.string)
    #expect(keys == ["type", "title", "status", "detail", "code"] + (problem.errors.isEmpty ? [] : ["errors"]))
    #expect(root["type"]?.string == "urn:cerberus:problem:\(problem.code)")
    #expect(root["title"]?.string == problem.title)
    #expect(root["status"]?.integer == problem.status)
    #expect(root["detail"]?.string == problem.detail)
    #expect(root["code"]?.string == problem.code)
    #expect(problem.code.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 })
  }

  @Test(arguments: [0, 1, 19, 20, 21, 500])
  func `it lists the first 20 errors in order`(_ count: Int) throws {
    let problem = Self.invalid((0..<count).map { ("/\($0)", "breaks rule \($0)") })
    let root = try JSONDocument(parsing: problem.response.body).root
    let listed = root["errors"]?.items ?? []
    #expect(listed.map { $0["pointer"]?.string } == (0..<min(count, 20)).map { "/\($0)" })
    #expect(listed.map { $0["detail"]?.string } == (0..<min(count, 20)).map { "breaks rule \($0)" })
  }

  @Test func `503 says when to come again, no 4xx does`() {
    for problem in Self.all {
      let retry = problem.response.fields.first { $0.0 == "Retry-After" }
      #expect(retry.map { Int($0.1) != nil } == (problem.status == 503 ? true : nil), "\(problem.code)")
    }
  }
}
