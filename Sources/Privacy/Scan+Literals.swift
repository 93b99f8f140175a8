/// Secrets that stand as literals in code, and in pairs with a name.
extension Scan {
  /// `login("ana", "PASSWORD")`, `jwt.sign(payload, 'KEY')`, `getenv("KEY") ?? "KEY"`, `.type('PASSWORD')`: a literal that
  /// looks like nothing else, on a line that says what it is. `index` is the opening quote.
  func literal(at index: Int) -> Bool {
    let start = index + 1
    let end = endOfLiteral(from: start, at(index))
    // Most literals are short, or text with blanks.
    let isLast = end - start < 33 && at(afterQuote(end)) == 0x29
    let isWhole = 7...Scan.valueMax ~= end - start && (at(end) == at(index) || at(end) == 0x5C)
    guard isLast || isWhole else { return false }
    var (digits, upper, lower, hyphens, marks) = (0, 0, 0, 0, 0)
    for place in start..<end {
      let byte = bytes[place]
      if Ascii.isDigit(byte) {
        digits += 1
      } else if Ascii.isLower(byte) {
        lower += 1
      } else if Ascii.isUpper(byte) {
        upper += 1
      } else if byte == 0x2D {
        hyphens += 1
      } else if byte == 0x5F || byte == 0x2E {
        marks += 1
      }
    }
    if isLast, digits > 0, lower > 2, isLastOfSignIn(index),
      upper > 0 || marks == 0 || hyphens + marks < 2, isTyped(start, end), !isTechnical(start, end),
      !hasHost(start, end), !tokenBegins(at: start)
    {
      return claim(start, end, .password)
    }
    // Most of the others are names, and most of the rest stand on lines that are about other things.
    guard isWhole, upper + lower > 1,
      digits >= 2 || hyphens >= 3 || marks >= 3 && hyphens == 0 && marks + upper + lower == end - start
        || upper > 1 && lower > 1 && switchesCase(start, end) >= 4
        || digits == 1 && lower > 0 && (upper > 0 && !isNamed(start, end) || endsInSign(end)),
      let line = lineOfLiteral(index, end), !isOfOtherName(index), isBareSecret(start, end), !tokenBegins(at: start)
    else { return false }
    if case .key(let rule) = line {
      return isSecret(Value(start: start, end: end, quoted: true), rule.type) && claim(start, end, rule.type)
    }
    if isMarkup(start, end, index) { return false }
    switch line {
    case .password: return claim(start, end, .password)
    case .signIn:
      // Where to is said first; and words with signs between are a name, unless they are handed over.
      if matches("connect(", at: index - 8) || matches("connection(", at: index - 11) { return false }
      return (digits > 0 || hyphens + marks < 3 || isHandedOver(index)) && claim(start, end, .password)
    case .client, .key:
      if end - start >= 12, digits > 0, isDefault(index), isStrong(start, end) || isShuffled(start, end) {
        return claim(start, end, .secret)
      }
      return end - start >= 20 && (digits >= 2 || variesCase(start, end))
        && (looksRandom(start, end) || isShuffled(start, end) || digits < 2 && !isNamed(start, end))
        && claim(start, end, .secret)
    }
  }

  /// Where the quote at `index` begins with its backslashes.
  private func beforeQuote(_ index: Int) -> Int {
    var start = index
    while at(start - 1) == 0x5C, index - start < 16 { start -= 1 }
    return start
  }

  /// Behind the quote whose backslashes begin at `index`.
  private func afterQuote(_ index: Int) -> Int {
    var end = index
    while at(end) == 0x5C, end < index + 16 { end += 1 }
    return end + 1
  }

  /// `env("DB_PASSWORD").unwrap_or("...")`; `index` is the bracket.
  private func keyOfFallback(_ index: Int) -> CompiledRules.Key? {
    var end = index
    while end > claimed, index - end < 24, Ascii.isWord(bytes[end - 1]) { end -= 1 }
    guard at(end - 1) == 0x2E, isOne(of: ["unwrap_or", "orelse", "getorelse", "value_or", "ifempty"], end, index) else {
      return nil
    }
    end -= 1
    while end > claimed, index - end < 48, ")\"'\\".utf8.contains(bytes[end - 1]) { end -= 1 }
    return keyWord(endingAt: end)
  }

  /// What the line of a literal is about.
  private enum Line {
    case key(CompiledRules.Key)
    case password
    case signIn
    case client
  }

