import Testing

@testable import Records

/// Texts that RFC 8259 and the contract allow, in the spirit of JSONTestSuite's `y_` files.
@Suite("JSON that is accepted")
struct JSONAcceptTests {
  @Test(
    "Valid texts, and what they hold",
    arguments: [
      ("null", "null"), ("true", "true"), ("false", "false"), (" \t\r\n1\n", "1"), ("\"\"", "\"\""),
      ("[]", "[]"), ("{}", "{}"), ("[ ]", "[]"), ("{ }", "{}"), ("[[],[]]", "[[],[]]"),
      ("[1,2,3]", "[1,2,3]"), ("[ 1 , 2 ]", "[1,2]"), (#"{"a":1}"#, #"{"a":1}"#),
      (#"{ "a" : { "b" : [ null ] } }"#, #"{"a":{"b":[null]}}"#), (#"{"":0}"#, #"{"":0}"#),
      (#"{"a":1,"A":2}"#, #"{"a":1,"A":2}"#), (#"[{"a":1},{"a":2}]"#, #"[{"a":1},{"a":2}]"#),
      (#"{"a":{"a":1}}"#, #"{"a":{"a":1}}"#), (#"["a",1,true,null]"#, #"["a",1,true,null]"#),
    ])
  func texts(text: String, compact: String) throws {
    #expect(try rewritten(text) == compact)
  }

  @Test(
    "Numbers keep their spelling",
    arguments: [
      "0", "-0", "1", "-1", "10", "123456789012345678901234567890", "0.1", "-0.0", "1.50", "1e1", "1E1", "1e+1", "1e-1",
      "0e0", "0e99999", "1.5E+10", "1e308", "-1.7976931348623157e308", "1e-400", "5e-324", "0.00000000000000000001e300",
      "1e0000000000000000000000000000001", String(repeating: "9", count: 308),
      "0." + String(repeating: "0", count: 500),
    ])
  func numbers(text: String) throws {
    #expect(try JSONDocument(parsing: Array(text.utf8)).root.numberText == text)
    #expect(try rewritten("[\(text)]") == "[\(text)]")
  }

  @Test(
    "Integers are numbers without fraction or exponent that fit",
    arguments: [
      ("0", 0), ("-0", 0), ("5", 5), ("-17", -17), ("9223372036854775807", Int.max), ("9223372036854775808", nil),
      ("99999999999999999999999", nil), ("1.0", nil), ("1e2", nil), ("\"1\"", nil), ("null", nil), ("[1]", nil),
    ] as [(String, Int?)])
  func integers(text: String, value: Int?) throws {
    #expect(try JSONDocument(parsing: Array(text.utf8)).root.integer == value)
  }

  @Test(
    "A number is whole by its value, however it is written",
    arguments: [
      ("3", 3), ("3.0", 3), ("3e0", 3), ("3E+0", 3), ("30e-1", 3), ("0.03e2", 3), ("-3.0", -3), ("0.0", 0), ("-0e9", 0),
      ("0e999999999999999999999", 0), ("1200.00e-2", 12), ("1e18", 1_000_000_000_000_000_000), ("10.10e1", 101),
      ("3.5", nil), ("3.0000000000000000000001", nil), ("35e-1", nil), ("1e19", nil), ("1e-1", nil), ("true", nil),
      ("\"3\"", nil), ("1e-999999999999999999999", nil),
    ] as [(String, Int?)])
  func wholeNumbers(text: String, value: Int?) throws {
    #expect(try JSONDocument(parsing: Array(text.utf8)).root.wholeNumber == value)
  }

  @Test(
    "Strings, decoded byte by byte",
    arguments: [
      (#""abc""#, "abc"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
      (#""\u0041\u00e9\u00E9""#, "A\u{E9}\u{E9}"),
      (#""\u0000""#, "\0"), (#""\uD83D\uDE00""#, "\u{1F600}"), (#""\ud800\udc00""#, "\u{10000}"),
      (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\uFFFF\uFFFE\u2028""#, "\u{FFFF}\u{FFFE}\u{2028}"),
      ("\"\u{E9}\u{20AC}\u{1F600}\"", "\u{E9}\u{20AC}\u{1F600}"), ("\"\u{7F}\u{80}\u{7FF}\"", "\u{7F}\u{80}\u{7FF}"),
      ("\"\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF}\"", "\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF}"),
      (#""\\u0041""#, #"\u0041"#), (#""a\u0062c""#, "abc"), ("\"\u{FEFF}\"", "\u{FEFF}"),
    ])
  func strings(text: String, decoded: String) throws {
    let root = try JSONDocument(parsing: Array(text.utf8)).root
    #expect(root.string.map { Array($0.utf8) } == Array(decoded.utf8))
  }

  @Test("32 levels are allowed, of arrays, of objects and mixed", arguments: Nesting.allCases)
  func depth(nesting: Nesting) throws {
    #expect(try rewritten(nesting.text(32)) == nesting.text(32))
    #expect(throws: JSONError.self) { try rewritten(nesting.text(33)) }
  }

  @Test("Depth is counted, not brackets: many siblings are no nesting")
  func siblings() throws {
    let text = "[" + Array(repeating: "[[]]", count: 5000).joined(separator: ",") + "]"
    #expect(try rewritten(text) == text)
  }

  @Test("Keys that differ only by Unicode normalisation are two keys")
  func normalisation() throws {
    let text = "{\"\u{E9}\":1,\"e\u{301}\":2}"
    #expect(try rewritten(text).utf8.elementsEqual(text.utf8))
  }

  @Test("Large objects with distinct keys", arguments: [24, 25, 1000])
  func largeObjects(count: Int) throws {
    let text = "{" + (0..<count).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}"
    let root = try JSONDocument(parsing: Array(text.utf8)).root
    #expect(root.members.count == count)
    #expect(root["k7"]?.integer == 7)
    #expect(root["k"] == nil)
  }

  @Test("Members are found by name however they are escaped")
  func escapedNames() throws {
    let root = try JSONDocument(parsing: Array(#"{"us\u0065r":1,"\u0061\u00e9":2}"#.utf8)).root
    #expect(root["user"]?.integer == 1)
    #expect(root["a\u{E9}"]?.integer == 2)
    #expect(root["a"] == nil)
    #expect(root["usr"] == nil)
  }
}

enum Nesting: CaseIterable {
  case arrays, objects, mixed

  func text(_ depth: Int) -> String {
    let levels = (0..<depth).map { level in
      switch self {
      case .arrays: true
      case .objects: false
      case .mixed: level.isMultiple(of: 2)
      }
    }
    let last = levels.last == true ? "" : "0"
    let open = levels.map { $0 ? "[" : "{\"k\":" }.joined()
    return open + last + levels.reversed().map { $0 ? "]" : "}" }.joined()
  }
}

/// Parsed, detached and written again.
func rewritten(_ text: String) throws -> String {
  var writer = JSONWriter()
  writer.value(try JSONDocument(parsing: Array(text.utf8)).root.value)
  return String(decoding: writer.bytes, as: UTF8.self)
}
