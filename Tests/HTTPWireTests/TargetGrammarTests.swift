import Testing

@testable import HTTPWire

/// Request targets: every form, and every way to disguise one.
struct TargetGrammarTests {
  struct Good: Sendable {
    var target: String
    var path: String
    var query: String?
    var method = "GET"
  }

  static let good: [Good] = [
    Good(target: "/", path: "/", query: nil),
    Good(target: "/v1/log", path: "/v1/log", query: nil),
    Good(target: "/?", path: "/", query: ""),
    Good(target: "/a?b", path: "/a", query: "b"),
    Good(target: "/a?b?c/d:@", path: "/a", query: "b?c/d:@"),
    Good(target: "/a?example_id=1&score=5", path: "/a", query: "example_id=1&score=5"),
    Good(target: "/a?%41=%7e%20%00", path: "/a", query: "%41=%7e%20%00"),
    Good(target: "/-._~!$&'()*+,;=:@azAZ09", path: "/-._~!$&'()*+,;=:@azAZ09", query: nil),
    // Handed out as they are: none of these may equal a route.
    Good(target: "//", path: "//", query: nil),
    Good(target: "//v1/log", path: "//v1/log", query: nil),
    Good(target: "/v1//log", path: "/v1//log", query: nil),
    Good(target: "/v1/log/", path: "/v1/log/", query: nil),
    Good(target: "/v1/./log", path: "/v1/./log", query: nil),
    Good(target: "/x/../v1/log", path: "/x/../v1/log", query: nil),
    Good(target: "/../v1/log", path: "/../v1/log", query: nil),
    Good(target: "/%2e%2E/v1/log", path: "/%2e%2E/v1/log", query: nil),
    Good(target: "/v1%2flog", path: "/v1%2flog", query: nil),
    Good(target: "/v1%2Flog", path: "/v1%2Flog", query: nil),
    Good(target: "/%76%31/log", path: "/%76%31/log", query: nil),
    Good(target: "/v1%5clog", path: "/v1%5clog", query: nil),
    Good(target: "/v1/log%00", path: "/v1/log%00", query: nil),
    Good(target: "/v1/log;x=1", path: "/v1/log;x=1", query: nil),
    Good(target: "/V1/LOG", path: "/V1/LOG", query: nil),
    Good(target: "/%25%32%65", path: "/%25%32%65", query: nil),
    Good(target: "/http://b/c", path: "/http://b/c", query: nil),
    // Absolute.
    Good(target: "http://b/c?d", path: "/c", query: "d"),
    Good(target: "http://b", path: "/", query: nil),
    Good(target: "http://b/", path: "/", query: nil),
    Good(target: "http://b?d", path: "/", query: "d"),
    Good(target: "http://b?", path: "/", query: ""),
    Good(target: "HTTP://b:80/c", path: "/c", query: nil),
    Good(target: "hTTps://[::1]:443/c", path: "/c", query: nil),
    Good(target: "http://b//c", path: "//c", query: nil),
    Good(target: "http://b/?http://c/", path: "/", query: "http://c/"),
    // The whole server.
    Good(target: "*", path: "*", query: nil, method: "OPTIONS"),
    Good(target: "http://b", path: "*", query: nil, method: "OPTIONS"),
    Good(target: "http://b/", path: "/", query: nil, method: "OPTIONS"),
    Good(target: "http://b?d", path: "/", query: "d", method: "OPTIONS"),
    Good(target: "/", path: "/", query: nil, method: "OPTIONS"),
    Good(target: "/*", path: "/*", query: nil),
  ]

  static let bad: [(String, String)] =
    [
      "*", "a", "v1/log", "?a", "?", "#", "/#", "/a#b", "/a?b#c", "#/a", "/\\", "/a\\b", "\\", "/\"", "/<", "/>", "/^",
      "/`", "/{", "/|", "/}", "/[", "/]", "/a?[", "/a?]", "/a?b[]=c", "/a?^", "/a?\"", "/a?`", "/a?{}", "/a?|", "/a?<",
      "/\u{E9}", "/\u{80}", "/a?\u{FF}", "\u{EF}\u{BB}\u{BF}/",
      "/%", "/%4", "/%g0", "/%0g", "/%%41", "/%u0041", "/%\u{A0}41", "/a?%", "/a?%4", "/a?%zz",
      "/a%?41", "/a%4?1", "/%-1", "/%+1", "/%0x",
      "http:", "http:/", "http://", "http:///", "http:///a", "http://?a", "http://#a", "http:/a", "http:a", "http//a",
      "ftp://a/", "ws://a/", "file:///a", "mailto:a@b", "javascript:1", "urn:a", "http://u@b/", "http://u:p@b/",
      "http://b:x/", "http://b:99999/", "http://[::1/", "http://b#c", "http://b/#c", "http://b\\c", "http://b/%",
      "http://b%/", "b:443", "b", "//b/c#",
    ].map { ("GET", $0) } + [
      ("OPTIONS", "*/"), ("OPTIONS", "**"), ("OPTIONS", "*?a"), ("OPTIONS", "/*#"), ("POST", "*"),
      ("options", "*"), ("OPTIONS", "a"), ("OPTIONS", "http://"),
    ]

  @Test(arguments: good) func accepted(_ row: Good) throws {
    let input = "\(row.method) \(row.target) HTTP/1.1\r\nHost: a\r\n\r\n"
    let head = try #require(HostGrammarTests.head(input))
    #expect(head.path == row.path)
    #expect(head.query == row.query)
    #expect(Splits.check(bytes(input)).statuses == [200])
  }

  @Test(arguments: bad) func refused(_ method: String, _ target: String) {
    let trace = Splits.check(bytes("\(method) \(target) HTTP/1.1\r\nHost: a\r\n\r\n"))
    #expect(trace.refusal == .targetMalformed)
    #expect(trace.statuses == [400])
  }

  @Test("Every byte of a path and of a query, against RFC 3986") func everyByte() {
    // A question mark is allowed in both: it begins a query, or is a part of it.
    let allowed = Set((ByteSetTests.unreserved + ByteSetTests.subDelims + ":@/?").utf8)
    for byte in UInt8(0x21)...0xFF where byte != 0x7F {
      for before in ["/a", "/a?"] {
        let input = bytes("GET " + before) + [byte] + bytes("b HTTP/1.1\r\nHost: a\r\n\r\n")
        let trace = Splits.trace(Splits.whole(input))
        #expect((trace.statuses == [200]) == allowed.contains(byte), "\(byte) after \(before)")
      }
    }
  }

  @Test("Every pair of bytes after a percent sign") func everyEscape() {
    let hex = Set("0123456789abcdefABCDEF".utf8)
    let candidates = Array(hex) + Array("gG/:@`%-+xX".utf8)
    for first in candidates {
      for second in candidates {
        let input = bytes("GET /%") + [first, second] + bytes("b HTTP/1.1\r\nHost: a\r\n\r\n")
        let isGood = Splits.trace(Splits.whole(input)).statuses == [200]
        #expect(isGood == (hex.contains(first) && hex.contains(second)), "\(first) \(second)")
      }
    }
  }
}
