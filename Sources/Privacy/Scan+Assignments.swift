/// Secrets by the name of their key: `password=`, `"api_key": "..."`, `$cfg["auth_token"] = '...'`, YAML, `.env`, DSNs.
extension Scan {
  func assignment(at index: Int) -> Bool {
    if namesNothing(before: index) { return false }
    // `https://`; base64 may begin with a slash behind the other sign.
    if at(index + 1) == 0x2F, at(index) == 0x3A || at(index + 2) == 0x2F { return false }
    // R's arrow.
    if at(index) == 0x3C { return at(index + 2) == 0x20 && assignment(operator: index, end: index + 2) }
    if at(index) == 0x3A, "nri".utf8.contains(at(index - 1)) {
      if oraclePassword(at: index) || sharePassword(at: index) { return true }
    }
    return assignment(operator: index, end: index + 1)
  }

  /// Most names end in no letters that anything here asks for, and one look says so. False where it takes more to know.
  @inline(__always)
  private func namesNothing(before index: Int) -> Bool {
    let next = at(index - 1)
    let end = next == 0x20 || Ascii.isQuote(next) ? index - 1 : index
    // The key of a declaration stands before its type, and that of a pair right before the value.
    let isPlain =
      at(index) == 0x3D
      ? index - notes.pointee.lastColon > 64 : at(index) == 0x3A && (end < index || at(index + 1) <= 0x20)
    guard isPlain, Ascii.isLetter(at(end - 1)) else { return false }
    return !rules.pointee.tails.mayEnd(at(end - 3), at(end - 2), at(end - 1))
  }

  /// `define("DB_PASSWORD", "...")`, `setenv("API_KEY", "...")`; `index` is the comma behind a quoted key.
  func argument(at index: Int) -> Bool {
    var position = index + 1
    while at(position) == 0x20, position < index + 24 { position += 1 }
    // Only what stands in quotes is looked at.
    guard Ascii.isQuote(at(position)) || at(position) == 0x5C || Ascii.isQuote(at(position + 1)) || at(position) == 0x53
    else { return false }
    guard let rule = key(before: index) else { return openArgument(at: index, position) }
    guard rule.type != .mac, let value = value(from: position), value.quoted, isSecret(value, rule.type),
      isFirstArgument(index) || !isConstantName(value.start, value.end),
      rule.type == .password || value.end - value.start >= 12
        || isFirstArgument(index) && isStrong(value.start, value.end),
      !isTechnical(value.start, min(value.end, value.start + 8)) || isStrong(value.start, value.end),
      !tokenBegins(at: value.start)
    else { return false }
    return claim(value.start, value.end, rule.type)
  }

  /// `'KEYPASSWD', 'KRB4LEVEL', 'NOPROXY'`: names in capitals in a list.
  private func isConstantName(_ start: Int, _ end: Int) -> Bool {
    Ascii.isUpper(bytes[start]) && end - start < 24
      && (start..<end).allSatisfy { Ascii.isUpper(bytes[$0]) || Ascii.isDigit(bytes[$0]) || bytes[$0] == 0x5F }
  }

  /// `set("api_key", `: a bracket opens before the name, whose closing quote stands before `index`.
  private func isFirstArgument(_ index: Int) -> Bool {
    var start = index
    while start > claimed, index - start < 18, Ascii.isQuote(bytes[start - 1]) || bytes[start - 1] == 0x5C {
      start -= 1
    }
    let end = start
    while start > claimed, end - start < 64, Ascii.isWord(bytes[start - 1]) || "-.:".utf8.contains(bytes[start - 1]) {
      start -= 1
    }
    while start > claimed, index - start < 96, Ascii.isQuote(bytes[start - 1]) || bytes[start - 1] == 0x5C {
      start -= 1
    }
    return at(start - 1) == 0x28
  }

