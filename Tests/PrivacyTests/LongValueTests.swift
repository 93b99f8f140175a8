import Testing

@testable import Privacy

/// A value goes whole, however long it is.
@Suite struct LongValueTests {
  static let lengths = [120, 256, 257, 300, 512, 513, 600, 1_000, 4_096, 12_000]
  static let base64 = Fixtures.alnum + "+/"

  /// What stands before and behind the value.
  static let places: [(String, String)] = [
    ("API_SECRET=", "\n"), ("export AWS_SESSION_TOKEN=", ""), ("api_token: ", "\nnext: 1"), ("api_key: \"", "\"\n"),
    ("{\"client_secret\": \"", "\"}"), ("password = '", "'"), ("--api-key=", " run"), ("Authorization: Bearer ", "\n"),
    ("Authorization: Basic ", "\n"), ("<password>", "</password>"), ("jwt.sign(x, '", "')"),
    ("api_token: >-\n  ", "\n"),
    ("--account-key ", " --name x"), ("the token is ", " now"),
  ]

  @Test(arguments: lengths) func aLongValueGoesWhole(length: Int) {
    for (before, after) in Self.places {
      let text = before + Fixtures.random(length, from: Self.base64) + after
      let result = Scrubber.standard.scrub(text: text)
      #expect(result.value.hasPrefix(before) && result.value.hasSuffix(after), "\(before) of \(length)")
      #expect(result.value.utf8.count < before.utf8.count + after.utf8.count + 24, "\(before) of \(length)")
      #expect(Scrubber.standard.scrub(text: result.value).value == result.value, "\(before) of \(length)")
    }
  }

  /// Base64 that begins with a slash or a plus sign is no path.
  @Test(arguments: ["/", "+"]) func base64MayBeginWithASign(sign: String) {
    for before in [
      "API_SECRET=", "--api-key=", "Server=x;Uid=a;Pwd=", "SharedAccessKey=", "api_key: ", "the api key is ",
    ] {
      let value = sign + Fixtures.random(43, from: Self.base64)
      #expect(!Scrubber.standard.scrub(text: before + value).value.contains(value), "\(before)\(sign)")
    }
  }

  /// Names and signs that take turns in one long word are one value, judged once: see `Benchmarks/scrub.py` for the time.
  @Test(arguments: ["pw=", "x_key=", "password:", "pw={", "a-key:"]) func namesInOneWordAreNoSecret(line: String) {
    let text = String(repeating: line, count: 4_000)
    #expect(Scrubber.standard.scrub(text: text).value == text)
  }

  @Test func aLongPathAndALongSentenceStay() {
    for text in [
      "token_path=/" + Array(repeating: "usr/share/some/module", count: 30).joined(separator: "/"),
      "password = \"" + Array(repeating: "choose a good one,", count: 60).joined(separator: " ") + "\"",
      "secret: " + String(repeating: "x", count: 4_000),
      "api_key=" + Array(repeating: "your-key-here", count: 40).joined(separator: "-"),
    ] {
      #expect(Scrubber.standard.scrub(text: text).value == text)
    }
  }
}
