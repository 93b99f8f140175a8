/// What begins with a digit at the start of a word: addresses, cards, phone numbers, social security numbers.
extension Scan {
  func number(at index: Int) -> Bool {
    // Inside an address that stays.
    if index < notes.pointee.keptAddress { return false }
    let before = at(index - 1)
    // Inside a longer number, a version or an identifier.
    if (before == 0x2E || before == 0x2D || before == 0x3A) && Ascii.isAlnum(at(index - 2)) && before != 0x3A {
      return false
    }
    if before == 0x3A, at(index - 2) == 0x3A { return false }
    guard isLongEnough(index) else { return false }
    if ipv4(at: index) || ipv6(at: index) { return true }
    // A year or a group of an address, which nothing goes on behind; a row of many short numbers.
    if at(index + 4) == 0x3A && runOfDigits(index, 5) == 4 || isTable(index) { return false }
    // In a row of numbers only a long one can be somebody's, or a card behind a short one.
    if before == 0x20, Ascii.isDigit(at(index - 2)), runOfDigits(index, 8) < 8 {
      return runOfDigits(index, 5) == 4 && !Ascii.isDigit(at(index - 4)) && card(at: index)
    }
    return socialSecurity(at: index) || nationalID(at: index) || card(at: index) || nationalPhone(at: index)
      || at(index) == 0x30 && at(index + 1) == 0x30 && internationalPhone(at: index)
  }

  /// The digits at `start`, `limit` at most.
  private func runOfDigits(_ start: Int, _ limit: Int) -> Int {
    var end = start
    while end < start + limit, Ascii.isDigit(at(end)) { end += 1 }
    return end - start
  }

  /// Seven digits with at most three other bytes between any of them, or the beginning of an address.
  private func isLongEnough(_ index: Int) -> Bool {
    var position = index + 1
    while position < index + 4, Ascii.isDigit(at(position)) { position += 1 }
    if at(position) == 0x2E && position < index + 4 || at(index + 4) == 0x3A { return true }
    var digits = 0
    var others = 0
    position = index
    while position < index + 24, digits < 7, others < 4 {
      let byte = at(position)
      if Ascii.isDigit(byte) {
        digits += 1
        others = 0
      } else if byte == 0x20 || byte == 0x2D || byte == 0x2E || byte == 0x2F || byte == 0x28 || byte == 0x29 {
        others += 1
      } else {
        break
      }
      position += 1
    }
    // Six and a letter or sign: Finland.
    return digits >= 6
  }

  /// ddd-dd-dddd: SSN, and ITIN with its own ranges of groups (IRS publication 1915).
  private func socialSecurity(at index: Int) -> Bool {
    guard at(index + 3) == 0x2D, at(index + 6) == 0x2D else { return false }
    for offset in [0, 1, 2, 4, 5, 7, 8, 9, 10] where !Ascii.isDigit(at(index + offset)) { return false }
    let next = at(index + 11)
    guard !continuesWord(index + 11), next != 0x2D || !Ascii.isAlnum(at(index + 12)) else { return false }
    let area = decimal(index, 3)
    let group = decimal(index + 4, 2)
    guard area != 0, area != 666, group != 0, decimal(index + 7, 4) != 0 else { return false }
    if area >= 900 {
      guard 50...65 ~= group || 70...88 ~= group || 90...92 ~= group || 94...99 ~= group else { return false }
    }
    return claim(index, index + 11, .nationalID)
  }

  private func card(at index: Int) -> Bool {
    // Every issuer's first group has four digits; this spares lists of small numbers.
    guard Ascii.isDigit(at(index + 1)), Ascii.isDigit(at(index + 2)), Ascii.isDigit(at(index + 3)) else { return false }
    // An expiry date or a CVC may follow: every end of a group can be the card's.
    var found: Digits?
    var length = 13
    while length <= 19, let digits = Digits(bytes, from: index, max: 19, atLeast: length) {
      if isCard(digits, index) { found = digits }
      if digits.count < length { break }
      length = digits.count + 1
    }
    guard let found else { return false }
    return claim(index, found.end, .card)
  }

  private func isCard(_ digits: Digits, _ index: Int) -> Bool {
    let next = at(digits.end)
    guard digits.count >= 13, !continuesWord(digits.end), !(next == 0x2E && Ascii.isDigit(at(digits.end + 1))),
      next != 0x2D
    else { return false }
    guard digits.passesLuhn else { return false }
    let first = digits.prefix(1)
    // Maestro has issuers that nobody lists.
    guard CardIssuer.accepts(digits) || (first == 5 || first == 6) && isAnnouncedCard(index, digits.end) else {
      return false
    }
    if digits.groups > 1 {
      // A row of a table of numbers goes on, before or behind.
      let rowGoesOn =
        next == 0x20 && Ascii.isDigit(at(digits.end + 1))
        && (digits.end + 2..<digits.end + 5).allSatisfy { Ascii.isHex(at($0)) }
        || Ascii.isBlank(at(index - 1)) && Ascii.isHex(at(index - 2)) && Ascii.isHex(at(index - 3))
          && Ascii.isDigit(at(index - 4))
      return digits.shortestGroup >= 3 && !rowGoesOn
    }
    // Without groups, only the common lengths speak for themselves: ids have 13 and 17 to 19 digits too.
    return 14...16 ~= digits.count || isAnnouncedCard(index, digits.end)
  }

