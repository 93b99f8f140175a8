/// Passwords in the authority of a URL: `scheme://user:PASSWORD@host` (RFC 3986 section 3.2.1).
extension Scan {
  private static var authorityMax: Int { 8192 }
  private static let urlPlaceholders: [StaticString] = [
    "changeme", "change_me", "change-me", "replaceme", "replace_me", "replace-me", "your_", "your-", "yourpass",
    "placeholder", "redacted",
  ]

  func urlPassword(at index: Int) -> Bool {
    guard Ascii.isAlnum(at(index - 1)) else { return false }
    let start = index + 3
    var colon: Int?
    var sign: Int?
    var position = start
    while position < bytes.count, position - start < Scan.authorityMax {
      let byte = bytes[position]
      if byte <= 0x20 || byte == 0x2F || byte == 0x5C || byte == 0x3C || byte == 0x3E || Ascii.isQuote(byte) { break }
      if byte == 0x3A, colon == nil { colon = position }
      if byte == 0x40 { sign = position }
      position += 1
    }
    guard let colon, let sign, colon < sign, isUrlSecret(colon + 1, sign) else { return false }
    return claim(colon + 1, sign, .password)
  }

  /// Not a variable, a placeholder, or the word "password" itself.
  func isUrlSecret(_ start: Int, _ end: Int) -> Bool {
    guard start < end else { return false }
    for index in start..<end {
      switch bytes[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "<"): return false
      case UInt8(ascii: "$") where index == start && Ascii.isLetter(at(index + 1)): return false
      case UInt8(ascii: "%") where !(Ascii.isHex(at(index + 1)) && Ascii.isHex(at(index + 2))): return false
      default: continue
      }
    }
    if isOne(of: ["password", "passwd", "pass", "pwd", "postgres", "guest", "x", "root", "mysql"], start, end) {
      return false
    }
    return !(start..<end).allSatisfy { bytes[$0] == UInt8(ascii: "*") || bytes[$0] | 0x20 == UInt8(ascii: "x") }
      && !containsOne(of: Scan.urlPlaceholders, start, end)
  }
}
