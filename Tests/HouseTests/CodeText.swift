/// Swift text with comments and the insides of string literals replaced by spaces, line breaks kept, so that a rule about
/// words of the language does not stumble over prose. What is interpolated into a string stays code.
struct CodeText {
  private let text: [UInt8]
  private var out: [UInt8]
  private var at = 0

  static func blanking(_ text: String) -> String {
    var scanner = CodeText(text)
    scanner.code(closing: false)
    return String(decoding: scanner.out, as: UTF8.self)
  }

  private init(_ text: String) {
    self.text = Array(text.utf8)
    out = self.text
  }

  /// Runs to the end, or with `closing` to the bracket that ends an interpolation.
  private mutating func code(closing: Bool) {
    var depth = 0
    while at < text.count {
      if starts("//") {
        while at < text.count, text[at] != UInt8(ascii: "\n") { blank() }
      } else if starts("/*") {
        comment()
      } else if let hashes = stringStart() {
        string(hashes: hashes)
      } else {
        if closing, text[at] == UInt8(ascii: "(") { depth += 1 }
        if closing, text[at] == UInt8(ascii: ")") {
          if depth == 0 { return }
          depth -= 1
        }
        at += 1
      }
    }
  }

  /// Block comments nest.
  private mutating func comment() {
    var depth = 0
    repeat {
      if starts("/*") { depth += 1 } else if starts("*/") { depth -= 1 } else { blank(); continue }
      blank()
      blank()
    } while depth > 0 && at < text.count
  }

  /// The number of `#` before an opening quote at this place.
  private func stringStart() -> Int? {
    var end = at
    while end < text.count, text[end] == UInt8(ascii: "#") { end += 1 }
    return end < text.count && text[end] == UInt8(ascii: "\"") ? end - at : nil
  }

  private mutating func string(hashes: Int) {
    let fence = String(repeating: "#", count: hashes)
    at += hashes
    let quote = starts("\"\"\"") ? "\"\"\"" : "\""
    at += quote.utf8.count
    while at < text.count, !starts(quote + fence) {
      if quote == "\"", text[at] == UInt8(ascii: "\n") { return }
      if starts("\\" + fence + "(") {
        for _ in 0..<(2 + hashes) { blank() }
        code(closing: true)
        if at < text.count { blank() }
      } else if starts("\\" + fence) {
        for _ in 0..<(2 + hashes) where at < text.count { blank() }
      } else {
        blank()
      }
    }
    at = min(text.count, at + quote.utf8.count + hashes)
  }

  private mutating func blank() {
    if text[at] != UInt8(ascii: "\n") { out[at] = UInt8(ascii: " ") }
    at += 1
  }

  private func starts(_ word: String) -> Bool { text[at...].starts(with: word.utf8) }
}

extension String {
  /// Runs of letters, digits and underscores with their place, as in `let isReady` → `let`, `isReady`.
  var words: [Substring] { split { !($0.isLetter || $0.isNumber || $0 == "_") } }
}