  /// Before it, or in words right behind it: `6230... numaralı kartla`.
  private func isAnnouncedCard(_ index: Int, _ end: Int) -> Bool {
    let low = startOfLine(index, 32)
    if contains(rules.pointee.phrases.cards, low, index) || hasWord(of: Scan.panWords, low, index) { return true }
    var high = end
    while high - end < 8, Ascii.isQuote(at(high)) || at(high) == 0x5C { high += 1 }
    while high < bytes.count, high - end < 32, case let byte = bytes[high],
      Ascii.isLetter(byte) || byte == 0x20 || byte >= 0x80
    { high += 1 }
    return contains(rules.pointee.phrases.cards, end, high)
  }

  private static let panWords = WordList(["pan", "cc", "ccnum"])

  func decimal(_ start: Int, _ count: Int) -> Int {
    (start..<start + count).reduce(0) { $0 * 10 + Int(at($1) &- 0x30) }
  }
}

/// Up to 24 digits with single separators between them.
struct Digits {
  private(set) var values = SIMD32<UInt8>(repeating: 0)
  private(set) var count = 0
  private(set) var groups = 1
  private(set) var shortestGroup = Int.max
  /// Behind the last digit.
  private(set) var end: Int

  /// nil when more than `max` digits follow each other. `phone`: full stops and brackets separate too. `atLeast`: the
  /// first end of a group with that many digits is the end; all groups without it.
  init?(_ bytes: Bytes, from start: Int, max: Int, phone: Bool = false, atLeast: Int = 25) {
    func at(_ index: Int) -> UInt8 { bytes[index] }
    var position = start
    var group = 0
    end = start
    while true {
      let byte = at(position)
      if Ascii.isDigit(byte) {
        guard count < max, count < 24 else {
          return nil
        }
        values[count] = byte - 0x30
        count += 1
        group += 1
        position += 1
        end = position
      } else {
        if count >= atLeast { break }
        var next = position
        if phone {
          // A bracket behind so many digits holds something else.
          while next < position + 3, at(next) == 0x20 || at(next) == 0x28 && count < 8 || at(next) == 0x29 {
            next += 1
          }
          // The zero that is dialled at home: `+44 (0)20`. Blanks round a slash: `0221 / 8735557`.
          if count < 4, at(next - 1) == 0x28, at(next) == 0x30, at(next + 1) == 0x29 {
            next += Ascii.isBlank(at(next + 2)) ? 3 : 2
          } else if groups == 1, next == position + 1, at(next) == 0x2F, at(next + 1) == 0x20 {
            next += 2
          }
        }
        if next == position, byte == 0x20 || byte == 0x2D || phone && (byte == 0x2E || byte == 0x2F && groups < 3) {
          next += 1
        }
        guard next > position, group > 0 || phone, Ascii.isDigit(at(next)) else { break }
        shortestGroup = min(shortestGroup, group)
        groups += 1
        group = 0
        position = next
      }
    }
    if group > 0 { shortestGroup = min(shortestGroup, group) }
  }

  /// The first `length` digits as a number.
  func prefix(_ length: Int) -> Int { (0..<min(length, count)).reduce(0) { $0 * 10 + Int(values[$1]) } }

  /// ISO/IEC 7812-1 annex B.
  var passesLuhn: Bool {
    var sum = 0
    for index in 0..<count {
      let value = Int(values[count - 1 - index])
      sum += index.isMultiple(of: 2) ? value : (value > 4 ? value * 2 - 9 : value * 2)
    }
    return sum.isMultiple(of: 10)
  }
}

/// Issuer prefixes with the lengths they are issued in (ISO/IEC 7812, issuers' public lists).
enum CardIssuer {
  private static let maestro: Set<Int> = [13, 14, 15, 16, 17, 18, 19]

  private static let table: [(first: Int, last: Int, digits: Int, lengths: Set<Int>)] = [
    (4, 4, 1, [13, 16, 19]),  // Visa
    (51, 55, 2, [16]), (2221, 2720, 4, [16]),  // Mastercard
    (34, 34, 2, [15]), (37, 37, 2, [15]),  // American Express
    (300, 305, 3, [14]), (36, 36, 2, [14]), (38, 39, 2, [14]),  // Diners Club
    (6011, 6011, 4, [16, 19]), (644, 649, 3, [16, 19]), (65, 65, 2, [16, 19]),  // Discover
    (3528, 3589, 4, [16, 17, 18, 19]),  // JCB
    (62, 62, 2, [16, 17, 18, 19]),  // UnionPay
    (2200, 2204, 4, [16, 17, 18, 19]),  // Mir
    (5018, 5020, 4, maestro), (5038, 5038, 4, maestro), (5893, 5893, 4, maestro), (6304, 6304, 4, maestro),
    (6759, 6759, 4, maestro), (6761, 6763, 4, maestro),  // Maestro
    (5060, 5061, 4, [16, 18, 19]), (9792, 9792, 4, [16]), (6062, 6062, 4, [16]),  // Verve, Troy, Hipercard
    (508, 508, 3, [16]), (81, 82, 2, [16]),  // RuPay
  ]

  static func accepts(_ digits: Digits) -> Bool {
    table.contains { row in
      row.lengths.contains(digits.count) && row.first...row.last ~= digits.prefix(row.digits)
    }
  }
}
