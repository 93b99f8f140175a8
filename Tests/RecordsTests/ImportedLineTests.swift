import Testing

@testable import Records

@Suite("Imported lines")
struct ImportedLineTests {
  private static let least = #""user_id":"u","session_id":"s","user_message":"Q","assistant_message":"A""#

  /// A line, and the body that is made of it.
  static let bodies: [(line: String, body: String)] = [
    ("{\(least)}", "{\(least)}"),
    (
      #"{"response":"A","prompt":"Q","uid":7,"thread_id":"s","other":[1]}"#,
      #"{"user_id":"7","session_id":"s","user_message":"Q","assistant_message":"A"}"#
    ),
    (
      #"{"user":"u","conversations":[{"from":"system","value":"S"},{"from":"human","value":"Q"},{"from":"gpt","value":"A"}]}"#,
      #"{"user_id":"u","messages":[{"role":"system","content":"S"},{"role":"user","content":"Q"},"#
        + #"{"role":"assistant","content":"A"}],"session_id":"import"}"#
    ),
    (
      #"{"user_id":"u","session_id":"s","prompt":[{"role":"user","content":"Q"}],"#
        + #""completion":[{"role":"assistant","content":"A"}]}"#,
      #"{"user_id":"u","session_id":"s","messages":[{"role":"user","content":"Q"},{"role":"assistant","content":"A"}]}"#
    ),
    (
      #"{"messages":[{"role":"user","content":"Q"}],"user_message":"Q","user_id":"u","session_id":"s"}"#,
      #"{"user_id":"u","session_id":"s","messages":[{"role":"user","content":"Q"}]}"#
    ),
    ("{\(least),\"id\":\"x\",\"example_id\":\"mine\"}", "{\(least)}"),
    (
      "{\(least),\"metadata\":{\"a\":1},\"lang\":null,\"programming_language\":\"go\"}",
      "{\(least),\"context\":{\"a\":1},\"language\":\"go\"}"
    ),
  ]

  @Test("Accepted names become those of the contract", arguments: bodies)
  func names(row: (line: String, body: String)) throws {
    let imported = try ImportedLine(JSONDocument(parsing: Array(row.line.utf8)).root)
    #expect(String(decoding: imported.body, as: UTF8.self) == row.body)
  }

  static let times: [(sent: String, expected: String)] = [
    (#""2020-01-02T03:04:05Z""#, "2020-01-02T03:04:05Z"), (#""2020-01-02""#, "2020-01-02T00:00:00Z"),
    (#""2020-01-02 03:04:05""#, "2020-01-02T03:04:05Z"),
    (#""2020-01-02 03:04:05.250+02:00""#, "2020-01-02T03:04:05.250+02:00"),
    ("1577934245", "2020-01-02T03:04:05.000Z"), ("1577934245.5", "2020-01-02T03:04:05.500Z"),
    ("1577934245250", "2020-01-02T03:04:05.250Z"), ("-5", "1970-01-01T00:00:00.000Z"),
  ]

  @Test("Times as databases and programs write them", arguments: times)
  func time(row: (sent: String, expected: String)) throws {
    let line = "{\(Self.least),\"created_at\":\(row.sent)}"
    let imported = try ImportedLine(JSONDocument(parsing: Array(line.utf8)).root)
    #expect(try JSONDocument(parsing: imported.body).root["timestamp"]?.string == row.expected)
  }

  /// What stands in a line, and the rating; nil where the line is refused.
  static let ratings: [(members: String, rating: [String]?)] = [
    (#""rating":5"#, ["score=5"]),
    (
      #""stars":"3","comment":"c","correction":"d""#,
      ["score=3", "comment=c", "corrected_message=d"]
    ), (#""comment":"c""#, []), (#""score":null"#, []),
    (#""score":6"#, nil), (#""score":4.5"#, nil),
  ]

  @Test("A rating comes along, or refuses the line where it is none", arguments: ratings)
  func rating(row: (members: String, rating: [String]?)) throws {
    let line = Array("{\(Self.least),\(row.members)}".utf8)
    guard let expected = row.rating else {
      #expect(throws: InvalidFields.self) { try ImportedLine(JSONDocument(parsing: line).root) }
      return
    }
    #expect(try ImportedLine(JSONDocument(parsing: line).root).rating.map { "\($0.name)=\($0.value)" } == expected)
  }

  @Test("What is no object is refused", arguments: ["[]", "1", "\"x\""])
  func noObject(line: String) throws {
    #expect(throws: InvalidFields.self) { try ImportedLine(JSONDocument(parsing: Array(line.utf8)).root) }
  }
}
