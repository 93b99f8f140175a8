/// Passwords on command lines and in pairs.
extension Scan {
  /// `curl -u name:PASSWORD`, `http -a name:PASSWORD`, `docker login -u ci -p PASSWORD`, `mysql -pPASSWORD`,
  /// `sshpass -p PASSWORD`, `unzip -P PASSWORD`, `redis-cli -a PASSWORD`. `index` is the hyphen.
  func commandPassword(at index: Int) -> Bool {
    var start = index + 2
    if at(index + 1) == 0x2D {
      // `--user name:PASSWORD`, `--proxy-user=name:PASSWORD`.
      if matches("--user", at: index) {
        start = index + 6
      } else if matches("--proxy-user", at: index) {
        start = index + 12
      } else {
        return flagValue(at: index)
      }
      guard Ascii.isBlank(at(start)) || at(start) == 0x3D else { return false }
      if at(start) == 0x3D { start += 1 }
    }
    start = afterQuotedFlag(index) ?? start
    let attached = at(index + 1) != 0x2D && !Ascii.isBlank(at(start)) && at(start) != 0x3D
    if !attached, at(start - 1) != 0x3D { start += 1 }
    let slashes = start
    while at(start) == 0x5C, start < slashes + 16 { start += 1 }
    // Backslashes belong to a quote, or begin an escape that stays.
    if start > slashes, !Ascii.isQuote(at(start)) { return false }
    let quote = Ascii.isQuote(at(start)) ? at(start) : 0
    if quote != 0 { start += 1 }
    var end = start
    var colon: Int?
    while end < bytes.count, end - start < 4096, bytes[end] > 0x20, bytes[end] < 0x80, bytes[end] != 0x5C,
      !Ascii.isQuote(bytes[end]), quote != 0 || bytes[end] != 0x3B && bytes[end] != 0x7C && bytes[end] != 0x29
    {
      if bytes[end] == 0x3A || bytes[end] == 0x2C, colon == nil { colon = end }
      end += 1
    }
    let letter = at(index + 1)
    if letter == UInt8(ascii: "U") {
      guard !attached, let percent = (start..<end).first(where: { bytes[$0] == 0x25 }),
        isTyped(percent + 1, end), mentions(["smb", "rpcclient", "net ", "winexe", "mount"], before: index, window: 96)
      else { return false }
      return claim(percent + 1, end, .password)
    }
    // SNMP's two passwords; curl's method is called so too.
    if letter == UInt8(ascii: "A") || letter == UInt8(ascii: "X") {
      return !attached && isTyped(start, end) && mentions(["snmp"], before: index, window: 160)
        && claim(start, end, .password)
    }
    if letter == UInt8(ascii: "k") {
      return !attached && isTyped(start, end) && mentions(["openssl enc", "openssl aes"], before: index, window: 96)
        && claim(start, end, .password)
    }
    if letter == UInt8(ascii: "N") {
      return !attached && isTyped(start, end) && mentions(["ssh-keygen"], before: index, window: 96)
        && claim(start, end, .password)
    }
    // Of a command that nobody has listed.
    if !attached, letter | 0x20 == UInt8(ascii: "p"), end - start < 4096, isOutOfPlace(start, end),
      !tokenBegins(at: start),
      !mentions(["mkdir", "install ", "ssh -p", "docker run"], before: index, window: 64)
    {
      return claim(start, end, .password)
    }
    if letter == UInt8(ascii: "p") {
      return isTyped(start, end)
        && (attached
          ? mentions(["mysql", "mariadb", "sshpass", "7z"], before: index, window: 96)
          : mentions(["login", "sshpass", "mongo", "kinit", "useradd", "usermod"], before: index, window: 96)
            || mentions([" -u ", "--user"], before: index, window: 64) && isBareSecret(start, end))
        && claim(start, end, .password)
    }
    if letter == UInt8(ascii: "P") {
      return isTyped(start, end)
        && mentions(attached ? ["sqlcmd", "bcp"] : ["zip", "sqlcmd", "bcp", "mosquitto"], before: index, window: 64)
        && claim(start, end, .password)
    }
    if letter == UInt8(ascii: "w") {
      return !attached && isTyped(start, end) && mentions(["ldap"], before: index, window: 96)
        && claim(start, end, .password)
    }
    if letter == UInt8(ascii: "a"), colon == nil {
      return !attached && isTyped(start, end) && mentions(["redis-cli"], before: index, window: 64)
        && claim(start, end, .password)
    }
    guard !attached, let colon, colon > start, isUrlSecret(colon + 1, end),
      mentions(["curl", "http", "wget", "xh ", "lftp"], before: index, window: 160) || isBareSecret(colon + 1, end)
    else { return false }
    return claim(colon + 1, end, .password)
  }

