/// A time as IMF-fixdate, 29 bytes: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7).
package struct HTTPDate: Sendable, Equatable {
  package let bytes: [UInt8]

  /// Seconds since 1970, UTC; taken as 0 … 253402300799 (the end of year 9999), values outside are clamped.
  package init(unixSeconds: Int) {
    let seconds = min(max(0, unixSeconds), 253_402_300_799)
    let days = seconds / 86_400
    let rest = seconds % 86_400
    let (year, month, day) = Self.civil(days: days)
    let weekdays: StaticString = "ThuFriSatSunMonTueWed"
    let months: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
    var bytes: [UInt8] = []
    bytes.reserveCapacity(29)
    func name(_ index: Int, of table: StaticString) {
      // Bound: the index is below the number of three-letter names in the table.
      for offset in index * 3..<index * 3 + 3 { bytes.append(table.utf8Start[offset]) }
    }
    func number(_ value: Int, width: Int) {
      var divisor = width == 4 ? 1000 : 10
      while divisor > 0 {
        bytes.append(ASCII.zero + UInt8(value / divisor % 10))
        divisor /= 10
      }
    }
    name(days % 7, of: weekdays)
    bytes.append(ASCII.comma)
    bytes.append(ASCII.space)
    number(day, width: 2)
    bytes.append(ASCII.space)
    name(month - 1, of: months)
    bytes.append(ASCII.space)
    number(year, width: 4)
    for (value, before) in [
      (rest / 3600, ASCII.space), (rest / 60 % 60, ASCII.colon), (rest % 60, ASCII.colon),
    ] {
      bytes.append(before)
      number(value, width: 2)
    }
    bytes.append(contentsOf: " GMT".utf8)
    self.bytes = bytes
  }

  /// Days since 1970 as a Gregorian date, counted in eras of 400 years that begin on 1 March.
  private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
