/// The body of one `POST /v1/log`: the four required members.
package struct Conversation {
  package let userID: String
  package let sessionID: String
  package let userMessage: String
  package let assistantMessage: String

  package var json: [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(userMessage.utf8.count + assistantMessage.utf8.count + 256)
    let members = [
      ("{\"user_id\":", userID), (",\"session_id\":", sessionID), (",\"user_message\":", userMessage),
      (",\"assistant_message\":", assistantMessage),
    ]
    for (key, value) in members {
      out += key.utf8
      Self.appendString(value, to: &out)
    }
    out.append(UInt8(ascii: "}"))
    return out
  }

  /// RFC 8259 section 7. The texts hold no control characters but line feed and tab.
  private static func appendString(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): out += "\\\"".utf8
      case UInt8(ascii: "\\"): out += "\\\\".utf8
      case UInt8(ascii: "\n"): out += "\\n".utf8
      case UInt8(ascii: "\t"): out += "\\t".utf8
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