  /// Arguments as an array: `"-p", "X"`. The blank before the value's quote.
  private func afterQuotedFlag(_ index: Int) -> Int? {
    var position = index + 2
    while at(position) == 0x5C, position < index + 10 { position += 1 }
    guard Ascii.isQuote(at(position)), at(position + 1) == 0x2C, at(position + 2) == 0x20, at(index + 1) != 0x2D,
      Ascii.isQuote(at(position + 3)) || at(position + 3) == 0x5C
    else { return nil }
    return position + 2
  }

  /// `--account-key VALUE`: a flag whose name ends like a secret's, and a value that looks made up. `index` is at the
  /// first hyphen.
  private func flagValue(at index: Int) -> Bool {
    var end = index + 2
    while end < bytes.count, end - index < 48, Ascii.isWord(bytes[end]) || bytes[end] == 0x2D { end += 1 }
    guard at(end) == 0x20, end - index > 6, let rule = keyWord(endingAt: end), rule.type == .secret, !isHarmless(end),
      let value = value(from: end + 1), value.end - value.start >= 16,
      looksRandom(value.start, value.end) || isShuffled(value.start, min(value.end, value.start + 96)),
      !tokenBegins(at: value.start)
    else { return false }
    return claim(value.start, value.end, .secret)
  }

  /// `login: admin / PASSWORD`, "credentials admin / PASSWORD"; `net use ... /user:ops PASSWORD`. `index` is the blank
  /// before the slash.
  func credentialPair(at index: Int) -> Bool {
    if at(index + 1) == 0x40 { return spacedAddress(at: index + 1) }
    guard
      let value = spokenValue(from: index + 3), !value.quoted, isBareSecret(value.start, value.end),
      mentions(rules.pointee.phrases.pairs, before: index, window: 64) || isForLogin(value.end)
        || isAdministrator(index) && isOutOfPlace(value.start, value.end)
    else { return false }
    return claim(value.start, value.end, .password)
  }

  /// "admin / X".
  private func isAdministrator(_ end: Int) -> Bool {
    var start = end
    while start > claimed, end - start < 16, Ascii.isLetter(bytes[start - 1]) { start -= 1 }
    return isOne(of: ["admin", "root", "administrator", "sa"], afterEscape(start), end)
  }

  /// "use ana / X to log in".
  private func isForLogin(_ end: Int) -> Bool {
    containsOne(of: ["to log in", "to login", "to sign in", "logs in", "to get in"], end, min(bytes.count, end + 24))
  }

