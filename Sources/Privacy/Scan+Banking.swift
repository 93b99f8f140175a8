/// IBAN (ISO 13616): the country's length, then the remainder 1 modulo 97.
extension Scan {
  func bankAccount(at index: Int) -> Bool {
    guard let length = Iban.length(at(index), at(index + 1)), Ascii.isDigit(at(index + 3)) else { return false }
    var position = index
    var taken = 0
    var remainder = 0
    var head = 0
    // The first four characters count as the last ones (ISO 7064 MOD 97-10): keep them aside.
    while taken < length {
      let byte = at(position)
      guard Ascii.isAlnum(byte) else {
        guard byte == 0x20 || byte == 0x2D, taken.isMultiple(of: 4) || taken > 4, Ascii.isAlnum(at(position + 1)) else {
          return false
        }
        position += 1
        continue
      }
      let value = Ascii.isDigit(byte) ? Int(byte - 0x30) : Int((byte | 0x20) - 0x57)
      if taken < 4 {
        head = head * (value > 9 ? 100 : 10) + value
      } else {
        remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
      }
      taken += 1
      position += 1
    }
    guard !continuesWord(position), (remainder * 1_000_000 + head) % 97 == 1 else { return false }
    return claim(index, position, .iban)
  }
}

/// Lengths by country, from the SWIFT IBAN registry.
enum Iban {
  static func length(_ first: UInt8, _ second: UInt8) -> Int? {
    lengths[Int(Ascii.lower(first)) << 8 | Int(Ascii.lower(second))]
  }

  private static let lengths: [Int: Int] = {
    let rows = """
      no15 be16 bi16 dk18 fk18 fi18 fo18 gl18 nl18 sd18 mk19 si19 at20 ba20 ee20 kz20 lt20 lu20 xk20 mn20 ch21 hr21 \
      li21 lv21 bg22 bh22 cr22 de22 gb22 ge22 ie22 me22 rs22 va22 ae23 gi23 il23 iq23 om23 so23 tl23 ad24 cz24 es24 \
      md24 pk24 ro24 sa24 se24 sk24 tn24 vg24 ly25 pt25 st25 is26 tr26 az28 cy28 al28 do28 gt28 hu28 lb28 ni28 pl28 \
      sv28 by28 fr27 gr27 it27 mc27 mr27 sm27 dj27 br29 eg29 ps29 qa29 ua29 jo30 kw30 mu30 yt27 mt31 sc31 lc32 ru33
      """
    var table: [Int: Int] = [:]
    for row in rows.utf8.split(separator: 0x20) {
      let bytes = Array(row)
      table[Int(bytes[0]) << 8 | Int(bytes[1])] = Int(bytes[2] - 0x30) * 10 + Int(bytes[3] - 0x30)
    }
    return table
  }()
}
