/// One row of the table: what is looked for, and what it is called when it is taken out.
package struct Rule: Sendable {
  package let name: String
  package let type: RedactionType
  let finder: Finder
  let check: Check

  enum Finder: Sendable {
    /// A token of fixed shape (see `Pattern`), which begins at the start of a word.
    case token(String)
    /// The value after a key whose name ends in this word: letters and digits, lower case.
    /// `whole`: only as a word of its own (`db_pw`, not `shipw`).
    case key(String, whole: Bool)
    /// Something that needs arithmetic or context; written in code.
    case recognizer(Recognizer)
  }

  /// What a token must pass beyond its shape.
  enum Check: Sendable {
    case none
    /// Not a placeholder such as `xxxx` or `your-token`.
    case made
    /// The same, with at least one letter and one digit.
    case mixed
  }

  /// A token row. Throws nothing: the pattern is checked when a `Scrubber` is built.
  package static func token(_ name: String, _ type: RedactionType, _ pattern: String) -> Rule {
    Rule(name: name, type: type, finder: .token(pattern), check: .made)
  }

  static func mixed(_ name: String, _ type: RedactionType, _ pattern: String) -> Rule {
    Rule(name: name, type: type, finder: .token(pattern), check: .mixed)
  }

  /// A key-name row.
  package static func key(_ word: String, _ type: RedactionType, whole: Bool = false) -> Rule {
    Rule(name: "key " + word, type: type, finder: .key(word, whole: whole), check: .none)
  }

  static func find(_ recognizer: Recognizer, _ type: RedactionType) -> Rule {
    Rule(name: "\(recognizer)", type: type, finder: .recognizer(recognizer), check: .none)
  }
}

/// The rules that are code. Each is tried where three bytes in a row fit its trigger.
enum Recognizer: Int, CaseIterable, Sendable {
  case address, assignment, urlPassword, macAddress, number, internationalPhone, areaCodePhone, pemKey, homePath,
    bankAccount
  case commandPassword

  /// (first, second, third byte; whether the byte before must not belong to a word).
  var trigger: (ByteSet, ByteSet, ByteSet, word: Bool) {
    let digits = ByteSet(0x30...0x39)
    let hex = ByteSet(Array("0123456789abcdefABCDEF".utf8))
    let letters = ByteSet(Array(0x41...0x5A) + Array(0x61...0x7A))
    func of(_ text: String) -> ByteSet { ByteSet(text.utf8) }
    return switch self {
    case .address: (of("@"), ByteSet(Array(0x30...0x39) + Array(0x41...0x5A) + Array(0x61...0x7A)), .all, false)
    case .assignment: (of("=:"), .all, .all, false)
    case .urlPassword: (of(":"), of("/"), of("/"), false)
    case .macAddress: (of(":-"), hex, hex, false)
    case .number: (digits, of("0123456789abcdefABCDEF.- "), of("0123456789abcdefABCDEF.- ()"), true)
    case .internationalPhone: (of("+"), digits, of("0123456789 .-("), false)
    case .areaCodePhone: (of("("), digits, digits, false)
    case .pemKey: (of("-"), of("-"), of("-"), false)
    case .homePath: (of("/\\"), of("hU"), of("os"), false)
    case .bankAccount: (letters, letters, digits, true)
    case .commandPassword: (of("-"), of("uap"), of(" "), false)
    }
  }
}
