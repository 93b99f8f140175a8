/// One row of the table: what is looked for, and what it is called when it is taken out.
package struct Rule: Sendable {
  package let name: String
  package let type: RedactionType
  let finder: Finder
  let check: Check
  /// One of these words stands before on the same line, or soon behind; none are needed where there are none.
  var near: [String] = []

  enum Finder: Sendable {
    /// A token of fixed shape (see `Pattern`), which begins at the start of a word.
    case token(String)
    /// The value after a key whose name ends in this word: letters and digits, lower case.
    /// `whole`: only as a word of its own (`db_pw`, not `shipw`). `spoken`: people tell it too ("the password is X").
    case key(String, whole: Bool, spoken: Bool)
    /// A command, lower case, whose line holds a password as a bare word: `htpasswd -nb ana PASSWORD`.
    case command(String)
    /// Something that needs arithmetic or context; written in code.
    case recognizer(Recognizer)

    /// How a word of the table is used.
    var use: (whole: Bool, spoken: Bool, command: Bool) {
      switch self {
      case .key(_, let whole, let spoken): (whole, spoken, false)
      case .command: (true, true, true)
      case .token, .recognizer: (false, false, false)
      }
    }
  }

  /// What a token must pass beyond its shape.
  enum Check: Sendable {
    case none
    /// Not a placeholder such as `xxxx` or `your-token`.
    case made
    /// The same, with at least one letter and one digit.
    case mixed
    /// The digits in it pass Luhn's check (ISO/IEC 7812-1).
    case luhn
  }

  /// A token row. Throws nothing: the pattern is checked when a `Scrubber` is built.
  package static func token(_ name: String, _ type: RedactionType, _ pattern: String) -> Rule {
    Rule(name: name, type: type, finder: .token(pattern), check: .made)
  }

  static func mixed(_ name: String, _ type: RedactionType, _ pattern: String, near: [String] = []) -> Rule {
    Rule(name: name, type: type, finder: .token(pattern), check: .mixed, near: near)
  }

  /// A key-name row.
  package static func key(_ word: String, _ type: RedactionType, whole: Bool = false, spoken: Bool = false) -> Rule {
    Rule(name: "key " + word, type: type, finder: .key(word, whole: whole, spoken: spoken), check: .none)
  }

  static func command(_ words: String, _ type: RedactionType) -> Rule {
    Rule(name: "command " + words, type: type, finder: .command(words), check: .none)
  }

  static func find(_ recognizer: Recognizer, _ type: RedactionType) -> Rule {
    Rule(name: "\(recognizer)", type: type, finder: .recognizer(recognizer), check: .none)
  }
}

/// The rules that are code. Each is tried where its trigger fits.
enum Recognizer: Int, CaseIterable, Sendable {
  case address, assignment, urlPassword, macAddress, number, internationalPhone, areaCodePhone, pemKey, homePath,
    bankAccount
  case commandPassword, element, spelledAddress, letterID, dottedMac, listing, credentialPair,
    arrow, argument, literal

  var trigger: Trigger {
    let digits = ByteSet(0x30...0x39)
    let hex = ByteSet("0123456789abcdefABCDEF".utf8)
    let letters = ByteSet(Array(0x41...0x5A) + Array(0x61...0x7A))
    func of(_ text: String) -> ByteSet { ByteSet(text.utf8) }
    func none(of text: String) -> ByteSet { ByteSet((0...255).filter { !text.utf8.contains($0) }) }
    return switch self {
    case .address: Trigger(first: of("@%"), second: ByteSet((0...255).filter { Ascii.isAlnum($0) || $0 >= 0x80 }))
    case .assignment:
      Trigger(
        before: ByteSet((0...255).filter { Ascii.isAlnum($0) || $0 >= 0x80 || " \t\"'`]\\?_".utf8.contains($0) }),
        first: of("=:"), second: none(of: ":"))
    case .urlPassword: Trigger(first: of(":"), second: of("/"), third: of("/"))
    case .macAddress: Trigger(before: hex, first: of(":-"), second: hex, third: hex)
    case .number:
      Trigger(
        before: Trigger.boundary, first: digits, second: of("0123456789abcdefABCDEF.- "),
        third: of("0123456789abcdefABCDEF.- ()"))
    case .internationalPhone: Trigger(first: of("+"), second: digits, third: of("0123456789 .-("))
    case .areaCodePhone: Trigger(first: of("("), second: digits, third: digits)
    case .pemKey: Trigger(before: none(of: "-"), first: of("-"), second: of("-"), third: of("-"))
    case .homePath: Trigger(first: of("/\\Ff"), second: of("hUD"), third: of("os"))
    case .bankAccount: Trigger(before: Trigger.boundary, first: letters, second: letters, third: digits)
    case .commandPassword:
      Trigger(before: of(" \t\n\"'`("), first: of("-"), second: of("uapPwUNkAX-"), third: none(of: "-"))
    case .element:
      Trigger(before: none(of: "=-"), first: of(">"), second: none(of: " \t\r\n<=>\\"), third: none(of: "<"))
    case .spelledAddress:
      // Also `&#64;` and `&#x40;`.
      Trigger(before: none(of: "\n"), first: of(" [({<&"), second: of("aA#"), third: of("tT6x0"))
    case .letterID: Trigger(first: letters, second: of("0123456789 -"), third: digits)
    case .dottedMac: Trigger(before: hex, first: of("."), second: hex, third: hex)
    case .listing: Trigger(before: Trigger.boundary, first: of("-dlbcps"), second: of("r"), third: of("w-"))
    case .arrow: Trigger(first: of("<"), second: of("-"), third: of(" "))
    case .argument:
      Trigger(
        before: of("\"'`"), first: of(","),
        second: of(" \"'`\\"), third: none(of: "\n\t"))
    case .literal:
      Trigger(
        before: of(" \t(,=[{:|?<+>\\bBuUrRfFN@$"), first: of("\"'`"), second: none(of: " \t\r\n\"'`\\<{[(,)}:;="),
        third: none(of: " \t\r\n\"'`\\"))
    // Also `ana @ host.org`, as copied from a document.
    case .credentialPair: Trigger(first: of(" "), second: of("/@"), third: of(" "))
    }
  }
}
