import Testing

@testable import HTTPWire

/// Where a body ends: Content-Length, Transfer-Encoding, and the ways to make two readers disagree.
struct FramingTests {
  static let badLengths: [String] = [
    "+5", "-5", "-0", "5, 5", "5,5", "5,", ",5", "5;5", "5 5", "5.0", "5e0", "0x5", "5h", "h5", "", " ", "'5'", "\"5\"",
    "5_0",
    "\u{B2}", "5\u{A0}", "\u{80}5", "NaN", "chunked",
    "9223372036854775808", "18446744073709551615", "18446744073709551616", "18446744073709551621",
    "99999999999999999999", "36893488147419103237", "340282366920938463463374607431768211461",
    String(repeating: "9", count: 400),
  ]

  @Test("Content-Length that is no decimal number that fits", arguments: badLengths) func badLength(_ value: String) {
    check("Content-Length: \(value)\r\n\r\nhello", .contentLengthInvalid)
    check("Content-Length: \(value)\r\n\r\nhello", .contentLengthInvalid, version: "1.0")
  }

  @Test(arguments: [
    "Content-Length: 5\r\nContent-Length: 5", "Content-Length: 5\r\nContent-Length: 6",
    "Content-Length: 5\r\nX: y\r\ncontent-length: 5", "Content-Length: 0\r\nContent-Length: 0",
    "Content-Length: 5\r\nContent-Length:",
  ])
  func repeatedLength(_ lines: String) { check(lines + "\r\n\r\nhello", .contentLengthInvalid) }

  @Test("Long runs of zeros are digits like others") func zeros() {
    let zeros = String(repeating: "0", count: 300)
    let trace = Splits.check(bytes("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(zeros)5\r\n\r\nhello"))
    #expect(trace.requests.count == 1 && trace.requests[0].hasSuffix("<hello>"))
  }

  struct Coding: Sendable {
    var lines: String
    var error: WireError
    init(_ lines: String, _ error: WireError) {
      self.lines = lines
      self.error = error
    }
  }

  static let codings: [Coding] =
    [
      "", "identity", "chunked, chunked", "chunked,", ",chunked", "chunked;q=1", "chunked;", "chunked x", "xchunked",
      "chunkedx", "chunked, gzip", "chunked, identity", "identity, chunked", "\"chunked\"", "'chunked'", "gzip",
      "deflate",
      "gzip, deflate", "gzip chunked", "chunked gzip", "x, chunked", "chunke", "c hunked", "\u{80}chunked",
      "chunked\u{80}",
      "gzip, chunked, chunked", "chunked, gzip, chunked", "chunk\u{E9}d", "cow", "gzip;q=1, chunked", "5",
    ].map { Coding("Transfer-Encoding: \($0)", .transferCodingInvalid) } + [
      Coding("Transfer-Encoding: gzip, chunked", .transferCodingUnknown),
      Coding("Transfer-Encoding: GZIP ,\t chunked", .transferCodingUnknown),
      Coding("Transfer-Encoding: x-gzip, deflate, compress, x-compress, chunked", .transferCodingUnknown),
      Coding("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", .transferCodingInvalid),
      Coding("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", .transferCodingInvalid),
      Coding("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", .transferCodingInvalid),
      Coding("Transfer-Encoding: chunked\r\ntransfer-encoding:", .transferCodingInvalid),
      Coding("Transfer-Encoding : chunked", .fieldMalformed),
      Coding("Transfer-Encoding\t: chunked", .fieldMalformed),
      Coding(" Transfer-Encoding: chunked", .fieldMalformed),
      Coding("Transfer-Encoding:\r\n chunked", .fieldMalformed),
      Coding("Transfer-Encoding: \u{B}chunked", .strayByte),
      Coding("Transfer-Encoding: chunked\0", .strayByte),
      Coding("Transfer-Encoding: \nchunked", .strayByte),
      Coding("X: y\nTransfer-Encoding: chunked", .strayByte),
      Coding("X: y\rTransfer-Encoding: chunked", .strayByte),
      Coding("Transfer-Encoding: chunked\r\nContent-Length: 5", .framingConflict),
      Coding("Content-Length: 5\r\nTransfer-Encoding: chunked", .framingConflict),
      Coding("Content-Length: 0\r\nTransfer-Encoding: chunked", .framingConflict),
      Coding("Transfer-Encoding: gzip, chunked\r\nContent-Length: 5", .framingConflict),
      Coding("Transfer-Encoding: identity\r\nContent-Length: 5", .transferCodingInvalid),
      Coding("Content-Length: x\r\nTransfer-Encoding: chunked", .contentLengthInvalid),
    ]

  @Test(arguments: codings) func coding(_ row: Coding) {
    check(row.lines + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n", row.error)
  }

  @Test("Transfer-Encoding in HTTP/1.0", arguments: ["chunked", "gzip, chunked", "identity", "chunked, chunked"])
  func codingIn10(_ value: String) {
    check("Transfer-Encoding: \(value)\r\n\r\n0\r\n\r\n", .transferCodingInvalid, version: "1.0")
    check(
      "Connection: keep-alive\r\nTransfer-Encoding: \(value)\r\n\r\n0\r\n\r\n", .transferCodingInvalid, version: "1.0")
  }

  @Test(
    "Fields that only look like framing are fields",
    arguments: [
      "Content_Length: 5", "Content-Lengths: 5", "XContent-Length: 5", "Transfer_Encoding: chunked", "TE: chunked",
      "Transfer-Encoding2: chunked", "Content-Encoding: chunked", "X: Content-Length: 5",
    ])
  func lookalike(_ line: String) {
    let trace = Splits.check(bytes("POST / HTTP/1.1\r\nHost: a\r\n\(line)\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n"))
    #expect(trace.requests.map { String($0.prefix(7)) } == ["POST / ", "GET /b "])
  }

  private func check(_ rest: String, _ error: WireError, version: String = "1.1") {
    let input = "POST / HTTP/\(version)\r\nHost: a\r\n" + rest + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
    let trace = Splits.check(bytes(input))
    #expect(trace.events == [.refuse(error), .halfClose, .close])
    #expect(trace.statuses == [error == .transferCodingUnknown ? 501 : 400])
  }
}
