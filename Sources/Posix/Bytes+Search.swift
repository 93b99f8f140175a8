import Glibc

extension [UInt8] {
  /// Where a byte first stands in a part of the array; many times faster than a loop.
  package func position(of byte: UInt8, in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return withUnsafeBytes { raw in
      // In bounds: checked above.
      guard let base = raw.baseAddress, let found = memchr(base + range.lowerBound, Int32(byte), range.count) else {
        return nil
      }
      return UnsafeRawPointer(found) - base
    }
  }
}