  private func lineOfLiteral(_ index: Int, _ end: Int) -> Line? {
    let phrases = rules.pointee.phrases
    if let rule = keyOfLiteral(index) { return .key(rule) }
    // Java keeps passwords in arrays of characters.
    if matches(".toCharArray()", at: afterQuote(end)), end - index < 66 { return .password }
    if mentions(phrases.signIn, before: index, window: 112) || isComparedToPassword(index, end) { return .signIn }
    if let type = keyBehind(end) { return type == .password ? .signIn : .client }
    let isOfClient =
      end - index > 12 && mentions(phrases.client, before: index, window: 96)
      || isDefault(index) && mentions(["_key"], before: index, window: 32)
    return isOfClient ? .client : nil
  }

  /// The value of `"NextToken":`, `"CredentialId":`, `"AWS::Login::Branding":`: of a name that only mentions the word.
  private func isOfOtherName(_ index: Int) -> Bool {
    var end = index
    while end > claimed, index - end < 12, case let byte = bytes[end - 1],
      byte == 0x20 || byte == 0x3A || byte == 0x3D || byte == 0x5C
    { end -= 1 }
    guard end < index, at(end) == 0x3A || at(end + 1) == 0x3A || at(end) == 0x5C, Ascii.isQuote(at(end - 1)) else {
      return false
    }
    end -= 1
    while end > claimed, at(end - 1) == 0x5C { end -= 1 }
    // What a pair's first half names is no key, or it would have been taken: `"path": "/etag", "value": "..."`.
    if isOne(of: ["value"], end - 5, end), case let name = end - 5, Ascii.isQuote(at(name - 1)),
      let sibling = endOfSibling(before: name), keyWord(endingAt: sibling) == nil
    {
      return true
    }
    if isHarmless(end) || at(end - 1) | 0x20 == UInt8(ascii: "d") && at(end - 2) == UInt8(ascii: "I") { return true }
    // `"checksum": "..."`, `"md5": "..."`.
    if endsInSum(end) { return true }
    var start = end
    while start > claimed, end - start < 64, Ascii.isWord(bytes[start - 1]) { start -= 1 }
    return at(start - 1) == 0x3A && at(start - 2) == 0x3A
  }

  /// Swift's `set("X", forKey: "apiToken")`.
  private func keyBehind(_ end: Int) -> RedactionType? {
    var position = afterQuote(end)
    guard matches(", forKey: ", at: position) else { return nil }
    position += 10
    let high = min(bytes.count, position + 48)
    var stop = position
    while stop < high, bytes[stop] != 0x29, bytes[stop] >= 0x20 { stop += 1 }
    if containsOne(of: ["passw", "pwd", "passphrase"], position, stop) { return .password }
    return containsOne(of: ["token", "secret", "apikey", "api_key", "jwt"], position, stop) ? .secret : nil
  }

  /// `login("ana", "`, `auth=("ana", '`, `getConnection(url, "ana", "`: a name stands before it in quotes in a call or pair
  /// that signs somebody in.
  private func isLastOfSignIn(_ index: Int) -> Bool {
    var start = beforeQuote(index)
    guard at(start - 1) == 0x20, at(start - 2) == 0x2C, Ascii.isQuote(at(start - 3)) else { return false }
    let end = start
    while start > claimed, end - start < 96, bytes[start - 1] != 0x28, bytes[start - 1] >= 0x20 { start -= 1 }
    guard at(start - 1) == 0x28 else { return false }
    let low = startOfLine(start, 24)
    return contains(rules.pointee.phrases.signInCalls, low, start)
  }

  /// Anchors and selectors, colours, and what a name in front of it calls an id.
  private func isMarkup(_ start: Int, _ end: Int, _ index: Int) -> Bool {
    if at(start) == 0x23, (start + 1..<end).allSatisfy({ Ascii.isWord(bytes[$0]) || bytes[$0] == 0x2D }) {
      return true
    }
    return (isHex(start, end) || at(start) == 0x23 && end - start < 10) && (end - start < 10 || isNamedID(index))
  }

  private func endsInSign(_ end: Int) -> Bool { "!#$%*?@".utf8.contains(at(end - 1)) }

  /// What stands before in the same argument calls the literal an id or a hash.
  private func isNamedID(_ index: Int) -> Bool {
    let low = startOfLine(index, 32)
    var start = index
    while start > low, bytes[start - 1] != 0x2C { start -= 1 }
    return containsOne(of: ["id", "tag", "sha", "hash", "digest", "commit", "md5", "rev"], start, index)
  }

  /// `verify("X", user.password)`.
  private func isComparedToPassword(_ index: Int, _ end: Int) -> Bool {
    guard at(beforeQuote(index) - 1) == 0x28, at(afterQuote(end)) == 0x2C else { return false }
    var high = end
    while high < bytes.count, high - end < 32, bytes[high] != 0x29, bytes[high] >= 0x20 { high += 1 }
    return containsOne(of: ["passw", "pwd"], end, high)
  }

