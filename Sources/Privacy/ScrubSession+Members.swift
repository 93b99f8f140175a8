extension ScrubSession {
  /// The quotes that a placeholder needs so that JSON stays JSON: those of the name, with their escapes, where the span is
  /// a bare number that stands as a member's value. Empty everywhere else.
  static func quotes(of span: Scan.Span, in bytes: UnsafeBufferPointer<UInt8>) -> ArraySlice<UInt8> {
    guard bytes[span.start..<span.end].allSatisfy(Ascii.isDigit),
      span.end == bytes.count || endsNumber(bytes[span.end])
    else { return [] }
    var at = start(ofBlanksBefore: span.start, in: bytes)
    guard at > 0, bytes[at - 1] == UInt8(ascii: ":") else { return [] }
    at = start(ofBlanksBefore: at - 1, in: bytes)
    guard at > 0, bytes[at - 1] == UInt8(ascii: "\"") else { return [] }
    let end = at
    at -= 1
    while at > 0, bytes[at - 1] == UInt8(ascii: "\\") { at -= 1 }
    return Array(bytes[at..<end])[...]
  }

  private static func start(ofBlanksBefore index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var at = index
    // No number stands farther from its name.
    while at > 0, index - at < 64, bytes[at - 1] == 0x20 { at -= 1 }
    return at
  }

  /// Ends and blanks of JSON, or the escape of a line end in JSON within JSON.
  private static func endsNumber(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == 0x20 || byte == 0x0A || byte == 0x0D
      || byte == UInt8(ascii: "\\")
  }
}
