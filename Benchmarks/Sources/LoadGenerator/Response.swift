/// One HTTP/1.1 response at the start of a buffer. Strict where laxity would hide a broken server: exactly one
/// Content-Length, no transfer coding, CRLF line ends (RFC 9112 sections 2 to 6).
package struct Response: Equatable {
  package let status: Int
  /// The body, as offsets into the parsed bytes. Its end is the end of the response.
  package let body: Range<Int>
  /// True when the server announced that it will close the connection.
  package let closes: Bool

  package enum Parse: Equatable {
    case complete(Response)
    /// A correct beginning; parse again when more has arrived.
    case incomplete
    case malformed(String)
  }

  /// A head longer than this is malformed, so that a stream without an end cannot hold the benchmark.
  package static let headBytesMax = 16 * 1024
  package static let bodyBytesMax = 1 << 20

  package static func parse(_ bytes: UnsafeRawBufferPointer) -> Parse {
    var line = LineReader(bytes: bytes)
    switch line.next() {
    case .needsMore: return bytes.count > headBytesMax ? .malformed("a head over 16 KiB") : .incomplete
    case .bare: return .malformed("a line feed without a carriage return")
    case .line(let range):
      guard let status = statusCode(bytes, range) else { return .malformed("not an HTTP/1.1 status line") }
      return parseFields(&line, status: status)
    }
  }

  private static func parseFields(_ line: inout LineReader, status: Int) -> Parse {
    let bytes = line.bytes
    var length: Int?
    var closes = false
    while true {
      switch line.next() {
      case .needsMore: return bytes.count > headBytesMax ? .malformed("a head over 16 KiB") : .incomplete
      case .bare: return .malformed("a line feed without a carriage return")
      case .line(let range) where range.isEmpty:
        guard let length else { return .malformed("no Content-Length") }
        let body = line.start..<(line.start + length)
        guard body.upperBound <= bytes.count else { return .incomplete }
        return .complete(Response(status: status, body: body, closes: closes))
      case .line(let range):
        guard let colon = bytes[range].firstIndex(of: UInt8(ascii: ":")) else {
          return .malformed("a field line without a colon")
        }
        let name = range.lowerBound..<colon
        let value = trimmed(bytes, (colon + 1)..<range.upperBound)
        if equals(bytes, name, "content-length") {
          guard length == nil, let parsed = decimal(bytes, value) else { return .malformed("a bad Content-Length") }
          length = parsed
        } else if equals(bytes, name, "transfer-encoding") {
          return .malformed("a transfer coding; the benchmark wants Content-Length")
        } else if equals(bytes, name, "connection"), equals(bytes, value, "close") {
          closes = true
        }
      }
    }
  }

  /// `HTTP/1.1 SP 3DIGIT` and then a space or the end of the line.
  private static func statusCode(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    guard range.count >= 12, equals(bytes, range.lowerBound..<(range.lowerBound + 9), "http/1.1 ") else { return nil }
    guard range.count == 12 || bytes[range.lowerBound + 12] == UInt8(ascii: " ") else { return nil }
    return decimal(bytes, (range.lowerBound + 9)..<(range.lowerBound + 12))
  }

  /// Digits alone, at most `bodyBytesMax`; nil otherwise.
  private static func decimal(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    guard !range.isEmpty else { return nil }
    var value = 0
    for byte in bytes[range] {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      guard value <= bodyBytesMax else { return nil }
    }
    return value
  }

  private static func trimmed(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start] == UInt8(ascii: " ") || bytes[start] == UInt8(ascii: "\t") { start += 1 }
    while start < end, bytes[end - 1] == UInt8(ascii: " ") || bytes[end - 1] == UInt8(ascii: "\t") { end -= 1 }
    return start..<end
  }

  /// Compares without regard to ASCII case; `lowered` must be lower-case.
  private static func equals(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ lowered: StaticString) -> Bool {
    guard range.count == lowered.utf8CodeUnitCount else { return false }
    return lowered.withUTF8Buffer { wanted in
      for (offset, byte) in wanted.enumerated() {
        let seen = bytes[range.lowerBound + offset]
        let isUpper = seen >= UInt8(ascii: "A") && seen <= UInt8(ascii: "Z")
        guard (isUpper ? seen | 0x20 : seen) == byte else { return false }
      }
      return true
    }
  }
}
