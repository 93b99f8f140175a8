import Testing

@testable import HTTPWire

/// The chunked coding through whole requests: sizes, extensions, trailers, and their bounds.
struct ChunkedTests {
  static let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
  static let next = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n"

  static let good: [(String, String)] = [
    ("0\r\n\r\n", ""), ("000\r\n\r\n", ""), ("0000000000000000\r\n\r\n", ""), ("1\r\na\r\n0\r\n\r\n", "a"),
    ("0000000000000001\r\na\r\n0\r\n\r\n", "a"), ("a\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
    ("A\r\n0123456789\r\n0\r\n\r\n", "0123456789"), ("1\r\na\r\n2\r\nbc\r\n3\r\ndef\r\n0\r\n\r\n", "abcdef"),
    ("5\r\n0\r\n\r\n\r\n0\r\n\r\n", "0\r\n\r\n"), ("2\r\n\r\n\r\n0\r\n\r\n", "\r\n"), ("1\r\n\0\r\n0\r\n\r\n", "\0"),
    // Extensions.
    ("1;a\r\nx\r\n0\r\n\r\n", "x"), ("1;a=b\r\nx\r\n0;c=d\r\n\r\n", "x"), ("1;a=\"\"\r\nx\r\n0\r\n\r\n", "x"),
    ("1;a=\"b;c\\\"d\"\r\nx\r\n0\r\n\r\n", "x"), ("1;a=\"\t \u{80}\u{FF}\"\r\nx\r\n0\r\n\r\n", "x"),
    ("1 ;a\r\nx\r\n0\r\n\r\n", "x"), ("1\t ; \ta\t = \tb ; c\r\nx\r\n0\r\n\r\n", "x"),
    ("1;a;b;c\r\nx\r\n0\r\n\r\n", "x"), ("1;a=\"b\" ;c=d ;e\r\nx\r\n0\r\n\r\n", "x"),
    ("1;!#$%&'*+-.^_`|~=!#$%&'*+-.^_`|~\r\nx\r\n0\r\n\r\n", "x"), ("1;a=\"\\\\\"\r\nx\r\n0\r\n\r\n", "x"),
    // Trailers.
    ("0\r\nA: b\r\n\r\n", ""), ("0\r\nA:b\r\nC:\r\nD: \t e \t\r\n\r\n", ""),
    ("0\r\nTransfer-Encoding: gzip\r\n\r\n", ""),
    ("0\r\nContent-Length: 9\r\nHost: b\r\nExpect: x\r\nConnection: close\r\n\r\n", ""),
    ("0\r\nA: \u{80}\u{FF}\r\n\r\n", ""), ("0;a=b\r\nA: b:c\r\n\r\n", ""),
  ]

  @Test(arguments: good) func decoded(_ coded: String, _ body: String) {
    let trace = Splits.check(bytes(Self.head + coded + Self.next))
    #expect(trace.requests.count == 2)
    #expect(trace.requests.first?.hasSuffix("<\(body)>") == true)
    #expect(trace.requests.last?.hasPrefix("GET /next - 1.1 none stay") == true)
    #expect(trace.statuses == [200, 200])
  }

  static let badChunks: [String] = [
    // Sizes.
    "\r\n\r\n", "x\r\n", "g\r\n", "-1\r\n", "+1\r\na\r\n", "0x1\r\na\r\n", "1x\r\na\r\n", " 1\r\na\r\n", "\t1\r\na\r\n",
    "1 \r\na\r\n", "1\t\r\na\r\n", "1 2\r\na\r\n", "1,1\r\na\r\n", "1.0\r\na\r\n", "1h\r\na\r\n", "\u{B1}\r\n",
    ";a\r\n",
    "00000000000000000\r\n\r\n", "00000000000000001\r\na\r\n", "\01\r\na\r\n", "1\0\r\na\r\n", "1_\r\na\r\n",
    // Line ends.
    "1\na\r\n0\r\n\r\n", "1\ra\r\n0\r\n\r\n", "1\r\r\na\r\n", "1\n\ra\r\n", "\n1\r\na\r\n", "1\r\na\n0\r\n\r\n",
    "1\r\na\r0\r\n\r\n", "1\r\na\r\r\n0\r\n\r\n", "1\r\na\n\r0\r\n\r\n", "1\r\nab\r\n0\r\n\r\n", "1\r\na0\r\n\r\n",
    "3\r\nab\r\n0\r\n\r\n", "1\r\na\r\n\r\n0\r\n\r\n", "1\r\na \r\n0\r\n\r\n", "0\n\r\n", "0\r\r\n\r\n",
    // Extensions.
    "1;\r\na\r\n", "1;;\r\na\r\n", "1;a;\r\na\r\n", "1; \r\na\r\n", "1;a=\r\na\r\n", "1;a= \r\na\r\n", "1;=b\r\na\r\n",
    "1;a b\r\na\r\n", "1;a \r\na\r\n", "1;a=b \r\na\r\n", "1;a=b c\r\na\r\n", "1;a==b\r\na\r\n", "1;a=b=c\r\na\r\n",
    "1;a=\"b\r\na\r\n", "1;a=\"b\\\r\na\r\n", "1;a=\"b\"c\r\na\r\n", "1;a=\"b\" \r\na\r\n", "1;a=b\"c\"\r\na\r\n",
    "1;a=\"\u{7F}\"\r\na\r\n", "1;a=\"\0\"\r\na\r\n", "1;a=\"\\\0\"\r\na\r\n", "1;a\0\r\na\r\n", "1;a=\"\n\"\r\na\r\n",
    "1;a\n\r\na\r\n", "1;a\nX\r\na\r\n", "1;a\rX\r\na\r\n", "1;\u{80}\r\na\r\n", "1;a=\u{80}\r\na\r\n", "1;(\r\na\r\n",
    "1 a\r\na\r\n", "1=a\r\na\r\n", "1\"a\"\r\na\r\n", "1\\;a\r\na\r\n", "1;a,b\r\na\r\n", "0;\r\n\r\n", "0;a=\r\n\r\n",
  ]

  static let badTrailers: [String] = [
    "0\r\nA\r\n\r\n", "0\r\nA : b\r\n\r\n", "0\r\n: b\r\n\r\n", "0\r\n A: b\r\n\r\n", "0\r\nA: b\r\n c\r\n\r\n",
    "0\r\nA: b\r\n\tc\r\n\r\n", "0\r\nA: b\n\r\n", "0\r\nA: b\r\r\n\r\n", "0\r\nA: b\rC: d\r\n\r\n",
    "0\r\nA: \0\r\n\r\n",
    "0\r\nA\0: b\r\n\r\n", "0\r\nA: \u{7F}\r\n\r\n", "0\r\n\n", "0\r\n\rX", "0\r\n\r\r\n", "0\r\nA: b\r\n\n",
    "0\r\nA: b\r\n\rX", "0\r\n\0\r\n\r\n", "0\r\nA b: c\r\n\r\n", "0\r\nA(: c\r\n\r\n", "0\r\nA\u{80}: c\r\n\r\n",
  ]

  @Test(arguments: badChunks) func malformedChunk(_ coded: String) { check(coded, .chunkMalformed, 400) }

  @Test(arguments: badTrailers) func malformedTrailer(_ coded: String) { check(coded, .trailerMalformed, 400) }

  @Test("A broken body of a request answered early closes without a second answer", arguments: badChunks + badTrailers)
  func malformedAfterAnswer(_ coded: String) {
    let trace = Splits.check(bytes(Self.head + coded + Self.next), .early)
    #expect(trace.events.dropFirst() == [.halfClose, .close])
    #expect(trace.statuses == [401])
  }

  /// Limits small enough to stand on.
  static var limits: WireLimits {
    var limits = WireLimits()
    limits.bodyBytes = 20
    limits.chunkExtensionBytes = 12
    limits.trailerBytes = 16
    limits.headerLines = 3
    return limits
  }

  struct Bound: Sendable {
    var coded: String
    var error: WireError?
    var status = 200
  }

  static let bounds: [Bound] = [
    // 20 bytes in one chunk or in several, and one more.
    Bound(coded: "14\r\n01234567890123456789\r\n0\r\n\r\n"),
    Bound(coded: "a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n"),
    Bound(coded: "15\r\n012345678901234567890\r\n0\r\n\r\n", error: .bodyTooLong, status: 413),
    Bound(coded: "a\r\n0123456789\r\nB\r\n01234567890\r\n0\r\n\r\n", error: .bodyTooLong, status: 413),
    Bound(coded: "14\r\n01234567890123456789\r\n1\r\n0\r\n0\r\n\r\n", error: .bodyTooLong, status: 413),
    Bound(coded: "7fffffffffffffff\r\n", error: .bodyTooLong, status: 413),
    Bound(coded: "8000000000000000\r\n", error: .bodyTooLong, status: 413),
    Bound(coded: "ffffffffffffffff\r\n", error: .bodyTooLong, status: 413),
    Bound(coded: "FFFFFFFFFFFFFFFFF\r\n", error: .bodyTooLong, status: 413),
    Bound(coded: "10000000000000000\r\n", error: .bodyTooLong, status: 413),
    Bound(coded: "a\r\n0123456789\r\nfffffffffffffff6\r\n", error: .bodyTooLong, status: 413),
    // 12 bytes of extensions in all, from the first blank or semicolon, without CRLF.
    Bound(coded: "0;0123456789a\r\n\r\n"),
    Bound(coded: "0;0123456789ab\r\n\r\n", error: .chunkExtensionsTooLong, status: 400),
    Bound(coded: "1;abcde\r\nx\r\n0;abcde\r\n\r\n"),
    Bound(coded: "1;abcde\r\nx\r\n0;abcdef\r\n\r\n", error: .chunkExtensionsTooLong, status: 400),
    Bound(coded: "1 \t  ;a = \"b\"\r\nx\r\n0\r\n\r\n"),
    Bound(coded: "1 \t   ;a = \"b\"\r\nx\r\n0\r\n\r\n", error: .chunkExtensionsTooLong, status: 400),
    // 16 bytes of trailer lines with their CRLFs.
    Bound(coded: "0\r\nA: 01234567890\r\n\r\n"),
    Bound(coded: "0\r\nA: 012345678901\r\n\r\n", error: .trailersTooLong, status: 431),
    Bound(coded: "0\r\nA:01\r\nB:012345\r\n\r\n"),
    Bound(coded: "0\r\nA:01\r\nB:0123456\r\n\r\n", error: .trailersTooLong, status: 431),
    // 3 lines.
    Bound(coded: "0\r\nA:\r\nB:\r\nC:\r\n\r\n"),
    Bound(coded: "0\r\nA:\r\nB:\r\nC:\r\nD:\r\n\r\n", error: .trailersTooLong, status: 431),
  ]

  @Test(arguments: bounds) func bounded(_ row: Bound) {
    let trace = Splits.check(bytes(Self.head + row.coded), limits: Self.limits)
    #expect(trace.refusal == row.error)
    #expect(trace.statuses == [row.status])
    #expect(trace.requests.isEmpty == (row.error != nil))
  }

  private func check(_ coded: String, _ error: WireError, _ status: Int) {
    let trace = Splits.check(bytes(Self.head + coded + Self.next))
    #expect(trace.events.dropFirst() == [.refuse(error), .halfClose, .close])
    #expect(trace.heads.count == 1)
    #expect(trace.statuses == [status])
  }
}