  private func assignment(operator index: Int, end: Int) -> Bool {
    if at(index) == 0x3A { notes.pointee.lastColon = index }
    guard let rule = key(before: index) else { return plainKey(at: index) || joinedPair(at: index) }
    var position = end
    // `==`, `=>`, `:=` belong to the operator; `::` is another one.
    while position < index + 3, at(position) == 0x3D || at(position) == 0x3E { position += 1 }
    if at(position) == 0x3A { return false }
    // Markdown: `**Password:** X`.
    if matches("**", at: position) || matches("__", at: position) { position += 2 }
    while position < index + 12, Ascii.isBlank(at(position)) { position += 1 }
    // Python's, C++'s and Objective-C's prefixes of string literals.
    let prefix = at(position) | 0x20
    if at(position) == 0x40 || prefix == UInt8(ascii: "b") || prefix == UInt8(ascii: "r") || prefix == UInt8(ascii: "u")
      || prefix == UInt8(ascii: "n"),
      Ascii.isQuote(at(position + 1)) || at(position) == 0x40 && at(position + 1) == 0x5C
    {
      position += 1
    }
    // The shell's `${DB_PASSWORD:-X}`.
    if position == index + 1, at(index) == 0x3A, at(position) == 0x2D { position += 1 }
    position = afterDump(position)
    // YAML's tag.
    if matches("!!str ", at: position) { position += 6 }
    // Jasypt.
    if matches("ENC(", at: position) { position += 4 }
    if let start = blockScalar(at: position) { position = start }
    if at(position) == 0x7B, rule.type == .password { return bracedPassword(index, position) }
    guard var value = assignedValue(from: position) else { return false }
    // Laravel's keys.
    if rule.type == .secret, matches("base64:", at: value.start) { value.start += 7 }
    if rule.type == .mac { return bareMac(value) }
    if isTestResult(index, value) { return false }
    if tokenBegins(at: value.start) { return false }
    if rule.type == .secret, rule.whole {
      if isTechnical(value.start, value.end) { return false }
      // A statement of a policy is called so: `"Sid": "AllowRead2013"`.
      if matches("Sid", at: index - 4), Ascii.isQuote(at(index - 1)) { return false }
      if isUniqueID(value.start, value.end) { return false }
      if value.end - value.start < 16,
        value.end - value.start < 10 || !isStrong(value.start, value.end)
          || !mentions(["cookie"], before: index, window: 160)
      {
        return false
      }
    }
    guard isSecret(value, rule.type) || rule.type == .password && isConnectionString(index, value) else { return false }
    return claim(value.start, value.end, rule.type)
  }

  /// PHP's dump of a variable has the value on a line of its own, behind its length: `string(9) "..."`.
  private func afterDump(_ index: Int) -> Int {
    guard var position = afterBreak(index) else { return index }
    while Ascii.isBlank(at(position)), position < index + 40 { position += 1 }
    guard matches("string(", at: position) else { return index }
    position += 7
    while Ascii.isDigit(at(position)), position < index + 52 { position += 1 }
    return at(position) == 0x29 && at(position + 1) == 0x20 ? position + 2 : index
  }

  /// YAML's `|` and `>-`: the value stands on the next line, further in, and alone.
  private func blockScalar(at index: Int) -> Int? {
    guard at(index) == 0x7C || at(index) == 0x3E else { return nil }
    var position = index + 1
    while position < index + 3, at(position) == 0x2D || at(position) == 0x2B || Ascii.isDigit(at(position)) {
      position += 1
    }
    if at(position) == 0x0D { position += 1 }
    if at(position) == 0x5C {
      position = endOfEscape(position)
      guard at(position - 1) == UInt8(ascii: "n") else { return nil }
    } else {
      guard at(position) == 0x0A else { return nil }
      position += 1
    }
    let line = position
    while Ascii.isBlank(at(position)), position - line < 32 { position += 1 }
    guard position > line else { return nil }
    let next = at(bareEnd(from: position))
    return next < 0x20 || next == 0x5C || Ascii.isQuote(next) ? position : nil
  }

  /// ODBC's `Pwd={PASSWORD};`.
  private func bracedPassword(_ index: Int, _ brace: Int) -> Bool {
    guard at(index) == 0x3D, brace == index + 1 else { return false }
    var end = brace + 1
    while end < bytes.count, end - brace < 256, bytes[end] > 0x20, bytes[end] != 0x7D, bytes[end] != 0x7B,
      bytes[end] != 0x5C, !Ascii.isQuote(bytes[end])
    { end += 1 }
    guard at(end) == 0x7D, end - brace > 4, !isPlaceholderText(brace + 1, end), isUrlSecret(brace + 1, end),
      mentions(rules.pointee.phrases.connection, before: index, window: 160)
        || at(end + 1) == 0x3B && contains(rules.pointee.phrases.connection, end, min(bytes.count, end + 96))
    else { return false }
    return claim(brace + 1, end, .password)
  }

