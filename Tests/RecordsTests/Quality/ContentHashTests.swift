import TestKit
import Testing

@testable import Records

@Suite("Fingerprint of question and answer")
struct ContentHashTests {
  @Test(
    "MurmurHash3 x64 128 with seed 0, against published values",
    arguments: [
      ("", 0, 0), ("hello", 0xcbd8_a7b3_41bd_9b02, 0x5b1e_906a_48ae_1d19),
      ("hello, world", 0x342f_ac62_3a5e_bc8e, 0x4cdc_bc07_9642_414d),
      ("The quick brown fox jumps over the lazy dog", 0xe34b_bc7b_bc07_1b6c, 0x7a43_3ca9_c49a_9347),
    ] as [(String, UInt64, UInt64)])
  func murmur(text: String, high: UInt64, low: UInt64) {
    #expect(ContentHash.murmur3(Array(text.utf8)) == (high, low))
  }

  /// The author's own check (SMHasher, VerificationTest) needs a seed; this one pins every tail length instead, by the
  /// rule that appending a zero byte changes the hash although the tail's bits stay the same.
  @Test("Every length counts, up to three blocks", arguments: 0..<48)
  func lengths(count: Int) {
    let zeros = [UInt8](repeating: 0, count: count)
    #expect(ContentHash.murmur3(zeros) != ContentHash.murmur3(zeros + [0]))
    for at in 0..<count {
      var other = zeros
      other[at] = 1
      #expect(ContentHash.murmur3(other) != ContentHash.murmur3(zeros), "byte \(at) of \(count)")
    }
  }

  @Test(
    "White space apart, the same content has the same hash",
    arguments: [
      ("a b", " a  b "), ("a b", "a\tb"), ("a b", "a\r\n\r\nb\n"), ("a b", "\u{B}a\u{C}b"), ("", "  \n"), ("a", "a\n"),
    ])
  func same(a: String, b: String) {
    #expect(ContentHash(question: a, answer: "x") == ContentHash(question: b, answer: "x"))
    #expect(ContentHash(question: "x", answer: a) == ContentHash(question: "x", answer: b))
  }

  @Test(
    "Other content has another hash",
    arguments: [("a b", "ab"), ("a", "A"), ("a b", "a\u{A0}b"), ("a", ""), ("a", "a."), ("\u{E9}", "e\u{301}")])
  func different(a: String, b: String) {
    #expect(ContentHash(question: a, answer: "x") != ContentHash(question: b, answer: "x"))
    #expect(ContentHash(question: "x", answer: a) != ContentHash(question: "x", answer: b))
  }

  @Test("The border between question and answer counts")
  func border() {
    let hashes = [("ab", "c"), ("a", "bc"), ("abc", ""), ("", "abc"), ("a b", "c"), ("a", "b c")]
      .map { ContentHash(question: $0, answer: $1) }
    #expect(Set(hashes).count == hashes.count)
  }

  @Test("Normalised as word by word", arguments: 0..<50 as Range<UInt64>)
  func normalised(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [" ", "  ", "\n", "\n    ", "\t", "a", "word", "longer_word", "é", "\u{A0}", "—", "\r\n"]
    func text() -> String { (0..<60).map { _ in pieces.randomElement(using: &random)! }.joined() }
    func words(_ text: String) -> [UInt8] {
      Array(text.utf8.split { $0 == 0x20 || (0x09...0x0D).contains($0) }.joined(separator: [0x20]))
    }
    let (question, answer) = (text(), text())
    let hash = ContentHash(question: question, answer: answer)
    #expect((hash.high, hash.low) == ContentHash.murmur3(words(question) + [0xFF] + words(answer)), "seed \(seed)")
  }

  @Test("White space put in at random places between words changes nothing", arguments: 0..<20 as Range<UInt64>)
  func random(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = (0..<Int.random(in: 1...40, using: &random)).map { _ in
      String(UInt64.random(in: 0...999_999, using: &random), radix: 36) + (random.isOne(in: 3) ? "é" : "")
    }
    func spaced() -> String {
      words.map { word in
        (0..<Int.random(in: 1...3, using: &random)).map { _ in [" ", "\n", "\t", "\r\n"].randomElement(using: &random)!
        }
        .joined() + word
      }.joined() + (random.isOne(in: 2) ? " " : "")
    }
    #expect(
      ContentHash(question: spaced(), answer: spaced()) == ContentHash(question: spaced(), answer: spaced()),
      "seed \(seed)")
  }
}
