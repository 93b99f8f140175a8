/// The value of an `Idempotency-Key` field (draft-ietf-httpapi-idempotency-key-header): a structured string, or the same
/// bare. `"a"` and `a` are one key.
package struct IdempotencyKey: Sendable {
  package static let bytesMax = 255

  /// 1–255 bytes; raw, so never stored nor logged.
  package let bytes: [UInt8]

  /// nil when the value is empty, too long, or has a broken quotation.
  package init?(_ value: some Collection<UInt8>) {
    let value = Array(value)
    guard let bytes = value.first == UInt8(ascii: "\"") ? Self.unquoted(value) : value,
      (1...Self.bytesMax).contains(bytes.count)
    else { return nil }
    self.bytes = bytes
  }

  /// The content of a structured-field string (RFC 9651, section 3.3.3).
  private static func unquoted(_ value: [UInt8]) -> [UInt8]? {
    guard value.count >= 2, value.last == UInt8(ascii: "\"") else { return nil }
    var bytes: [UInt8] = []
    var escaped = false
    for byte in value[1..<(value.count - 1)] {
      if escaped {
        guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { return nil }
        bytes.append(byte)
        escaped = false
      } else if byte == UInt8(ascii: "\\") {
        escaped = true
      } else if byte == UInt8(ascii: "\"") {
        return nil
      } else {
        bytes.append(byte)
      }
    }
    return escaped ? nil : bytes
  }
}
