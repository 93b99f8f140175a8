/// The id of an example: a UUIDv7 (RFC 9562, section 5.7), 48 bits of Unix milliseconds before the random part.
package struct ExampleID: Hashable, Comparable, BitwiseCopyable, Sendable, CustomStringConvertible {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  package static func < (a: ExampleID, b: ExampleID) -> Bool { (a.high, a.low) < (b.high, b.low) }

  /// `milliseconds` below 2⁴⁸, `sequence` the 12 bits behind it (ordering within a millisecond), `random` 62 bits.
  package init(milliseconds: Int64, sequence: UInt16, random: UInt64) {
    high = UInt64(truncatingIfNeeded: milliseconds) << 16 | 0x7000 | UInt64(sequence & 0x0FFF)
    low = 0x8000_0000_0000_0000 | random & 0x3FFF_FFFF_FFFF_FFFF
  }

  /// Reads the 36-character text of a UUIDv7 in either case; nil for any other version or variant.
  package init?(_ text: String) {
    var text = text
    guard let id = text.withUTF8({ ExampleID(utf8: $0) }) else { return nil }
    self = id
  }

  /// The same of the bytes of the text.
  package init?(utf8 text: UnsafeBufferPointer<UInt8>) {
    guard let uuid = UUIDText.parse(text) else { return nil }
    (high, low) = uuid
    guard high >> 12 & 0xF == 7, low >> 62 == 0b10 else { return nil }
  }

  package var timestamp: Timestamp { Timestamp(milliseconds: Int64(high >> 16)) }
  package var description: String { UUIDText.format(high: high, low: low) }

  package var bytes: [UInt8] {
    // In bounds: two words of eight bytes are written.
    [UInt8](unsafeUninitializedCapacity: 16) { out, count in
      let raw = UnsafeMutableRawBufferPointer(out)
      raw.storeBytes(of: high.bigEndian, as: UInt64.self)
      raw.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
      count = 16
    }
  }

  /// From 16 bytes in network order.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    (high, low) = bytes.withUnsafeBytes { raw in
      // In bounds: there are 16, as was checked.
      (
        UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      )
    }
  }
}

/// The text form of any UUID (RFC 9562, section 4).
package enum UUIDText {
  /// A UUIDv4 (RFC 9562, section 5.4) from 128 random bits, of which six make way for version and variant.
  package static func version4(high: UInt64, low: UInt64) -> String {
    format(high: high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000, low: low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
  }

  package static func format(high: UInt64, low: UInt64) -> String {
    // In bounds: 32 digits and 4 dashes are written.
    String(unsafeUninitializedCapacity: 36) { buffer in
      var at = 0
      for index in 0..<32 {
        if index == 8 || index == 12 || index == 16 || index == 20 {
          buffer[at] = UInt8(ascii: "-")
          at += 1
        }
        let word = index < 16 ? high : low
        let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (index % 16)) & 0xF)
        buffer[at] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        at += 1
      }
      return at
    }
  }

  package static func parse(_ text: String) -> (high: UInt64, low: UInt64)? {
    var text = text
    return text.withUTF8(parse)
  }

  package static func parse(_ text: UnsafeBufferPointer<UInt8>) -> (high: UInt64, low: UInt64)? {
    guard text.count == 36 else { return nil }
    var words: (high: UInt64, low: UInt64) = (0, 0)
    for position in 0..<36 {
      if position == 8 || position == 13 || position == 18 || position == 23 {
        guard text[position] == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = hexDigit(text[position]) else { return nil }
      // The digits of both words stand on either side of the third dash.
      if position < 18 {
        words.high = words.high << 4 | UInt64(digit)
      } else {
        words.low = words.low << 4 | UInt64(digit)
      }
    }
    return words
  }
}
