import Testing

@testable import HTTPWire

/// HEAD: the fields of the same GET, and never a body (RFC 9110 section 9.3.2).
struct HeadMethodTests {
  static func request(_ method: String, _ rest: String = "") -> String {
    "\(method) /x HTTP/1.1\r\nHost: a\r\n\(rest)\r\n"
  }

  @Test("The same fields as GET, whatever the answer", arguments: [200, 201, 204, 304, 400, 404, 405, 500, 503])
  func mirrors(_ status: Int) {
    for rule in [
      Drip.Rule(answer: { _ in Response(status: status, fields: [("Content-Type", "a/b")], body: bytes("hello")) }),
      Drip.Rule(decide: { _ in Response(status: status, fields: [("Content-Type", "a/b")], body: bytes("hello")) }),
    ] {
      let get = Answer.all(in: Splits.check(bytes(Self.request("GET")), rule).output)
      let trace = Splits.check(bytes(Self.request("HEAD") + Self.request("HEAD") + Self.request("GET")), rule)
      let answers = Answer.all(in: trace.output, headAt: [0, 1])
      #expect(answers.count == 3)
      #expect(answers.map(\.fields.count) == [0, 1, 2].map { _ in get[0].fields.count })
      #expect(answers[0].fields.elementsEqual(get[0].fields, by: ==))
      #expect(answers[0].body == "" && answers[2].body == get[0].body)
    }
  }

  @Test(
    "A refused HEAD has no body either",
    arguments: [
      "HEAD * HTTP/1.1\r\n", "HEAD / HTTP/1.1\r\n\r\n", "HEAD / HTTP/3.0\r\n", "HEAD /\0", "HEAD \0", "HEAD  /",
      "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", "HEAD / HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n",
      "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n",
      "HEAD / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
      // Half-closed.
      "HEAD / HTTP/1.1\r\nHost: a\r\n", "HEAD /", "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab",
    ])
  func refused(_ input: String) {
    let trace = Splits.check(bytes(input))
    #expect(trace.refusal != nil)
    let answers = Answer.all(in: trace.output, headAt: [0])
    #expect(answers.count == 1)
    #expect(answers.first.flatMap { $0["content-length"] }.flatMap { Int($0) } ?? 0 > 0)
  }

  @Test(
    "A HEAD that takes too long has no body either",
    arguments: [
      "HEAD /", "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab",
    ])
  func timedOut(_ input: String) {
    var drip = Drip()
    drip.feed(input)
    drip.sleep(until: 60)
    let answers = Answer.all(in: drip.text, headAt: [0])
    #expect(answers.map(\.status) == [408])
  }

  @Test("What only looks like HEAD has one", arguments: ["HEAD\t/ HTTP/1.1\r\n", "HEADS  /", "head  /", "HEAD\0"])
  func lookalike(_ input: String) {
    let answers = Answer.all(in: Splits.check(bytes(input)).output)
    #expect(answers.count == 1 && answers[0].body.hasPrefix("{"))
  }

  @Test("A GET after a HEAD that ends badly has its body") func afterHead() {
    let trace = Splits.check(bytes(Self.request("HEAD") + "GET / HTTP/1.1\r\n\r\n"))
    let answers = Answer.all(in: trace.output, headAt: [0])
    #expect(answers.map(\.status) == [200, 400])
    #expect(answers[1].body.hasPrefix("{"))
  }
}
