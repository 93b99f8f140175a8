/// `uri-host [ ":" port ]` of the Host field and of absolute targets (RFC 9110 section 7.2, RFC 3986 section 3.2).
enum HostGrammar {
  /// True for a host by the grammar, not empty (RFC 9110 section 4.2.1), with at most one port of 0 … 65535 that may
  /// be empty. User information is no part of it.
  static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first else { return false }
    var index: Int
    if first == ASCII.openBracket {
      guard let close = bytes.firstIndex(of: ASCII.closeBracket), isLiteral(bytes.part(1..<close)) else { return false }
      index = close + 1
    } else {
      index = 0
      while index < bytes.count, bytes[index] != ASCII.colon {
        guard let next = regNameStep(bytes, index) else { return false }
        index = next
      }
      guard index > 0 else { return false }
    }
    guard index < bytes.count else { return true }
    return bytes[index] == ASCII.colon && isPort(bytes.part(index + 1..<bytes.count))
  }

  /// The index after one character or escape of a reg-name.
  private static func regNameStep(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
    if ByteSet.regName.contains(bytes[index]) { return index + 1 }
    return TargetGrammar.isEscape(bytes, at: index) ? index + 3 : nil
  }

  private static func isPort(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var port = 0
    for byte in bytes {
      guard ASCII.isDigit(byte) else { return false }
      port = port * 10 + Int(byte - ASCII.zero)
      guard port <= 65_535 else { return false }
    }
    return true
  }

  /// What stands in brackets: an IPv6 address, or a future version.
  private static func isLiteral(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first else { return false }
    return ASCII.lower(first) == 0x76 ? isFuture(bytes) : isIPv6(bytes)
  }

  /// `"v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )`.
  private static func isFuture(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let dot = bytes.firstIndex(of: ASCII.dot), dot > 1, dot + 1 < bytes.count else { return false }
    for index in 1..<dot where ASCII.hexValue(bytes[index]) == nil { return false }
    for byte in bytes.part(dot + 1..<bytes.count) where !ByteSet.regName.contains(byte) && byte != ASCII.colon {
      return false
    }
    return true
  }

  /// Eight groups of 1 to 4 hexadecimal digits; one `::` stands for one group or more; the last two groups may be an
  /// IPv4 address.
  private static func isIPv6(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var groups = 0
    var elided = false
    var index = 0
    if bytes.count >= 2, bytes[0] == ASCII.colon {
      guard bytes[1] == ASCII.colon else { return false }
      elided = true
      index = 2
    }
    while index < bytes.count {
      let start = index
      while index < bytes.count, index - start < 5, ASCII.hexValue(bytes[index]) != nil { index += 1 }
      if index < bytes.count, bytes[index] == ASCII.dot {
        guard isIPv4(bytes.part(start..<bytes.count)) else { return false }
        groups += 2
        break
      }
      guard index > start, index - start <= 4 else { return false }
      groups += 1
      guard index < bytes.count else { break }
      guard bytes[index] == ASCII.colon, index + 1 < bytes.count else { return false }
      index += 1
      if bytes[index] == ASCII.colon {
        guard !elided else { return false }
        elided = true
        index += 1
      }
    }
    return elided ? groups <= 7 : groups == 8
  }

  /// Four numbers of 0 … 255 without leading zeros.
  private static func isIPv4(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var parts = 0
    var index = 0
    while parts < 4 {
      let start = index
      var value = 0
      while index < bytes.count, index - start < 3, ASCII.isDigit(bytes[index]) {
        value = value * 10 + Int(bytes[index] - ASCII.zero)
        index += 1
      }
      guard index > start, value <= 255, index - start == 1 || bytes[start] != ASCII.zero else { return false }
      parts += 1
      if parts < 4 {
        guard index < bytes.count, bytes[index] == ASCII.dot else { return false }
        index += 1
      }
    }
    return index == bytes.count
  }
}
