/// Which key word a name ends in: `db_password`, `"apiKey2"`, `cfg["auth_token"]`, `apiKey: String`.
extension Scan {
  private static var keyMax: Int { 64 }

  /// The key word that the name before the operator ends in.
  func key(before index: Int) -> CompiledRules.Key? {
    var end = index
    // Names are filled up so that the signs stand below each other.
    while end > claimed, index - end < 24, Ascii.isBlank(bytes[end - 1]) { end -= 1 }
    let name = end
    // Closing quotes and brackets of `"key":`, `\"key\":`, `cfg["key"] =`.
    while end > claimed, name - end < 12, case let byte = bytes[end - 1],
      Ascii.isQuote(byte) || byte == 0x5C || byte == 0x5D || byte == 0x3F
    { end -= 1 }
    end = beforeBrackets(end)
    if let rule = keyWord(endingAt: end) { return isHarmless(end) ? nil : rule }
    // Most names end in nothing that is asked for below.
    let isQualified = rules.pointee.phrases.mayEndInSuffix(at(end - 2), at(end - 1))
    guard isQualified || at(index) == 0x3D else { return nil }
    var start = end
    while start > claimed, end - start < Scan.keyMax, Ascii.isWord(bytes[start - 1]) { start -= 1 }
    start = afterEscape(start)
    if isQualified, end - start == 5, isOne(of: ["value"], start, end) { return namedKey(before: start) }
    if isQualified, end - start == 7, isOne(of: ["default"], start, end) { return variableKey(before: start) }
    // A word and what stands behind it have seven letters and more.
    if isQualified, end - start > 6 || Ascii.isDigit(at(end - 1)) || at(start - 1) == 0x2D || at(start - 1) == 0x2E,
      let rule = stem(start, end).flatMap(keyWord)
    {
      return rule
    }
    // Basic's declarations: `ApiKey As String = "..."`.
    if at(index) == 0x3D, matches(" As ", at: start - 4) { return keyWord(endingAt: start - 4) }
    return at(index) == 0x3D ? declaredKey(before: start, end) : nil
  }

  /// C's arrays: `password[]`, `password[64]`. `end` is at the closing bracket, or where none is.
  private func beforeBrackets(_ end: Int) -> Int {
    guard at(end) == 0x5D else { return end }
    var start = end
    while start > claimed, end - start < 4, Ascii.isDigit(bytes[start - 1]) { start -= 1 }
    return at(start - 1) == 0x5B && start - 1 > claimed ? start - 1 : end
  }

  /// A declaration with its type: `apiKey: String = "..."`, `KEY: &'static str = "..."`. `start..<end` is the last word
  /// of the type.
  private func declaredKey(before start: Int, _ end: Int) -> CompiledRules.Key? {
    var colon = notes.pointee.lastColon
    guard end - colon < 56 else { return nil }
    if at(colon) != 0x3A {
      // The scan has begun between the two.
      colon = start
      while colon > claimed, start - colon < 40, isOfType(bytes[colon - 1]) { colon -= 1 }
      colon -= 1
    }
    guard at(colon) == 0x3A, colon > claimed, colon < end, let rule = keyWord(endingAt: colon),
      (colon + 1..<end).allSatisfy({ isOfType(bytes[$0]) })
    else { return nil }
    return rule
  }

  /// The end of the name without what only tells which one it is: `password_plain`, `apiKey2`; nil where nothing does.
  private func stem(_ start: Int, _ end: Int) -> Int? {
    var digits = end
    while digits > start, end - digits < 3, Ascii.isDigit(bytes[digits - 1]) { digits -= 1 }
    if digits < end, digits > start {
      if end - digits > 2 { return nil }
      return at(digits - 1) == 0x5F ? digits - 1 : digits
    }
    var part = end
    while part > start, end - part < 13, bytes[part - 1] != 0x5F, !Ascii.isUpper(bytes[part - 1]) { part -= 1 }
    if part > start, Ascii.isUpper(bytes[part - 1]) { part -= 1 }
    if part == start, at(start - 1) == 0x2D || at(start - 1) == 0x2E {
      return rules.pointee.phrases.suffixes.contains(bytes, part, end) ? start - 1 : nil
    }
    guard part > start, rules.pointee.phrases.suffixes.contains(bytes, part, end) else { return nil }
    return at(part - 1) == 0x5F ? part - 1 : part
  }

  /// A byte of a type's name: `&'static str`, `Optional<String>`.
  @inline(__always)
  private func isOfType(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "?"),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "."), UInt8(ascii: "'"):
      true
    default: Ascii.isWord(byte)
    }
  }

  /// `AWS::IAM::AccessKey`, `arn:aws:secretsmanager:...:secret:name`, `nextPageToken`: names that only end like a secret.
  func isHarmless(_ end: Int) -> Bool {
    var start = end
    while start > claimed, end - start < Scan.keyMax, Ascii.isWord(bytes[start - 1]) || bytes[start - 1] == 0x2D {
      start -= 1
    }
    if at(start - 1) == 0x3A { return at(start - 2) == 0x3A || mentions(["arn:"], before: start, window: 96) }
    return Ascii.lower(at(end - 1)) == UInt8(ascii: "n")
      && contains(rules.pointee.phrases.harmless, start, end)
  }

  /// `"checksum":`, `"etag":`: names of what is no secret, however random.
  func endsInSum(_ end: Int) -> Bool {
    for name: StaticString in ["checksum", "digest", "etag", "md5", "sha1", "sha256", "fingerprint", "revision"] {
      let start = end - name.utf8CodeUnitCount
      if start > claimed, isOne(of: [name], start, end) { return true }
    }
    return false
  }

  func keyWord(endingAt end: Int) -> CompiledRules.Key? {
    guard end > claimed else { return nil }
    let (third, fourth) = (Ascii.lower(at(end - 3)), Ascii.lower(at(end - 4)))
    let isSeparator = fourth == 0x5F || fourth == 0x2D || fourth == 0x20
    for number in rules.pointee.tails.keys(Ascii.lower(bytes[end - 1]), Ascii.lower(at(end - 2))) {
      let rule = rules.pointee.named[number]
      if rule.count > 3, third != rule.thirdLast || fourth != rule.fourthLast && !isSeparator { continue }
      var position = end
      var rest = rule.count
      while rest > 0, position > claimed {
        let byte = bytes[position - 1]
        if Ascii.lower(byte) == rules.pointee.letters[rule.start + rest - 1] {
          rest -= 1
        } else if !(byte == 0x5F || byte == 0x2D || byte == 0x20 && rest < rule.count) || position == end {
          break
        }
        position -= 1
      }
      guard rest == 0 else { continue }
      if rule.key.whole, Ascii.isAlnum(at(position - 1)), !beginsWord(position), !matches("require", at: position - 7),
        !(Ascii.isUpper(at(position)) && Ascii.isLower(at(position - 1)))
      {
        continue
      }
      return rule.key
    }
    return nil
  }
}
