import TestKit
import Testing

@Suite("Contract §2 Dashboard", .serialized, .runningServer)
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
}
