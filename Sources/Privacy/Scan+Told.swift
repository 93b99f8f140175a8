/// What stands round a value that is told: the second one, and the parts of a form.
extension Scan {
  /// Takes the value out, and the one it is changed to: "changed the password from X to Y".
  func claim(_ value: Value, _ type: RedactionType) -> Bool {
    guard claim(value.start, value.end, type) else { return false }
    var end = value.end
    while at(end) == 0x5C || Ascii.isQuote(at(end)), end < value.end + 16 { end += 1 }
    for word: StaticString in [" to ", " or ", " and ", " -> ", " → "] where matches(word, at: end) {
      guard let next = spokenValue(from: end + word.utf8CodeUnitCount), !tokenBegins(at: next.start),
        isBareSecret(next.start, next.end)
          || matches(" to ", at: end) && mentions([" from "], before: value.start, window: 8) && told(next, type)
      else { continue }
      _ = claim(next.start, next.end, type)
    }
    return true
  }

  /// A field of a form (RFC 7578): `name="password"`, an empty line, the value.
  func formField(_ index: Int, _ keyEnd: Int, _ type: RedactionType) -> Bool {
    guard at(keyEnd) == 0x22 || at(keyEnd) == 0x5C, mentions(["form-data"], before: index, window: 64) else {
      return false
    }
    var position = keyEnd
    while at(position) == 0x5C, at(position + 1) == 0x5C || at(position + 1) == 0x22 { position += 1 }
    guard at(position) == 0x22 else { return false }
    position += 1
    var breaks = 0
    while position < keyEnd + 48, let next = afterBreak(position) {
      breaks += at(next - 1) == 0x0A || at(next - 1) == UInt8(ascii: "n") ? 1 : 0
      position = next
    }
    guard breaks == 2, let value = value(from: position), !value.quoted, isSecret(value, type),
      !tokenBegins(at: value.start)
    else { return false }
    return claim(value.start, value.end, type)
  }

  /// Behind a carriage return or a line feed, escaped or not.
  func afterBreak(_ index: Int) -> Int? {
    if at(index) == 0x0D || at(index) == 0x0A { return index + 1 }
    guard at(index) == 0x5C else { return nil }
    let end = endOfEscape(index)
    return at(end - 1) == UInt8(ascii: "n") || at(end - 1) == UInt8(ascii: "r") ? end : nil
  }

  /// Behind ", it's".
  func afterPronoun(_ comma: Int) -> Int? {
    for words: StaticString in [" it's ", " it is ", " its ", " it’s ", " now it's ", " now it is "]
    where matches(words, at: comma) {
      return comma + words.utf8CodeUnitCount - 1
    }
    return nil
  }

  /// Behind "changed from", which a quote follows.
  func afterChange(_ index: Int) -> Int? {
    for words: StaticString in ["changed from ", "updated from ", "rotated from ", "reset from "]
    where matches(words, at: index) {
      let end = index + words.utf8CodeUnitCount
      return Ascii.isQuote(at(end)) || at(end) == 0x5C ? end - 1 : nil
    }
    return nil
  }

  /// Where "as", "comme" and the like begin that stand before the word at `index`: "j'ai mis X comme mot de passe".
  func beforeAs(_ index: Int) -> Int? {
    for word: StaticString in ["as ", "comme ", "als ", "como ", "come ", "jako ", "som ", "как "] {
      let start = index - word.utf8CodeUnitCount
      if start > claimed, Ascii.isBlank(at(start - 1)), matches(word, at: start) { return start }
    }
    return nil
  }

  /// Kotlin's pairs: `"apiKey" to "X"`.
  func pairedValue(_ keyEnd: Int, _ type: RedactionType) -> Bool {
    var position = keyEnd
    while at(position) == 0x5C, position < keyEnd + 8 { position += 1 }
    guard at(position) == 0x22, matches(" to ", at: position + 1), let value = value(from: position + 5), value.quoted,
      isSecret(value, type), !tokenBegins(at: value.start)
    else { return false }
    return claim(value.start, value.end, type)
  }

  /// `enable secret X`, `username ana secret 0 X`: what routers call so is a password.
  func routerSecret(_ index: Int, _ keyEnd: Int) -> Bool {
    guard keyEnd - index == 6, at(keyEnd) == 0x20, isOne(of: ["secret"], index, keyEnd) else { return false }
    let isNumbered = Ascii.isDigit(at(keyEnd + 1)) && at(keyEnd + 2) == 0x20
    guard let value = spokenValue(from: keyEnd + (isNumbered ? 3 : 1)), isTyped(value.start, value.end),
      matches("enable ", at: index - 7) || mentions(["username "], before: index, window: 64),
      !tokenBegins(at: value.start)
    else { return false }
    return claim(value.start, value.end, .password)
  }
}
