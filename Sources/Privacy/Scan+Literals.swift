/// Secrets that stand as literals in code, and in pairs with a name.
extension Scan {
  /// `login("ana", "PASSWORD")`, `jwt.sign(payload, 'KEY')`, `getenv("KEY") ?? "KEY"`, `.type('PASSWORD')`: a literal that
  /// looks like nothing else, on a line that says what it is. `index` is the opening quote.
  mutating func literal(at index: Int) -> Bool {
    let (start, quote) = (index + 1, at(index))
    var end = start
    var (digits, upper, lower, hyphens) = (0, 0, 0, 0)
    while end - start <= Scan.valueMax, case let byte = at(end), byte > 0x20, byte < 0x80, byte != quote, byte != 0x5C {
      if Ascii.isDigit(byte) {
        digits += 1
      } else if Ascii.isLower(byte) {
        lower += 1
      } else if Ascii.isUpper(byte) {
        upper += 1
      } else if byte == 0x2D {
        hyphens += 1
      }
      end += 1
    }
    // Most literals are names, or text with blanks.
    guard 7...Scan.valueMax ~= end - start, at(end) == quote || at(end) == 0x5C, upper + lower > 1,
      digits >= 2 || hyphens >= 3 || upper > 1 && lower > 1 && switchesCase(start, end) >= 4
        || digits == 1 && upper > 0 && lower > 0 && !isNamed(start, end),
      isBareSecret(start, end)
    else { return false }
    let phrases = rules.pointee.phrases
    // Anchors and selectors, colours, and what a name in front of it calls an id.
    if at(start) == 0x23, (start + 1..<end).allSatisfy({ Ascii.isWord(bytes[$0]) || bytes[$0] == 0x2D }) {
      return false
    }
    if isHex(start, end) || at(start) == 0x23 && end - start < 10,
      end - start < 10
        || mentions(["id", "tag", "sha", "hash", "digest", "commit", "md5", "rev"], before: index, window: 32)
    {
      return false
    }
    if mentions(phrases.signIn, before: index, window: 112) {
      // Where to is said first; and words with hyphens are a name, unless they are handed over.
      if matches("connect(", at: index - 8) || matches("connection(", at: index - 11) { return false }
      if digits == 0, hyphens >= 3, !isHandedOver(index) { return false }
      return !tokenBegins(at: start) && claim(start, end, .password)
    }
    if end - start >= 12, digits > 0, isDefault(index), isStrong(start, end) || isShuffled(start, end),
      mentions(phrases.client, before: index, window: 64) || mentions(["_key"], before: index, window: 32),
      !tokenBegins(at: start)
    {
      return claim(start, end, .secret)
    }
    guard end - start >= 20, digits >= 2, looksRandom(start, end) || isShuffled(start, end),
      mentions(phrases.client, before: index, window: 96), !tokenBegins(at: start)
    else { return false }
    return claim(start, end, .secret)
  }

  /// The literal at `index` is an argument or assigned.
  private func isHandedOver(_ index: Int) -> Bool {
    var before = index
    while before > 0, index - before < 3, Ascii.isBlank(bytes[before - 1]) { before -= 1 }
    return ",(=:[{?|>*".utf8.contains(at(before - 1))
  }

  /// What stands for a variable that is not set: `process.env.KEY || "..."`, `?? "..."`, `||= '...'`, `?: "..."`.
  private func isDefault(_ index: Int) -> Bool {
    guard at(index - 1) == 0x20 else { return false }
    return matches("||", at: index - 3) || matches("??", at: index - 3) || matches("?:", at: index - 3)
      || matches("||=", at: index - 4) || matches("??=", at: index - 4) || matches(" or", at: index - 4)
  }

  /// How often letters change their case, whatever stands between them.
  private func switchesCase(_ start: Int, _ end: Int) -> Int {
    var changes = 0
    var before: UInt8 = 0
    for index in start..<end where Ascii.isLetter(bytes[index]) {
      if before != 0, (before ^ bytes[index]) & 0x20 != 0 { changes += 1 }
      before = bytes[index]
    }
    return changes
  }

  /// Nothing but letters and digits, which take turns.
  func isShuffled(_ start: Int, _ end: Int) -> Bool {
    var turns = 0
    for index in start..<end {
      guard Ascii.isAlnum(bytes[index]) else { return false }
      if index > start, Ascii.isDigit(bytes[index]) != Ascii.isDigit(bytes[index - 1]) { turns += 1 }
    }
    return turns >= 4
  }

  /// `admin:PASSWORD`, `relay:PASSWORD` on a line about mail, `/p:PASSWORD`. `index` is the colon.
  mutating func joinedPair(at index: Int) -> Bool {
    guard at(index) == 0x3A, at(index + 1) > 0x20, Ascii.isWord(at(index - 1)), let value = value(from: index + 1),
      !value.quoted, 7...64 ~= value.end - value.start
    else { return false }
    var start = index
    while start > claimed, index - start < 33, Ascii.isWord(bytes[start - 1]) || bytes[start - 1] == 0x2E { start -= 1 }
    start = afterEscape(start)
    // `h1:`, `sha256:`.
    guard start < index, Ascii.isLetter(bytes[start]), !Ascii.isDigit(at(index - 1)) else { return false }
    let before = at(start - 1)
    if before == 0x2F {
      guard Ascii.isBlank(at(start - 2)), isOne(of: ["p", "pass", "pwd"], start, index),
        isTyped(value.start, value.end),
        !(value.start..<value.end).contains(where: { bytes[$0] == 0x3D })
      else { return false }
      return claim(value.start, value.end, .password)
    }
    guard start == 0 || before <= 0x20 || before == 0x3D || before == 0x2C || Ascii.isQuote(before) || before == 0x5C
    else { return false }
    // Behind `host]:587 ` stands nothing but a name and its password.
    let isMail = before == 0x20 && Ascii.isDigit(at(start - 2)) && mentions(["]:"], before: start, window: 10)
    let isAdministrator = isMail || isOne(of: ["admin", "root", "administrator", "sa"], start, index)
    guard isAdministrator ? isBareSecret(value.start, value.end) : isOutOfPlace(value.start, value.end),
      isAdministrator || mentions(rules.pointee.phrases.pairs, before: start, window: 64), !tokenBegins(at: value.start)
    else { return false }
    return claim(value.start, value.end, .password)
  }
}
