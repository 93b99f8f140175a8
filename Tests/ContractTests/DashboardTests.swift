import Records
import TestKit
import Testing

@Suite("Contract §2 Dashboard and OpenAPI", .serialized, .runningServer)
struct DashboardTests {
  @Test func `/ leads to the dashboard`() throws {
    let answer = try connect().get("/")
    #expect(answer.status == 307)
    #expect(answer["Location"] == "/dashboard")
  }

  @Test func `the dashboard is one page of at most 60 KB that loads nothing from elsewhere`() throws {
    let answer = try connect().get("/dashboard")
    #expect(answer.status == 200)
    #expect(answer["Content-Type"] == "text/html; charset=utf-8")
    #expect(answer.body.count <= 60_000)
    for reference in ["src=", "@import", "url(", "http://", "https://"] {
      let found = answer.text.ranges(of: reference).filter {
        !answer.text[$0.lowerBound...].hasPrefix("http://www.w3.org/")
      }
      #expect(found.isEmpty, "\(reference)")
    }
  }

  @Test func `its policy lets nothing run but its own script, and nobody frame it`() throws {
    let policy = try #require(try connect().get("/dashboard")["Content-Security-Policy"])
    for directive in ["default-src 'none'", "script-src 'sha256-", "style-src 'sha256-", "frame-ancestors 'none'"] {
      #expect(policy.contains(directive))
    }
    #expect(!policy.contains("unsafe"))
  }

  @Test func `the page needs no key, its data does`() throws {
    let server = try TestServer(environment: ["CERBERUS_API_KEY": String(repeating: "k", count: 40)])
    let client = try server.connect()
    #expect(try client.get("/dashboard").status == 200)
    #expect(try client.get("/openapi.json").status == 200)
    for path in ["/v1/stats", "/v1/progress", "/metrics"] { #expect(try client.get(path).status == 401, "\(path)") }
    #expect(try server.stop() == .code(0))
  }

  @Test func `the API is described as OpenAPI 3_1`() throws {
    let answer = try connect().get("/openapi.json")
    #expect(answer["Content-Type"] == "application/json")
    #expect(try answer.json()["openapi"]?.string?.hasPrefix("3.1") == true)
  }

  /// What the document shows is what a reader will paste.
  @Test func `its examples work`() throws {
    let client = try connect()
    let document = try client.get("/openapi.json").json()
    func example(_ path: String) throws -> JSONElement {
      try #require(document.at("paths", path, "post", "requestBody", "content", "application/json", "example"))
    }
    var log = JSONWriter(reserving: 512)
    log.value(try example("/v1/log").value)
    let stored = try client.post("/v1/log", log.bytes)
    #expect(stored.status == 201)
    let id = try #require(try stored.json()["example_id"]?.string)
    let score = try #require(try example("/v1/feedback")["score"]?.integer)
    #expect(try client.post("/v1/feedback", "{\"example_id\":\"\(id)\",\"score\":\(score)}").status == 200)
  }
}
