/// Letters (upper case) and digits of a number that may be somebody's, without its separators.
struct IDText: Sendable {
  static let limit = 20

  private var bytes = SIMD32<UInt8>(repeating: 0)
  private(set) var count = 0

  /// The byte at `index`, upper case.
  func byte(_ index: Int) -> UInt8 { bytes[index] }

  /// The digit at `index`; more than 9 where a letter stands.
  subscript(index: Int) -> Int { Int(bytes[index] &- 0x30) }

  /// One bit per digit, and per letter.
  private(set) var digits: UInt32 = 0
  private(set) var letters: UInt32 = 0

  mutating func append(_ byte: UInt8) {
    if Ascii.isDigit(byte) {
      digits |= 1 << UInt32(count)
    } else if Ascii.isLetter(byte) {
      letters |= 1 << UInt32(count)
    }
    bytes[count] = Ascii.isLower(byte) ? byte & 0xDF : byte
    count += 1
  }

  func dropping(_ length: Int) -> IDText {
    var rest = IDText()
    for index in length..<max(length, count) { rest.append(bytes[index]) }
    return rest
  }

  /// `000000000`, which many checks let pass.
  var isUniform: Bool { (1..<max(1, count)).allSatisfy { bytes[$0] == bytes[0] } }

  /// The digits from `start` as a number.
  func number(_ start: Int, _ length: Int) -> Int { (start..<start + length).reduce(0) { $0 * 10 + self[$1] } }

  /// A day that exists in most years. `months`, `days`: what countries add to mark a century, a sex or a foreigner.
  func hasDate(year: Int, month: Int, day: Int, months: [Int] = [0], days: [Int] = [0]) -> Bool {
    months.contains { 1...12 ~= number(month, 2) - $0 } && days.contains { 1...31 ~= number(day, 2) - $0 }
      && number(year, 2) < 100
  }

  /// Sum of the digits times `weights`, from the left.
  func weighted(_ weights: [Int]) -> Int {
    let sum = weights.indices.reduce(0) { $0 + self[$1] * weights[$1] }
    // A negative sum would have a negative remainder.
    return sum < 0 ? sum + 1_001 * 110 : sum
  }

  /// The check digit at `place` is 11 less the remainder; 10 and 11 become 0.
  func elevenMinus(_ weights: [Int], at place: Int) -> Bool {
    let digit = 11 - weighted(weights) % 11
    return self[place] == (digit > 9 ? 0 : digit)
  }

  /// ISO/IEC 7812-1 annex B.
  var luhn: Bool {
    var sum = 0
    for index in 0..<count {
      let digit = self[count - 1 - index]
      sum += index.isMultiple(of: 2) ? digit : (digit > 4 ? digit * 2 - 9 : digit * 2)
    }
    return sum.isMultiple(of: 10) && number(0, min(count, 9)) > 0
  }

  /// ISO 7064 MOD 11,10.
  var mod11and10: Bool {
    var product = 10
    for index in 0..<count - 1 {
      let sum = (self[index] + product) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
    }
    return self[count - 1] == (11 - product) % 10
  }

  /// Verhoeff's dihedral check: D5 as arithmetic, the permutation as a table.
  var verhoeff: Bool {
    let permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    var sum = 0
    for index in 0..<count {
      var digit = self[count - 1 - index]
      for _ in 0..<index % 8 { digit = permutation[digit] }
      switch (sum < 5, digit < 5) {
      case (true, true): sum = (sum + digit) % 5
      case (true, false): sum = (sum + digit - 5) % 5 + 5
      case (false, true): sum = (sum - 5 + 5 - digit) % 5 + 5
      case (false, false): sum = (sum - digit + 5) % 5
      }
    }
    return sum == 0
  }
}
