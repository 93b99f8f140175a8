/// Appends response heads and chunks to an output buffer (RFC 9112 sections 4, 6 and 7).
enum ResponseWriter {
  enum Framing: Equatable {
    case length(Int)
    case chunked
    /// No framing field: the status has no body, or (HTTP/1.0) the close ends it.
    case unmarked
  }

  enum Persistence: Equatable {
    /// What the version implies; nothing is written.
    case implied
    case close
    case keepAlive
  }

  static func appendHead(
    status: Int, fields: [(String, String)], date: HTTPDate, framing: Framing, persistence: Persistence,
    to output: inout [UInt8]
  ) {
    precondition((200...599).contains(status), "no final status: \(status)")
    append("HTTP/1.1 ", to: &output)
    append(decimal: status, to: &output)
    output.append(ASCII.space)
    append(StatusLine.reason(status), to: &output)
    append("\r\nDate: ", to: &output)
    output.append(contentsOf: date.bytes)
    append("\r\nX-Content-Type-Options: nosniff\r\n", to: &output)
    for (name, value) in fields where !isReserved(name) {
      appendClean(name, to: &output)
      append(": ", to: &output)
      appendClean(value, to: &output)
      append("\r\n", to: &output)
    }
    switch framing {
    case .length(let bytes):
      append("Content-Length: ", to: &output)
      append(decimal: bytes, to: &output)
      append("\r\n", to: &output)
    case .chunked: append("Transfer-Encoding: chunked\r\n", to: &output)
    case .unmarked: break
    }
    switch persistence {
    case .implied: append("\r\n", to: &output)
    case .close: append("Connection: close\r\n\r\n", to: &output)
    case .keepAlive: append("Connection: keep-alive\r\n\r\n", to: &output)
    }
  }

  /// One chunk; nothing for no bytes, because an empty chunk would end the body.
  static func appendChunk(_ bytes: [UInt8], to output: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    var shift = (Int.bitWidth - bytes.count.leadingZeroBitCount - 1) / 4 * 4
    while shift >= 0 {
      let digit = UInt8(truncatingIfNeeded: bytes.count >> shift) & 15
      output.append(digit < 10 ? ASCII.zero + digit : 0x57 + digit)
      shift -= 4
    }
    append("\r\n", to: &output)
    output.append(contentsOf: bytes)
    append("\r\n", to: &output)
  }

  static func append(_ text: StaticString, to output: inout [UInt8]) {
    // Bound: a static string owns exactly its own code units.
    output.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  static func append(decimal number: Int, to output: inout [UInt8]) {
    var divisor = 1
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      output.append(ASCII.zero + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }

  /// Control bytes become spaces (RFC 9110 section 5.5).
  private static func appendClean(_ text: String, to output: inout [UInt8]) {
    let start = output.count
    output.append(contentsOf: text.utf8)
    for index in start..<output.count where !ASCII.isText(output[index]) { output[index] = ASCII.space }
  }

  private static func isReserved(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { bytes in
      switch bytes.count {
      case 4: bytes.equalsIgnoringCase("date")
      case 10: bytes.equalsIgnoringCase("connection")
      case 14: bytes.equalsIgnoringCase("content-length")
      case 17: bytes.equalsIgnoringCase("transfer-encoding")
      default: false
      }
    }
  }
}
