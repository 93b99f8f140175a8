import HTTPWire

extension RequestHead {
  var isJSON: Bool { hasMediaType("application/json") }

  /// Whether Content-Type names exactly this type, in any case and with any parameters. False when it stands twice.
  func hasMediaType(_ lowercase: String) -> Bool {
    guard case .value(let value) = fields.single("Content-Type") else { return false }
    let type = value.prefix { $0 != UInt8(ascii: ";") }.trimmed
    return type.count == lowercase.utf8.count
      && zip(type, lowercase.utf8).allSatisfy { ($0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0) == $1 }
  }

  /// nil when the body is as it is: no Content-Encoding, or `identity`.
  var contentCoding: String? {
    guard let coding = fields.text("Content-Encoding") else { return nil }
    let lowercase = String(decoding: coding.utf8.map { $0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0 }, as: UTF8.self)
    return lowercase == "identity" ? nil : lowercase
  }
}

extension Collection<UInt8> {
  fileprivate var trimmed: [UInt8] {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    return Array(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