  /// `--- PASS: TestLogin2`, `PASS: utf8Test`.
  private func isTestResult(_ index: Int, _ value: Value) -> Bool {
    guard matches("PASS", at: index - 4), !Ascii.isWord(at(index - 5)), at(index) == 0x3A, at(index + 1) == 0x20,
      !value.quoted
    else { return false }
    if containsOne(of: ["test", "spec", "check", "/", "_", "::"], value.start, value.end) { return true }
    return isNamed(value.start, value.end) && !Ascii.isDigit(bytes[value.end - 1])
  }

  /// `mac=6C40088A7B1D`.
  private func bareMac(_ value: Value) -> Bool {
    guard value.end - value.start == 12, (value.start..<value.end).allSatisfy({ Ascii.isHex(bytes[$0]) }),
      (value.start..<value.end).contains(where: { bytes[$0] != bytes[value.start] })
    else { return false }
    return claim(value.start, value.end, .mac)
  }

  /// `Server=...;User Id=sa;Password=letters;`: there, whatever is no placeholder is the password.
  private func isConnectionString(_ index: Int, _ value: Value) -> Bool {
    guard !value.quoted, at(index) == 0x3D, value.end - value.start >= 4, isUrlSecret(value.start, value.end),
      !isPlaceholderText(value.start, value.end)
    else { return false }
    let next = at(value.end)
    guard next == 0x3B || Ascii.isQuote(next) || next == 0x5C || containsOne(of: ["jdbc:"], startOfURL(index), index)
    else {
      return false
    }
    return mentions(rules.pointee.phrases.connection, before: index, window: 160)
  }

  /// Where the word that `index` stands in begins; 192 bytes back at most.
  private func startOfURL(_ index: Int) -> Int {
    var start = index
    while start > 0, index - start < 192, bytes[start - 1] > 0x20, !Ascii.isQuote(bytes[start - 1]) { start -= 1 }
    return start
  }

  /// `jdbc:oracle:thin:scott/PASSWORD@//db`; `index` is the colon before the name.
  private func oraclePassword(at index: Int) -> Bool {
    guard matches("thin:", at: index - 4) || matches("oci:", at: index - 3) else { return false }
    var slash = index + 1
    while slash < bytes.count, slash - index < 64, Ascii.isWord(bytes[slash]) || "-.".utf8.contains(bytes[slash]) {
      slash += 1
    }
    guard at(slash) == 0x2F, slash > index + 1 else { return false }
    var end = slash + 1
    while end < bytes.count, end - slash < 128, bytes[end] > 0x20, bytes[end] != 0x40, !Ascii.isQuote(bytes[end]) {
      end += 1
    }
    guard at(end) == 0x40, isUrlSecret(slash + 1, end), !isPlaceholderText(slash + 1, end) else { return false }
    return claim(slash + 1, end, .password)
  }

  /// `net use Z: \\\\server\\share /user:name PASSWORD`; `index` is the colon.
  private func sharePassword(at index: Int) -> Bool {
    // Not by line: the name of a server may look like a break, `\\\\nas`.
    guard matches("/user:", at: index - 5), containsOne(of: ["net use"], max(0, index - 128), index) else {
      return false
    }
    var position = index + 1
    while position < bytes.count, position - index < 64, bytes[position] > 0x20 { position += 1 }
    if Ascii.isBlank(at(position)), let value = value(from: position + 1), isSecret(value, .password) {
      return claim(value.start, value.end, .password)
    }
    // `net use \\\\server\\share PASSWORD /user:name`.
    var end = index - 6
    guard Ascii.isBlank(at(end)) else { return false }
    if Ascii.isQuote(at(end - 1)) { end -= 1 }
    var start = end
    while start > claimed, end - start < 64, Scan.isBare(bytes[start - 1]) { start -= 1 }
    guard start > claimed, bytes[start - 1] == 0x20 || Ascii.isQuote(bytes[start - 1]), at(start) != 0x2F,
      isTyped(start, end)
    else { return false }
    return claim(start, end, .password)
  }
}
