import Records

/// `application/x-www-form-urlencoded` parameters (WHATWG URL, section 5.1), strictly: bad escapes and bad UTF-8 are refused.
enum QueryParameters {
  static func parse(_ query: String) -> [(name: String, value: String)]? {
    var parameters: [(name: String, value: String)] = []
    for pair in query.utf8.split(separator: UInt8(ascii: "&")) {
      let equals = pair.firstIndex(of: UInt8(ascii: "="))
      guard let name = decode(pair[..<(equals ?? pair.endIndex)]),
        let value = decode(equals.map { pair[pair.index(after: $0)...] } ?? pair[pair.endIndex...])
      else { return nil }
      parameters.append((name, value))
    }
    return parameters
  }

  private static func decode(_ text: Substring.UTF8View) -> String? {
    let encoded = Array(text)
    var bytes: [UInt8] = []
    var at = 0
    while at < encoded.count {
      switch encoded[at] {
      case UInt8(ascii: "+"): bytes.append(0x20)
      case UInt8(ascii: "%"):
        guard at + 2 < encoded.count, let high = hexDigit(encoded[at + 1]), let low = hexDigit(encoded[at + 2]) else {
          return nil
        }
        bytes.append(high << 4 | low)
        at += 2
      case let byte: bytes.append(byte)
      }
      at += 1
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
