/// How much a value must look made up, by what stands before it.
extension Scan {
  /// In quotes prose has code and words too: letters need digits, or hyphens between the words of a passphrase.
  func isMixed(_ value: Value) -> Bool {
    let shape = Shape(self, value.start, value.end)
    return shape.digits > 0 || shape.hyphens >= 3 || isKeyedPhrase(value.start, value.end, shape)
      || shape.upper > 1 && shape.lower > 1 && shape.symbols > 0
  }

  /// Behind "is": a made-up value, neither a word nor the name of an algorithm.
  func told(_ value: Value, _ type: RedactionType) -> Bool {
    if type != .password { return isStrongAlone(value, type) || value.quoted && isSecret(value, type) }
    guard isSecret(value, type), !isTechnical(value.start, value.end) else { return false }
    // In prose three words joined are an adjective.
    if !value.quoted, isKeyedPhrase(value.start, value.end, Shape(self, value.start, value.end)) { return false }
    return value.quoted || !containsOne(of: ["/", "="], value.start, value.end) || isStrong(value.start, value.end)
      || looksRandom(value.start, value.end)
  }

  /// Right behind the word, without "is": what no prose and no code has there.
  func isStrongAlone(_ value: Value, _ type: RedactionType) -> Bool {
    let value = Value(start: value.start, end: min(value.end, value.start + Scan.headMax), quoted: value.quoted)
    let length = value.end - value.start
    guard length >= (type == .password ? 7 : 20) else { return false }
    let shape = Shape(self, value.start, value.end)
    if type == .password {
      // All of what follows asks for one of these.
      guard shape.digits > 0 || shape.hyphens > 0 || shape.upper > 1 && shape.lower > 1,
        isSecret(value, type, shape)
      else { return false }
      return isStrong(value.start, value.end, shape) || isPassphrase(value.start, value.end, shape)
        || value.end - value.start >= 20 && looksRandom(value.start, value.end)
        || shape.digits >= 2 && shape.letters >= 4 && shape.hyphens == 0
          && shape.symbols == 0 && value.end - value.start >= 8 && !isTechnical(value.start, value.end)
    }
    return shape.letters >= 4
      && (shape.digits >= 2 || shape.hyphens == 0 && shape.symbols == 0 && variesCase(value.start, value.end))
      && (shape.symbols == 0 || looksRandom(value.start, value.end)) && shape.hyphens <= 4
      && !isTechnical(value.start, value.end) && isSecret(value, type, shape)
  }

  /// Capitals, small letters and digits, or digits and symbols, and nothing that code has.
  func isStrong(_ start: Int, _ end: Int, _ known: Shape? = nil) -> Bool {
    let end = min(end, start + Scan.headMax)
    let shape = known ?? Shape(self, start, end)
    guard end - start >= 7, shape.letters > 1, !isTechnical(start, end), !isHostAndPort(start, end),
      shape.digits > 0 || end - start >= 8 && shape.upper > 1 && shape.lower > 1 && hasInnerSign(start, end)
    else { return false }
    if containsOne(of: ["::", "(", "->", "/"], start, end) { return false }
    if shape.symbols == 0, shape.hyphens == 1, shape.upper == 1, isWordAndNumber(start, end) { return true }
    let hasSign =
      shape.symbols > 0 && (start..<end - 1).contains { bytes[$0] == 0x3D && Ascii.isAlnum(bytes[$0 + 1]) }
    if hasSign, isShuffledBeforeSign(start, end) { return true }
    if shape.digits > 0, shape.upper > 0, shape.lower > 0, shape.symbols > 0, !shape.isBase64 || hasSign,
      takesTurns(start, end)
    {
      return true
    }
    if hasSign || containsOne(of: ["="], start, end - 1) { return false }
    if isRandomPair(start, end, shape) { return true }
    let dotted = containsOne(of: ["."], start, end)
    return shape.upper > 0 && shape.lower > 0 && !dotted || shape.symbols > 0 && !dotted
  }

  /// `5oROuH7=x`: what stands before the sign is no name.
  private func isShuffledBeforeSign(_ start: Int, _ end: Int) -> Bool {
    guard let sign = (start..<end).first(where: { bytes[$0] == 0x3D }), sign - start > 4, sign + 1 < end else {
      return false
    }
    let shape = Shape(self, start, sign)
    return shape.digits > 0 && shape.upper > 0 && shape.lower > 0 && shape.symbols == 0 && !isNamed(start, sign)
  }

  /// `Tundra.1579`: one capital, small letters, a full stop, a number of three digits and more.
  private func isWordAndNumber(_ start: Int, _ end: Int) -> Bool {
    guard Ascii.isUpper(bytes[start]), let dot = (start..<end).first(where: { bytes[$0] == 0x2E }), dot - start > 3,
      3...4 ~= end - dot - 1
    else { return false }
    return (start + 1..<dot).allSatisfy { Ascii.isLower(bytes[$0]) }
      && (dot + 1..<end).allSatisfy { Ascii.isDigit(bytes[$0]) }
  }

  /// `aB3xYz.k9LmNo`: letters and digits with full stops between, and no words as names of files and members have them.
  private func isRandomPair(_ start: Int, _ end: Int, _ shape: Shape) -> Bool {
    guard end - start >= 10, shape.symbols == 0, shape.digits > 0, shape.upper > 1, shape.lower > 1 else {
      return false
    }
    return isWordless(start, end) && inwardChanges(start, end) >= 4
  }

