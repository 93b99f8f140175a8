import Testing

@testable import HTTPWire

/// Requests that must be served, and what they say, however their bytes are cut.
struct GoodRequestTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var input: String
    /// Each request handed out, as `Drip` writes it; `head` is the same without the body.
    var requests: [String]
    var testDescription: String { name }
  }

  static let rows: [Row] = [
    Row(
      name: "shortest", input: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", requests: ["GET / - 1.1 none stay [Host=a] <>"]),
    Row(name: "1.0 without Host", input: "GET / HTTP/1.0\r\n\r\n", requests: ["GET / - 1.0 none close [] <>"]),
    Row(
      name: "one empty line before", input: "\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n",
      requests: ["GET /a - 1.1 none stay [Host=a] <>"]),
    Row(
      name: "length", input: "POST /v1/log?x=1&y HTTP/1.1\r\nhOST: a:80\r\ncontent-LENGTH: 5\r\n\r\nhello",
      requests: ["POST /v1/log x=1&y 1.1 length(5) stay [hOST=a:80; content-LENGTH=5] <hello>"]),
    Row(
      name: "length with leading zeros", input: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0005\r\n\r\nhello",
      requests: ["POST / - 1.1 length(5) stay [Host=a; Content-Length=0005] <hello>"]),
    Row(
      name: "length 0", input: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
      requests: ["POST / - 1.1 none stay [Host=a; Content-Length=0] <>"]),
    Row(
      name: "body of any bytes", input: "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n\0\r\n\u{FF}\r\n",
      requests: ["PUT / - 1.1 length(6) stay [Host=a; Content-Length=6] <\0\r\n\u{FF}\r\n>"]),
    Row(
      name: "a GET with a body", input: "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi",
      requests: ["GET / - 1.1 length(2) stay [Host=a; Content-Length=2] <hi>"]),
    Row(
      name: "chunked",
      input:
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n00A\r\n, world!!!\r\n0\r\n\r\n",
      requests: ["POST / - 1.1 chunked stay [Host=a; Transfer-Encoding=chunked] <hello, world!!!>"]),
    Row(
      name: "chunked in any case, empty",
      input: "POST / HTTP/1.1\r\nHost: a\r\nTRANSFER-encoding:\tCHUNKED \r\n\r\n0\r\n\r\n",
      requests: ["POST / - 1.1 chunked stay [Host=a; TRANSFER-encoding=CHUNKED] <>"]),
    Row(
      name: "extensions and trailers are dropped",
      input: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "2;a;b=c ; d = \"x\\\"\\;\u{FF}\" ;e\r\nhi\r\n0;z\r\nHost: b\r\nContent-Length: 3\r\nX:\r\n\r\n",
      requests: ["POST / - 1.1 chunked stay [Host=a; Transfer-Encoding=chunked] <hi>"]),
    Row(
      name: "blanks around values, empty values, bytes above ASCII",
      input: "GET / HTTP/1.1\r\nHost:a\r\nA: \t x y\t \r\nB:\r\nC:  \r\nD: \u{E9}\u{FF}:\r\n\r\n",
      requests: ["GET / - 1.1 none stay [Host=a; A=x y; B=; C=; D=\u{E9}\u{FF}:] <>"]),
    Row(
      name: "every byte of a token in a name", input: "GET / HTTP/1.1\r\nHost: a\r\n!#$%&'*+-.^_`|~09azAZ: 1\r\n\r\n",
      requests: ["GET / - 1.1 none stay [Host=a; !#$%&'*+-.^_`|~09azAZ=1] <>"]),
    Row(
      name: "an unknown method", input: "BREW*! /pot HTTP/1.1\r\nHost: a\r\n\r\n",
      requests: ["OTHER /pot - 1.1 none stay [Host=a] <>"]),
    Row(
      name: "methods are case-sensitive", input: "get / HTTP/1.1\r\nHost: a\r\n\r\n",
      requests: ["OTHER / - 1.1 none stay [Host=a] <>"]),
    Row(
      name: "overrides are only fields",
      input: "GET /a HTTP/1.1\r\nHost: a\r\nX-HTTP-Method-Override: DELETE\r\nX-Original-URL: /b\r\n\r\n",
      requests: ["GET /a - 1.1 none stay [Host=a; X-HTTP-Method-Override=DELETE; X-Original-URL=/b] <>"]),
    Row(
      name: "the empty value of an unused list", input: "GET / HTTP/1.1\r\nHost: a\r\nConnection: ,, \r\n\r\n",
      requests: ["GET / - 1.1 none stay [Host=a; Connection=,,] <>"]),
  ]

  @Test(arguments: rows) func isServed(_ row: Row) {
    let trace = Splits.check(bytes(row.input))
    #expect(trace.requests == row.requests)
    #expect(
      trace.heads.map { $0 + " <" } == row.requests.map { String($0[...($0.lastIndex(of: "<") ?? $0.startIndex)]) })
    #expect(trace.refusal == nil)
    #expect(trace.statuses == row.requests.map { _ in 200 })
    #expect(trace.events.last == .close)
  }

  @Test("Every method has its name", arguments: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
  func method(_ name: String) {
    let trace = Splits.trace(Splits.whole(bytes("\(name) / HTTP/1.1\r\nHost: a\r\n\r\n")))
    #expect(trace.heads == ["\(name) / - 1.1 none stay [Host=a]"])
  }
}
