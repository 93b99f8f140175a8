/// Reads one request head line by line (RFC 9112 sections 2 to 5).
///
/// It is handed the unconsumed bytes from the request line on, each time from the same first byte, and remembers how
/// far it looked: no byte is searched twice. A verdict depends only on the bytes up to where it falls, never on how
/// they were split.
struct HeadParser {
  private(set) var method: Method?
  private(set) var versionMinor = 1
  private(set) var target: TargetGrammar?
  private(set) var entries: [HeaderFields.Entry] = []
  /// Where the search for the end of the current line goes on.
  private var scanned = 0
  private var lineStart = 0
  private var fieldsStart = 0

  init() {}

  /// The end of the head, after its empty line, or nil while bytes are missing.
  mutating func advance(
    _ bytes: UnsafeBufferPointer<UInt8>, limits: WireLimits
  ) throws(WireError) -> Int? {
    if target == nil {
      guard let end = try lineEnd(bytes, within: limits.requestLineBytes, else: .requestLineTooLong) else { return nil }
      try readRequestLine(bytes, 0..<end)
      begin(lineAt: end + 2)
      fieldsStart = lineStart
      entries.reserveCapacity(12)
    }
    while let end = try lineEnd(bytes, within: fieldsStart - lineStart + limits.headerBytes, else: .fieldsTooLong) {
      let line = lineStart..<end
      begin(lineAt: end + 2)
      if line.isEmpty { return lineStart }
      guard lineStart - fieldsStart <= limits.headerBytes else { throw .fieldsTooLong }
      guard entries.count < limits.headerLines else { throw .tooManyFields }
      entries.append(try Self.field(bytes, line))
    }
    return nil
  }

  private mutating func begin(lineAt index: Int) {
    lineStart = index
    scanned = index
  }

  /// The index of the CRLF that ends the current line, which may stand at most `length` bytes into it.
  ///
  /// A bare CR or LF and every other control byte is refused as soon as it is seen (RFC 9112 section 2.2).
  private mutating func lineEnd(
    _ bytes: UnsafeBufferPointer<UInt8>, within length: Int, else tooLong: WireError
  ) throws(WireError) -> Int? {
    let bound = lineStart + length + 1
    let end = min(bytes.count, bound)
    var index = scanned
    // Bound: `index` stays below `end`, which is at most `bytes.count`.
    while index < end, ASCII.isText(bytes[index]) { index += 1 }
    scanned = index
    guard index < end else {
      if index >= bound { throw tooLong }
      return nil
    }
    guard bytes[index] == ASCII.cr else { throw .strayByte }
    guard index + 1 < bytes.count else { return nil }
    guard bytes[index + 1] == ASCII.lf else { throw .strayByte }
    return index
  }

  /// `method SP request-target SP HTTP-version`.
  private mutating func readRequestLine(
    _ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>
  ) throws(WireError) {
    var methodEnd = 0
    while methodEnd < line.upperBound, ByteSet.token.contains(bytes[methodEnd]) { methodEnd += 1 }
    guard methodEnd > 0, methodEnd < line.upperBound, bytes[methodEnd] == ASCII.space else {
      throw .requestLineMalformed
    }
    let method = Method(bytes.part(0..<methodEnd))
    self.method = method
    var targetEnd = methodEnd + 1
    while targetEnd < line.upperBound, bytes[targetEnd] != ASCII.space { targetEnd += 1 }
    guard targetEnd > methodEnd + 1, targetEnd < line.upperBound else { throw .requestLineMalformed }
    versionMinor = try Self.version(bytes.part(targetEnd + 1..<line.upperBound))
    if method == .other, bytes.part(0..<methodEnd).equals("CONNECT") { throw .connectRefused }
    target = try TargetGrammar(bytes, methodEnd + 1..<targetEnd, method: method)
  }

  /// The minor version of 1.0 and 1.1; any other well-formed version is refused as such (RFC 9110 section 15.6.6).
  private static func version(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) -> Int {
    guard bytes.count == 8, bytes.part(0..<5).equals("HTTP/"), bytes[6] == ASCII.dot,
      ASCII.isDigit(bytes[5]), ASCII.isDigit(bytes[7])
    else { throw .requestLineMalformed }
    guard bytes[5] == 0x31, bytes[7] <= 0x31 else { throw .versionUnsupported }
    return Int(bytes[7] - ASCII.zero)
  }

  /// `field-name ":" OWS field-value OWS`; a line that begins with a blank is a fold and fails as an empty name.
  private static func field(
    _ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>
  ) throws(WireError) -> HeaderFields.Entry {
    var colon = line.lowerBound
    // Bound: `colon` stays inside the line, and the line inside `bytes`.
    while colon < line.upperBound, ByteSet.token.contains(bytes[colon]) { colon += 1 }
    guard colon > line.lowerBound, colon < line.upperBound, bytes[colon] == ASCII.colon else { throw .fieldMalformed }
    let value = bytes.trimmed(colon + 1..<line.upperBound)
    return HeaderFields.Entry(
      name: UInt32(line.lowerBound)..<UInt32(colon), value: UInt32(value.lowerBound)..<UInt32(value.upperBound))
  }
}
