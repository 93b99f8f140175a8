/// MAC addresses.
extension Scan {
  /// Six pairs of hex digits with one kind of separator; `index` is the first separator.
  func macAddress(at index: Int) -> Bool {
    let start = index - 2
    let separator = at(index)
    guard start >= claimed, beginsWord(start), at(start - 1) != separator || isLabel(start - 1) else { return false }
    var value: UInt64 = 0
    for pair in 0..<6 {
      let position = start + pair * 3
      guard Ascii.isHex(at(position)), Ascii.isHex(at(position + 1)) else { return false }
      guard pair == 5 || at(position + 2) == separator else { return false }
      value = value << 8 | UInt64(Ascii.hexValue(at(position)) << 4 | Ascii.hexValue(at(position + 1)))
    }
    let end = start + 17
    guard !continuesWord(end), at(end) != separator || !Ascii.isHex(at(end + 1)) else { return false }
    // All zero, broadcast and groups (the first octet is odd), the documentation range (RFC 7042 section 2.1.1), and typed examples.
    let examples: Set<UInt64> = [
      0, 0xFFFF_FFFF_FFFF, 0x0011_2233_4455, 0xAABB_CCDD_EEFF, 0x0123_4567_89AB, 0x0001_0203_0405,
    ]
    let vendor = value >> 24
    guard !examples.contains(value), vendor & 0x010000 == 0, value >> 8 != 0x00_005E_0053 else {
      return false
    }
    return claim(start, end, .mac)
  }

  /// Before the sign at `end` stands a name, `MAC:`, `hw-addr:` or `地址：`, and no group of digits.
  private func isLabel(_ end: Int) -> Bool {
    // What stood there was taken out, and was no name: the next scrubbing would see the bracket of its placeholder.
    if end == claimed, end > 0 { return false }
    let before = at(end - 1)
    // A bracket, a quote, a blank, a letter of another script.
    if before != at(end), !Ascii.isWord(before) { return end > 0 }
    var start = end
    while start > 0, end - start < 5, Ascii.isWord(bytes[start - 1]) { start -= 1 }
    return end - start > 1 && (start..<end).contains { !Ascii.isHex(bytes[$0]) }
  }

  /// Three groups of four hex digits, as routers write it; `index` is the first full stop.
  func dottedMac(at index: Int) -> Bool {
    let start = index - 4
    guard at(index + 5) == 0x2E, start >= claimed, beginsWord(start), at(start - 1) != 0x2E, at(start - 1) != 0x2A
    else { return false }
    var letters = 0
    for group in 0..<3 {
      var hasLetter = false
      for position in start + group * 5..<start + group * 5 + 4 {
        guard Ascii.isHex(at(position)) else { return false }
        hasLetter = hasLetter || !Ascii.isDigit(at(position))
      }
      if hasLetter { letters += 1 }
    }
    let end = start + 14
    guard !continuesWord(end), at(end) != 0x2E || !Ascii.isAlnum(at(end + 1)) else { return false }
    // Collation keys and hex dumps look the same but for their digits.
    guard letters > 1 || isDescribed(start, end, hasLetter: letters > 0) else { return false }
    let first = bytes[start]
    // Broadcast and all zero.
    guard (start..<end).contains(where: { bytes[$0] != 0x2E && Ascii.lower(bytes[$0]) != Ascii.lower(first) }) else {
      return false
    }
    return claim(start, end, .mac)
  }

  /// The line is about a network: `arp`, `Address is X (bia X)`, `X  DYNAMIC  Gi1/0/1`.
  private func isDescribed(_ start: Int, _ end: Int, hasLetter: Bool) -> Bool {
    if mentions(["mac", "arp", "ether", "vlan", "hwaddr", "address is", "bia ", "sticky"], before: start, window: 64) {
      return true
    }
    var high = end
    while high < bytes.count, high - end < 40, !isLineEnd(high) { high += 1 }
    return containsOne(of: hasLetter ? ["arpa", "dynamic", "static", "vlan", "bia "] : ["arpa", "dynamic"], end, high)
  }
}
