/// Passwords on command lines and in pairs.
extension Scan {
  /// `curl -u name:PASSWORD`, `http -a name:PASSWORD`, `docker login -u ci -p PASSWORD`, `mysql -pPASSWORD`,
  /// `sshpass -p PASSWORD`, `unzip -P PASSWORD`, `redis-cli -a PASSWORD`. `index` is the hyphen.
  mutating func commandPassword(at index: Int) -> Bool {
    var start = index + 2
    let attached = !Ascii.isBlank(at(start)) && at(start) != 0x3D
    if !attached { start += 1 }
    let slashes = start
    while at(start) == 0x5C, start < index + 8 { start += 1 }
    // Backslashes belong to a quote, or begin an escape that stays.
    if start > slashes, !Ascii.isQuote(at(start)) { return false }
    let quote = Ascii.isQuote(at(start)) ? at(start) : 0
    if quote != 0 { start += 1 }
    var end = start
    var colon: Int?
    while end < bytes.count, end - start < 128, bytes[end] > 0x20, bytes[end] < 0x80, bytes[end] != 0x5C,
      !Ascii.isQuote(bytes[end]), quote != 0 || bytes[end] != 0x3B && bytes[end] != 0x7C && bytes[end] != 0x29
    {
      if bytes[end] == 0x3A, colon == nil { colon = end }
      end += 1
    }
    let letter = at(index + 1)
    if letter == UInt8(ascii: "p") {
      return isTyped(start, end)
        && (attached
          ? mentions(["mysql", "mariadb", "sshpass", "7z"], before: index, window: 96)
          : mentions(["login", "sshpass", "mongo", "kinit"], before: index, window: 96))
        && claim(start, end, .password)
    }
    if letter == UInt8(ascii: "P") {
      return !attached && isTyped(start, end) && mentions(["zip"], before: index, window: 32)
        && claim(start, end, .password)
    }
    if letter == UInt8(ascii: "a"), colon == nil {
      return !attached && isTyped(start, end) && mentions(["redis-cli"], before: index, window: 64)
        && claim(start, end, .password)
    }
    guard !attached, let colon, colon > start, mentions(["curl", "http", "wget"], before: index, window: 160),
      isUrlSecret(colon + 1, end)
    else { return false }
    return claim(colon + 1, end, .password)
  }

  /// `login: admin / PASSWORD`, "credentials admin / PASSWORD"; `net use ... /user:ops PASSWORD`. `index` is the blank
  /// before the slash.
  mutating func credentialPair(at index: Int) -> Bool {
    guard mentions(["login", "log in", "credential", "creds", "account", "sign in", "user"], before: index, window: 64)
    else { return false }
    guard let value = spokenValue(from: index + 3), !value.quoted, isTyped(value.start, value.end),
      isStrong(value.start, value.end)
    else { return false }
    return claim(value.start, value.end, .password)
  }

  /// A password that somebody typed: no placeholder, no variable, not only letters.
  private func isTyped(_ start: Int, _ end: Int) -> Bool {
    isSecret(Value(start: start, end: end, quoted: true), .password)
  }
}
