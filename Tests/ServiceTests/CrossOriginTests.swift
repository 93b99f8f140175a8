import HTTPWire
import Testing

@testable import Service

@Suite("CORS")
struct CrossOriginTests {
  struct Listed: CustomTestStringConvertible, Sendable {
    let text: String
    /// What a browser sends of it; nil: it is refused.
    let origin: String?

    var testDescription: String { text }
  }

  @Test(
    "Only exact origins get on the list",
    arguments: [
      Listed(text: "https://app.example", origin: "https://app.example"),
      Listed(text: "http://localhost:3000", origin: "http://localhost:3000"),
      Listed(text: "HTTPS://App.Example", origin: "https://app.example"),
      Listed(text: "https://app.example:443", origin: "https://app.example"),
      Listed(text: "http://app.example:80", origin: "http://app.example"),
      Listed(text: "http://app.example:443", origin: "http://app.example:443"),
      Listed(text: "http://127.0.0.1:5173", origin: "http://127.0.0.1:5173"),
      Listed(text: "http://[::1]:5173", origin: "http://[::1]:5173"),
      Listed(text: "http://[::1]", origin: "http://[::1]"),
      Listed(text: "capacitor://localhost", origin: "capacitor://localhost"),
      Listed(text: "chrome-extension://abcdef", origin: "chrome-extension://abcdef"),
      Listed(text: "*", origin: nil), Listed(text: "null", origin: nil), Listed(text: "", origin: nil),
      Listed(text: "app.example", origin: nil), Listed(text: "https://", origin: nil),
      Listed(text: "https://*.example", origin: nil), Listed(text: "https://app.example/", origin: nil),
      Listed(text: "https://app.example/path", origin: nil), Listed(text: "https://a@app.example", origin: nil),
      Listed(text: "https://app.example:", origin: nil), Listed(text: "https://app.example:0", origin: nil),
      Listed(text: "https://app.example:65536", origin: nil), Listed(text: "https://app.example:+80", origin: nil),
      Listed(text: "https://app.example?", origin: nil), Listed(text: "https://app.example#", origin: nil),
      Listed(text: " https://app.example", origin: nil),
      Listed(text: "https://a.example,https://b.example", origin: nil),
      Listed(text: "https://app.example\r\nX: 1", origin: nil), Listed(text: "://app.example", origin: nil),
      Listed(text: "1https://app.example", origin: nil), Listed(text: "http://[::1", origin: nil),
    ])
  func list(listed: Listed) throws {
    let policy = CrossOrigin([listed.text])
    #expect((policy != nil) == (listed.origin != nil))
    guard let policy, let origin = listed.origin else { return }
    #expect(policy.allowedOrigin(try makeHead("POST", "/", [("Origin", origin)]).fields) == origin)
  }

  @Test(
    "An origin that is not on the list byte for byte is not allowed",
    arguments: [
      "https://app.example.evil", "https://evil-app.example", "https://app.exampl", "http://app.example",
      "https://app.example:8443", "https://APP.example", "https://app.example/", "null", "*", "",
      "https://app.example https://evil.example", "https://sub.app.example",
    ])
  func others(origin: String) throws {
    let policy = try #require(CrossOrigin(["https://app.example", "http://localhost:3000"]))
    #expect(policy.allowedOrigin(try makeHead("POST", "/", [("Origin", origin)]).fields) == nil)
  }

  @Test("Two lines of Origin are none")
  func repeated() throws {
    let policy = try #require(CrossOrigin(["https://app.example"]))
    let fields = [("Origin", "https://app.example"), ("Origin", "https://app.example")]
    #expect(policy.allowedOrigin(try makeHead("POST", "/", fields).fields) == nil)
  }

  @Test("Without a list nothing is a preflight and nothing is added")
  func off() throws {
    let policy = try #require(CrossOrigin([]))
    let fields = [("Origin", "https://app.example"), ("Access-Control-Request-Method", "POST")]
    #expect(!policy.isPreflight(try makeHead("OPTIONS", "/v1/feedback", fields)))
    var response = Response(status: 200)
    policy.addFields(for: nil, to: &response)
    #expect(response.fields.isEmpty)
  }
}