  /// No five small letters follow each other.
  func isWordless(_ start: Int, _ end: Int) -> Bool {
    var run = 0
    for index in start..<end {
      run = Ascii.isLower(bytes[index]) ? run + 1 : 0
      if run > 4 { return false }
    }
    return true
  }

  /// How often a capital stands behind a small letter, or a digit beside a letter.
  private func inwardChanges(_ start: Int, _ end: Int) -> Int {
    var changes = 0
    for index in start + 1..<max(end, start + 1) {
      let (left, right) = (bytes[index - 1], bytes[index])
      if Ascii.isLower(left) && Ascii.isUpper(right) || Ascii.isDigit(left) && Ascii.isLetter(right)
        || Ascii.isLetter(left) && Ascii.isDigit(right)
      {
        changes += 1
      }
    }
    return changes
  }

  /// Capitals, small letters, digits and signs follow each other as no words do, in code or prose.
  func takesTurns(_ start: Int, _ end: Int) -> Bool {
    func kind(_ byte: UInt8) -> Int {
      Ascii.isLower(byte) ? 0 : Ascii.isUpper(byte) ? 1 : Ascii.isDigit(byte) ? 2 : 3
    }
    guard end - start >= 10 else { return false }
    var turns = 0
    for index in start + 1..<end where kind(bytes[index]) != kind(bytes[index - 1]) { turns += 1 }
    return turns * 2 >= end - start
  }

  /// A name in code, as `id-tc26-gost-3411-256` or `EnableTls13GreaseEch`: words, and no small letter behind a digit.
  func isNamed(_ start: Int, _ end: Int) -> Bool {
    var (run, longest) = (0, 0)
    for index in start..<end {
      run = Ascii.isLower(bytes[index]) ? run + 1 : 0
      longest = max(longest, run)
      if run == 1, index > start, Ascii.isDigit(bytes[index - 1]) { return false }
    }
    return longest >= 4 && !takesTurns(start, end)
  }

  /// Base64 or the like of 16 characters and more: digits, letters, and no words as paths and names have them.
  func looksRandom(_ start: Int, _ end: Int) -> Bool {
    let end = min(end, start + Scan.headMax)
    let shape = Shape(self, start, end)
    guard end - start >= 16, shape.digits >= 2, shape.letters >= 4, shape.symbols == 0 || shape.isBase64,
      !isPath(start, end, shape), !isUniqueID(start, end)
    else { return false }
    if end - start >= 32, shape.digits > 2, isScrambled(start, end, shape) { return true }
    if isTechnical(start, end) || isNamed(start, end) { return false }
    if variesCase(start, end) || takesTurns(start, end) { return true }
    var word = 0
    for index in start..<end {
      word = Ascii.isLower(bytes[index]) ? word + 1 : 0
      if word > (shape.symbols > 0 ? 6 : 9) { return false }
    }
    return true
  }

  /// Begins as a path does; base64 can begin with a slash too. Or `projects/x/secrets/y`: words with slashes between.
  func isPath(_ start: Int, _ end: Int, _ shape: Shape) -> Bool {
    if !shape.isPath { return isResource(start, end, shape) }
    return !(shape.isBase64 && shape.digits > 0 && end - start >= 20 && isScrambled(start, end, shape))
  }

  /// Lower-case words, two of them with letters alone, and two slashes and more between.
  private func isResource(_ start: Int, _ end: Int, _ shape: Shape) -> Bool {
    guard shape.upper == 0, shape.symbols >= 2, shape.isBase64, shape.hyphens + shape.digits < shape.letters else {
      return false
    }
    var (slashes, words, plain) = (0, 0, 0)
    for index in start..<end {
      if bytes[index] == 0x2F {
        slashes += 1
        plain = 0
      } else if Ascii.isLower(bytes[index]) {
        plain += 1
        if plain == 4 { words += 1 }
      } else if bytes[index] != 0x2D, bytes[index] != 0x5F {
        plain = .min
      }
    }
    return slashes >= 2 && words >= 2
  }

  /// Letters of both cases and digits follow each other as inside no word: a capital behind a small letter, a digit
  /// beside a letter. A slash that begins every fifth of it and less parts the words of a path.
  func isScrambled(_ start: Int, _ end: Int, _ shape: Shape) -> Bool {
    guard shape.upper > 1, shape.lower > 1, shape.digits > 0, shape.hyphens == 0 else { return false }
    let slashes = (start + 1..<max(end, start + 1)).count { bytes[$0] == 0x2F }
    return inwardChanges(start, end) * 5 >= end - start && slashes * 8 < end - start
  }

  /// A UUID.
  func isUniqueID(_ start: Int, _ end: Int) -> Bool {
    end - start == 36 && [8, 13, 18, 23].allSatisfy { bytes[start + $0] == 0x2D }
      && (start..<end).allSatisfy { Ascii.isHex(bytes[$0]) || bytes[$0] == 0x2D }
  }

  func isTechnical(_ start: Int, _ end: Int) -> Bool {
    let end = min(end, start + Scan.phraseMax)
    guard contains(rules.pointee.phrases.technical, start, end) else { return false }
    // Among many random letters and digits a short name stands by chance.
    return isNamed(start, end) || !takesTurns(start, end) && (end - start < 32 || !isShuffled(start, end))
  }
}
