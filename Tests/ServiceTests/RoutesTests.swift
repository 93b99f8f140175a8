import HTTPWire
import TestKit
import Testing

@testable import Service

struct RoutesTests {
  struct Example: Sendable {
    let line: String
    let fields: [String]
    /// Of the refusal; nil where the request goes on.
    let status: Int?

    init(_ line: String, _ status: Int?) { self.init(line, [], status) }

    init(_ line: String, _ fields: [String], _ status: Int?) {
      (self.line, self.fields, self.status) = (line, fields, status)
    }
  }

  static let reading: [Example] =
    [
      "GET /livez", "GET /healthz", "GET /readyz", "GET /metrics", "GET /v1/stats", "GET /v1/progress",
      "HEAD /v1/stats",
      "HEAD /livez", "GET /livez?x=y", "GET http://a/livez",
    ].map { Example($0, nil) }

  static let unknown: [Example] =
    [
      "GET /nothing", "GET /v1", "GET /v1/log/", "GET //v1/log", "GET /V1/log", "GET /v1/stats/../log",
      "GET /v1%2Fstats", "GET /v1/%73tats",
    ].map { Example($0, 404) }

  static let methods: [Example] =
    [
      "GET /v1/log", "HEAD /v1/log", "PUT /v1/log", "GET /v1/feedback", "GET /v1/curate", "POST /v1/stats",
      "DELETE /livez", "post /v1/log", "BREW /v1/stats", "TRACE /livez", "PATCH /v1/stats",
    ].map { Example($0, 405) }

  private static func log(_ fields: String..., status: Int?) -> Example {
    Example("POST /v1/log", fields + ["Content-Length: 2"], status)
  }

  static let types: [Example] = [
    log("Content-Type: application/json", status: nil),
    log("content-type: APPLICATION/JSON ; charset=utf-8", status: nil),
    log("Content-Type: application/json", "Content-Encoding: identity", status: nil),
    log(status: 415), log("Content-Type: text/plain", status: 415), log("Content-Type:", status: 415),
    log("Content-Type: application/json5", status: 415), log("Content-Type: application/jso", status: 415),
    log("Content-Type: application/json, text/plain", status: 415),
    log("Content-Type: application/json", "Content-Type: application/json", status: 415),
    log("Content-Type: application/json", "Content-Encoding: br", status: 415), Example("POST /v1/log", 415),
    Example("POST /v1/feedback", ["Content-Type: application/json", "Content-Length: 2"], nil),
    Example("POST /v1/feedback", ["Content-Type: text/plain;charset=UTF-8", "Content-Length: 2"], nil),
    Example("POST /v1/feedback", ["Content-Type: text/html", "Content-Length: 2"], 415),
    Example("POST /v1/feedback?score=1", nil), Example("POST /v1/feedback?score=1", ["Content-Length: 0"], nil),
    Example("POST /v1/feedback?score=1", ["Content-Length: 2"], 415), Example("POST /v1/feedback", 415),
    Example("POST /v1/curate", nil), Example("POST /v1/curate", ["Content-Length: 0"], nil),
    Example("POST /v1/curate", ["Content-Length: 2"], 415),
    Example("POST /v1/curate", ["Content-Length: 2", "Content-Type: application/json"], nil),
  ]

  @Test(arguments: [reading, unknown, methods, types])
  func `the head alone decides what is refused`(_ examples: [Example]) throws {
    let fixture = try LogFixture()
    let routes = try fixture.routes
    for example in examples {
      let refusal = routes.refusal(try head(example.line, example.fields), isLocal: false, tick: 0)
      #expect(refusal?.status == example.status, "\(example)")
      guard let refusal else { continue }
      #expect(refusal.fields.contains { $0 == ("Content-Type", "application/problem+json") }, "\(example)")
      #expect(refusal.fields.contains { $0.0 == "Allow" } == (example.status == 405), "\(example)")
    }
  }
}
