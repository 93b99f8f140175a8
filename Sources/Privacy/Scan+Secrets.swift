/// Whether a value looks like a secret rather than code, a placeholder or prose.
extension Scan {
  /// How much of a value is looked at.
  static var headMax: Int { 512 }
  /// In longer stretches of random letters every short word stands somewhere.
  static var phraseMax: Int { 96 }

  func isSecret(_ value: Value, _ type: RedactionType, _ known: Shape? = nil) -> Bool {
    // What a long value is shows in its beginning.
    let (start, end) = (value.start, min(value.end, value.start + Scan.headMax))
    let length = end - start
    guard length >= (type == .password ? (value.quoted ? 5 : 6) : 8) else { return false }
    if !value.quoted, case let next = at(value.end), next == 0x28 || next == 0x5B || next == 0x7B { return false }
    let shape = known ?? Shape(self, start, end)
    if value.quoted, length >= 32, shape.symbols > 3, isNoise(start, end, shape) { return true }
    if type == .password, shape.hyphens == 2, isKeyedPhrase(start, end, shape) { return true }
    // Letters in one case are words, whatever else is asked below.
    if shape.isWords || shape.stops || isPlaceholderText(start, end) { return false }
    if shape.isNumber && (type != .password || !value.quoted) { return false }
    if isPath(start, end, shape) || isLookup(start, end) || isHexNumber(start, end) || isRules(start, end) {
      return false
    }
    if isTypeName(value, type, shape) || shape.digits > 0 && isColumn(start, end)
      || shape.symbols == 1 && isSelector(start, end) || isHostAndPort(start, end)
    {
      return false
    }
    // Regular expressions.
    if type == .secret, shape.symbols > 0, containsOne(of: ["(", ")", "|"], start, end), !takesTurns(start, end) {
      return false
    }
    if isPassphrase(start, end, shape) { return true }
    if type == .secret, !value.quoted, isExpression(start, end, shape) { return false }
    if shape.digits > 0, shape.letters > 0 {
      if type == .password || value.quoted && shape.symbols > 0 && shape.letters > 5 && isPasswordSign(bytes[end - 1]) {
        return true
      }
      // `token: v1`, `secret: db-2`: names carry a digit at the end; secrets carry more of everything.
      return shape.letters > 1 && (shape.digits >= 2 || shape.upper > 0 && shape.lower > 0)
    }
    if type == .password, shape.letters > 0, shape.symbols > 0, value.quoted, !shape.isName,
      !shape.isBase64
    {
      return true
    }
    if type == .password, length >= 8, shape.upper > 1, shape.lower > 1, hasInnerSign(start, end, least: 2),
      value.quoted || bytes[end - 1] != UInt8(ascii: "!") || !isUnwrapped(start, end)
    {
      return true
    }
    if length.isMultiple(of: 4), shape.upper > 1, shape.lower > 1, shape.hyphens == 0, shape.isBase64,
      isEncodedText(start, end)
    {
      return true
    }
    return shape.letters >= (type == .password ? 8 : 16)
      && (variesCase(start, end)
        ? type != .password || !isSpoken(start, end)
        : type == .password && shape.upper > 0 && shape.lower > 0 && isUnspeakable(start, end))
  }

  /// Base64 of printable ASCII, as Kubernetes keeps passwords.
  private func isEncodedText(_ start: Int, _ end: Int) -> Bool {
    var (bits, count): (UInt32, Int) = (0, 0)
    for index in start..<end {
      let byte = bytes[index]
      let value: UInt8
      switch byte {
      case 0x41...0x5A: value = byte - 0x41
      case 0x61...0x7A: value = byte - 0x61 + 26
      case 0x30...0x39: value = byte - 0x30 + 52
      case 0x2B: value = 62
      case 0x2F: value = 63
      default: return byte == 0x3D && end - index < 3 && count > 5
      }
      bits = bits << 6 | UInt32(value)
      count += 1
      guard
        !count.isMultiple(of: 4)
          || bits & 0x80_8080 == 0 && bits & 0x60_0000 != 0 && bits & 0x6000 != 0 && bits & 0x60 != 0
      else { return false }
    }
    return true
  }

  /// Characters of every kind as a generator of salts and keys draws them, brackets too; no expression and no text.
  private func isNoise(_ start: Int, _ end: Int, _ shape: Shape) -> Bool {
    guard shape.digits > 2, !shape.isBase64 else { return false }
    var (run, turns, blanks) = (0, 0, 0)
    for index in start..<end {
      run = Ascii.isLetter(bytes[index]) ? run + 1 : 0
      if run > 9 || bytes[index] >= 0x80 { return false }
      if index > start, Ascii.isLetter(bytes[index]) != Ascii.isLetter(bytes[index - 1]) { turns += 1 }
      if bytes[index] == 0x20 { blanks += 1 }
    }
    return turns * 3 >= end - start && blanks * 16 <= end - start
      && (start..<end).count { "!#$%&()*+,;<=>?@[]^{|}~".utf8.contains(bytes[$0]) } > 3
      && !containsOne(of: ["a-z", "(?", "0-9", "://", "{{", "${", "%s", "<%"], start, end)
  }

