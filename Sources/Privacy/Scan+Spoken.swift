/// Secrets told rather than assigned: "the password for staging is X", `--token X`, `IDENTIFIED BY 'X'`, `ENV DB_PASS X`.
extension Scan {
  /// Words that announce the value.
  private static let copulas = [
    "is", "was", "be", "are", "ist", "war", "lautet", "est", "es", "era", "är", "er", "jest", "é", "è", "это", "equals",
    "is:", "was:", "ist:", "est:", "are:", "->", "→",
  ].map { Array($0.utf8) }
  /// Words that may stand between them and the value.
  private static let fillers = [
    "now", "still", "currently", "just", "probably", "set", "to", "simply", "set:", "jetzt", "ahora", "the", "as",
    "maintenant", "again", "literally",
  ].map { Array($0.utf8) }
  private static let copulasWithoutSpace = ["是", "为", "為", "は", "が", "는", "은", "：", "叫"].map { Array($0.utf8) }

  /// A key word may begin at `index`.
  mutating func spokenSecret(at index: Int) -> Bool {
    guard let (rule, keyEnd) = keyWord(startingAt: index), rule.type != .mac else { return false }
    var position = keyEnd
    if Ascii.isQuote(at(position)) { position += 1 }
    // `setPassword("X")`, `.password('X')`.
    if at(position) == 0x28, let value = value(from: position + 1), value.quoted,
      at(value.end + 1) == 0x29 || at(value.end + 1) == 0x2C || at(value.end + 2) == 0x29
    {
      return isSecret(value, rule.type) && isMixed(value) && !tokenBegins(at: value.start)
        && claim(value.start, value.end, rule.type)
    }
    for copula in Scan.copulasWithoutSpace where startsWith(copula, at: position) {
      position += copula.count
      if at(position) == 0x20 { position += 1 }
      guard let value = spokenValue(from: position), told(value, rule.type) else { return false }
      return claim(value.start, value.end, rule.type)
    }
    guard Ascii.isBlank(at(position)) else { return false }
    if isHarmless(keyEnd) { return false }
    let pressing = isPressing(index, keyEnd)
    var copula = false
    var filled = 0
    for word in 0..<9 {
      let blank = position
      while Ascii.isBlank(at(position)), position < blank + 4 { position += 1 }
      guard position > blank, position < bytes.count else { return false }
      if word == 0 || copula, let value = spokenValue(from: position) {
        // The word right behind the key word, or behind "is".
        let fits =
          value.quoted
          ? isSecret(value, rule.type) && isMixed(value)
          : pressing && word == 0
            ? isSecret(value, rule.type) : copula ? told(value, rule.type) : isStrongAlone(value, rule.type)
        if fits { return !tokenBegins(at: value.start) && claim(value.start, value.end, rule.type) }
        if value.quoted { return false }
      }
      var end = position
      while end < bytes.count, end - position < 40, bytes[end] > 0x20, !Ascii.isQuote(bytes[end]), bytes[end] != 0x5C {
        end += 1
      }
      guard end > position, Ascii.isBlank(at(end)) else { return false }
      // The key word again: its own turn comes.
      if bytes[position] == bytes[index], at(position + 1) == at(index + 1), at(position + 2) == at(index + 2) {
        return false
      }
      if isAny(of: Scan.copulas, position, end) {
        copula = true
      } else if copula {
        guard isAny(of: Scan.fillers, position, end), filled < 3 else { return false }
        filled += 1
      } else {
        // A sentence or a statement that ends here has no value to tell.
        guard !",.;:=(){}[]<>!?".utf8.contains(bytes[end - 1]) else { return false }
      }
      position = end
    }
    return false
  }

  /// The longest key word at `index`; its end.
  private func keyWord(startingAt index: Int) -> (CompiledRules.KeyWord, end: Int)? {
    guard index >= claimed else { return nil }
    for number in rules.pointee.wordRanges[Int(Ascii.lower(at(index)))] {
      let rule = rules.pointee.keys[number]
      var position = index
      var read = 0
      while read < rule.count {
        let byte = at(position)
        if Ascii.lower(byte) == rules.pointee.letters[rule.start + read] {
          read += 1
        } else if !(read > 0 && (byte == 0x5F || byte == 0x2D || byte == 0x20)) || position >= bytes.count {
          break
        }
        position += 1
      }
      guard read == rule.count, !Ascii.isAlnum(at(position)) || at(index) >= 0x80 else { continue }
      if rule.whole, Ascii.isAlnum(at(index - 1)), !beginsWord(index), !matches("require", at: index - 7) { continue }
      return (rule, position)
    }
    return nil
  }

