import HTTPWire

extension RequestHead {
  var isJSON: Bool { hasMediaType("application/json") }

  /// Whether Content-Type names exactly this type, in any case and with any parameters. False when it stands twice.
  func hasMediaType(_ lowercase: String) -> Bool {
    guard case .value(let value) = fields.single("Content-Type") else { return false }
    return value.prefix { $0 != UInt8(ascii: ";") }.trimmed.equals(lowercase)
  }
}

extension Collection<UInt8> {
  /// Without spaces and tabs at the ends.
  var trimmed: [UInt8] {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    return Array(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }

  /// Without regard to the case of ASCII letters.
  func equals(_ lowercase: String) -> Bool {
    count == lowercase.utf8.count
      && zip(self, lowercase.utf8).allSatisfy { ($0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0) == $1 }
  }
}
