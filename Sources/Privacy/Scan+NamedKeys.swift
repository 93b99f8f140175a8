/// Keys that stand apart from their value, or are a secret's only in such company.
extension Scan {
  /// `"Jwt": {"Key": "..."}`, `?key=...`, `&sig=...`: names that are a secret's only where others say so.
  func plainKey(at index: Int) -> Bool {
    var end = index
    while end > claimed, index - end < 18, case let byte = bytes[end - 1],
      Ascii.isQuote(byte) || byte == 0x5C || Ascii.isBlank(byte) || byte == 0x5D || byte == 0x3F
    {
      end -= 1
    }
    // All of them end in one of these.
    let last = Ascii.lower(at(end - 1))
    let before = Ascii.lower(at(end - 2))
    if last == UInt8(ascii: "y") {
      guard before == UInt8(ascii: "e") else { return false }
      if Ascii.isWord(at(end - 4)) || at(end - 4) == 0x2D { return qualifiedKey(at: index, endingAt: end) }
    } else if last == UInt8(ascii: "e"), before == UInt8(ascii: "u") {
      return qualifiedKey(at: index, endingAt: end)
    } else if last == UInt8(ascii: "n"), before == UInt8(ascii: "o") {
      return authorization(at: index, endingAt: end)
    } else if at(index) != 0x3D || end < index || !mayEndParameter(before, last) {
      return false
    }
    var start = end
    while start > claimed, end - start < 10, Ascii.isLetter(bytes[start - 1]) { start -= 1 }
    start = afterEscape(start)
    let isParameter = at(index) == 0x3D && end == index && (at(start - 1) == 0x3F || at(start - 1) == 0x26)
    guard isParameter || last == UInt8(ascii: "y"),
      isParameter
        ? isOne(of: ["key", "sig", "signature", "code", "ticket"], start, end) : isOne(of: ["key"], start, end),
      isParameter || !Ascii.isWord(at(start - 1)) && at(start - 1) != 0x2D
    else { return false }
    var position = index + 1
    while position < index + 4, Ascii.isBlank(at(position)) { position += 1 }
    guard let value = assignedValue(from: position), value.end - value.start >= 20, isParameter || value.quoted,
      looksRandom(value.start, value.end),
      isParameter
        || mentions(["jwt", "auth", "secret", "token", "crypt", "sign", "hmac", "api"], before: start, window: 64),
      !tokenBegins(at: value.start)
    else { return false }
    return claim(value.start, value.end, .secret)
  }

  /// The last two letters of `sig`, `signature`, `code` or `ticket`.
  @inline(__always)
  private func mayEndParameter(_ before: UInt8, _ last: UInt8) -> Bool {
    switch (before, last) {
    case (UInt8(ascii: "i"), UInt8(ascii: "g")), (UInt8(ascii: "r"), UInt8(ascii: "e")),
      (UInt8(ascii: "d"), UInt8(ascii: "e")), (UInt8(ascii: "e"), UInt8(ascii: "t")):
      true
    default: false
    }
  }

  /// `ADMIN_KEY=...`, `routing_key: ...`, `stripeKey = "..."`: a key of something, and a value that looks made up.
  private func qualifiedKey(at index: Int, endingAt end: Int) -> Bool {
    guard let start = startOfQualifiedKey(endingAt: end) else { return false }
    var position = index + 1
    while position < index + 4, Ascii.isBlank(at(position)) { position += 1 }
    guard let value = assignedValue(from: position), isKeyValue(value, start, index), !tokenBegins(at: value.start)
    else {
      return false
    }
    return claim(value.start, value.end, .secret)
  }

  /// `get("STRIPE_KEY", "...")`, `set("fs.azure.account.key.x.host.net", "...")`; `index` is the comma.
  func openArgument(at index: Int, _ position: Int) -> Bool {
    var end = index
    while end > claimed, index - end < 18, Ascii.isQuote(bytes[end - 1]) || bytes[end - 1] == 0x5C { end -= 1 }
    if authorization(at: index, endingAt: end) { return true }
    // .NET's `new AuthenticationHeaderValue("Bearer", "...")`.
    if end - 6 >= claimed, isOne(of: ["bearer"], end - 6, end), !Ascii.isWord(at(end - 7)) {
      guard let value = value(from: position), value.quoted, value.end - value.start >= 16, isSecret(value, .secret),
        !tokenBegins(at: value.start)
      else { return false }
      return claim(value.start, value.end, .secret)
    }
    var start = startOfQualifiedKey(endingAt: end)
    if start == nil {
      var low = end
      while low > claimed, end - low < 96, Ascii.isWord(at(low - 1)) || at(low - 1) == 0x2E || at(low - 1) == 0x2D {
        low -= 1
      }
      guard end - low > 12, containsOne(of: [".key.", ".secret.", ".token.", ".password."], low, end) else {
        return false
      }
      start = low
    }
    guard let start, let value = value(from: position), value.quoted,
      isKeyValue(value, start, index) || isConstant(start) && isConstantValue(value), !tokenBegins(at: value.start)
    else { return false }
    return claim(value.start, value.end, .secret)
  }

  /// PHP's `define('LOGGED_IN_KEY', '...')`.
  private func isConstant(_ name: Int) -> Bool {
    var start = name
    while start > claimed, name - start < 9, Ascii.isQuote(bytes[start - 1]) || bytes[start - 1] == 0x5C { start -= 1 }
    return matches("define(", at: start - 7)
  }

