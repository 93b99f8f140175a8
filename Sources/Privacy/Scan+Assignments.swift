/// Secrets by the name of their key: `password=`, `"api_key": "..."`, `$cfg["auth_token"] = '...'`, YAML, `.env`, DSNs.
extension Scan {
  private static var keyMax: Int { 64 }

  mutating func assignment(at index: Int) -> Bool {
    guard let rule = key(before: index) else { return false }
    var position = index + 1
    // `==`, `=>`, `:=` belong to the operator; `::` is another one.
    while position < index + 3, at(position) == 0x3D || at(position) == 0x3E { position += 1 }
    if at(position) == 0x3A { return false }
    while position < index + 12, Ascii.isBlank(at(position)) { position += 1 }
    guard let value = value(from: position, spaced: at(index) == 0x3A || position > index + 1) else { return false }
    if tokenBegins(at: value.start) || !isSecret(value, rule.type) { return false }
    return claim(value.start, value.end, rule.type)
  }

  struct Value {
    var start: Int
    var end: Int
    var quoted: Bool
  }

  /// The key word that the name before the operator ends in.
  private func key(before index: Int) -> CompiledRules.KeyWord? {
    var end = index
    while end > claimed, index - end < 4, Ascii.isBlank(bytes[end - 1]) { end -= 1 }
    // Closing quotes and brackets of `"key":`, `\"key\":`, `cfg["key"] =`.
    while end > claimed, index - end < 12, case let byte = bytes[end - 1],
      Ascii.isQuote(byte) || byte == 0x5C || byte == 0x5D || byte == 0x3F
    { end -= 1 }
    if let rule = keyWord(endingAt: end) { return rule }
    guard at(index) == 0x3D else { return nil }
    var start = end
    while start > claimed, end - start < Scan.keyMax, Ascii.isWord(bytes[start - 1]) { start -= 1 }
    if isOne(of: ["value"], start, end) { return namedKey(before: start) }
    // A declaration with its type: `apiKey: String = "..."`.
    var colon = start
    while colon > claimed, start - colon < 4, Ascii.isBlank(bytes[colon - 1]) { colon -= 1 }
    guard start < end, at(colon - 1) == 0x3A else { return nil }
    return keyWord(endingAt: colon - 1)
  }

  /// `key="ApiKey" value="..."`.
  private func namedKey(before start: Int) -> CompiledRules.KeyWord? {
    var end = start
    while end > claimed, start - end < 8, case let byte = bytes[end - 1],
      Ascii.isBlank(byte) || Ascii.isQuote(byte) || byte == 0x5C
    { end -= 1 }
    return keyWord(endingAt: end)
  }

  private func keyWord(endingAt end: Int) -> CompiledRules.KeyWord? {
    guard end > claimed else { return nil }
    for rule in rules.keys[Int(Ascii.lower(bytes[end - 1]))] {
      var position = end
      var rest = rule.word.count
      while rest > 0, position > claimed {
        let byte = bytes[position - 1]
        if Ascii.lower(byte) == rule.word[rest - 1] {
          rest -= 1
        } else if !(byte == 0x5F || byte == 0x2D || byte == 0x20 && rest < rule.word.count) || position == end {
          break
        }
        position -= 1
      }
      guard rest == 0 else { continue }
      if rule.whole, Ascii.isAlnum(at(position - 1)), !beginsWord(position),
        !(Ascii.isUpper(at(position)) && Ascii.isLower(at(position - 1)))
      {
        continue
      }
      return rule
    }
    return nil
  }

  /// The value at `position`: within quotes (escaped ones too), or up to what cannot stand in a bare word.
  private func value(from position: Int, spaced: Bool) -> Value? {
    var start = position
    while at(start) == 0x5C, start < position + 8 { start += 1 }
    let quote = at(start)
    if Ascii.isQuote(quote) {
      start += 1
      var end = start
      while end < bytes.count, end - start < 513, bytes[end] != quote, bytes[end] >= 0x20, bytes[end] != 0x5C {
        end += 1
      }
      guard end - start <= 512 else { return nil }
      return Value(start: start, end: end, quoted: at(end) == quote || at(end) == 0x5C)
    }
    guard start == position else { return nil }
    var end = start
    while end < bytes.count, end - start < 257, isBare(bytes[end]) { end += 1 }
    guard end - start <= 256 else { return nil }
    while end > start, case let last = bytes[end - 1], last == 0x2E || last == 0x3A { end -= 1 }
    return Value(start: start, end: end, quoted: false)
  }

  /// Two-byte scalars (Latin, Cyrillic) are part of a password; wider ones are the text round it.
  @inline(__always)
  private func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"),
      UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"),
      UInt8(ascii: "`"):
      false
    default: byte > 0x20 && byte != 0x7F && byte < 0xE0
    }
  }
}
