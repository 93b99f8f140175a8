/// Appends compact JSON to a byte buffer. The caller opens and closes objects and arrays in the right order.
package struct JSONWriter {
  package var bytes: [UInt8]
  private var needsComma = false

  package init(reserving count: Int = 512) {
    bytes = []
    bytes.reserveCapacity(count)
  }

  package mutating func object(_ body: (inout JSONWriter) -> Void) { nest("{", "}", body) }
  package mutating func array(_ body: (inout JSONWriter) -> Void) { nest("[", "]", body) }

  /// The name of the member whose value is written next.
  package mutating func key(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    // In bounds: a literal's own bytes. Names in the source need no escaping.
    bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func key(_ name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func string(_ text: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { escape($0) }
    bytes.append(UInt8(ascii: "\""))
  }

  package mutating func integer(_ value: Int) {
    guard (0...9).contains(value) else { return raw(String(value)) }
    separate()
    bytes.append(UInt8(ascii: "0") + UInt8(value))
  }

  /// The text of another document, the same bytes as `string` would write of it; empty where there is none.
  package mutating func string(of element: JSONElement?) {
    guard let content = element?.written else { return string(element?.string ?? "") }
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: content)
    bytes.append(UInt8(ascii: "\""))
  }

  package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
  package mutating func null() { raw("null") }

  /// The shortest decimal text that reads back as the same number; `value` is finite.
  package mutating func number(_ value: Double) {
    raw(value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)")
  }

  package mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let flag): bool(flag)
    case .number(let text): raw(text)
    case .string(let text): string(text)
    case .array(let items): array { writer in for item in items { writer.value(item) } }
    case .object(let members):
      object { writer in
        for member in members {
          writer.key(member.name)
          writer.value(member.value)
        }
      }
    }
  }

  /// Text that is one JSON value already.
  package mutating func raw(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  /// Bytes that are one JSON value already.
  package mutating func raw(_ value: [UInt8]) {
    separate()
    bytes.append(contentsOf: value)
  }

  private mutating func nest(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(UInt8(ascii: open))
    needsComma = false
    body(&self)
    bytes.append(UInt8(ascii: close))
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  /// Written in pieces through a buffer on the stack, where no byte needs a look at the array's capacity.
  private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.pieceBytes * Self.escapeBytesMax + 16) { out in
      var start = 0
      while start < text.count {
        let end = min(start + Self.pieceBytes, text.count)
        let count = Self.escape(UnsafeBufferPointer(rebasing: text[start..<end]), into: out)
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(out)[..<count]))
        start = end
      }
    }
  }

  /// A temporary buffer of up to 1,024 bytes is on the stack.
  private static let pieceBytes = 168
  /// `\u0000`.
  private static let escapeBytesMax = 6

  /// Gives how much was written. `out` holds `escapeBytesMax` times the piece and sixteen bytes more.
  private static func escape(
    _ piece: UnsafeBufferPointer<UInt8>, into out: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var at = 0
    var end = 0
    while at < piece.count {
      if at + 16 <= piece.count {
        let some = SixteenBytes(piece, at: at)
        // In bounds: what is written never runs ahead of six times what was read, and `out` has sixteen bytes more.
        some.copy(to: out, at: end)
        guard let plain = some.beforeEscape else {
          at += 16
          end += 16
          continue
        }
        at += plain
        end += plain
      }
      let byte = piece[at]
      at += 1
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        end = writeEscape(of: byte, into: out, at: end)
      } else {
        out[end] = byte
        end += 1
      }
    }
    return end
  }

  private static func writeEscape(
    of byte: UInt8, into out: UnsafeMutableBufferPointer<UInt8>, at start: Int
  ) -> Int {
    out[start] = UInt8(ascii: "\\")
    switch byte {
    case 0x0A: out[start + 1] = UInt8(ascii: "n")
    case 0x0D: out[start + 1] = UInt8(ascii: "r")
    case 0x09: out[start + 1] = UInt8(ascii: "t")
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): out[start + 1] = byte
    default:
      out[start + 1] = UInt8(ascii: "u")
      out[start + 2] = UInt8(ascii: "0")
      out[start + 3] = UInt8(ascii: "0")
      out[start + 4] = 0x30 | byte >> 4
      // Of the control bytes only the lower digit can be a letter.
      out[start + 5] = byte & 15 < 10 ? 0x30 | byte & 15 : 0x57 + (byte & 15)
      return start + 6
    }
    return start + 2
  }
}
