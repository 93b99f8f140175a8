extension UnsafeBufferPointer<UInt8> {
  /// The same bytes, exactly.
  func equals(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    // Bound: both hold `count` bytes, checked above.
    let other = text.utf8Start
    for index in 0..<count where self[index] != other[index] { return false }
    return true
  }

  /// The same bytes when ASCII letters are taken in lower case; `text` must be in lower case.
  func equalsIgnoringCase(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    // Bound: both hold `count` bytes, checked above.
    let other = text.utf8Start
    for index in 0..<count where ASCII.lower(self[index]) != other[index] { return false }
    return true
  }

  /// A part of the buffer; the range must lie inside it (checked in debug builds by the slice).
  @inline(__always)
  func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: self[range]) }

  /// The range without blanks (SP, HTAB) on either side.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, ASCII.isBlank(self[start]) { start += 1 }
    while end > start, ASCII.isBlank(self[end - 1]) { end -= 1 }
    return start..<end
  }

  /// Calls `visit` with each member of a comma list, trimmed; empty members are skipped (RFC 9110 section 5.6.1).
  func forEachListMember(in range: Range<Int>, _ visit: (UnsafeBufferPointer<UInt8>) -> Void) {
    var start = range.lowerBound
    var index = start
    while index <= range.upperBound {
      if index == range.upperBound || self[index] == ASCII.comma {
        let member = trimmed(start..<index)
        if !member.isEmpty { visit(part(member)) }
        start = index + 1
      }
      index += 1
    }
  }
}
