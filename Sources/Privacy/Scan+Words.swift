import CVector

/// Words of context near a value.
extension Scan {
  /// One of `words` stands alone in the bytes. `before`: what they announce follows at `high`.
  func hasWord(of list: WordList, _ low: Int, _ high: Int, before: Bool = true) -> Bool {
    firstWord(of: list, low, high) { place, word, end in
      // The names of placeholders are no context: they were not there before scrubbing.
      end <= high && (!word.isVague || (before ? points(from: place, end, to: high) : comments(place, end)))
        && !isInPlaceholder(place, from: low)
    } != nil
  }

  /// Where the first of them stands alone that `fits`, whatever it may mean without.
  ///
  /// Reads every byte of a text with numbers in it, sixteen at a time: no word goes on where one begins, as most letters
  /// stand inside one; and the first three letters are those of a word.
  @inline(__always)
  func firstWord(
    of list: WordList, _ low: Int, _ high: Int, fits: (Int, WordList.Word, Int) -> Bool = { _, _, _ in true }
  ) -> Int? {
    let high = min(high, bytes.count)
    let before = at(low - 1)
    var state: UInt32 = (Ascii.isLetter(before) && at(low - 2) != 0x5C ? 1 : 0) | (before == 0x5C ? 2 : 0)
    var position = low
    while position < high {
      var beginnings: UInt32
      if position + 16 <= bytes.count {
        // In bounds: all sixteen are before the end of the text.
        beginnings = cv_word_beginnings(bytes.base + position, &state)
        // Those behind `high` do not count.
        if high - position < 16 { beginnings &= 1 << UInt32(high - position) &- 1 }
      } else {
        beginnings = 0
        for offset in 0..<high - position where mayBegin(position + offset) { beginnings |= 1 << UInt32(offset) }
      }
      while beginnings != 0 {
        let place = position + beginnings.trailingZeroBitCount
        beginnings &= beginnings - 1
        if list.mayBegin(bytes[place], at(place + 1), at(place + 2)), hasWord(of: list, at: place, fits) {
          return place
        }
      }
      position += 16
    }
    return nil
  }

  /// No word goes on here: what `cv_word_beginnings` finds out, of one byte.
  @inline(__always)
  private func mayBegin(_ position: Int) -> Bool {
    let byte = bytes[position]
    if Ascii.isLower(byte), Ascii.isLetter(at(position - 1)), at(position - 2) != 0x5C { return false }
    return byte >= 0x80 || Ascii.isLetter(byte)
  }

  /// `place` is in the name of a placeholder that begins at `low` or behind it.
  private func isInPlaceholder(_ place: Int, from low: Int) -> Bool {
    var start = place
    while start > low, place - start < 16, Ascii.isUpper(bytes[start - 1]) || bytes[start - 1] == 0x5F { start -= 1 }
    return start > low && endOfPlaceholder(start - 1) != nil
  }

  /// One of the words stands alone at `position`, and it `fits`.
  private func hasWord(of list: WordList, at position: Int, _ fits: (Int, WordList.Word, Int) -> Bool) -> Bool {
    let third = Ascii.lower(at(position + 2))
    for number in list.words(bytes[position], at(position + 1)) {
      let word = list[number]
      if word.third != 0, word.third != third { continue }
      if let end = endOf(word, list.letters, from: position), standsAlone(position, end), fits(position, word, end) {
        return true
      }
    }
    return false
  }

  /// An abbreviation that is a word too counts in capitals or before a sign, with nothing but "number is" and the like up to the value.
  private func points(from start: Int, _ end: Int, to high: Int) -> Bool {
    var position = end
    // A function of that name, unless it is one about that number (`is_sin(`); the head of a column.
    if at(end) == 0x28, at(start - 1) != 0x5F { return false }
    if end == high { return true }
    // Behind "nie" no word of Polish has the shape of a number, a letter and then digits.
    var sign =
      Ascii.isUpper(at(end - 1)) || Ascii.isUpper(at(start)) || Ascii.isLetter(at(high)) && Ascii.isDigit(at(high + 1))
    while position < high {
      let first = position
      while position < high, Ascii.isLetter(bytes[position]) || bytes[position] >= 0x80 { position += 1 }
      if position == first {
        sign = sign || !Ascii.isBlank(bytes[position])
        position += 1
      } else if sign, rules.pointee.phrases.leads.contains(folding: bytes, first, position) {
        continue
      } else if !(first..<position).contains(where: { Ascii.isLetter(bytes[$0]) }) {
        // Nothing but another script.
        sign = true
      } else if isOne(
        of: [
          "no", "nr", "number", "num", "is", "id", "card", "code", "value", "was", "n", "my", "of", "the", "user",
          "customer", "client", "patient", "employee", "for", "doc", "document", "type",
        ], first, position)
      {
        sign = true
      } else {
        return false
      }
    }
    return sign
  }

  /// Such a word is all that a comment at the end of the line says, or what it begins with: `'Z7810370N'); -- NIE`.
  private func comments(_ start: Int, _ end: Int) -> Bool {
    var sign = start
    while sign > 0, start - sign < 4, Ascii.isBlank(bytes[sign - 1]) { sign -= 1 }
    let mark = at(sign - 1)
    guard
      mark == 0x23 || mark == 0x2D && at(sign - 2) == mark || mark == 0x2F && at(sign - 2) == mark
        || mark == 0x2A && at(sign - 2) == 0x2F || mark == 0x25 || mark == 0x3B
    else { return false }
    var next = end
    while Ascii.isBlank(at(next)), next < end + 4 { next += 1 }
    if Ascii.isUpper(at(end - 1)) || !Ascii.isLetter(at(next)) { return !Ascii.isDigit(at(next)) }
    var stop = next
    while Ascii.isLetter(at(stop)), stop < next + 12 { stop += 1 }
    return isOne(
      of: ["of", "number", "no", "nr", "for", "id", "from", "del", "de", "der", "des", "do", "card"], next, stop)
  }

  /// The end of `word` (lower case; a space stands for `_`, `-`, a space or nothing) at `start`.
  private func endOf(_ word: WordList.Word, _ letters: Immortal<UInt8>, from start: Int) -> Int? {
    var position = start
    for index in word.start..<word.end {
      let letter = letters[index]
      if letter == 0x20 {
        let byte = at(position)
        if byte == 0x20 || byte == 0x5F || byte == 0x2D || byte == 0x2E { position += 1 }
        continue
      }
      guard position < bytes.count, Ascii.lower(bytes[position]) == letter else { return nil }
      position += 1
    }
    return position
  }

  /// Neither a letter before nor one after, but for a change of case (`customerSin`, `ninoValue`).
  private func standsAlone(_ start: Int, _ end: Int) -> Bool {
    if bytes[start] >= 0x80 { return true }
    let (before, after) = (at(start - 1), at(end))
    if Ascii.isLetter(before), !(Ascii.isLower(before) && Ascii.isUpper(bytes[start])), !beginsWord(start) {
      return false
    }
    if Ascii.isLetter(after), !(Ascii.isUpper(after) && Ascii.isLower(bytes[end - 1])) { return false }
    return true
  }
}