  /// `required|string|min:12`: what a form asks of the value.
  private func isRules(_ start: Int, _ end: Int) -> Bool {
    var (parts, word, isArgument) = (0, 0, false)
    for index in start..<end {
      let byte = bytes[index]
      if byte == 0x7C {
        guard word >= 2 else { return false }
        parts += 1
        (word, isArgument) = (0, false)
      } else if byte == 0x3A, !isArgument, word >= 2 {
        isArgument = true
      } else if isArgument ? Ascii.isWord(byte) || byte == 0x2C || byte == 0x2E : Ascii.isLower(byte) || byte == 0x5F {
        word += 1
      } else {
        return false
      }
    }
    return word >= 2 && (parts > 0 || isArgument && isOne(of: ["min:", "max:", "size", "len:"], start, start + 4))
  }

  /// `ed25519.Ed25519PrivateKey`, `V1Beta1TokenReview`, `isP12Credentials`: words in both cases, whose digits are no end
  /// as those of a password are, and that tell what they are about; or a member of something.
  private func isTypeName(_ value: Value, _ type: RedactionType, _ shape: Shape) -> Bool {
    let (start, end) = (value.start, value.end)
    if shape.symbols == 0, shape.hyphens == 0, shape.digits == 1, shape.upper > 1, isNumberedName(start, end) {
      return true
    }
    guard shape.symbols == 0, shape.upper > 0, shape.lower > 3, end - start < 64, Ascii.isLetter(bytes[end - 1]),
      isNamed(start, end)
    else { return false }
    if contains(rules.pointee.phrases.types, start, end) { return true }
    return !value.quoted && type == .secret && (start + 1..<end - 1).contains { bytes[$0] == 0x2E }
  }

  /// `PasswordField2`, `TooShortError1`: the second of a kind.
  private func isNumberedName(_ start: Int, _ end: Int) -> Bool {
    guard Ascii.isDigit(bytes[end - 1]) else { return false }
    var word = end - 1
    while word > start, Ascii.isLower(bytes[word - 1]) { word -= 1 }
    return word > start && Ascii.isLower(at(word - 2))
      && isOne(
        of: ["field", "error", "input", "form", "label", "view", "type", "exception", "validator", "widget", "button"],
        word - 1, end - 1)
  }

  /// `VARCHAR(255)`, `varchar255`: what is said of a column.
  private func isColumn(_ start: Int, _ end: Int) -> Bool {
    var word = start
    while word < end, Ascii.isLetter(bytes[word]) || bytes[word] == 0x5F { word += 1 }
    guard word > start, word < end else { return false }
    if at(word) == 0x28 {
      return (word + 1..<end).allSatisfy { Ascii.isDigit(bytes[$0]) || bytes[$0] == 0x29 || bytes[$0] == 0x2C }
    }
    return isOne(of: ["varchar", "char", "nvarchar", "varbinary", "string", "int"], start, word)
      && (word..<end).allSatisfy { Ascii.isDigit(bytes[$0]) }
  }

  /// `localhost:22`, `www.python.org:080`.
  func isHostAndPort(_ start: Int, _ end: Int) -> Bool {
    var colon = end
    while colon > start, end - colon < 6, Ascii.isDigit(bytes[colon - 1]) { colon -= 1 }
    guard colon < end, colon > start + 3, bytes[colon - 1] == 0x3A else { return false }
    return (start..<colon - 1).allSatisfy { Ascii.isLower(bytes[$0]) || bytes[$0] == 0x2E || bytes[$0] == 0x2D }
  }

  /// `0x54762486`, `0x10UL`.
  private func isHexNumber(_ start: Int, _ end: Int) -> Bool {
    at(start) == 0x30 && at(start + 1) | 0x20 == UInt8(ascii: "x") && end - start <= 18
      && (start + 2..<end).allSatisfy { Ascii.isHex(bytes[$0]) || "uUlL".utf8.contains(bytes[$0]) }
  }

  /// A sign that names and types do not have, with random letters round it: `QMDOs!emJwNl@`.
  /// `least`: how often the letters change their case.
  func hasInnerSign(_ start: Int, _ end: Int, least: Int = 3) -> Bool {
    var changes = 0
    var signs = 0
    var before: UInt8 = 0
    for index in start..<end {
      let byte = bytes[index]
      if Ascii.isLetter(byte) {
        if before != 0, (before ^ byte) & 0x20 != 0 { changes += 1 }
        before = byte
      } else if index > start, isPasswordSign(byte),
        index + 1 < end || byte != UInt8(ascii: "*") && byte != UInt8(ascii: "&") && byte != UInt8(ascii: "?")
      {
        // At the end these make a type a pointer or optional.
        signs += 1
      }
    }
    return signs > 0 && changes >= least
  }

