import Glibc

extension [UInt8] {
  /// Whether these bytes stand in it one after the other; fast enough for whole data directories.
  package func holds(_ needle: [UInt8]) -> Bool {
    guard let first = needle.first, count >= needle.count else { return needle.isEmpty }
    return withUnsafeBytes { hay in
      needle.withUnsafeBytes { needle in
        guard let start = hay.baseAddress, let wanted = needle.baseAddress else { return false }
        var at = start
        // In bounds: a needle fits between any place up to the last and the end.
        let last = start + (hay.count - needle.count)
        while at <= last, let found = memchr(at, Int32(first), last - at + 1) {
          if memcmp(found, wanted, needle.count) == 0 { return true }
          at = UnsafeRawPointer(found) + 1
        }
        return false
      }
    }
  }
}
