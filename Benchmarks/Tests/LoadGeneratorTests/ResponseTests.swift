import LoadGenerator
import Testing

struct ResponseTests {
  static let created = "HTTP/1.1 201 Created\r\ncontent-length: 2\r\nX: y\r\n\r\n{}"

  private func parse(_ text: String) -> Response.Parse {
    Array(text.utf8).withUnsafeBytes { Response.parse($0) }
  }

  @Test("A whole response gives its status and body, and every shorter piece of it is incomplete")
  func pieces() {
    let whole = Array(Self.created.utf8)
    for end in whole.indices {
      #expect(whole[..<end].withUnsafeBytes { Response.parse($0) } == .incomplete, "\(end) bytes")
    }
    guard case .complete(let response) = parse(Self.created) else {
      Issue.record("not complete")
      return
    }
    #expect(response.status == 201 && !response.closes)
    #expect(response.body == (whole.count - 2)..<whole.count)
  }

  @Test("The body ends where Content-Length says, whatever follows")
  func boundary() {
    guard case .complete(let response) = parse(Self.created + "HTTP/1.1 ") else {
      Issue.record("not complete")
      return
    }
    #expect(response.body.upperBound == Self.created.utf8.count)
  }

  @Test("Field names and close are known in any case, with blanks round the value")
  func caseOfNames() {
    guard case .complete(let response) = parse("HTTP/1.1 503 \r\nCONTENT-Length: \t0 \r\nConnection: Close\r\n\r\n")
    else {
      Issue.record("not complete")
      return
    }
    #expect(response.status == 503 && response.body.isEmpty && response.closes)
  }

  @Test(
    "A response whose end cannot be trusted is malformed",
    arguments: [
      "HTTP/1.1 201 Created\r\n\r\n",
      "HTTP/1.1 201 Created\r\nContent-Length: +2\r\n\r\n{}",
      "HTTP/1.1 201 Created\r\nContent-Length:\r\n\r\n",
      "HTTP/1.1 201 Created\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
      "HTTP/1.1 201 Created\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "HTTP/1.1 201 Created\nContent-Length: 0\n\n",
      "HTTP/1.1 201 Created\r\nno colon\r\n\r\n",
      "HTTP/1.1 2011 Created\r\n", "HTTP/1.0 201 Created\r\n", "HTTP/1.1 20x Created\r\n", "\r\n",
    ])
  func malformed(text: String) {
    guard case .malformed = parse(text) else {
      Issue.record("accepted")
      return
    }
  }

  @Test("A head without an end is given up at 16 KiB")
  func endlessHead() {
    let text = "HTTP/1.1 201 Created\r\nx: " + String(repeating: "a", count: Response.headBytesMax)
    #expect(parse(text) == .malformed("a head over 16 KiB"))
  }

  @Test(
    "Only an example_id with a UUID counts as one",
    arguments: [
      (#"{"status":"success","example_id":"01976d3c-1f2e-7abc-8def-0123456789ab"}"#, true),
      (#"{ "example_id" : "01976d3c-1f2e-7abc-8def-0123456789ab" }"#, true),
      (#"{"status":"opted_out","example_id":null}"#, false),
      (#"{"example_id":"01976d3c-1f2e-7abc-8def-0123456789a"}"#, false),
      (#"{"example_id":"01976d3c-1f2e-7abc-8def-0123456789ab"#, false),
      (#"{"example_id""#, false), ("", false),
    ])
  func exampleID(body: String, holds: Bool) {
    #expect(Array(body.utf8).withUnsafeBytes { Expectation.holdsExampleID($0) } == holds)
  }
}
