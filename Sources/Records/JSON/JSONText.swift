/// Decoding of what stands between the quotes of a JSON string that the parser has already checked.
enum JSONText {
  /// Escapes never decode to more bytes than they have.
  static func decode(_ content: ArraySlice<UInt8>) -> String {
    let decoded = content.withUnsafeBufferPointer { content in
      [UInt8](unsafeUninitializedCapacity: content.count) { $1 = decode(content, into: $0) }
    }
    return string(of: decoded.span)
  }

  /// Of bytes that the parser has found to be UTF-8. Looked at once more they cost, once one of them is not ASCII, as much
  /// as parsing did.
  static func string(of bytes: Span<UInt8>) -> String {
    var text = UTF8Span(unchecked: bytes)
    // As far as the first that is not: String compares and hashes ASCII without normalising it.
    _ = text.checkForASCII()
    return String(copying: text)
  }

  /// Whether the content, decoded, is exactly these bytes.
  static func decodes(_ content: ArraySlice<UInt8>, to bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    decode(content).utf8.elementsEqual(bytes)
  }

  /// Whether all escapes are those that `JSONWriter` uses for characters that have one of two bytes. Nothing else can
  /// differ: all that it escapes a JSON text must escape as well.
  static func isWritten(_ content: ArraySlice<UInt8>) -> Bool {
    content.withUnsafeBufferPointer { content in
      var at = 0
      while at < content.count {
        if at + 16 <= content.count {
          guard let plain = SixteenBytes(content, at: at).beforeBackslash else {
            at += 16
            continue
          }
          at += plain
        }
        if content[at] == UInt8(ascii: "\\") {
          // In bounds: an escape has two bytes at least, as the parser has checked.
          switch content[at + 1] {
          case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "\""), UInt8(ascii: "\\"): at += 2
          default: return false
          }
        } else {
          at += 1
        }
      }
      return true
    }
  }

  private static func decode(
    _ content: UnsafeBufferPointer<UInt8>, into out: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var end = 0
    var at = 0
    while at < content.count {
      if at + 16 <= content.count {
        let some = SixteenBytes(content, at: at)
        // In bounds: no more is ever written than was read, and `out` is as long as the content.
        some.copy(to: out, at: end)
        guard let plain = some.beforeBackslash else {
          at += 16
          end += 16
          continue
        }
        at += plain
        end += plain
      }
      let byte = content[at]
      guard byte == UInt8(ascii: "\\") else {
        out[end] = byte
        end += 1
        at += 1
        continue
      }
      let escape = content[at + 1]
      at += 2
      switch escape {
      case UInt8(ascii: "n"): out[end] = 0x0A
      case UInt8(ascii: "t"): out[end] = 0x09
      case UInt8(ascii: "r"): out[end] = 0x0D
      case UInt8(ascii: "b"): out[end] = 0x08
      case UInt8(ascii: "f"): out[end] = 0x0C
      case UInt8(ascii: "u"):
        var scalar = unit(content, at)
        at += 4
        if (0xD800..<0xDC00).contains(scalar) {
          scalar = 0x10000 + (scalar - 0xD800) << 10 + (unit(content, at + 2) - 0xDC00)
          at += 6
        }
        // The parser has refused lone surrogates, so every value here is a scalar.
        for byte in UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? .init() {
          out[end] = byte
          end += 1
        }
        continue
      default: out[end] = escape
      }
      end += 1
    }
    return end
  }

  private static func unit(_ content: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32 {
    content[at..<at + 4].reduce(0) { $0 << 4 | UInt32(hexDigit($1) ?? 0) }
  }
}

/// 0–15 for an ASCII hexadecimal digit of either case.
package func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