  /// A flag (`--db-token`), a variable (`DB_PASS`) or SQL (`IDENTIFIED BY`): the next word is its value.
  private func isPressing(_ index: Int, _ end: Int) -> Bool {
    var start = index
    while start > claimed, index - start < 32, Ascii.isWord(bytes[start - 1]) || bytes[start - 1] == 0x2D { start -= 1 }
    if at(start) == 0x2D { return true }
    return start < index && (start..<end).allSatisfy { !Ascii.isLower(bytes[$0]) && bytes[$0] != 0x20 }
  }

  /// The word at `position` without the marks that end a sentence, or what stands in quotes.
  func spokenValue(from position: Int) -> Value? {
    guard var value = value(from: position) else { return nil }
    if !value.quoted {
      while value.end > value.start, ".:?".utf8.contains(bytes[value.end - 1]) { value.end -= 1 }
      guard value.end > value.start else { return nil }
    }
    return value
  }

  /// In quotes prose has code and words too: letters need digits, or hyphens between the words of a passphrase.
  private func isMixed(_ value: Value) -> Bool {
    let shape = Shape(self, value.start, value.end)
    return shape.digits > 0 || shape.hyphens >= 3 || shape.upper > 1 && shape.lower > 1 && shape.symbols > 0
  }

  /// Behind "is": a made-up value, neither a word nor the name of an algorithm.
  private func told(_ value: Value, _ type: RedactionType) -> Bool {
    if type != .password { return isStrongAlone(value, type) || value.quoted && isSecret(value, type) }
    guard isSecret(value, type), !isTechnical(value.start, value.end) else { return false }
    return value.quoted || !containsOne(of: ["/", "="], value.start, value.end) || isStrong(value.start, value.end)
  }

  /// Right behind the word, without "is": what no prose and no code has there.
  func isStrongAlone(_ value: Value, _ type: RedactionType) -> Bool {
    guard isSecret(value, type) else { return false }
    let shape = Shape(self, value.start, value.end)
    if type == .password {
      return isStrong(value.start, value.end)
        || shape.digits >= 2 && shape.letters >= 4 && shape.hyphens == 0
          && shape.symbols == 0 && value.end - value.start >= 8 && !isTechnical(value.start, value.end)
    }
    return value.end - value.start >= 20 && shape.digits >= 2 && shape.letters >= 4 && shape.symbols == 0
      && shape.hyphens <= 4 && !isTechnical(value.start, value.end)
  }

  /// Capitals, small letters and digits, or digits and symbols, and nothing that code has.
  func isStrong(_ start: Int, _ end: Int) -> Bool {
    let shape = Shape(self, start, end)
    guard end - start >= 7, shape.digits > 0, shape.letters > 1, !isTechnical(start, end) else { return false }
    if containsOne(of: ["::", "()", "->", "/"], start, end) { return false }
    let dotted = containsOne(of: ["."], start, end)
    return shape.upper > 0 && shape.lower > 0 && !dotted || shape.symbols > 0 && !dotted
  }

  private func isTechnical(_ start: Int, _ end: Int) -> Bool {
    containsOne(
      of: [
        "base64", "base32", "sha1", "sha2", "sha3", "sha5", "sha-", "md5", "utf8", "utf-", "oauth", "argon2", "pbkdf2",
        "bcrypt", "ed25519", "aes1", "aes2", "aes-", "rsa2", "rsa4", "x509", "http", "ipv4", "ipv6", "python", "win32",
        "hs256", "rs256", "es256", "iso-", "iso8", "rfc", "base58", "base62", "latin1", "unicode",
      ], start, end)
  }

  private func isAny(of words: [[UInt8]], _ start: Int, _ end: Int) -> Bool {
    words.contains { word in
      word.count == end - start && word.indices.allSatisfy { Ascii.lower(bytes[start + $0]) == word[$0] }
    }
  }

  private func startsWith(_ word: [UInt8], at index: Int) -> Bool {
    index + word.count <= bytes.count && word.indices.allSatisfy { bytes[index + $0] == word[$0] }
  }
}
