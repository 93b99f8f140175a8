import HTTPWire

/// What the Authorization field of a request holds (RFC 9110 section 11.4, RFC 6750 section 2.1).
enum Credentials: Equatable {
  /// Nothing, or a scheme that is not ours, such as a proxy's Basic.
  case none
  /// `Bearer` and a key by the grammar, good or not.
  case bearer(ArraySlice<UInt8>)
  /// `Bearer` with something else behind it, or several fields: of two keys neither counts.
  case malformed

  init(_ fields: HeaderFields) {
    switch fields.single("Authorization") {
    case .absent: self = .none
    case .repeated: self = .malformed
    case .value(let value): self.init(value)
    }
  }

  /// - Parameter value: the value of the field, trimmed.
  init(_ value: ArraySlice<UInt8>) {
    let scheme = value.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    let name = "bearer".utf8
    guard scheme.count == name.count, zip(scheme, name).allSatisfy({ $0 | 0x20 == $1 }) else {
      self = .none
      return
    }
    // One space or more (`1*SP`), no tab.
    let token = value.dropFirst(scheme.count).drop { $0 == UInt8(ascii: " ") }
    self = Self.isToken(token) ? .bearer(token) : .malformed
  }

  /// b64token: letters, digits, `-._~+/`, at least one of them, then any number of `=`.
  static func isToken(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
    let rest = bytes.drop { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "+"),
        UInt8(ascii: "/"):
        true
      default: false
      }
    }
    return rest.startIndex != bytes.startIndex && rest.allSatisfy { $0 == UInt8(ascii: "=") }
  }
}
