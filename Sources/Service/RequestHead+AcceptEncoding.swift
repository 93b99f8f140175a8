import HTTPWire

extension RequestHead {
  /// Whether the answer may be compressed with gzip (RFC 9110 section 12.5.3). Without the field it is not, though it
  /// might be; a line that is not well formed allows nothing.
  var acceptsGzip: Bool {
    var named: Bool?
    var any: Bool?
    for line in fields.all("Accept-Encoding") {
      for element in line.split(separator: UInt8(ascii: ",")) {
        let parts = element.split(separator: UInt8(ascii: ";")).map(\.lowercaseText)
        let isWanted = parts.count == 1 || (parts.count == 2 && Self.isPositive(weight: parts[1]))
        switch parts.first {
        case "gzip", "x-gzip": named = (named ?? false) || isWanted
        case "*": any = (any ?? false) || isWanted
        default: break
        }
      }
    }
    return named ?? any ?? false
  }

  /// `q=0.001` to `q=1.000`.
  private static func isPositive(weight: String) -> Bool {
    guard weight.hasPrefix("q=") else { return false }
    let number = Array(weight.dropFirst(2).utf8)
    guard let first = number.first, number.count <= 5, number.count < 2 || number[1] == UInt8(ascii: ".") else {
      return false
    }
    let digits = number.dropFirst(2)
    guard digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return false }
    return first == 0x31 ? digits.allSatisfy { $0 == 0x30 } : first == 0x30 && digits.contains { $0 != 0x30 }
  }
}

extension Collection<UInt8> {
  fileprivate var lowercaseText: String {
    let bytes = drop { $0 == 0x20 || $0 == 0x09 }.reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed()
    return String(decoding: bytes.map { $0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
