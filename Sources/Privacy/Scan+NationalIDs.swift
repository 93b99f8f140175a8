/// Numbers of persons: shape, check digits, and a word near by.
extension Scan {
  /// `index` is the letter before the first digit.
  func letterID(at index: Int) -> Bool {
    var start = index
    while start > claimed, index - start < 6, Ascii.isLetter(bytes[start - 1]) { start -= 1 }
    start = afterEscape(start)
    guard start <= index, beginsWord(start) else { return false }
    return nationalID(at: start)
  }

  /// `start` is at a letter or digit that begins a word.
  func nationalID(at start: Int) -> Bool {
    // Whether nobody's number can be here; looked up once, and for few: most numbers do not get that far.
    var isNobodys: Bool?
    var text = IDText()
    var position = start
    var separators = 0
    var found: Int?
    // Whether any country's word is near; looked up once.
    var isAnnounced: Bool?
    while text.count < IDText.limit {
      let byte = at(position)
      if Ascii.isAlnum(byte) {
        text.append(byte)
        position += 1
        guard !Ascii.isAlnum(at(position)), text.count >= 8 else { continue }
        if isNobodys == nil { isNobodys = Ascii.isDigit(at(start)) && isQuiet(start) && !speaksForItself(start) }
        if isNobodys == true { return false }
        // A closing bracket belongs to Hong Kong's check digit.
        let end = at(position) == 0x29 && text.count == 8 && at(position - 2) == 0x28 ? position + 1 : position
        if isPerson(text, start, end, &isAnnounced) { found = end }
      } else {
        guard separators < 8, isSeparator(byte), text.count > 0, byte != 0x28 || text.count == 7 else { break }
        if isCenturySign(byte, text) { text.append(byte) }
        separators += 1
        position += byte == 0x2E && at(position + 1) == 0x20 ? 2 : 1
        // Letters come last, if at all.
        guard Ascii.isDigit(at(position)) || text.count >= 7 && Ascii.isLetter(at(position)) else { break }
        // Decimals are no groups, and behind a blank a long number is another one.
        guard byte != 0x2E || groupLength(position) < 5 && (separators > 1 || text.count < 8),
          byte != 0x20 || groupLength(position) < 6 || text.count == 4 && isDateGroup(position)
        else { break }
      }
    }
    guard let found else { return false }
    return claim(start, found, .nationalID)
  }

  /// The numbers that need no word near by and begin with a digit are China's, Finland's and Switzerland's: eighteen
  /// digits, or a date first; six digits; `756`.
  private func speaksForItself(_ start: Int) -> Bool {
    if matches("756", at: start) { return true }
    var end = start
    while end < start + 10, Ascii.isDigit(at(end)) { end += 1 }
    return end - start == 6 || end - start == 10
  }

  private func groupLength(_ start: Int) -> Int {
    var end = start
    while Ascii.isAlnum(at(end)), end < start + 6 { end += 1 }
    return end - start
  }

  /// Austria's number has a date as its second group: `4145 200773`.
  private func isDateGroup(_ start: Int) -> Bool {
    (start..<start + 6).allSatisfy { Ascii.isDigit(at($0)) } && !Ascii.isAlnum(at(start + 6))
      && 1...31 ~= decimal(start, 2) && 1...12 ~= decimal(start + 2, 2)
  }

  /// The Finnish sign between date and number counts as a character.
  private func isCenturySign(_ byte: UInt8, _ text: IDText) -> Bool {
    text.count == 6 && (byte == 0x2D || byte == 0x2B) && (0..<6).allSatisfy { text[$0] < 10 }
  }

  private func isSeparator(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x2D || byte == 0x2E || byte == 0x2F || byte == 0x28 || byte == 0x2B
  }

  private func isPerson(_ text: IDText, _ start: Int, _ end: Int, _ isAnnounced: inout Bool?) -> Bool {
    let next = at(end)
    if continuesWord(end) || (next == 0x2D || next == 0x2E || next == 0x40) && Ascii.isAlnum(at(end + 1)) {
      return false
    }
    // The sign is part of the Finnish shape alone.
    if text.digits | text.letters == UInt32(1) << UInt32(text.count) - 1 {
      return hasRow(text, start, end, &isAnnounced)
    }
    if text.count == 11, isCenturyByte(text.byte(6)), hasRow(text, start, end, &isAnnounced) { return true }
    var plain = IDText()
    for index in 0..<text.count where Ascii.isAlnum(text.byte(index)) { plain.append(text.byte(index)) }
    return hasRow(plain, start, end, &isAnnounced)
  }

  private func hasRow(_ text: IDText, _ start: Int, _ end: Int, _ isAnnounced: inout Bool?) -> Bool {
    if text.isUniform { return false }
    let starts = NationalID.outlineStarts
    for number in starts[text.count]..<starts[text.count + 1] {
      let outline = NationalID.outlines[number]
      guard text.digits & outline.digits == outline.digits, text.letters & outline.letters == outline.letters else {
        continue
      }
      if outline.needsWord {
        let announced = isAnnounced ?? (!isQuiet(start) && announces(NationalID.allWords, start, start + 8, after: 72))
        isAnnounced = announced
        if !announced { continue }
      }
      let row = NationalID.all[outline.row]
      guard row.check(text) else { continue }
      if !row.needsWord { return true }
      if announces(row.words, start, end) || announces(NationalID.anyCountry, start, end) { return true }
    }
    return false
  }

