/// Walks the lines of a head. A line ends with CRLF; the range it gives leaves both out.
struct LineReader {
  enum Step {
    case line(Range<Int>)
    case needsMore
    /// A line feed that no carriage return precedes.
    case bare
  }

  let bytes: UnsafeRawBufferPointer
  /// Where the next line begins.
  private(set) var start = 0

  init(bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  mutating func next() -> Step {
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    guard end < bytes.count else { return .needsMore }
    guard end > start, bytes[end - 1] == UInt8(ascii: "\r") else { return .bare }
    let line = start..<(end - 1)
    start = end + 1
    return .line(line)
  }
}
