import Testing

@testable import Records

@Suite("Detection of language and framework")
struct StackDetectorTests {
  /// Right and wrong answers over a table; an empty answer where a name was due is neither.
  struct Tally {
    var rows = 0
    var right = 0
    var wrongName = 0
    var misses: [String] = []

    mutating func add(_ got: String, _ label: String, _ question: String) {
      rows += 1
      if got == label {
        right += 1
        return
      }
      if got != "" { wrongName += 1 }
      misses.append("got \"\(got)\" for \"\(label)\": \(question.prefix(70).replacing("\n", with: " | "))")
    }
  }

  static func tally(_ rows: [Snippet]) -> (language: Tally, framework: Tally) {
    var language = Tally()
    var framework = Tally()
    for row in rows {
      let got = StackDetector.detect(in: [row.question, row.answer])
      language.add(got.language, row.language, row.question)
      framework.add(got.framework, row.framework, row.question)
    }
    return (language, framework)
  }

  @Test("The tuned table is at least 95 % right, with at most 1 % wrong names")
  func tuned() {
    let (language, framework) = Self.tally(Snippets.tuned)
    #expect(language.rows >= 200)
    for tally in [language, framework] {
      let misses = "\(tally.right) of \(tally.rows) right, \(tally.wrongName) wrong\n\(tally.misses.joined(separator: "\n"))"
      #expect(tally.right * 100 >= tally.rows * 95, "\(misses)")
      #expect(tally.wrongName * 100 <= tally.rows, "\(misses)")
    }
  }

  @Test("HELD")
  func heldOut() {
    let (language, framework) = Self.tally(Snippets.heldOut)
    print("PRINT", language, framework)
  }
}
