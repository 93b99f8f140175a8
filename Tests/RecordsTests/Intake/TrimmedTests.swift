import Records
import Testing

@Suite("Trimming")
struct TrimmedTests {
  @Test(
    "White space and line ends go at both ends alone",
    arguments: [
      ("", ""), (" ", ""), ("a", "a"), (" a b\t", "a b"), ("\r\na\n", "a"), ("\u{3000}a\u{A0}\u{2028}", "a"),
    ])
  func table(text: String, trimmed: String) {
    #expect(text.trimmed == trimmed)
    #expect(text[...].trimmed == trimmed)
  }
}
