import Glibc
import Testing

@testable import HTTPWire

/// IMF-fixdate against published values and against the C library.
struct HTTPDateTests {
  @Test(arguments: [
    (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (1, "Thu, 01 Jan 1970 00:00:01 GMT"),
    (59, "Thu, 01 Jan 1970 00:00:59 GMT"), (60, "Thu, 01 Jan 1970 00:01:00 GMT"),
    (3_599, "Thu, 01 Jan 1970 00:59:59 GMT"), (86_399, "Thu, 01 Jan 1970 23:59:59 GMT"),
    (86_400, "Fri, 02 Jan 1970 00:00:00 GMT"),
    // RFC 9110 section 5.6.7.
    (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
    (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (951_868_799, "Tue, 29 Feb 2000 23:59:59 GMT"),
    (951_868_800, "Wed, 01 Mar 2000 00:00:00 GMT"), (978_307_199, "Sun, 31 Dec 2000 23:59:59 GMT"),
    (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"), (2_147_483_647, "Tue, 19 Jan 2038 03:14:07 GMT"),
    (2_147_483_648, "Tue, 19 Jan 2038 03:14:08 GMT"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
    (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"), (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
    // Clamped.
    (-1, "Thu, 01 Jan 1970 00:00:00 GMT"), (Int.min, "Thu, 01 Jan 1970 00:00:00 GMT"),
    (253_402_300_800, "Fri, 31 Dec 9999 23:59:59 GMT"), (Int.max, "Fri, 31 Dec 9999 23:59:59 GMT"),
  ])
  func table(_ seconds: Int, _ text: String) { #expect(latin1(HTTPDate(unixSeconds: seconds).bytes) == text) }

  @Test("The first and the last second of every third day up to 2400, and random times") func againstLibrary() {
    for day in stride(from: 0, to: 157_054, by: 3) {
      check(day * 86_400)
      check(day * 86_400 + 86_399)
    }
    var random = Seeded(state: 1)
    for _ in 0..<20_000 { check(Int.random(in: 0...253_402_300_799, using: &random)) }
  }

  private func check(_ seconds: Int) {
    var time = time_t(seconds)
    var parts = tm()
    var text = [CChar](repeating: 0, count: 64)
    gmtime_r(&time, &parts)
    // In bounds: strftime writes at most 64 bytes, its terminator included. The tests run in the C locale.
    let count = strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
    let wanted = text.prefix(count).map { UInt8(bitPattern: $0) }
    let made = HTTPDate(unixSeconds: seconds).bytes
    if made != wanted { Issue.record("\(seconds): \(latin1(made)) is not \(latin1(wanted))") }
  }
}
