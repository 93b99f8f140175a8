import CVector

/// Escapes and boundaries. Text is often JSON inside JSON, so `\n` before a token is as good as a space.
extension Scan {
  /// The end of the escape that begins with the backslashes at `index`, at any depth. 16 backslashes at most.
  func endOfEscape(_ index: Int) -> Int {
    var position = index
    while at(position) == 0x5C, position < index + 16 { position += 1 }
    switch at(position) {
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "b"), UInt8(ascii: "f"):
      return position + 1
    case UInt8(ascii: "u") where (1...4).allSatisfy { Ascii.isHex(at(position + $0)) }: return position + 5
    case UInt8(ascii: "x") where (1...2).allSatisfy { Ascii.isHex(at(position + $0)) }: return position + 3
    default: return position
    }
  }

  /// The first byte at or after `start` that is not the letter of an escape: `start` follows a byte outside the word.
  func afterEscape(_ start: Int) -> Int {
    guard at(start - 1) == 0x5C else { return start }
    return max(start, endOfEscape(start - 1))
  }

  /// Whether a word can begin at `start`.
  func beginsWord(_ start: Int) -> Bool {
    if start == claimed, start > 0 { return false }
    guard Ascii.isWord(at(start - 1)) else { return true }
    // The letter before may be the end of an escape: look back over `n`, `xHH` or `uHHHH` for its backslash.
    for length in [1, 3, 5] where at(start - length - 1) == 0x5C {
      if endOfEscape(start - length - 1) == start { return true }
    }
    return false
  }

  /// The end of the placeholder `[TYPE_n]` at `index`, nil where none begins.
  func endOfPlaceholder(_ index: Int) -> Int? {
    guard at(index) == 0x5B else { return nil }
    var position = index + 1
    while position < index + 16, Ascii.isUpper(at(position)) || at(position) == 0x5F { position += 1 }
    let digits = position
    while position < digits + 10, Ascii.isDigit(at(position)) { position += 1 }
    guard position > digits, at(digits - 1) == 0x5F, at(position) == 0x5D else { return nil }
    return position + 1
  }

  func isPlaceholder(_ index: Int) -> Bool { endOfPlaceholder(index) != nil }

  /// Whether what stood at `index` before scrubbing may have gone on the word: a word byte, or a placeholder.
  func continuesWord(_ index: Int) -> Bool { Ascii.isWord(at(index)) || isPlaceholder(index) }

  func matches(_ text: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + text.utf8CodeUnitCount <= bytes.count else { return false }
    // A StaticString of n code units is n bytes; the bound above covers the text.
    for offset in 0..<text.utf8CodeUnitCount where text.utf8Start[offset] != bytes[index + offset] { return false }
    return true
  }

  /// One of `words` (lower case) stands in the `window` bytes before `index`, on the same line, in any case of letters.
  func mentions(_ words: [StaticString], before index: Int, window: Int) -> Bool {
    containsOne(of: words, startOfLine(index, window), index)
  }

  /// At most `window` bytes before `index`, and behind the last line end.
  func startOfLine(_ index: Int, _ window: Int) -> Int {
    let low = max(0, index - window)
    var start = index
    // Sixteen bytes at a time, as long as they are in the text.
    while start - 16 >= low, start <= bytes.count {
      let ends = cv_line_ends(bytes.base + start - 16, at(start - 17) == 0x5C ? 1 : 0) & 0xFFFF
      if ends != 0 { return start - 16 + 32 - ends.leadingZeroBitCount }
      start -= 16
    }
    while start > low, !isLineEnd(start - 1) { start -= 1 }
    return start
  }

  /// One of `words` stands somewhere in the bytes.
  func containsOne(of words: [StaticString], _ start: Int, _ index: Int) -> Bool {
    // One bit per first letter spares most places the words themselves.
    var firsts: UInt32 = 0
    for word in words { firsts |= 1 << UInt32(word.utf8Start[0] & 31) }
    firsts &= ~(1 << 27)
    var position = start
    while position < index {
      let byte = Ascii.lower(bytes[position])
      guard firsts >> UInt32(byte & 31) & 1 == 1 else {
        // The names of placeholders are no context: they were not there before scrubbing.
        position = (byte == 0x5B ? endOfPlaceholder(position) : nil) ?? position + 1
        continue
      }
      for word in words where word.utf8Start[0] == byte && position + word.utf8CodeUnitCount <= index {
        var offset = 1
        while offset < word.utf8CodeUnitCount, Ascii.lower(bytes[position + offset]) == word.utf8Start[offset] {
          offset += 1
        }
        if offset == word.utf8CodeUnitCount { return true }
      }
      position += 1
    }
    return false
  }

  /// The bytes are one of `words`, in any case of letters (`words` are lower case).
  func isOne(of words: [StaticString], _ start: Int, _ end: Int) -> Bool {
    words.contains { word in
      guard word.utf8CodeUnitCount == end - start else { return false }
      for offset in 0..<(end - start) where Ascii.lower(bytes[start + offset]) != word.utf8Start[offset] {
        return false
      }
      return true
    }
  }

  /// One of the phrases stands in the `window` bytes before `index`, on the same line.
  @inline(never)
  func mentions(_ phrases: PhraseSet, before index: Int, window: Int) -> Bool {
    contains(phrases, startOfLine(index, window), index)
  }

  /// One of the phrases stands somewhere in the bytes. The names of placeholders are no context: they were not there
  /// before scrubbing.
  @inline(never)
  func contains(_ phrases: PhraseSet, _ start: Int, _ end: Int) -> Bool {
    phrases.stands(in: bytes, start, end, skip: endOfPlaceholder)
  }
}