  @inline(__always)
  private func isPasswordSign(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "^"), UInt8(ascii: "*"),
      UInt8(ascii: "@"), UInt8(ascii: "$"), UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "&"):
      true
    default: false
    }
  }

  /// Counts of what a value is made of.
  struct Shape {
    var letters = 0
    var upper = 0
    var lower = 0
    var digits = 0
    var symbols = 0
    var hyphens = 0
    /// Slashes, plus and equals signs are the only symbols.
    var isBase64 = true
    /// Something that no secret has: a space, a variable, markup.
    var stops = false
    var isPath = false

    init(_ scan: Scan, _ start: Int, _ end: Int) {
      for index in start..<end {
        let byte = scan.bytes[index]
        if Ascii.isUpper(byte) {
          upper += 1
        } else if Ascii.isLower(byte) || byte >= 0x80 {
          lower += 1
        } else if Ascii.isDigit(byte) {
          digits += 1
        } else if byte == 0x2D || byte == 0x5F || byte == 0x2E {
          hyphens += 1
        } else {
          symbols += 1
          if byte != 0x2F && byte != 0x2B && byte != 0x3D { isBase64 = false }
          let next = scan.at(index + 1)
          switch byte {
          case 0x20, 0x09: stops = true
          case UInt8(ascii: "<"), UInt8(ascii: "{"):
            // What is filled in later stands between two of them.
            let closing = byte &+ 2
            if index == start || next == byte || (index + 1..<end).contains(where: { scan.bytes[$0] == closing }) {
              stops = true
            }
          case UInt8(ascii: "(") where index > start + 2 && Ascii.isQuote(next): stops = true
          case UInt8(ascii: "}"), UInt8(ascii: ">"): if next == byte || index == start { stops = true }
          case UInt8(ascii: "["): if scan.isPlaceholder(index) || index == start || next == 0x3A { stops = true }
          case UInt8(ascii: "$"):
            if next == 0x7B || next == 0x28 || index == start && Ascii.isLetter(next) { stops = true }
          case UInt8(ascii: "%"):
            if index == start && (next == 0x73 || next == 0x28 || Ascii.isUpper(next)) { stops = true }
          case UInt8(ascii: "@"), UInt8(ascii: "*"), UInt8(ascii: "&"), UInt8(ascii: "("), UInt8(ascii: "!"):
            if index == start && !(byte == 0x21 || byte == 0x40 && digits > 0) && end - start < 8 { stops = true }
          case UInt8(ascii: ":"): if next == 0x2F || next == 0x3A { stops = true }
          default: break
          }
          if index < start + 2, byte == 0x2F, index == start || scan.at(start) == 0x2E { isPath = true }
        }
      }
      letters = upper + lower
    }

    /// At most three words: with more they may be a passphrase.
    var isWords: Bool { digits == 0 && symbols == 0 && hyphens < 3 && (upper == 0 || lower == 0) }
    var isNumber: Bool { letters == 0 && symbols == 0 }
    /// Letters with hyphens, underscores and dots between: a name, not a secret.
    var isName: Bool { digits == 0 && symbols == 0 }
  }

  func isPlaceholderText(_ start: Int, _ end: Int) -> Bool {
    let end = min(end, start + Scan.phraseMax)
    let phrases = rules.pointee.phrases
    return phrases.words.contains(folding: bytes, start, end) || contains(phrases.placeholders, start, end)
  }

  /// `exports.AUTH_V5`, `x86_cpu_index_1_edx`: a member or a name of several parts.
  private func isExpression(_ start: Int, _ end: Int, _ shape: Shape) -> Bool {
    guard shape.symbols == 0, shape.hyphens > 0, isNamed(start, end) else { return false }
    var word = start
    while word < end, Ascii.isLower(bytes[word]) { word += 1 }
    let isMember = word > start && word + 1 < end && bytes[word] == 0x2E && Ascii.isLetter(bytes[word + 1])
    return isMember || (start..<end).count { bytes[$0] == 0x5F } > 1
  }

  /// `process.env.X`, `os.environ`, `config.token2`, `secrets.DB_1`: code that fetches the value.
  private func isLookup(_ start: Int, _ end: Int) -> Bool {
    if rules.pointee.phrases.lookups.begins(bytes, start) { return true }
    // `name.member` or `CONST_NAME`: words only, digits at the ends of them.
    var upper = true
    for index in start..<end where !(Ascii.isUpper(bytes[index]) || Ascii.isDigit(bytes[index]) || bytes[index] == 0x5F)
    {
      upper = false
      break
    }
    return upper && (start..<end).contains { bytes[$0] == 0x5F }
  }
}
