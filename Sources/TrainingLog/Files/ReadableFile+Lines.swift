import Posix

extension ReadableFile {
  /// The offset behind the last LF, of the whole file or of its first bytes; found from the end.
  func endOfLines(before limit: Int? = nil) throws(SystemError) -> Int {
    var end = if let limit { limit } else { try size() }
    while end > 0 {
      let start = max(0, end - 65_536)
      let piece = try read(at: start, count: end - start)
      if let last = piece.lastIndex(of: UInt8(ascii: "\n")) { return start + last + 1 }
      end = start
    }
    return 0
  }
}
