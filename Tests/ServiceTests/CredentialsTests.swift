import HTTPWire
import Testing

@testable import Service

struct CredentialsTests {
  /// nil: no key presented; "": presented, but malformed.
  static let cases: [(lines: String, token: String?)] = [
    ("", nil),
    ("Authorization: Bearer abc\r\n", "abc"),
    ("authorization: bearer abc\r\n", "abc"),
    ("AUTHORIZATION:BEARER   a-._~+/Z9==  \r\n", "a-._~+/Z9=="),
    ("Authorization: Bearer cbk_0123456789ab_ff\r\n", "cbk_0123456789ab_ff"),
    ("Authorization:\r\n", nil),
    ("Authorization: Basic YTpi\r\n", nil),
    ("Authorization: Bearerabc\r\n", nil),
    ("Authorization: Bearer=abc\r\n", nil),
    ("Authorization: abc\r\n", nil),
    ("Proxy-Authorization: Bearer abc\r\n", nil),
    ("X-Api-Key: abc\r\n", nil),
    ("Authorization: Bearer\r\n", ""),
    ("Authorization: Bearer =\r\n", ""),
    ("Authorization: Bearer ==abc\r\n", ""),
    ("Authorization: Bearer a=b\r\n", ""),
    ("Authorization: Bearer a b\r\n", ""),
    ("Authorization: Bearer a,b\r\n", ""),
    ("Authorization: Bearer a, Bearer a\r\n", ""),
    ("Authorization: Bearer \"abc\"\r\n", ""),
    ("Authorization: Bearer\tabc\r\n", ""),
    ("Authorization: Bearer \tabc\r\n", ""),
    ("Authorization: Bearer abc\tx\r\n", ""),
    ("Authorization: Bearer ab\u{e9}\r\n", ""),
    ("Authorization: Bearer abc\r\nAuthorization: Bearer abc\r\n", ""),
    ("Authorization: Basic YTpi\r\nAuthorization: Bearer abc\r\n", ""),
    ("Authorization: Bearer abc\r\nauthorization: Basic YTpi\r\n", ""),
  ]

  @Test(arguments: cases)
  func `the field is read`(_ lines: String, _ token: String?) throws {
    let head = try requestHead("GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n")
    let expected: Credentials =
      switch token {
      case nil: .none
      case "": .malformed
      case let text?: .bearer(Array(text.utf8)[...])
      }
    #expect(Credentials(head.fields) == expected)
  }

  @Test(arguments: [
    ("0123456789abcdef", true), ("a==", true), ("", false), ("a b", false), ("é", false), ("a\n", false),
  ])
  func `a key of the environment can be presented or not`(_ key: String, _ isGood: Bool) {
    #expect(Gatekeeper.canBePresented(Array(key.utf8)) == isGood)
  }
}

/// The head of a request as the wire gives it out.
func requestHead(_ text: String) throws -> RequestHead {
  var connection = ServerConnection(limits: WireLimits(), now: 0)
  // The array lives for as long as the call.
  Array(text.utf8).withUnsafeBytes { connection.receive($0, now: 0) }
  guard case .head(let head) = connection.nextAction(now: 0) else { throw NoHead(text: text) }
  return head
}

struct NoHead: Error { let text: String }
