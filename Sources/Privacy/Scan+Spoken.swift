/// Secrets told rather than assigned: "the password for staging is X", `--token X`, `IDENTIFIED BY 'X'`, `ENV DB_PASS X`.
extension Scan {
  /// One of `words`, places in the table, may begin at `index`.
  func spokenSecret(at index: Int, among words: Range<UInt16>) -> Bool {
    guard let (rule, keyEnd) = keyWord(startingAt: index, among: words), rule.type != .mac else { return false }
    if rule.type == .password, !rule.isCommand, valueBefore(index) { return true }
    if rule.isCommand {
      if Ascii.lower(at(keyEnd - 1)) == UInt8(ascii: "x") { return exportedKey(from: keyEnd) }
      if isOne(of: ["connect"], index, keyEnd) { return databaseLogin(from: keyEnd) }
      return commandWord(from: keyEnd, isEcho: isOne(of: ["echo", "printf", "print f"], index, keyEnd))
    }
    if isOver(keyEnd) { return false }
    var position = keyEnd
    if Ascii.isQuote(at(position)) { position += 1 }
    // `setPassword("X")`, `.password('X')`.
    if at(position) == 0x28, let value = value(from: position + 1), value.quoted, isArgument(value) {
      return isSecret(value, rule.type) && isMixed(value) && !tokenBegins(at: value.start)
        && claim(value.start, value.end, rule.type)
    }
    if formField(index, keyEnd, rule.type) || column(index, keyEnd) || pairedValue(keyEnd, rule.type)
      || routerSecret(index, keyEnd)
    {
      return true
    }
    if at(position) >= 0x80, let start = afterCopula(position), let value = spokenValue(from: start),
      told(value, rule.type)
    {
      return !tokenBegins(at: value.start) && claim(value.start, value.end, rule.type)
    }
    if at(keyEnd - 1) >= 0x80, let value = gluedValue(from: keyEnd), isStrongAlone(value, rule.type) {
      return !tokenBegins(at: value.start) && claim(value.start, value.end, rule.type)
    }
    let isEnglish = isEnglish(index)
    let foreign = rule.type == .password && !isEnglish
    let reach = foreign ? 7 : rule.type == .password ? 5 : 4
    // Where the value may stand without "is".
    var first = 0
    // "mot de passe, c'est X".
    if foreign, at(position) == 0x2C {
      position += 1
      first = -1
    }
    var copula = false
    // "the password's X".
    if position > keyEnd, at(keyEnd) == 0x27, at(position) == UInt8(ascii: "s") {
      (position, copula) = (position + 1, true)
    }
    guard Ascii.isBlank(at(position)) else { return false }
    if isHarmless(keyEnd) { return false }
    let phrases = rules.pointee.phrases
    let pressing = isPressing(index, keyEnd)
    // Behind such a word only what looks random is a value.
    var doubtful = false
    var filled = 0
    for word in 0..<9 {
      let blank = position
      while Ascii.isBlank(at(position)), position < blank + 4 { position += 1 }
      guard position > blank, position < bytes.count else { return false }
      // "the password (X) fails".
      if word == first, at(position) == 0x28 { position += 1 }
      if word == first, rule.type == .password, let value = spokenValue(from: position), isLogin(value, index) {
        return !tokenBegins(at: value.start) && claim(value.start, value.end, .password)
      }
      if word == first || copula, let value = spokenValue(from: position) {
        // The word right behind the key word, or behind "is".
        let fits =
          value.quoted
          ? isSecret(value, rule.type) && isMixed(value)
          : pressing && word == first
            ? isSecret(value, rule.type)
            : copula && !doubtful
              ? told(value, rule.type)
              : isStrongAlone(value, rule.type) || word == first && isDirective(index, value, rule.type)
        if fits, !isHandedOn(index, keyEnd, value) || copula {
          return !tokenBegins(at: value.start) && claim(value, rule.type)
        }
        if value.quoted { return false }
      } else if word > first, word < reach, !isPlainWord(position), let value = spokenValue(from: position),
        !value.quoted,
        foreign ? isToldAbroad(value) : isOutOfPlace(value.start, value.end)
      {
        return !tokenBegins(at: value.start) && claim(value, rule.type)
      }
      let end = endOfProse(position)
      guard end > position, Ascii.isBlank(at(end)) else { return false }
      // The key word again: its own turn comes.
      if bytes[position] == bytes[index], at(position + 1) == at(index + 1), at(position + 2) == at(index + 2) {
        return false
      }
      let last = bytes[end - 1]
      let isForeign = phrases.foreignCopulas.contains(bytes, position, end)
      if isForeign && !isEnglish || phrases.copulas.contains(bytes, position, end)
        || last == 0x3A && end - position == 1
      {
        (copula, doubtful) = (true, false)
      } else if word == 0, end - position == 1, Ascii.isDigit(last) {
        // Routers tell the kind of hash first: `secret 5 X`.
        first = 1
      } else if !copula, isForeign {
        (copula, doubtful) = (true, true)
      } else if !copula || doubtful, last == 0x3A, end - position > 2 {
        // "the password for staging: X"; right behind an English word the colon may be another thing's.
        let isOther = word == 0 && bytes[position] != 0x28 && isEnglish
        (copula, doubtful) = (true, isOther || phrases.accounts.contains(bytes, position, end - 1))
      } else if word < 2, let next = afterChange(position) {
        (position, copula, doubtful) = (next, true, false)
        continue
      } else if copula, !doubtful {
        guard phrases.fillers.contains(bytes, position, end), filled < 3 else { return false }
        filled += 1
      } else {
        (copula, doubtful) = (false, false)
        // "the password has changed, it's X".
        if last == 0x2C, let next = afterPronoun(end) {
          (position, copula) = (next, true)
          continue
        }
        // A sentence or a statement that ends here has no value to tell.
        guard !endsClause(last) || bytes[position] == 0x28 && last == 0x29 || foreign && last == 0x2C else {
          return false
        }
      }
      position = end
    }
    return false
  }

