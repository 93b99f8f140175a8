import Testing

@testable import Records

/// Texts that are not JSON as the contract takes it, in the spirit of JSONTestSuite's `n_` files, with the reason given.
@Suite("JSON that is refused")
struct JSONRejectTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let text: [UInt8]
    let code: JSONError.Code

    init(_ text: String, _ code: JSONError.Code) { self.init(bytes: Array(text.utf8), code) }

    init(bytes: [UInt8], _ code: JSONError.Code) {
      text = bytes
      self.code = code
    }

    var testDescription: String { String(decoding: text.prefix(40), as: UTF8.self) }
  }

  static let structure: [Row] = [
    Row("", .emptyInput), Row(" \n", .emptyInput), Row("[", .unexpectedEnd), Row("[1", .unexpectedEnd),
    Row("[1,", .unexpectedEnd), Row("{", .unexpectedEnd), Row("{\"a\"", .unexpectedEnd), Row("{\"a\":", .unexpectedEnd),
    Row("{\"a\":1", .unexpectedEnd), Row("{\"a\":1,", .unexpectedEnd), Row("\"abc", .unexpectedEnd),
    Row("tru", .unexpectedEnd), Row("[1,]", .unexpectedByte), Row("[,1]", .unexpectedByte),
    Row("[1 2]", .unexpectedByte),
    Row("{\"a\":1,}", .unexpectedByte), Row("{,}", .unexpectedByte), Row("{a:1}", .unexpectedByte),
    Row("{'a':1}", .unexpectedByte), Row("{\"a\" 1}", .unexpectedByte), Row("{\"a\"::1}", .unexpectedByte),
    Row("{1:1}", .unexpectedByte), Row("{null:1}", .unexpectedByte), Row("[}", .unexpectedByte),
    Row("{]", .unexpectedByte),
    Row("[1}", .unexpectedByte), Row("True", .unexpectedByte), Row("nul1", .unexpectedByte),
    Row("'a'", .unexpectedByte),
    Row("undefined", .unexpectedByte), Row("/**/1", .unexpectedByte), Row("[1]//x", .trailingInput),
    Row("# x\n1", .unexpectedByte), Row("1 2", .trailingInput), Row("{}{}", .trailingInput), Row("[]]", .trailingInput),
    Row("nulll", .trailingInput), Row("1\0", .trailingInput), Row("\u{A0}1", .unexpectedByte),
    Row("\u{FEFF}1", .unexpectedByte), Row("1\u{B}", .trailingInput), Row("\u{C}1", .unexpectedByte),
    Row("[1\u{2028},2]", .unexpectedByte), Row("*", .unexpectedByte), Row("]", .unexpectedByte),
    Row(":", .unexpectedByte),
  ]

  static let numbers: [Row] = [
    Row("-", .unexpectedEnd), Row("[-]", .badNumber), Row("+1", .unexpectedByte), Row(".5", .unexpectedByte),
    Row("1.", .unexpectedEnd), Row("[1.]", .badNumber), Row("1.e1", .badNumber), Row("1e", .unexpectedEnd),
    Row("[1e]", .badNumber), Row("1e+", .unexpectedEnd), Row("[1e+]", .badNumber), Row("01", .trailingInput),
    Row("[01]", .unexpectedByte), Row("-01", .trailingInput), Row("00", .trailingInput), Row("0x10", .trailingInput),
    Row("1_000", .trailingInput), Row("--1", .badNumber), Row("-a", .badNumber), Row("1.2.3", .trailingInput),
    Row("1e1.5", .trailingInput), Row("1ee1", .badNumber), Row("Infinity", .unexpectedByte),
    Row("-Infinity", .badNumber),
    Row("NaN", .unexpectedByte), Row("nan", .unexpectedByte), Row("1e400", .numberOutOfRange),
    Row("-1e309", .numberOutOfRange), Row("1e99999999999999999999", .numberOutOfRange),
    Row("1" + String(repeating: "0", count: 309), .numberOutOfRange), Row("\u{FF11}", .unexpectedByte),
    Row("1\u{301}", .trailingInput), Row("1d", .trailingInput), Row("1f0", .trailingInput),
  ]

  static let strings: [Row] = [
    Row(#""\x""#, .badEscape), Row(#""\'""#, .badEscape), Row(#""\U0041""#, .badEscape), Row(#""\0""#, .badEscape),
    Row(#""\u12""#, .unexpectedEnd), Row(#""\u12G4""#, .badEscape), Row(#""\u+123""#, .badEscape),
    Row(#""\u 123""#, .badEscape), Row(#""\"#, .unexpectedEnd), Row(#""\u"#, .unexpectedEnd),
    Row(#""\u004"#, .unexpectedEnd),
    Row("\"a\nb\"", .controlCharacter), Row("\"a\tb\"", .controlCharacter), Row("\"\0\"", .controlCharacter),
    Row("\"\u{1F}\"", .controlCharacter), Row("{\"a\rb\":1}", .controlCharacter), Row("\"\\\n\"", .badEscape),
    Row(#""\uD800""#, .loneSurrogate), Row(#""\uDC00""#, .loneSurrogate), Row(#""\uDFFF""#, .loneSurrogate),
    Row(#""\uD800a""#, .loneSurrogate), Row(#""\uD800\n""#, .loneSurrogate), Row(#""\uD800\u0041""#, .loneSurrogate),
    Row(#""\uD800\uD800""#, .loneSurrogate), Row(#""\uDC00\uD800""#, .loneSurrogate),
    Row(#""\uDBFF\uE000""#, .loneSurrogate),
    Row(#"{"\uD800":1}"#, .loneSurrogate), Row(#""\uD800\u""#, .unexpectedEnd), Row(#""\uD800\uDC0"#, .unexpectedEnd),
    Row(#""\uD800\uDC0""#, .badEscape),
    Row(#""\uD83D\uDE0G""#, .badEscape),
  ]

  /// Every class of ill-formed sequence of the Unicode Standard, section 3.9, table 3-7.
  static let utf8: [Row] = [
    ("stray continuation", [0x80]), ("stray continuation, last", [0xBF]), ("overlong slash", [0xC0, 0xAF]),
    ("overlong DEL", [0xC1, 0xBF]), ("cut after two", [0xC2]), ("no continuation", [0xC3, 0x28]),
    ("overlong three", [0xE0, 0x80, 0x80]), ("overlong three, last", [0xE0, 0x9F, 0xBF]), ("cut three", [0xE2, 0x82]),
    ("third is no continuation", [0xE2, 0x82, 0x28]), ("surrogate D800", [0xED, 0xA0, 0x80]),
    ("surrogate DFFF", [0xED, 0xBF, 0xBF]), ("surrogate pair", [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80]),
    ("overlong four", [0xF0, 0x80, 0x80, 0x80]), ("overlong four, last", [0xF0, 0x8F, 0xBF, 0xBF]),
    ("cut four", [0xF0, 0x9F, 0x98]), ("fourth is no continuation", [0xF0, 0x9F, 0x98, 0x28]),
    ("above 10FFFF", [0xF4, 0x90, 0x80, 0x80]), ("F5", [0xF5, 0x80, 0x80, 0x80]),
    ("F8", [0xF8, 0x88, 0x80, 0x80, 0x80]),
    ("FE", [0xFE]), ("FF", [0xFF]), ("Latin-1", [0xE9]), ("UTF-16 mark", [0xFF, 0xFE]),
  ].flatMap { (_: String, bytes: [UInt8]) in
    [
      Row(bytes: [0x22] + bytes + [0x22], .invalidUTF8),
      Row(bytes: [0x22, 0x61] + bytes + [0x61, 0x22], .invalidUTF8),
      Row(bytes: Array("{\"".utf8) + bytes + Array("\":1}".utf8), .invalidUTF8),
      Row(bytes: [0x22] + bytes, .invalidUTF8),
    ]
  }

  static let keys: [Row] = [
    Row(#"{"a":1,"a":1}"#, .duplicateKey), Row(#"{"a":1,"b":2,"a":3}"#, .duplicateKey),
    Row(#"{"":1,"":2}"#, .duplicateKey),
    Row(#"{"a":1,"\u0061":2}"#, .duplicateKey), Row(#"{"\u0061":1,"a":2}"#, .duplicateKey),
    Row(#"{"\u0061":1,"\u0061":2}"#, .duplicateKey), Row(#"{"\/":1,"/":2}"#, .duplicateKey),
    Row(#"{"\n":1,"\u000A":2}"#, .duplicateKey), Row("{\"\u{1F600}\":1,\"\\uD83D\\uDE00\":2}", .duplicateKey),
    Row(#"{"x":{"a":1,"a":2}}"#, .duplicateKey), Row(#"[{"a":{"b":1},"a":[]}]"#, .duplicateKey),
    Row("{" + (0..<30).map { "\"k\($0)\":0" }.joined(separator: ",") + ",\"k0\":0}", .duplicateKey),
    Row("{" + (0..<30).map { "\"k\($0)\":0" }.joined(separator: ",") + ",\"\\u006b29\":0}", .duplicateKey),
  ]

  static let all = structure + numbers + strings + utf8 + keys

  @Test("Each is refused for its own reason", arguments: all)
  func refused(row: Row) {
    let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: row.text) }
    #expect(error?.code == row.code)
    #expect((0...row.text.count).contains(error?.offset ?? -1))
  }

  @Test("The same inside a longer text", arguments: all.filter { ![.emptyInput, .trailingInput].contains($0.code) })
  func nested(row: Row) {
    let text = Array("{\"before\":[1,".utf8) + row.text + Array("]}".utf8)
    #expect(throws: JSONError.self) { try JSONDocument(parsing: text) }
  }

  @Test("Every cut of a valid text that is not a number is refused")
  func cuts() {
    let text = Array(#"{"a":[1,-2.5e+3,"x\u00e9\uD83D\uDE00€",true,false,null],"b":{"c":""}}"#.utf8)
    #expect(throws: Never.self) { try JSONDocument(parsing: text) }
    for length in 0..<text.count {
      #expect(throws: JSONError.self, "first \(length) bytes") { try JSONDocument(parsing: Array(text[..<length])) }
    }
  }

  @Test("The message tells the place and nothing of the text")
  func message() {
    let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: Array(#"{"secret":hunter2}"#.utf8)) }
    #expect(error?.description == "the JSON text has a byte that no JSON value allows there (byte 10)")
  }

  @Test("Depth beyond 32 is refused however deep, without recursion to the end")
  func deep() {
    for open in ["[", "{\"a\":"] {
      let error = #expect(throws: JSONError.self) {
        try JSONDocument(parsing: Array(String(repeating: open, count: 100_000).utf8))
      }
      #expect(error?.code == .tooDeep)
    }
  }
}