  private func isCenturyByte(_ byte: UInt8) -> Bool {
    byte == 0x2D || byte == 0x2B || 0x41...0x46 ~= byte || 0x55...0x59 ~= byte
  }

  /// No word that could announce a number stands anywhere near `start`. Looks ahead, and remembers how far.
  private func isQuiet(_ start: Int) -> Bool {
    // In a row of a table the word may stand some lines above.
    let (low, high) = (max(0, start - (isCell(start) ? 256 : 96)), min(bytes.count, start + 80))
    let (quiet, announcement) = (notes.pointee.quiet, notes.pointee.announcement)
    if quiet.lowerBound <= low, high <= quiet.upperBound { return true }
    if low <= announcement, announcement < high { return false }
    let isNext = quiet.lowerBound <= low && low <= quiet.upperBound
    // A word may begin before the end of what was looked at, and go on behind it.
    let from = isNext ? max(low, quiet.upperBound - 32) : low
    // Where one number follows another, so will more.
    let limit = min(bytes.count, isNext ? high + 448 : high)
    let word = firstWord(of: NationalID.allWords, from, limit)
    if let word { notes.pointee.announcement = word }
    let found = word ?? limit
    notes.pointee.quiet = (isNext ? quiet.lowerBound : low)..<max(low, found)
    return high <= found
  }

  /// A sign that parts columns stands before.
  func isCell(_ start: Int) -> Bool { at(start - 1) == 0x3B || at(start - 1) == 0x2C || at(start - 1) == 0x09 }

  /// One of `words` stands before (48 bytes, same line, the line of the key above a `value:`, or a comment above) or after
  /// (48 bytes).
  func announces(_ words: WordList, _ start: Int, _ end: Int, after: Int = 48) -> Bool {
    var low = startOfLine(start, 48)
    // Letters of other scripts have two bytes and three.
    if low == start - 48, at(low) >= 0x80 { low = startOfLine(start, 96) }
    if low > 0, at(low - 1) == 0x0A, containsOne(of: ["value"], low, start) {
      low -= 1
      while low > 0, start - low < 96, bytes[low - 1] != 0x0A { low -= 1 }
    }
    if hasWord(of: words, low, start) || commentAnnounces(words, above: low) || columnAnnounces(words, start, end) {
      return true
    }
    var high = min(end, bytes.count)
    while high < bytes.count, high - end < after, !isLineEnd(high) { high += 1 }
    return hasWord(of: words, min(end, high), high, before: false)
  }

  /// One of `words` stands in a comment, the line above (64 bytes at most).
  private func commentAnnounces(_ words: WordList, above line: Int) -> Bool {
    guard line > 0, isLineEnd(line - 1) else { return false }
    let end = at(line - 1) == 0x0A ? line - 1 : line - 2
    var start = end
    while start > 0, end - start < 64, !isLineEnd(start - 1), at(start - 1) != 0x22 || !isCommentMark(start) {
      start -= 1
    }
    guard start == 0 || isLineEnd(start - 1) || at(start - 1) == 0x22 else { return false }
    // A patch and a quotation in mail begin their lines with a sign.
    while start < end, Ascii.isBlank(bytes[start]) || bytes[start] == 0x2B || bytes[start] == 0x3E { start += 1 }
    return isCommentMark(start) && hasWord(of: words, start, end)
  }

  private func isCommentMark(_ index: Int) -> Bool {
    at(index) == 0x23 || matches("//", at: index) || matches("--", at: index) || matches("/*", at: index)
      || matches("* ", at: index)
  }

  /// Rows of a table, separated: one of `words` stands in the same column of a line above, within 256 bytes.
  private func columnAnnounces(_ words: WordList, _ start: Int, _ end: Int) -> Bool {
    var separator = at(start - 1)
    if Ascii.isQuote(separator) { separator = at(start - 2) }
    if start == 0 || isLineEnd(start - 1) { separator = at(end) }
    guard separator == 0x3B || separator == 0x2C || separator == 0x09 || separator == 0x7C else { return false }
    let limit = max(0, start - 256)
    var low = start
    var column = 0
    while low > limit, !isLineEnd(low - 1) {
      low -= 1
      if bytes[low] == separator { column += 1 }
    }
    while low > limit + 1 {
      // The line above, field by field. An escaped line feed has two bytes and more.
      var high = low - 1
      while high > limit, at(high) != 0x0A, at(high) == 0x5C || at(high - 1) == 0x5C { high -= 1 }
      if at(low - 1) != 0x0A { high += 1 }
      low = high
      while low > limit, !isLineEnd(low - 1) { low -= 1 }
      guard low == 0 || isLineEnd(low - 1) else { return false }
      var (field, number, from) = (low, 0, low)
      while field <= high {
        if field == high || bytes[field] == separator {
          if number == column { break }
          number += 1
          from = field + 1
        }
        field += 1
      }
      // Another text than rows of the same table.
      guard number == column, column > 0 || field < high else { return false }
      if hasWord(of: words, from, min(field, high)) { return true }
    }
    return false
  }

  /// A line feed, or the `n` of an escaped one.
  func isLineEnd(_ index: Int) -> Bool {
    bytes[index] == 0x0A || bytes[index] == UInt8(ascii: "n") && at(index - 1) == 0x5C
  }
}
