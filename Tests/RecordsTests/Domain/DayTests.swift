import TestKit
import Testing

@testable import Records

@Suite("Days")
struct DayTests {
  @Test(
    "Numbers of known days",
    arguments: [
      ("1970-01-01", 0), ("1969-12-31", -1), ("1970-01-02", 1), ("2000-02-29", 11_016), ("2000-03-01", 11_017),
      ("1999-12-31", 10_956), ("2024-02-29", 19_782), ("2038-01-19", 24_855), ("1900-02-28", -25_509),
      ("1900-03-01", -25_508), ("1600-02-29", -135_081), ("0000-01-01", -719_528), ("0000-02-29", -719_469),
      ("9999-12-31", 2_932_896),
    ])
  func known(text: String, number: Int) throws {
    #expect(try #require(Day(text)).number == number)
    #expect(Day(number: number).description == text)
  }

  @Test(
    "What is no date",
    arguments: [
      "", "2025-02-29", "1900-02-29", "2100-02-29", "2024-02-30", "2025-04-31", "2025-06-31", "2025-09-31",
      "2025-11-31",
      "2025-01-32", "2025-00-10", "2025-13-10", "2025-01-00", "2025-1-01", "2025-01-1", "25-01-01", "20250101",
      "2025/01/01", "2025-01-01 ", " 2025-01-01", "2025-01-01T", "+025-01-01", "-025-01-01", "2025-+1-01", "2025-01-+1",
      "२०२५-01-01", "2025-01-0\u{FF11}", "2025–01–01", "abcd-ef-gh", "10000-01-01",
    ])
  func invalid(text: String) {
    #expect(Day(text) == nil)
  }

  @Test("Every day of 800 years follows the one before, and its text reads back")
  func everyDay() throws {
    var expected = (year: 1600, month: 1, day: 1)
    let first = try #require(Day("1600-01-01"))
    for number in first.number..<first.number + 2 * 146_097 {
      let day = Day(number: number)
      guard day.civil == expected, Day(day.description) == day else {
        Issue.record("day \(number) is \(day), expected \(expected)")
        return
      }
      let leap = expected.year % 4 == 0 && (expected.year % 100 != 0 || expected.year % 400 == 0)
      let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      expected.day += 1
      if expected.day > lengths[expected.month - 1] { expected = (expected.year, expected.month + 1, 1) }
      if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
    }
  }

  @Test("Days are ordered and counted by number")
  func order() {
    #expect(Day(number: -1) < Day(number: 0))
    #expect(Day(number: 19_782).advanced(by: 366).description == "2025-03-01")
    #expect(Day(number: 0).advanced(by: -1).description == "1969-12-31")
  }

  @Test(
    "Out of range civil dates",
    arguments: [(-1, 1, 1), (10_000, 1, 1), (2025, 0, 1), (2025, 13, 1), (2025, 1, 0), (2025, 1, -3), (2025, 2, 29)])
  func outOfRange(year: Int, month: Int, day: Int) {
    #expect(Day(year: year, month: month, day: day) == nil)
  }
}
