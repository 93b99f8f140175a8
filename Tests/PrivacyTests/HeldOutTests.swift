import Testing

@testable import Privacy

@Suite struct HeldOutTests {
  /// Known leaks: `echo PASSWORD | sudo -S`, `htpasswd -b file user PASSWORD`, and a key's id, which is none.
  @Test func atMostOneValueInAHundredLeaks() {
    var leaked: [String] = []
    for row in HeldOut.planted {
      let result = Scrubber.standard.scrub(text: row.text).value
      for value in row.values where result.contains(value) { leaked.append("\(value) in \(result)") }
    }
    let planted = HeldOut.planted.reduce(0) { $0 + $1.values.count }
    #expect(planted > 500)
    #expect(leaked.count * 100 <= planted, "\(leaked.count) of \(planted):\n\(leaked.joined(separator: "\n"))")
  }

  @Test func nothingOfTheEleventhSetLeaks() {
    for row in HeldOut.eleventh {
      let result = Scrubber.standard.scrub(text: row.text).value
      for value in row.values { #expect(!result.contains(value), "\(value) in \(result)") }
    }
  }

  /// Not looked at: values taken out together with what joins them (lines of a key, a webhook's address, a prefix).
  @Test func whatStandsRoundAValueStays() {
    let joined = ["PRIVATE KEY", "webhook", "hooks.slack", "tanaka", "django-insecure", "[default]", "base64:"]
    var damaged: [String] = []
    for row in HeldOut.planted where !joined.contains(where: row.text.contains) {
      let result = Scrubber.standard.scrub(text: row.text).value
      var from = result.startIndex
      for piece in row.rest where !piece.isEmpty {
        guard let found = result[from...].firstRange(of: piece) else {
          damaged.append("\(piece) of \(row.text) gave \(result)")
          break
        }
        from = found.upperBound
      }
    }
    #expect(damaged.isEmpty, "\(damaged.joined(separator: "\n"))")
  }

  @Test(arguments: [
    HeldOut.kept, HeldOut.alsoKept, HeldOut.thirdKept, HeldOut.sixthKept, HeldOut.seventhKept, HeldOut.eighthKept,
    HeldOut.ninthKept, HeldOut.tenthKept, HeldOut.eleventhKept,
  ])
  func whatIsNothingStays(
    rows: [HeldOut.Row]
  ) {
    for row in rows {
      let result = Scrubber.standard.scrub(text: row.text)
      #expect(result.value == row.text)
      #expect(result.redactions.isEmpty)
    }
  }

  @Test("What was taken out is no label", arguments: ["84.17.3.9:a4:83:e7:12:34:56", "ana@nord.de:a4:83:e7:12:34:56"])
  func whatWasTakenOutIsNoLabel(_ text: String) {
    let once = Scrubber.standard.scrub(text: text).value
    #expect(once != text && Scrubber.standard.scrub(text: once).value == once)
  }

  @Test func scrubbingAgainChangesNothing() {
    for row in HeldOut.planted + HeldOut.kept + HeldOut.alsoKept + HeldOut.sixthKept + HeldOut.seventhKept
      + HeldOut.eighthKept + HeldOut.ninthKept + HeldOut.tenthKept + HeldOut.eleventhKept
    {
      let once = Scrubber.standard.scrub(text: row.text).value
      let twice = Scrubber.standard.scrub(text: once)
      #expect(twice.value == once)
      #expect(twice.redactions.isEmpty)
    }
  }
}
