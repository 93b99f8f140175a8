import CVector

/// Words of context near a value.
extension Scan {
  /// One of `words` stands alone in the bytes. `before`: what they announce follows at `high`.
  func hasWord(of list: WordList, _ low: Int, _ high: Int, before: Bool = true) -> Bool {
    var position = low
    while position < high {
      // The names of placeholders are no context: they were not there before scrubbing.
      if bytes[position] == 0x5B, let end = endOfPlaceholder(position) {
        position = end
        continue
      }
      if mayBegin(list, position),
        endOfWord(
          of: list, position,
          fits: { word, end in
            end <= high && (!word.isVague || (before ? points(from: position, end, to: high) : comments(position, end)))
          }) != nil
      {
        return true
      }
      position += 1
    }
    return false
  }

  /// Where the first of them stands alone, whatever it may mean.
  func firstWord(of list: WordList, _ low: Int, _ high: Int) -> Int? {
    // Reads every byte of a text with numbers in it, sixteen at a time: what `mayBegin` asks of the bytes before is
    // carried along.
    let before = at(low - 1)
    var state: UInt32 = (Ascii.isLetter(before) && at(low - 2) != 0x5C ? 1 : 0) | (before == 0x5C ? 2 : 0)
    var position = low
    while let base = bytes.base, position + 16 <= min(high, bytes.count) {
      // In bounds: all sixteen are before the end.
      var beginnings = cv_word_beginnings(base + position, &state)
      while beginnings != 0 {
        let place = position + beginnings.trailingZeroBitCount
        if begins(list, place) { return place }
        beginnings &= beginnings - 1
      }
      position += 16
    }
    while position < high {
      if mayBegin(list, position), endOfWord(of: list, position) != nil { return position }
      position += 1
    }
    return nil
  }

  @inline(__always)
  private func begins(_ list: WordList, _ position: Int) -> Bool {
    !list.words(bytes[position], at(position + 1)).isEmpty && endOfWord(of: list, position) != nil
  }

  /// No word goes on here, as most letters stand inside one; and the first two letters are those of a word.
  @inline(__always)
  private func mayBegin(_ list: WordList, _ position: Int) -> Bool {
    let byte = bytes[position]
    // No word begins with a digit or a sign.
    if byte < 0x41 { return false }
    if Ascii.isLower(byte), Ascii.isLetter(at(position - 1)), at(position - 2) != 0x5C { return false }
    return (byte >= 0x80 || Ascii.isLetter(byte)) && !list.words(byte, at(position + 1)).isEmpty
  }

  /// The end of the first of the words that stands alone at `position`, and that `fits`.
  private func endOfWord(
    of list: WordList, _ position: Int, fits: (WordList.Word, Int) -> Bool = { _, _ in true }
  ) -> Int? {
    let third = Ascii.lower(at(position + 2))
    for number in list.words(bytes[position], at(position + 1)) {
      let word = list[number]
      if word.third != 0, word.third != third { continue }
      guard let end = endOf(word, list.letters, from: position), standsAlone(position, end), fits(word, end) else {
        continue
      }
      return end
    }
    return nil
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
      while position < high, Ascii.isLetter(bytes[position]) { position += 1 }
      if position == first {
        sign = sign || !Ascii.isBlank(bytes[position])
        position += 1
      } else if isOne(
        of: [
          "no", "nr", "number", "num", "is", "id", "card", "code", "value", "was", "n", "my", "of", "the", "user",
          "customer", "client", "patient", "employee", "for",
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
