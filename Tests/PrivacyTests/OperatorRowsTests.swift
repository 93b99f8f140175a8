import Records
import Testing

@testable import Privacy

/// Rows that operators add: what they find, and which are refused.
@Suite struct OperatorRowsTests {
  static func rows(_ text: String) throws -> JSONValue { try JSONDocument(parsing: Array(text.utf8)).root.value }

  /// (rows, text, what comes out).
  static let working: [(String, String, String)] = [
    (
      #"[{"name":"badge","type":"NATIONAL_ID","pattern":"EMP-[0-9]{6}"}]"#, "badge EMP-204817 lost",
      "badge [NATIONAL_ID_1] lost"
    ),
    (
      #"[{"name":"badge","type":"NATIONAL_ID","pattern":"EMP-[0-9]{6}"}]"#, "badge EMP-20481 lost",
      "badge EMP-20481 lost"
    ),
    (
      #"[{"name":"part","type":"SECRET","pattern":"acme:([a-z0-9]{12})"}]"#, "use acme:q8zr51xlpw02;",
      "use acme:[SECRET_1];"
    ),
    (
      #"[{"name":"pin","type":"PASSWORD","key":"doorpin"}]"#, #"{"door_pin": "Zulu77x"}"#,
      #"{"door_pin": "[PASSWORD_1]"}"#
    ),
    (
      #"[{"name":"loyalty","type":"CARD","pattern":"[0-9]{10}","check":"luhn","near":["loyalty"]}]"#,
      "loyalty no 1234567897, order 1234567897", "loyalty no [CARD_1], order [CARD_1]"
    ),
    (
      #"[{"name":"loyalty","type":"CARD","pattern":"[0-9]{10}","check":"luhn","near":["loyalty"]}]"#,
      "loyalty no 1234567896", "loyalty no 1234567896"
    ),
    (
      #"[{"name":"loyalty","type":"CARD","pattern":"[0-9]{10}","check":"luhn","near":["loyalty"]}]"#,
      "order 1234567897", "order 1234567897"
    ),
    ("[]", "mail anna.berg@firma.de", "mail [EMAIL_1]"),
  ]

  @Test(arguments: working) func aRowFindsWhatItSays(rows: String, text: String, expected: String) throws {
    let scrubber = try Scrubber(adding: try Self.rows(rows))
    let once = scrubber.scrub(text: text).value
    #expect(once == expected)
    #expect(scrubber.scrub(text: once).value == once)
  }

  /// (rows, the beginning of the reason).
  static let refused: [(String, String)] = [
    (#"{"name":"x"}"#, " must be an array"), ("[7]", "[0] must be an object"),
    (#"[{"name":"x"}]"#, "[0] must have a \"name\""),
    (#"[{"name":"","type":"CARD","key":"abc"}]"#, "[0] \"name\" must be"),
    (#"[{"name":"x","type":"THING","key":"abc"}]"#, "[0] \"type\" must be one of EMAIL"),
    (#"[{"name":"x","type":"CARD"}]"#, "[0] must have either"),
    (#"[{"name":"x","type":"CARD","key":"abc","pattern":"abcd"}]"#, "[0] must have either"),
    (#"[{"name":"x","type":"CARD","pattern":"abc"}]"#, "[0] \"pattern\" must match no less"),
    (#"[{"name":"x","type":"CARD","pattern":"a|bcdef"}]"#, "[0] an operator that the subset does not have"),
    (#"[{"name":"x","type":"CARD","pattern":"abcd[a-z]{2,}[a-c]"}]"#, "[0] a variable run followed by"),
    (#"[{"name":"x","type":"CARD","pattern":"abcd(e"}]"#, "[0] parentheses"),
    (#"[{"name":"x","type":"CARD","key":"A"}]"#, "[0] \"key\" must be"),
    (#"[{"name":"x","type":"CARD","pattern":"abcd","check":"crc"}]"#, "[0] \"check\" must be"),
    (#"[{"name":"x","type":"CARD","pattern":"abcd","near":"y"}]"#, "[0] \"near\" must be"),
    (#"[{"name":"x","type":"CARD","pattern":"abcd","colour":"y"}]"#, "[0] has an unknown member"),
    (#"[{"name":"jwt","type":"CARD","pattern":"abcd"}]"#, "[0] \"name\" is one that another row has"),
    (
      #"[{"name":"x","type":"CARD","pattern":"abcd"},{"name":"x","type":"CARD","pattern":"abce"}]"#,
      "[1] \"name\" is one that another row has"
    ),
  ]

  @Test(arguments: refused) func aBadRowIsRefused(rows: String, reason: String) throws {
    let rows = try Self.rows(rows)
    let error = #expect(throws: Rule.RowError.self) { try Scrubber(adding: rows) }
    #expect(error?.description.hasPrefix(reason) == true, "\(error?.description ?? "")")
  }

  @Test func theEditionTellsRowsApart() throws {
    #expect(Scrubber.standard.edition.isEmpty)
    let editions = try Self.working.map { try Scrubber(adding: try Self.rows($0.0)).edition }
    #expect(Set(editions).count == Set(Self.working.map(\.0)).count)
  }
}
