import TestKit
import Testing

@Suite("Contract §2 JSON", .serialized, .runningServer)
struct StrictJSONTests {
  struct Bad: CustomTestStringConvertible, Sendable {
    let what: String
    let body: [UInt8]
    var testDescription: String { what }

    init(_ what: String, _ body: String) { (self.what, self.body) = (what, Array(body.utf8)) }
    init(_ what: String, _ body: [UInt8]) { (self.what, self.body) = (what, body) }
  }

  private static func context(_ json: String) -> String { LogBody().with("context", json).text }

  private static func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }

  static let malformed: [Bad] = [
    Bad("nothing", ""), Bad("only white space", " \n "), Bad("half an object", LogBody().text.dropLast().description),
    Bad("a duplicate key", LogBody().text.dropLast() + #","user_id":"again"}"#),
    Bad("a duplicate key, once escaped", LogBody().text.dropLast() + #","user\u005fid":"again"}"#),
    Bad("a duplicate key inside", context(#"{"a":1,"a":2}"#)),
    Bad("invalid UTF-8", Array(context("\"?\"").utf8).map { $0 == 0x3f ? 0xff : $0 }),
    Bad(
      "overlong UTF-8",
      Array(LogBody(user: "a").text.utf8.dropLast()) + [0x2c, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]),
    Bad("a lone high surrogate", context(#""\ud800""#)), Bad("a lone low surrogate", context(#""\udc00x""#)),
    Bad("a reversed pair", context(#""\udc00\ud800""#)), Bad("trailing input", LogBody().text + "x"),
    Bad("a second value", LogBody().text + LogBody().text), Bad("a trailing comma", context("[1,]")),
    Bad("a comment", context("/* */ 1")), Bad("NaN", context("NaN")), Bad("Infinity", context("-Infinity")),
    Bad("a number beyond a double", context("1e999")), Bad("a leading zero", context("01")),
    Bad("a leading plus", context("+1")), Bad("a bare point", context("1.")), Bad("an empty exponent", context("1e")),
    Bad("hexadecimal", context("0x10")), Bad("single quotes", context("'a'")),
    Bad("a raw line break in a string", context("\"a\nb\"")), Bad("an unknown escape", context(#""\x41""#)),
    // The body itself is the first level.
    Bad("depth 33", context(nested(32))), Bad("a byte order mark", [0xef, 0xbb, 0xbf] + LogBody().bytes),
  ]

  @Test(arguments: malformed)
  func `what is no strict JSON is 400`(_ bad: Bad) throws {
    let answer = try connect().post("/v1/log", bad.body)
    #expect(answer.status == 400, "\(answer.text)")
    #expect(answer["Content-Type"] == "application/problem+json")
  }

  static let wellFormed: [Bad] = [
    Bad("depth 32", context(nested(31))), Bad("white space around", " \r\n\t" + LogBody().text + "\n"),
    Bad("a surrogate pair", context(#""\ud83d\ude00""#)), Bad("every escape", context(#""\"\\\/\b\f\n\r\t\u0041""#)),
    Bad("large and small numbers", context("[1e308,-0,0.1e-7,123456789012345678901234567890]")),
    Bad("escaped member names", LogBody().text.replacing("user_id", with: #"\u0075ser_id"#)),
    Bad("the empty name", context(#"{"":1}"#)), Bad("U+0000 escaped", context(#""\u0000""#)),
  ]

  @Test(arguments: wellFormed)
  func `what is strict JSON is taken`(_ good: Bad) throws {
    let answer = try connect().post("/v1/log", good.body)
    #expect(answer.status == 201, "\(answer.text)")
  }

  @Test(arguments: ["[]", "null", "1", #""text""#, "true"])
  func `JSON that is no object is well-formed and breaks a rule`(_ body: String) throws {
    let client = try connect()
    #expect(try client.post("/v1/log", body).status == 422)
    #expect(try client.post("/v1/feedback", body).status == 422)
  }

  @Test func `null on an optional field means absent`() throws {
    let client = try connect()
    var body = LogBody()
    let optional = [
      "example_id", "timestamp", "context", "history", "language", "framework", "model", "variant", "complexity",
      "messages",
    ]
    for name in optional { body = body.with(name, "null") }
    let id = try store(body, over: client)
    let line = try storedLine(id, in: RunningServer.shared.home)
    // Absent, and so detected.
    #expect(line.text("language") == "python")
    try rate(id, 5, #","comment":null,"corrected_message":null"#, over: client)
    let home = try RunningServer.shared.home
    #expect(!home.lines("training_logs/comments.jsonl").contains { $0.contains(id) })
  }

  @Test(arguments: ["user_id", "session_id", "user_message", "assistant_message"])
  func `null on a required field is no value`(_ name: String) throws {
    let answer = try connect().post("/v1/log", LogBody().with(name, "null").bytes)
    #expect(answer.status == 422)
    #expect(try answer.json()["errors"]?.items.map { $0.at("pointer")?.string } == ["/" + name])
  }

  @Test(
    arguments: [nil, "text/html", "text/plain", "application/xml", "application/jsonx", "json", ""] as [String?])
  func `a missing or other Content-Type is 415`(_ type: String?) throws {
    let answer = try connect().post("/v1/log", LogBody().bytes, type: type)
    #expect(answer.status == 415)
    #expect(answer["Content-Type"] == "application/problem+json")
  }

  @Test(arguments: ["application/json", "application/json; charset=utf-8", "Application/JSON", "application/json ;x=y"])
  func `JSON may come with parameters and in any case`(_ type: String) throws {
    #expect(try connect().post("/v1/log", LogBody().bytes, type: type).status == 201)
  }
}
