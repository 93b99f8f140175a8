/// Numbers of dates and times as text. Every record has a dozen of them, so no String is made for one alone.
enum Digits {
  /// Writes the lowest `count` decimal digits of `value`, which is not negative, at `start`.
  ///
  /// `out` must have room for them.
  @inline(__always)
  static func write(_ value: Int, _ count: Int, into out: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
    var rest = UInt(value)
    var at = start + count
    while at > start {
      at -= 1
      out[at] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
  }

  /// With zeros before it up to `width`.
  static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
