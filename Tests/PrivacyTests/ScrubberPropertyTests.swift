import Foundation
import Testing

@testable import Privacy

/// Random mixes of everything that the rules look at.
@Suite struct ScrubberPropertyTests {
  static let pieces: [String] =
    ScrubberHitsTests.hits.map(\.0) + ScrubberKeepsTests.kept + Fixtures.tokens.map(\.1)
    + HeldOut.planted.map(\.text) + HeldOut.kept.map(\.text)
    + [
      "\n", "\"", "'", "\\", "\\n", "\\\"", " ", "=", ":", "@", "password=", "password is ", "://", "é", "漢", "[", "]",
      "{",
      "}", "-----BEGIN ", "\u{200B}", "＠", "：", "\u{A0}", "value: ", "<password>", "</password>", "12", "+1", "(", ")",
      ".", "-", "/home/", "C:\\Users\\", "key", "token", "[EMAIL_1]", "[PASSWORD_2]", "AKIA", "sin ", "tel ", " at ",
    ]

  static func mix(_ random: inout Seeded) -> String {
    var text = ""
    for _ in 0..<random.next() % 10 {
      let piece = pieces[Int(random.next() % UInt64(pieces.count))]
      switch random.next() % 4 {
      case 0: text += piece.prefix(Int(random.next() % 24))
      case 1: text += piece.suffix(Int(random.next() % 24))
      default: text += piece
      }
      if random.next() % 3 == 0 { text += " " }
    }
    return text
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>) func scrubbedTextStaysAsItIs(seed: UInt64) {
    var random = Seeded(state: seed)
    for round in 0..<40 {
      let text = Self.mix(&random)
      let once = Scrubber.standard.scrub(text: text)
      let twice = Scrubber.standard.scrub(text: once.value)
      #expect(twice.value == once.value, "seed \(seed) round \(round): \(text.debugDescription)")
      #expect(once.redactions.isEmpty == (once.value == text), "seed \(seed) round \(round)")
    }
  }

  /// A document, in a document, in a document: the numbers of depth go, the syntax stays.
  @Test(arguments: 1...40 as ClosedRange<UInt64>) func jsonStaysJson(seed: UInt64) throws {
    var random = Seeded(state: seed &+ 1_000)
    for round in 0..<40 {
      var document = Self.mix(&random)
      for depth in 1...3 {
        var members = [("role", "user"), ("password", document), ("note", Self.mix(&random))]
        // Not a dictionary: its order is another in each process.
        members.swapAt(0, Int(random.next() % 3))
        members.swapAt(1, 1 + Int(random.next() % 2))
        document = "{" + (try members.map { "\"\($0)\":" + (try Self.quoted($1)) }).joined(separator: ",") + "}"
        let clean = Scrubber.standard.scrub(text: document).value
        #expect(
          (try? JSONSerialization.jsonObject(with: Data(clean.utf8))) != nil,
          "seed \(seed) round \(round) depth \(depth): \(document.debugDescription)")
      }
    }
  }

  /// What a longer run of the same found: an apostrophe that nothing closes, and escapes behind a command.
  @Test(arguments: [
    #"{"a":"pw 'C^JgFt"}"#, #"{"a":"pw='^c9!x2"}"#, #"{"a":"htpasswd \t3c78a2d"}"#, #"{"a":"htpasswd ,\t3c78a2d"}"#,
    #"{"a":"creds o\t0cu306f\"","b":""}"#, #"{"a":"pw 'C^JgFt","b":"it's"}"#,
  ])
  func anOpenQuoteOrAnEscapeBreaksNoDocument(document: String) {
    let clean = Scrubber.standard.scrub(text: document).value
    #expect((try? JSONSerialization.jsonObject(with: Data(clean.utf8))) != nil, "\(clean)")
  }

  private static func quoted(_ text: String) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: text, options: .fragmentsAllowed), as: UTF8.self)
  }

  /// One record's values have the same numbers however its text is cut into fields.
  @Test(arguments: 1...40 as ClosedRange<UInt64>) func fieldsShareTheirNumbers(seed: UInt64) {
    var random = Seeded(state: seed)
    let rows = ScrubberHitsTests.hits.map(\.0)
    for round in 0..<20 {
      let fields = (0..<2 + random.next() % 6).map { _ in rows[Int(random.next() % UInt64(rows.count))] }
      var session = Scrubber.standard.begin()
      let apart = fields.map { session.scrub($0) }.joined(separator: "\n;\n")
      let together = Scrubber.standard.scrub(text: fields.joined(separator: "\n;\n"))
      #expect(together.value == apart, "seed \(seed) round \(round)")
      #expect(together.redactions == session.redactions, "seed \(seed) round \(round)")
    }
  }

  /// Bytes of any kind: what comes out is valid, and holds every scalar that was not part of a value.
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func anyBytesAreText(seed: UInt64) {
    var random = Seeded(state: seed)
    let likely =
      Array("@:=-+./\\\"'[]() \n0123456789abcdefAKIAeyJ%".utf8) + [0xEF, 0xBC, 0xA0, 0xE2, 0x80, 0x8B, 0xC2, 0xA0]
    for _ in 0..<200 {
      let bytes = (0..<random.next() % 200).map { _ in
        random.next() % 8 == 0
          ? UInt8(truncatingIfNeeded: random.next()) : likely[Int(random.next() % UInt64(likely.count))]
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let once = Scrubber.standard.scrub(text: text).value
      #expect(Scrubber.standard.scrub(text: once).value == once, "seed \(seed)")
      let repaired = text.unicodeScalars.filter { $0 == "\u{FFFD}" }.count
      #expect(once.unicodeScalars.filter { $0 == "\u{FFFD}" }.count <= repaired, "seed \(seed)")
    }
  }

  /// Many distinct values: numbering goes on, and equal ones are found again.
  @Test func manyValuesAreNumberedOnce() {
    let mails = (1...500).map { "u\($0)@firm\($0 % 7).de" }
    let text = (mails + mails.reversed()).joined(separator: " ")
    let result = Scrubber.standard.scrub(text: text)
    #expect(result.redactions[.email] == 500)
    let numbers = (1...500).map { "[EMAIL_\($0)]" }
    #expect(result.value == (numbers + numbers.reversed()).joined(separator: " "))
  }
}

