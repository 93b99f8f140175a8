import CVector

/// The words and marks of prose.
extension Scan {
  /// What stands behind a key word here neither is a value nor leads to one: `password=`, `password.`.
  func isOver(_ end: Int) -> Bool {
    switch at(end) {
    case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "\\"),
      UInt8(ascii: "("), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), 0x80...:
      false
    default: at(end - 1) < 0x80
    }
  }

  /// The end of a word of prose, 40 bytes at most: an apostrophe between letters is part of it.
  func endOfProse(_ start: Int) -> Int {
    let limit = min(bytes.count, start + 40)
    var end = start
    while end < limit {
      if end + 16 <= bytes.count {
        // In bounds: all sixteen are in the text.
        let stops = cv_word_stops(bytes.base + end)
        guard stops != 0 else {
          end += 16
          continue
        }
        end += stops.trailingZeroBitCount
        if end >= limit { break }
      }
      guard bytes[end] > 0x20, bytes[end] != 0x5C, !Ascii.isQuote(bytes[end]) || isApostrophe(end) else { return end }
      end += 1
    }
    return min(end, limit)
  }

  func endsClause(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "="),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "!"), UInt8(ascii: "?"):
      true
    default: false
    }
  }

  /// `d'accès`: a letter on either side.
  func isApostrophe(_ index: Int) -> Bool {
    bytes[index] == 0x27 && Ascii.isLetter(at(index - 1)) && (Ascii.isLetter(at(index + 1)) || at(index + 1) >= 0x80)
  }

  /// Letters and a blank.
  func isPlainWord(_ index: Int) -> Bool {
    var end = index
    while Ascii.isLetter(at(end)) { end += 1 }
    return at(end) <= 0x20
  }
}
