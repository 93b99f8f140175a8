/// One labelled row: what a person who reads question and answer would name, `""` where they would not.
///
/// Label rules: a framework that belongs to one language names that language too (Django, Python); one that serves
/// several (React, Spring) does not, unless the text shows which. Shell commands alone are `bash`.
struct Snippet: Sendable {
  let language: String
  let framework: String
  let question: String
  let answer: String

  init(_ language: String, _ framework: String, _ question: String, answer: String = "") {
    self.language = language
    self.framework = framework
    self.question = question
    self.answer = answer
  }
}

enum Snippets {
  /// Written before the detector's clues were tuned, and used to tune them.
  static let tuned: [Snippet] =
    python + web + jvm + apple + systems + scripting + data + dotnetAndMobile + prose
}