@Suite struct DisguiseTests {
  /// (text, what comes out): only the value goes, with the look-alikes that belong to it.
  @Test(arguments: [
    ("写信给ｈｉｒｏ＠ｓａｋｕｒａ．ｊｐ，谢谢", "写信给[EMAIL_1]，谢谢"), ("ｈｉｒｏ＠ｓａｋｕｒａ．ｊｐ", "[EMAIL_1]"),
    ("a zo\u{200B}e@fjord.no b", "a [EMAIL_1] b"), ("\u{200B}zoe@fjord.no\u{200B}", "\u{200B}[EMAIL_1]\u{200B}"),
    ("password：\u{A0}Winter1993 ok", "password：\u{A0}[PASSWORD_1] ok"), ("密码：Abc12345x。", "密码：[PASSWORD_1]。"),
    ("４１１１　１１１１　１１１１　１１１１", "[CARD_1]"), ("８３.４８.５７.５１", "[IP_1]"),
    (
      #"{"m":"V32\/LU3zMSo+bMufnayqggZFrcRMPUEH+bi02uW7 aws_secret_access_key: V32\/LU3zMSo+bMufnayqggZFrcRMPUEH+bi02uW7"}"#,
      #"{"m":"V32\/LU3zMSo+bMufnayqggZFrcRMPUEH+bi02uW7 aws_secret_access_key: [SECRET_1]"}"#
    ),
    (#""postgres:\/\/ana:Winter1993@db.corp:5432\/x""#, #""postgres:\/\/ana:[PASSWORD_1]@db.corp:5432\/x""#),
    (#"\"\\\/home\\\/anna\\\/x\""#, #"\"\\\/home\\\/[USER_1]\\\/x\""#), (#"/^\/api\/v1$/"#, #"/^\/api\/v1$/"#),
    ("a@b.de ｃ@d.de", "[EMAIL_1] [EMAIL_2]"), ("全角：１２３", "全角：１２３"), ("\u{FEFF}x\u{AD}y", "\u{FEFF}x\u{AD}y"),
  ]) func lookAlikesAreSeenThrough(text: String, expected: String) {
    let once = Scrubber.standard.scrub(text: text).value
    #expect(once == expected)
    #expect(Scrubber.standard.scrub(text: once).value == once)
  }
}