  /// Behind its closing quote, escaped or not, stand a comma or a bracket.
  private func isArgument(_ value: Value) -> Bool {
    var end = value.end
    while at(end) == 0x5C, end < value.end + 16 { end += 1 }
    return at(end + 1) == 0x29 || at(end + 1) == 0x2C || at(end + 2) == 0x29
  }

  /// "pass `x` to": the verb.
  private func isHandedOn(_ index: Int, _ keyEnd: Int, _ value: Value) -> Bool {
    guard keyEnd - index == 4, Ascii.isLower(at(keyEnd - 1)), isOne(of: ["pass"], index, keyEnd) else { return false }
    if value.quoted, !isOutOfPlace(value.start, value.end) { return true }
    var end = value.end
    while end < value.end + 2, Ascii.isQuote(at(end)) || at(end) == 0x3A { end += 1 }
    return at(value.end) == 0x3A || matches(" to ", at: end) || matches(" as ", at: end) || matches(" into ", at: end)
      || matches(" in ", at: end)
  }

  /// "unlock with X (password)", "X is the password".
  private func valueBefore(_ index: Int) -> Bool {
    guard at(index - 1) == 0x20 || at(index - 1) == 0x28 else { return false }
    var end = index
    if at(end - 1) == 0x28 {
      end -= 1
    } else {
      // "X is the staging database password".
      for _ in 0..<2 where at(end - 1) == 0x20 && !isPointer(end) {
        var word = end - 1
        while word > claimed, end - word < 16, Ascii.isLetter(bytes[word - 1]) || at(word - 1) == 0x2D { word -= 1 }
        guard word < end - 1, at(word - 1) == 0x20 else { break }
        end = word
      }
      if let start = beforeAs(index) {
        end = start
      } else {
        guard isPointer(end) else { return false }
        end -= at(end - 2) == UInt8(ascii: "y") ? 3 : 4
        guard matches("is ", at: end - 3) || matches("as ", at: end - 3) else { return false }
        end -= 3
      }
    }
    guard Ascii.isBlank(at(end - 1)) else { return false }
    end -= 1
    if Ascii.isQuote(at(end - 1)) { end -= 1 }
    var start = end
    while start > claimed, end - start < 80, Scan.isBare(bytes[start - 1]) { start -= 1 }
    // Not in the middle of a scalar of three bytes, which is none of the value's.
    while start < end, bytes[start] & 0xC0 == 0x80 { start += 1 }
    start = afterEscape(start)
    guard end - start < 80, isBareSecret(start, end), !tokenBegins(at: start) else { return false }
    return claim(start, end, .password)
  }

  private func isPointer(_ end: Int) -> Bool {
    matches("the ", at: end - 4) || matches("our ", at: end - 4) || matches("my ", at: end - 3)
  }

