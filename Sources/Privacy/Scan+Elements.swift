/// Secrets in markup: `<password>VALUE</password>` and its kin.
extension Scan {
  /// `<password>VALUE</password>`, `<property name="db.password">VALUE</property>`; `index` is the `>`.
  func element(at index: Int) -> Bool {
    var end = index
    if Ascii.isQuote(at(end - 1)) { end -= 1 }
    while end > claimed, index - end < 17, at(end - 1) == 0x5C { end -= 1 }
    guard let rule = keyWord(endingAt: end) ?? attributeKey(end) ?? siblingKey(end) ?? enclosingKey(end),
      rule.type != .mac, isTag(end)
    else { return false }
    var stop = index + 1
    while stop < bytes.count, stop - index <= Scan.valueMax, bytes[stop] >= 0x20, bytes[stop] != 0x3C { stop += 1 }
    guard at(stop) == 0x3C, at(stop + 1) == 0x2F || at(stop + 1) == 0x5C, !tokenBegins(at: index + 1) else {
      return false
    }
    let value = Value(start: index + 1, end: stop, quoted: true)
    return isSecret(value, rule.type) && claim(index + 1, stop, rule.type)
  }

  /// The key word that the name of the tag ends in, or the value of one of its attributes: `<wsse:Password Type="x">`,
  /// `<entry key="password" type="x">`. `end` is behind the last attribute.
  private func attributeKey(_ end: Int) -> CompiledRules.Key? {
    var start = end
    while start > claimed, end - start < 160, bytes[start - 1] >= 0x20, bytes[start - 1] != 0x3E {
      start -= 1
      guard bytes[start] == 0x3C else { continue }
      var nameEnd = start + 1
      while nameEnd < end, Ascii.isWord(bytes[nameEnd]) || "-.:".utf8.contains(bytes[nameEnd]) { nameEnd += 1 }
      if let rule = keyWord(endingAt: nameEnd) { return rule }
      for index in nameEnd..<end where Ascii.isQuote(bytes[index]) && !Ascii.isQuote(bytes[index - 1]) {
        var stop = index
        while stop > nameEnd, bytes[stop - 1] == 0x5C { stop -= 1 }
        if at(stop - 1) != 0x3D, let rule = keyWord(endingAt: stop) { return rule }
      }
      return nil
    }
    return nil
  }

  /// `<property name="password"><value>X`, `<Password><Value>X`: the tag before the one that is called so.
  private func enclosingKey(_ end: Int) -> CompiledRules.Key? {
    guard end - 6 > claimed, at(end - 6) == 0x3C, isOne(of: ["value"], end - 5, end) else { return nil }
    var close = end - 6
    while close > claimed, end - close < 48, at(close - 1) <= 0x20 { close -= 1 }
    guard at(close - 1) == 0x3E else { return nil }
    close -= 1
    while close > claimed, end - close < 64, Ascii.isQuote(at(close - 1)) || at(close - 1) == 0x5C { close -= 1 }
    return keyWord(endingAt: close) ?? attributeKey(close)
  }

  /// A property list's `<key>APIToken</key><string>`.
  private func siblingKey(_ end: Int) -> CompiledRules.Key? {
    guard matches("<string", at: end - 7) else { return nil }
    let close = endOfSibling(before: end - 7) ?? end - 7
    return matches("</key>", at: close - 6) ? keyWord(endingAt: close - 6) : nil
  }

  /// An opening `<` stands before, with nothing but the tag between.
  private func isTag(_ end: Int) -> Bool {
    var start = end
    while start > claimed, end - start < 160, bytes[start - 1] >= 0x20, bytes[start - 1] != 0x3E {
      start -= 1
      if bytes[start] == 0x3C { return Ascii.isLetter(at(start + 1)) }
    }
    return false
  }
}
