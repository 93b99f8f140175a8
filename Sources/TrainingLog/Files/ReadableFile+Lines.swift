import Posix

extension ReadableFile {
  /// The offset behind the last LF, of the whole file or of its first bytes; found from the end.
  ///
  /// - Parameter first: nothing before it is looked at; the result where there is none behind it.
  func endOfLines(before limit: Int? = nil, from first: Int = 0) throws(SystemError) -> Int {
    var end = if let limit { limit } else { try size() }
    while end > first {
      let start = max(first, end - 65_536)
      let piece = try read(at: start, count: end - start)
      if let last = piece.lastIndex(of: UInt8(ascii: "\n")) { return start + last + 1 }
      end = start
    }
    return first
  }

  /// Whether a line may begin at this offset: the file has what is before it, and ends a line there. Else somebody has
  /// edited the file, and whoever cut it there would cut a line in two.
  func endsLine(before offset: Int) throws(SystemError) -> Bool {
    guard offset > 0 else { return true }
    guard try offset <= size() else { return false }
    return try read(at: offset - 1, count: 1) == [UInt8(ascii: "\n")]
  }
}
