/// The request target (RFC 9112 section 3.2): origin-form, absolute-form, and `*` for OPTIONS.
struct TargetGrammar {
  /// Ranges into the head. Without a path in an absolute target, `path` is empty.
  var path: Range<Int>
  var query: Range<Int>?
  /// Of an absolute target alone.
  var authority: Range<Int>?

  /// Reads the target that stands at `range` in the head.
  ///
  /// Nothing is decoded or resolved. Characters outside of RFC 3986 and malformed escapes are refused.
  init(_ head: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, method: Method) throws(WireError) {
    guard let first = head.part(range).first else { throw .targetMalformed }
    var start = range.lowerBound
    if first == ASCII.asterisk {
      guard range.count == 1, method == .options else { throw .targetMalformed }
      path = range
      return
    }
    if first != ASCII.slash {
      guard let host = Self.authorityStart(head, range) else { throw .targetMalformed }
      start = host
      while start < range.upperBound, head[start] != ASCII.slash, head[start] != ASCII.question { start += 1 }
      guard HostGrammar.isValid(head.part(host..<start)) else { throw .targetMalformed }
      authority = host..<start
    }
    var pathEnd = start
    while pathEnd < range.upperBound, head[pathEnd] != ASCII.question { pathEnd += 1 }
    guard Self.isMade(of: .path, head, start..<pathEnd) else { throw .targetMalformed }
    path = start..<pathEnd
    if pathEnd < range.upperBound {
      let query = pathEnd + 1..<range.upperBound
      guard Self.isMade(of: .query, head, query) else { throw .targetMalformed }
      self.query = query
    }
  }

  /// True for `%` and two hexadecimal digits at `index`.
  static func isEscape(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    guard bytes[index] == ASCII.percent, index + 2 < bytes.count else { return false }
    return ASCII.hexValue(bytes[index + 1]) != nil && ASCII.hexValue(bytes[index + 2]) != nil
  }

  private static func isMade(of set: ByteSet, _ head: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    let part = head.part(range)
    var index = 0
    while index < part.count {
      if set.contains(part[index]) {
        index += 1
      } else {
        guard isEscape(part, at: index) else { return false }
        index += 3
      }
    }
    return true
  }

  /// Where the authority begins, after `http://` or `https://` in any case.
  private static func authorityStart(_ head: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    for scheme: StaticString in ["http://", "https://"] {
      let length = scheme.utf8CodeUnitCount
      if range.count > length, head.part(range.lowerBound..<range.lowerBound + length).equalsIgnoringCase(scheme) {
        return range.lowerBound + length
      }
    }
    return nil
  }
}