  /// The longest key word at `index`; its end.
  private func keyWord(startingAt index: Int, among words: Range<UInt16>) -> (CompiledRules.Key, end: Int)? {
    guard index >= claimed else { return nil }
    let text = bytes.octet(at: index)
    let folded = Bytes.fold(text)
    // Up to the first separator the letters of word and text stand in the same places.
    let joined = separators(text)
    let mask = joined == 0 ? UInt64.max : joined & (0 &- joined) &- 1
    for number in words {
      let rule = rules.pointee.spoken[Int(number)]
      // The fourth letter tells most words apart; a separator may stand in its place.
      if (folded ^ rule.beginning) & rule.beginningMask & mask != 0 { continue }
      var position = index
      var read = 0
      while read < rule.count {
        let byte = at(position)
        if Ascii.lower(byte) == rules.pointee.letters[rule.start + read] {
          read += 1
        } else if !(read > 2 && (byte == 0x5F || byte == 0x2D || byte == 0x20)) || position >= bytes.count {
          break
        }
        position += 1
      }
      guard read == rule.count, !Ascii.isAlnum(at(position)) || at(index) >= 0x80 else { continue }
      if rule.key.whole, Ascii.isAlnum(at(index - 1)), !beginsWord(index), !matches("require", at: index - 7) {
        continue
      }
      return (rule.key, position)
    }
    return nil
  }

  /// The lowest bit of the first byte that is a space, a hyphen or an underscore; 0 where none of the eight is.
  private func separators(_ text: UInt64) -> UInt64 {
    func zeros(_ word: UInt64) -> UInt64 { (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 }
    let marks =
      zeros(text ^ 0x2020_2020_2020_2020) | zeros(text ^ 0x2D2D_2D2D_2D2D_2D2D) | zeros(text ^ 0x5F5F_5F5F_5F5F_5F5F)
    return marks == 0 ? 0 : (marks & (0 &- marks)) >> 7
  }

  /// A flag (`--db-token`), a variable (`DB_PASS`) or SQL (`IDENTIFIED BY`): the next word is its value.
  private func isPressing(_ index: Int, _ end: Int) -> Bool {
    var start = index
    while start > claimed, index - start < 32, Ascii.isWord(bytes[start - 1]) || bytes[start - 1] == 0x2D { start -= 1 }
    start = afterEscape(start)
    if at(start) == 0x2D { return true }
    return start < index && (start..<end).allSatisfy { !Ascii.isLower(bytes[$0]) && bytes[$0] != 0x20 }
  }

  private func isEnglish(_ index: Int) -> Bool {
    guard rules.pointee.phrases.english.begins(folding: bytes, index) else { return false }
    return !isOne(of: ["passo", "passw"], index, index + 5) || isOne(of: ["password"], index, index + 8)
      || isOne(of: ["passwd"], index, index + 6)
  }

  /// A line of a configuration: the name, the value, and nothing else.
  private func isDirective(_ index: Int, _ value: Value, _ type: RedactionType) -> Bool {
    let next = at(value.end)
    guard type == .password, !value.quoted, value.end == bytes.count || next < 0x20 || next == 0x5C else {
      return false
    }
    var start = index
    while start > claimed, index - start < 48, Ascii.isWord(bytes[start - 1]) || "-.".utf8.contains(bytes[start - 1]) {
      start -= 1
    }
    start = afterEscape(start)
    // A name of several parts is no prose.
    let isName = start < index
    while start > claimed, Ascii.isBlank(bytes[start - 1]), index - start < 64 { start -= 1 }
    guard isName, start == 0 || isLineEnd(start - 1) else { return false }
    return isSecret(value, type) && !isTechnical(value.start, value.end)
  }

  /// The word at `position` without the marks that end a sentence, or what stands in quotes.
  func spokenValue(from position: Int) -> Value? {
    guard var value = value(from: position) else { return nil }
    if !value.quoted {
      // Behind an opening quote every sign is the value's.
      if value.start == position { trim(&value) }
      guard value.end > value.start else { return nil }
    }
    return value
  }

  /// Takes off the marks that end a sentence. Before a full stop a question mark is the value's.
  func trim(_ value: inout Value) {
    if at(value.end) == 0x2E { return }
    while value.end > value.start, case let last = bytes[value.end - 1], last == 0x2E || last == 0x3A || last == 0x3F {
      value.end -= 1
    }
  }

  func startsWith(_ word: [UInt8], at index: Int) -> Bool {
    index + word.count <= bytes.count && word.indices.allSatisfy { bytes[index + $0] == word[$0] }
  }
}
