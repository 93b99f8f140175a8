/// Addresses spelled for people: `name [at] host [dot] tld`, `name (at) host.tld`, `name AT host DOT tld`.
extension Scan {
  /// `index` is the bracket or blank before the `at`.
  func spelledAddress(at index: Int) -> Bool {
    if at(index) == 0x26 { return entityAddress(at: index) }
    guard let (hostStart, bare) = afterWord("at", from: index), hostStart < bytes.count else { return false }
    var start = index
    while start > claimed, at(start - 1) == 0x20, index - start < 2 { start -= 1 }
    let nameEnd = start
    while start > claimed, nameEnd - start < 64, isSpelled(bytes[start - 1]) { start -= 1 }
    start = afterEscape(start)
    while start < nameEnd, !Ascii.isAlnum(bytes[start]) { start += 1 }
    guard nameEnd - start >= 2 else { return false }
    var end = endOfLabels(hostStart)
    var dots = 0
    var plainDot = false
    for index in hostStart..<end where bytes[index] == 0x2E { plainDot = true }
    while dots < 4, let (next, _) = dot(from: end) {
      let labelEnd = endOfLabels(next)
      guard labelEnd > next else { break }
      end = labelEnd
      dots += 1
    }
    while end > hostStart, !Ascii.isAlnum(bytes[end - 1]) { end -= 1 }
    // Without brackets only a spelled dot tells an address from prose.
    guard dots > 0 || plainDot && !bare, end > hostStart + 3 else { return false }
    var label = end
    while label > hostStart, Ascii.isLetter(bytes[label - 1]) { label -= 1 }
    guard 2...12 ~= end - label, !isOne(of: ["example", "test", "invalid"], label, end) else { return false }
    if containsOne(of: ["example"], hostStart, end) || isOne(of: ["user", "name", "you", "someone"], start, nameEnd) {
      return false
    }
    if bare, Ascii.isLower(at(nameEnd + 1)), !isCommonDomain(label, end, start, nameEnd),
      !mentions(["mail", "contact", "write", "reach", "address"], before: start, window: 64)
    {
      return false
    }
    return claim(dots > 0 ? startOfSpelled(start) : start, end, .email)
  }

  /// `first dot last` before: the beginning of the first word.
  private func startOfSpelled(_ start: Int) -> Int {
    var first = start
    for _ in 0..<4 {
      var position = first
      guard at(position - 1) == 0x20 else { break }
      position -= 1
      let closing = at(position - 1)
      let isBracketed = closing == 0x5D || closing == 0x29
      if isBracketed { position -= 1 }
      guard position - 3 >= claimed, isOne(of: ["dot"], position - 3, position) else { break }
      position -= 3
      if isBracketed { position -= 1 }
      guard at(position - 1) == 0x20 else { break }
      position -= 1
      let end = position
      while position > claimed, end - position < 32, isSpelled(bytes[position - 1]) { position -= 1 }
      position = afterEscape(position)
      guard position < end, beginsWord(position) else { break }
      first = position
    }
    return first
  }

  /// "help at shop dot com" is an address, "look at shop dot com" is not.
  private func isCommonDomain(_ label: Int, _ end: Int, _ name: Int, _ nameEnd: Int) -> Bool {
    isOne(
      of: ["com", "org", "net", "de", "io", "uk", "dev", "fr", "es", "it", "nl", "edu", "gov", "eu", "ch"], label, end)
      && !isOne(
        of: [
          "look", "is", "was", "be", "are", "that", "this", "works", "work", "me", "us", "it", "shop", "find", "buy",
        ],
        name, nameEnd)
  }

  private func dot(from index: Int) -> (Int, bare: Bool)? { afterWord("dot", from: index) }

  /// Behind `word` in brackets, or between blanks; blanks round the brackets too.
  private func afterWord(_ word: StaticString, from index: Int) -> (Int, bare: Bool)? {
    var position = index
    while at(position) == 0x20, position < index + 2 { position += 1 }
    let bracket = at(position)
    let closing: UInt8? =
      switch bracket {
      case UInt8(ascii: "["): UInt8(ascii: "]")
      case UInt8(ascii: "("): UInt8(ascii: ")")
      case UInt8(ascii: "{"): UInt8(ascii: "}")
      case UInt8(ascii: "<"): UInt8(ascii: ">")
      default: nil
      }
    if closing != nil { position += 1 } else if position == index { return nil }
    let length = word.utf8CodeUnitCount
    guard position + length <= bytes.count, isOne(of: [word], position, position + length) else { return nil }
    position += length
    if let closing {
      guard at(position) == closing else { return nil }
      position += 1
    } else if at(position) != 0x20 {
      return nil
    }
    let end = position
    while at(position) == 0x20, position < end + 2 { position += 1 }
    return (position, closing == nil)
  }

  private func endOfLabels(_ start: Int) -> Int {
    var end = start
    while end < bytes.count, end - start < 64, isSpelled(bytes[end]) { end += 1 }
    return end
  }

  private func isSpelled(_ byte: UInt8) -> Bool { Ascii.isWord(byte) || byte == 0x2D || byte == 0x2E || byte == 0x2B }
}