  /// `net user ana PASSWORD /add`, `echo PASSWORD | sudo -S`, `mc alias set s3 URL ana PASSWORD`: the first word behind
  /// the command that can only be a password, whole or behind its colon.
  func commandWord(from start: Int, isEcho: Bool) -> Bool {
    var start = start
    if !isEcho, at(start) == 0x3A { start += 1 }
    guard !notes.pointee.isNested, Ascii.isBlank(at(start)), !isEcho || isPiped(start) else { return false }
    // A command that follows another one in the same stretch has nothing left to look at.
    var position = max(start, notes.pointee.commandsRead)
    defer { if !isEcho { notes.pointee.commandsRead = max(notes.pointee.commandsRead, position) } }
    while position < bytes.count, position - start < 160, bytes[position] >= 0x20, !isLineEnd(position) {
      if bytes[position] == 0x5C {
        // An escape is no part of a word; one that ends the line ends the search.
        let end = endOfEscape(position)
        if isLineEnd(end - 1) { break }
        position = end
        if end < bytes.count, Ascii.isQuote(bytes[end]) { position += 1 }
        continue
      }
      let first = position
      while position < bytes.count, position - first < 128, bytes[position] > 0x20, bytes[position] != 0x5C,
        !Ascii.isQuote(bytes[position])
      { position += 1 }
      let end = position
      // Neither a line's end nor an escape is stepped into.
      if position < bytes.count, bytes[position] >= 0x20, bytes[position] != 0x5C { position += 1 }
      // Options, paths, anchors.
      guard end - first >= 6, at(first) != 0x2D, at(first) != 0x2F, at(first) != 0x23 else { continue }
      let (low, high) = credential(first, end)
      guard
        isBareSecret(low, high) || isEcho && isForSudo(high) && isTyped(low, high)
          || !isEcho && isLettersOnly(low, high) && isTyped(low, high) && isUnspeakable(low, high),
        !tokenBegins(at: low)
      else { continue }
      // Between the command and the password stand names, which are scanned like any text.
      notes.pointee.isNested = true
      run(from: start, to: low)
      notes.pointee.isNested = false
      return claim(low, high, .password)
    }
    return false
  }

  /// `echo 'X' | sudo -S`: nothing but the password goes there.
  private func isForSudo(_ end: Int) -> Bool {
    var pipe = end
    while pipe < end + 20, at(pipe) == 0x5C || Ascii.isQuote(at(pipe)) { pipe += 1 }
    while pipe < end + 24, at(pipe) == 0x20 { pipe += 1 }
    return matches("| sudo -S", at: pipe) || matches("|sudo -S", at: pipe)
  }

  /// The output of `echo` goes to a command that asks for a password.
  private func isPiped(_ start: Int) -> Bool {
    var pipe = start
    while pipe < bytes.count, pipe - start < 96, bytes[pipe] >= 0x20, bytes[pipe] != 0x7C { pipe += 1 }
    guard at(pipe) == 0x7C else { return false }
    var end = pipe
    while end < bytes.count, end - pipe < 48, !isLineEnd(end) { end += 1 }
    return containsOne(
      of: ["sudo", "passwd", "password-stdin", "cryptsetup", "openssl", "kinit", "gpg", "su ", " login"], pipe, end)
  }

  /// `root:PASSWORD`, `system/PASSWORD@host`, or the word itself.
  private func credential(_ start: Int, _ end: Int) -> (Int, Int) {
    var position = start
    while position < end, Ascii.isWord(bytes[position]) || bytes[position] == 0x2D { position += 1 }
    guard position > start, position + 1 < end else { return (start, end) }
    if at(position) == 0x3A, at(position + 1) != 0x2F { return (position + 1, end) }
    guard at(position) == 0x2F else { return (start, end) }
    let sign = (position + 2..<max(end, position + 2)).last { bytes[$0] == 0x40 }
    // A password may have the sign in it too.
    guard let sign, !isBareSecret(position + 1, end) || isBareSecret(position + 1, sign) else {
      return sign == nil && !isBareSecret(position + 1, end) ? (start, end) : (position + 1, end)
    }
    return (position + 1, sign)
  }

  /// SQL*Plus: `CONNECT scott/PASSWORD@db`. The next word alone is looked at.
  func databaseLogin(from start: Int) -> Bool {
    guard at(start) == 0x20 else { return false }
    var end = start + 1
    while end < bytes.count, end - start < 128, bytes[end] > 0x20, bytes[end] != 0x5C, !Ascii.isQuote(bytes[end]) {
      end += 1
    }
    guard let slash = (start + 1..<end).first(where: { bytes[$0] == 0x2F }),
      let sign = (slash..<end).last(where: { bytes[$0] == 0x40 }),
      (start + 1..<slash).allSatisfy({ Ascii.isWord(bytes[$0]) }), slash > start + 2,
      Ascii.isLetter(at(sign + 1)) || at(sign + 1) == 0x2F, isUrlSecret(slash + 1, sign), isTyped(slash + 1, sign)
    else { return false }
    return claim(slash + 1, sign, .password)
  }