  private func isConstantValue(_ value: Value) -> Bool {
    let shape = Shape(self, value.start, min(value.end, value.start + Scan.headMax))
    return value.end - value.start >= 16 && shape.digits > 0 && shape.upper > 1 && shape.lower > 1
      && isSecret(value, .secret, value.end - value.start <= Scan.headMax ? shape : nil)
      && !isNamed(value.start, min(value.end, value.start + Scan.headMax))
  }

  /// `set -x ALGOLIA_KEY X`, `setx STRIPE_KEY X`; `end` is behind the command.
  func exportedKey(from end: Int) -> Bool {
    guard at(end) == 0x20 else { return false }
    var stop = end + 1
    while stop < bytes.count, stop - end < 64, Ascii.isWord(bytes[stop]) { stop += 1 }
    guard at(stop) == 0x20, let start = startOfQualifiedKey(endingAt: stop), let value = value(from: stop + 1),
      isKeyValue(value, start, stop), !tokenBegins(at: value.start)
    else { return false }
    return claim(value.start, value.end, .secret)
  }

  /// Where the name begins that ends in `_KEY`, `-key` or `Key`; nil where it is another's, or no name.
  private func startOfQualifiedKey(endingAt end: Int) -> Int? {
    var end = end
    let last = Ascii.lower(at(end - 1))
    if last == UInt8(ascii: "e") {
      guard matches("value", at: end - 5), !Ascii.isWord(at(end - 6)), let sibling = endOfSibling(before: end - 5)
      else { return nil }
      end = sibling
    }
    guard Ascii.lower(at(end - 1)) == UInt8(ascii: "y"), end - 5 >= claimed, isOne(of: ["key"], end - 3, end) else {
      return nil
    }
    let before = at(end - 4)
    guard before == 0x5F || before == 0x2D || Ascii.isUpper(at(end - 3)) && Ascii.isLower(at(end - 2)) else {
      return nil
    }
    var start = end
    while start > claimed, end - start < 64, Ascii.isWord(bytes[start - 1]) || bytes[start - 1] == 0x2D { start -= 1 }
    start = afterEscape(start)
    return start < end - 3 && !contains(rules.pointee.phrases.openKeys, start, end) ? start : nil
  }

  /// Base64 and the like, or hexadecimal digits where the name is a variable's or tells whose the key is.
  private func isKeyValue(_ value: Value, _ name: Int, _ end: Int) -> Bool {
    let length = value.end - value.start
    guard length >= 20, looksRandom(value.start, value.end) || isShuffled(value.start, min(value.end, value.start + 96))
    else { return false }
    guard isHex(value.start, min(value.end, value.start + Scan.headMax)) else {
      // Words with digits between are a name.
      return !isNamed(value.start, min(value.end, value.start + Scan.headMax))
    }
    return length >= 32
      && (!(name..<end).contains { Ascii.isLower(bytes[$0]) } || contains(rules.pointee.phrases.closedKeys, name, end))
  }

  /// `key="ApiKey" value="..."`, `- name: API_KEY` and `value: ...` below it, `{"name": "API_KEY", "value": "..."}`.
  func namedKey(before start: Int) -> CompiledRules.Key? {
    endOfSibling(before: start).flatMap(keyWord) ?? secureKey(before: start)
  }

  /// The value of a parameter of AWS that says itself that it is secret: `name = "/app/token"`, `type = "SecureString"`.
  private func secureKey(before start: Int) -> CompiledRules.Key? {
    var low = start
    while low > claimed, start - low < 96, bytes[low - 1] != 0x7B, bytes[low - 1] != 0x7D { low -= 1 }
    guard containsOne(of: ["securestring"], low, start) else { return nil }
    let isPassword = containsOne(of: ["passw", "pwd", "passphrase"], low, start)
    return CompiledRules.Key(type: isPassword ? .password : .secret, whole: false, isCommand: false)
  }

  /// The end of the name that stands before `value:`.
  func endOfSibling(before start: Int) -> Int? {
    var end = start
    while end > claimed, start - end < 48 {
      let byte = bytes[end - 1]
      if Ascii.isBlank(byte) || Ascii.isQuote(byte) || byte == 0x5C || byte == 0x2C || byte == 0x0A || byte == 0x0D {
        end -= 1
      } else if isEscapedBreak(end) {
        end -= 2
      } else if byte == 0x2B || byte == 0x3E, end - 2 > claimed, isLineEnd(end - 2) {
        // A patch, or a quotation in mail.
        end -= 1
      } else {
        break
      }
    }
    return end < start ? end : nil
  }

  /// Terraform's `variable "db_password" { default = "..." }`: the quoted name before the brace.
  func variableKey(before start: Int) -> CompiledRules.Key? {
    var brace = start
    while brace > claimed, start - brace < 192, bytes[brace - 1] != 0x7B, bytes[brace - 1] != 0x7D { brace -= 1 }
    guard at(brace - 1) == 0x7B else { return nil }
    var end = brace - 1
    while end > claimed, brace - end < 8,
      Ascii.isBlank(bytes[end - 1]) || bytes[end - 1] == 0x22 || bytes[end - 1] == 0x5C
    {
      end -= 1
    }
    guard end < brace - 1, mentions(["variable"], before: end, window: 64) else { return nil }
    return keyWord(endingAt: end)
  }

  /// `\n`, `\r` or `\t` ends at `end`.
  private func isEscapedBreak(_ end: Int) -> Bool {
    let byte = at(end - 1)
    return at(end - 2) == 0x5C && end - 2 >= claimed
      && (byte == UInt8(ascii: "n") || byte == UInt8(ascii: "r") || byte == UInt8(ascii: "t"))
  }
}
