/// A moment of UTC in milliseconds since 1970-01-01. Written as RFC 3339 with milliseconds and `Z`.
package struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }

  package static let millisecondsPerDay: Int64 = 86_400_000

  package var day: Day {
    let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: Self.millisecondsPerDay)
    return Day(number: Int(remainder < 0 ? quotient - 1 : quotient))
  }

  package func advanced(bySeconds seconds: Int) -> Timestamp {
    Timestamp(milliseconds: milliseconds + Int64(seconds) * 1000)
  }

  package var description: String {
    let day = day
    let inDay = Int(milliseconds - Int64(day.number) * Self.millisecondsPerDay)
    let (year, month, dayOfMonth) = day.civil
    guard Day.fourDigits.contains(year) else { return day.description + "T" + Self.clock(inDay) }
    // In bounds: the day, the T and the clock.
    return String(unsafeUninitializedCapacity: Day.textBytes + 1 + Self.clockBytes) { out in
      Day.write(year, month, dayOfMonth, into: out)
      out[Day.textBytes] = UInt8(ascii: "T")
      Self.writeClock(inDay, into: out, at: Day.textBytes + 1)
      return Day.textBytes + 1 + Self.clockBytes
    }
  }

  /// `HH:MM:SS.mmmZ`.
  private static let clockBytes = 13

  private static func clock(_ inDay: Int) -> String {
    // In bounds: as many bytes are written as there is room for.
    String(unsafeUninitializedCapacity: clockBytes) { out in
      writeClock(inDay, into: out, at: 0)
      return clockBytes
    }
  }

  /// Writes `clockBytes` bytes, for which `out` must have room.
  private static func writeClock(_ inDay: Int, into out: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
    Digits.write(inDay / 3_600_000, 2, into: out, at: start)
    out[start + 2] = UInt8(ascii: ":")
    Digits.write(inDay / 60_000 % 60, 2, into: out, at: start + 3)
    out[start + 5] = UInt8(ascii: ":")
    Digits.write(inDay / 1000 % 60, 2, into: out, at: start + 6)
    out[start + 8] = UInt8(ascii: ".")
    Digits.write(inDay % 1000, 3, into: out, at: start + 9)
    out[start + 12] = UInt8(ascii: "Z")
  }

  /// Reads an RFC 3339 date-time (section 5.6): any fraction (cut to milliseconds), any offset, `t` and `z` in either
  /// case. A leap second (`:60` at 23:59 UTC) is read as the last millisecond before it ends the minute.
  package init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, let day = Day(String(decoding: bytes[0..<10], as: UTF8.self)),
      bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let hour = decimal(bytes[11..<13]), let minute = decimal(bytes[14..<16]), let second = decimal(bytes[17..<19]),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    var at = 19
    var fraction = 0
    if bytes[at] == UInt8(ascii: ".") {
      at += 1
      let start = at
      while at < bytes.count, let digit = decimal(bytes[at...at]) {
        if at - start < 3 { fraction = fraction * 10 + digit }
        at += 1
      }
      guard at > start else { return nil }
      for _ in min(at - start, 3)..<3 { fraction *= 10 }
    }
    guard let offset = Self.offsetMinutes(bytes[at...]) else { return nil }
    let minutes = day.number * 1440 + hour * 60 + minute - offset
    // An offset can carry the first and the last day out of the years that can be written.
    guard Self.minutes.contains(minutes) else { return nil }
    if second == 60 {
      guard (minutes + 1) % 1440 == 0 else { return nil }
      milliseconds = Int64(minutes) * 60_000 + 59_999
    } else {
      milliseconds = Int64(minutes) * 60_000 + Int64(second * 1000 + fraction)
    }
  }

  /// Of the years 0000–9999.
  private static let minutes = -719_528 * 1440..<2_932_897 * 1440

  private static func offsetMinutes(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let sign = bytes.first else { return nil }
    if sign | 0x20 == UInt8(ascii: "z") { return bytes.count == 1 ? 0 : nil }
    let start = bytes.startIndex
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), bytes.count == 6,
      bytes[start + 3] == UInt8(ascii: ":"), let hours = decimal(bytes[start + 1..<start + 3]),
      let minutes = decimal(bytes[start + 4..<start + 6]), hours < 24, minutes < 60
    else { return nil }
    let offset = hours * 60 + minutes
    return sign == UInt8(ascii: "-") ? -offset : offset
  }
}