  /// A line of `.netrc`: `machine host login ana password X`.
  func isLogin(_ value: Value, _ index: Int) -> Bool {
    at(index - 1) == 0x20 && isTyped(value.start, value.end)
      && mentions([" login "], before: index, window: 96)
      && mentions(["machine ", "default "], before: index, window: 128)
  }

  /// What stands without a key word: no name, no host, no path, no id.
  func isBareSecret(_ start: Int, _ end: Int) -> Bool {
    isStrongAlone(Value(start: start, end: end, quoted: true), .password) && !isUniqueID(start, end)
      && !containsOne(of: ["://"], start, end - 1) && !hasHost(start, end) && !isTimestamp(start, end)
  }

  /// `2016-09-08T21:47:36Z` (ISO 8601).
  private func isTimestamp(_ start: Int, _ end: Int) -> Bool {
    end - start > 9 && at(start + 4) == 0x2D && at(start + 7) == 0x2D && Ascii.isDigit(at(start)) && isDated(start, end)
  }

  /// `input#password2`, `#login-form`: nothing or an element before the sign, small letters behind it.
  func isSelector(_ start: Int, _ end: Int) -> Bool {
    guard let sign = (start..<end).first(where: { bytes[$0] == 0x23 }), Ascii.isLower(at(sign + 1)),
      Ascii.isLower(at(sign + 2)), Ascii.isLower(at(sign + 3)),
      sign == start
        || isOne(of: ["input", "div", "span", "form", "button", "select", "textarea", "label", "table"], start, sign)
    else { return false }
    return (start..<end).allSatisfy { index in
      index == sign || Ascii.isLower(bytes[index]) || bytes[index] == 0x2D || bytes[index] == 0x5F
        || Ascii.isDigit(bytes[index]) && index > sign
    }
  }

  /// What stands where nothing announces a value: letters in both cases and digits, or digits and signs, and no id.
  func isOutOfPlace(_ start: Int, _ end: Int) -> Bool {
    // Words are letters alone.
    guard (start..<end).contains(where: { !Ascii.isLetter(bytes[$0]) }), isBareSecret(start, end) else { return false }
    let shape = Shape(self, start, end)
    if isPassphrase(start, end, shape) { return true }
    if shape.digits >= 2, shape.upper > 0, shape.lower > 0, shape.symbols > 0 || end - start >= 12 {
      return !isDated(start, end)
    }
    return shape.digits >= 2 && shape.letters >= 4 && shape.symbols > 0 && !shape.isBase64 && !isDated(start, end)
      || shape.digits == 0 && shape.symbols > 0
      || end - start >= 16 && shape.digits >= 2 && looksRandom(start, end) && !isHex(start, end)
  }

  func isHex(_ start: Int, _ end: Int) -> Bool { (start..<end).allSatisfy { Ascii.isHex(bytes[$0]) } }

  /// A date or a time: `2026-05-01T10:00:00Z`, `12:30`.
  private func isDated(_ start: Int, _ end: Int) -> Bool {
    (start..<max(start, end - 3)).contains { index in
      Ascii.isDigit(bytes[index]) && (bytes[index + 1] == 0x3A || bytes[index + 1] == 0x2D)
        && Ascii.isDigit(bytes[index + 2]) && Ascii.isDigit(bytes[index + 3])
    }
  }

  /// `ana@host.tld`: an address rather than a password with the sign in it.
  func hasHost(_ start: Int, _ end: Int) -> Bool {
    guard let sign = (start..<end).first(where: { bytes[$0] == 0x40 }) else { return false }
    return (sign..<end).contains { bytes[$0] == 0x2E && Ascii.isLetter(at($0 - 1)) && Ascii.isLetter(at($0 + 1)) }
  }

  /// A password that somebody typed: no placeholder, no variable, not only letters.
  func isTyped(_ start: Int, _ end: Int) -> Bool {
    isSecret(Value(start: start, end: end, quoted: true), .password)
  }
}