  /// The literal at `index` is an argument or assigned.
  private func isHandedOver(_ index: Int) -> Bool {
    var before = beforeQuote(index)
    for _ in 0..<3 where Ascii.isBlank(at(before - 1)) { before -= 1 }
    if ",(=:[{?|<>*".utf8.contains(at(before - 1)) { return true }
    // `--value 'X'`, `!unsafe 'X'`.
    var word = before
    while word > 0, before - word < 24, Ascii.isLetter(bytes[word - 1]) || bytes[word - 1] == 0x2D { word -= 1 }
    return word < before && (at(word) == 0x2D || at(word - 1) == 0x21)
  }

  /// The key word of the name that the literal is the default or the next argument of: `process.env.DB_PASS || "..."`,
  /// `setopt(curl, CURLOPT_PASSWORD, "...")`, `put(:db_pass, "...")`.
  private func keyOfLiteral(_ index: Int) -> CompiledRules.Key? {
    var end = beforeQuote(index)
    if at(end - 1) == 0x28 { return keyOfFallback(end - 1) }
    guard at(end - 1) == 0x20 else { return nil }
    let isDefault = isDefault(end)
    guard isDefault || at(end - 2) == 0x2C else { return nil }
    end -= 2
    while end > claimed, index - end < 32, "|?:=r o)]\"'\\".utf8.contains(bytes[end - 1]) {
      if bytes[end - 1] == 0x72 || bytes[end - 1] == 0x6F, !isDefault || !Ascii.isBlank(at(end)) && at(end) != 0x72 {
        break
      }
      end -= 1
    }
    guard let rule = keyWord(endingAt: end), rule.type != .mac, !isHarmless(end) else { return nil }
    return rule
  }

  /// What stands for a variable that is not set: `process.env.KEY || "..."`, `?? "..."`, `||= '...'`, `?: "..."`.
  private func isDefault(_ index: Int) -> Bool {
    let index = beforeQuote(index)
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

  /// PostgreSQL's file of passwords: `host:5432:database:name:`; `start` is where the name begins.
  private func isPasswordFile(_ start: Int) -> Bool {
    var end = start - 1
    while end > claimed, start - end < 65, Ascii.isWord(bytes[end - 1]) || at(end - 1) == 0x2D || at(end - 1) == 0x2A {
      end -= 1
    }
    var port = end - 1
    while Ascii.isDigit(at(port - 1)), end - port < 7 { port -= 1 }
    return at(end - 1) == 0x3A && 4...5 ~= end - 1 - port && at(port - 1) == 0x3A && Ascii.isWord(at(port - 2))
  }

  /// Where the `@` stands that parts the password from a host: `X@tcp(db:3306)/crm`, `X@db:3306`, `X@db/crm`; or the end.
  private func startOfHost(_ value: Value) -> Int {
    guard let sign = (value.start..<value.end).last(where: { bytes[$0] == 0x40 }) else { return value.end }
    var end = sign + 1
    while end < value.end, Ascii.isAlnum(bytes[end]) || bytes[end] == 0x2D || bytes[end] == 0x2E { end += 1 }
    guard end > sign + 1, Ascii.isLetter(bytes[sign + 1]) else { return value.end }
    let isHost = end == value.end ? at(end) == 0x28 : at(end) == 0x2F || at(end) == 0x3A && Ascii.isDigit(at(end + 1))
    return isHost ? sign : value.end
  }

  /// `admin:PASSWORD`, `relay:PASSWORD` on a line about mail, `/p:PASSWORD`. `index` is the colon.
  func joinedPair(at index: Int) -> Bool {
    guard at(index) == 0x3A, at(index + 1) > 0x20, Ascii.isWord(at(index - 1)), var value = value(from: index + 1),
      !value.quoted, 7...96 ~= value.end - value.start
    else { return false }
    var start = index
    while start > claimed, index - start < 33, Ascii.isWord(bytes[start - 1]) || bytes[start - 1] == 0x2E { start -= 1 }
    start = afterEscape(start)
    // `h1:`, `sha256:`.
    guard start < index, Ascii.isLetter(bytes[start]), !Ascii.isDigit(at(index - 1)) else { return false }
    let before = at(start - 1)
    value.end = startOfHost(value)
    guard 7...64 ~= value.end - value.start else { return false }
    if before == 0x2F {
      guard Ascii.isBlank(at(start - 2)), isOne(of: ["p", "pass", "pwd"], start, index),
        isTyped(value.start, value.end),
        !(value.start..<value.end).contains(where: { bytes[$0] == 0x3D })
      else { return false }
      return claim(value.start, value.end, .password)
    }
    if before == 0x3A, isPasswordFile(start), isTyped(value.start, value.end) {
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
