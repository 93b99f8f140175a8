/// What stands in the files for a user or a session: the first eight bytes of an HMAC, written as 16 lower-case hex digits.
package struct Pseudonym: Hashable, Sendable, CustomStringConvertible {
  package let value: UInt64

  package init(value: UInt64) { self.value = value }

  /// Exactly 16 lower-case hex digits, or nil.
  package init?(hex: String) {
    let digits = hex.utf8
    guard digits.count == 16 else { return nil }
    var value: UInt64 = 0
    for digit in digits {
      guard let nibble = Hex.value(digit) else { return nil }
      value = value << 4 | UInt64(nibble)
    }
    self.value = value
  }

  package var hex: String {
    // In bounds: sixteen digits into a buffer of sixteen, all of them written.
    String(unsafeUninitializedCapacity: 16) { buffer in
      for index in 0..<16 {
        buffer[index] = Hex.digit(UInt8(truncatingIfNeeded: value >> UInt64(60 - 4 * index)) & 15)
      }
      return 16
    }
  }

  package var description: String { hex }
}
