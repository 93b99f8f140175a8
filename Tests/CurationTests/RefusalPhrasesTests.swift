import Testing

@testable import Curation

@Suite("Answers that decline")
struct RefusalPhrasesTests {
  @Test(
    "A phrase near the beginning, in any case and with any apostrophe",
    arguments: [
      ("I'm sorry, but I can't help.", true), ("I\u{2019}M SORRY, BUT I CAN\u{2019}T", true),
      ("Internal Server Error", true),
      ("Ünder Last: rate limit exceeded", true), ("i'm sorry, but", false), ("", false),
      ("I am s\u{1F600}orry, but I can", false),
      (String(repeating: "é", count: 139) + "rate limit exceeded!!", true),
      (String(repeating: "é", count: 142) + "rate limit exceeded", false),
    ] as [(String, Bool)])
  func begin(answer: String, isRefusal: Bool) {
    #expect(RefusalPhrases.begin(answer) == isRefusal)
  }
}
