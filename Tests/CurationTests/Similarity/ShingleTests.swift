import Testing

@testable import Curation

@Suite("Shingles")
struct ShingleTests {
  static func set(_ question: String, _ answer: String) -> [UInt32] {
    var maker = ShingleMaker()
    return maker.make(question: question, answer: answer).set
  }

  /// Two texts → whether they have the same shingles.
  @Test(
    "Tokens are lower-cased runs of letters, digits and _",
    arguments: [
      ("One two THREE four five", "one two three four five", true), ("a-b.c(d)e", "a b c d e", true),
      ("a_b c d e f", "a b c d e f", false), ("x1 x2 x3 x4 x5", "x1 x2 x3 x4 x6", false),
      ("ÄRGER mit der Größe hier", "ärger mit der größe hier", true), ("ÄRGER", "arger", false),
      ("ЖУК и ёж в лесу", "жук и ёж в лесу", true), ("東京 は 大きい 街 です", "東京は大きい街です", false),
      ("a – b — c “d” e", "a b c d e", true), ("a b c d e", "e d c b a", false), ("x² y z u v", "x y z u v", false),
      ("İ a b c d", "i a b c d", false), ("", " \n.", true), ("\u{212A}elvin", "kelvin", true),
      ("abcdefgh", "abcdefg", false), ("abcdefgh", "abcdefghi", false), ("abcdefghi", "abcdefghij", false),
      ("abcdefghé", "abcdefghê", false), ("éa", "aé", false), ("ab é", "abé", false),
    ])
  func tokens(a: String, b: String, areSame: Bool) {
    #expect((Self.set("", a) == Self.set("", b)) == areSame)
    #expect((Self.set(a, "") == Self.set("", a)))
  }

  @Test("Tokens of any length are the same in a text of ASCII alone and beside other characters")
  func lengths() {
    for length in 1...40 {
      let words = (0..<12).map { String(repeating: "Ab3_", count: 10).prefix(length) + "\($0)" }
      for separator in [" ", "\n\t", "        .        "] {
        let text = words.joined(separator: separator)
        #expect(Self.set("", text) == Self.set("", text + " –"), "\(length)")
        #expect(Self.set("", text).count == 8)
      }
    }
  }

  @Test("Five tokens a shingle, fewer make one, none makes none; no token reaches over the border")
  func counts() {
    for (count, expected) in [(0, 0), (1, 1), (4, 1), (5, 1), (6, 2), (100, 96)] {
      let words = (0..<count).map { "w\($0)" }
      for border in [0, count / 2, count] {
        let question = words[..<border].joined(separator: " ")
        let answer = words[border...].joined(separator: " ")
        #expect(Self.set(question, answer).count == expected)
        #expect(Self.set(question, answer) == Self.set("", words.joined(separator: " ")))
      }
    }
    #expect(Self.set("a b c d ab", "e") != Self.set("a b c d a", "be"))
  }

  @Test("Sorted, each once, and as many as the definition gives", arguments: [1, 2, 3] as [UInt64])
  func definition(seed: UInt64) {
    var texts = Texts(seed)
    let corpus = texts.corpus(200).map { $0.joined(separator: " ") }
    for text in corpus {
      let set = Self.set("", text)
      #expect(set == Array(Set(set)).sorted(), "seed \(seed)")
      #expect(set.count == plainShingles(text).count, "seed \(seed): \(text.prefix(60))")
    }
    for (a, b) in zip(corpus, corpus.dropFirst()) {
      let expected = plainJaccard(plainShingles(a), plainShingles(b))
      #expect(Jaccard.of(Self.set("", a), Self.set("", b)) == expected, "seed \(seed)")
    }
  }

  @Test("What an answer repeats is counted without the question")
  func repeated() {
    var maker = ShingleMaker()
    let once = (0..<30).map { "w\($0)" }.joined(separator: " ")
    let twice = once + " " + once
    #expect(maker.make(question: twice, answer: once).repeatedInAnswer == 0)
    #expect(maker.make(question: "What?", answer: twice).repeatedInAnswer == 26)
    #expect(maker.make(question: "What?", answer: twice).inAnswer == 56)
  }
}
