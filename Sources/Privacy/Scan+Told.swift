/// What stands round a value that is told: the second one, and the parts of a form.
extension Scan {
  /// Takes the value out, and the one it is changed to: "changed the password from X to Y".
  mutating func claim(_ value: Value, _ type: RedactionType) -> Bool {
    guard claim(value.start, value.end, type) else { return false }
    var end = value.end
    while at(end) == 0x5C || Ascii.isQuote(at(end)), end < value.end + 16 { end += 1 }
    for word: StaticString in [" to ", " or ", " and ", " -> ", " → "] where matches(word, at: end) {
      guard let next = spokenValue(from: end + word.utf8CodeUnitCount), isBareSecret(next.start, next.end),
        !tokenBegins(at: next.start)
      else { continue }
      _ = claim(next.start, next.end, type)
    }
    return true
  }

  /// A field of a form (RFC 7578): `name="password"`, an empty line, the value.
  mutating func formField(_ index: Int, _ keyEnd: Int, _ type: RedactionType) -> Bool {
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
}
