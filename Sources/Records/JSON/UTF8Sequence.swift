/// Well-formed multi-byte sequences by the table of the Unicode Standard, section 3.9 (D92).
package enum UTF8Sequence {
  /// Whether all of the text is well-formed. ASCII is passed sixteen bytes at a time.
  package static func isWellFormed(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { text in
      var at = 0
      while at < text.count {
        if at + 16 <= text.count {
          guard let plain = SixteenBytes(text, at: at).beforeNonASCII else {
            at += 16
            continue
          }
          at += plain
        }
        if text[at] < 0x80 {
          at += 1
        } else if let length = length(in: bytes, at: at) {
          at += length
        } else {
          return false
        }
      }
      return true
    }
  }

  /// Length 2–4 of the well-formed sequence that starts at `at` with a byte of 0x80 or above; nil for an ill-formed one
  /// (stray continuation, overlong form, surrogate, above U+10FFFF, cut off).
  static func length(in bytes: [UInt8], at: Int) -> Int? {
    let first = bytes[at]
    let (length, second): (Int, ClosedRange<UInt8>)
    switch first {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard at + length <= bytes.count, second.contains(bytes[at + 1]) else { return nil }
    for offset in 2..<max(length, 2) where bytes[at + offset] & 0xC0 != 0x80 { return nil }
    return length
  }
}
