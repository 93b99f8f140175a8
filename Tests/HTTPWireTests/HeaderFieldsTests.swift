import Testing

@testable import HTTPWire

/// Looking up fields: case, order, repetition.
struct HeaderFieldsTests {
  static var fields: HeaderFields {
    let input =
      "GET / HTTP/1.1\r\nHost: a\r\nX-One: 1\r\nx-two: \u{E9}\r\nX-ONE: 2\r\nx-one:\r\nX-Utf: \u{C3}\u{A9}\r\nX^: \r\n\r\n"
    guard let head = HostGrammarTests.head(input) else { preconditionFailure("no head") }
    return head.fields
  }

  @Test func lookUp() {
    let fields = Self.fields
    #expect(fields.count == 7)
    #expect(latin1(fields[2].name) == "x-two" && latin1(fields[2].value) == "\u{E9}")
    for name in ["x-one", "X-One", "X-ONE"] {
      #expect(fields.first(name).map { latin1($0) } == "1")
      #expect(fields.all(name).map { latin1($0) } == ["1", "2", ""])
      #expect(fields.single(name) == .repeated)
    }
    #expect(fields.single("HOST") == .value(ArraySlice(bytes("a"))))
    #expect(fields.text("x-utf") == "é")
    #expect(fields.text("x-two") == "\u{FFFD}")
  }

  @Test(
    "No other name matches",
    arguments: ["", "x", "x-on", "x-one ", "x-onee", "x-one:", "hos", "host:", "x~", "x>", "é"])
  func absent(_ name: String) {
    #expect(Self.fields.first(name) == nil)
    #expect(Self.fields.all(name) == [])
    #expect(Self.fields.single(name) == .absent)
    #expect(Self.fields.text(name) == nil)
  }

  @Test("Only letters have a case: ^ and ~ differ by the same bit") func letters() {
    #expect(Self.fields.first("x^") != nil)
  }
}
