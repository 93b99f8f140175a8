/// Check digits that need more than a sum of weights. Each is called only where the shape fits.
extension IDText {
  /// SSA since 2011: no area 000, 666; 9xx are ITIN with their own groups (IRS publication 1915).
  var isSocialSecurity: Bool {
    let (area, group) = (number(0, 3), number(3, 2))
    guard area != 0, area != 666, group != 0, number(5, 4) != 0 else { return false }
    return area < 900 || 50...65 ~= group || 70...88 ~= group || 90...92 ~= group || 94...99 ~= group
  }

  /// New Zealand: the first weights, and the second where the first remainder is 10.
  func isInlandRevenue(_ last: Int) -> Bool {
    let base = last == 8 ? 0 : -1
    func digit(_ weights: [Int]) -> Int {
      let sum = weights.indices.reduce(0) { $0 + ($1 + base < 0 ? 0 : self[$1 + base]) * weights[$1] }
      return (11 - sum % 11) % 11
    }
    guard 10_000_000...150_000_000 ~= number(0, count) else { return false }
    let first = digit([3, 2, 7, 6, 5, 4, 3, 2])
    return self[last] == (first < 10 ? first : digit([7, 4, 3, 2, 5, 2, 7, 6]))
  }

  /// DNI and NIE: the number modulo 23 names the letter. `lead`: what stands for the NIE's first letter.
  func spanishLetter(_ lead: UInt8) -> Bool {
    let letters = Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)
    let value = lead <= 2 && Ascii.isUpper(byte(0)) ? Int(lead) * 10_000_000 + number(1, 7) : number(0, 8)
    return value >= 0 && byte(8) == letters[value % 23]
  }

  var isSingapore: Bool {
    let sum = (0..<7).reduce(0) { $0 + self[$1 + 1] * [2, 7, 6, 5, 4, 3, 2][$1] }
    let last = byte(8)
    return switch byte(0) {
    case UInt8(ascii: "S"): last == Array("JZIHGFEDCBA".utf8)[sum % 11]
    case UInt8(ascii: "T"): last == Array("JZIHGFEDCBA".utf8)[(sum + 4) % 11]
    case UInt8(ascii: "F"): last == Array("XWUTRQPNMLK".utf8)[sum % 11]
    case UInt8(ascii: "G"): last == Array("XWUTRQPNMLK".utf8)[(sum + 4) % 11]
    case UInt8(ascii: "M"): last == Array("XWUTRQPNJLK".utf8)[10 - (sum + 3) % 11]
    default: false
    }
  }

  var isBrazilian: Bool {
    guard (1..<11).contains(where: { self[$0] != self[0] }) else { return false }
    return [9, 10].allSatisfy { place in
      (0..<place).reduce(0) { $0 + self[$1] * (place + 1 - $1) } * 10 % 11 % 10 == self[place]
    }
  }

  /// Of the first ten digits one stands two or three times.
  var germanRepetition: Bool {
    var counts = [Int](repeating: 0, count: 10)
    for index in 0..<10 { counts[self[index]] += 1 }
    return counts.filter { $0 > 1 }.count == 1 && counts.allSatisfy { $0 < 4 }
  }

  var isTurkish: Bool {
    guard self[0] > 0 else { return false }
    let odd = self[0] + self[2] + self[4] + self[6] + self[8]
    let even = self[1] + self[3] + self[5] + self[7]
    return (odd * 7 - even + 100) % 10 == self[9] && (odd + even + self[9]) % 10 == self[10]
  }

  /// Estonia and Lithuania: a second row of weights where the first leaves 10.
  var isBaltic: Bool {
    var check = weighted([1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11
    if check == 10 { check = weighted([3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 % 10 }
    return check == self[10]
  }

  var isNorwegian: Bool {
    hasDate(year: 4, month: 2, day: 0, months: [0, 40], days: [0, 40])
      && weighted([3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 == 0 && weighted([5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
  }

  /// A 2 goes in front for those born since 2000.
  var isBelgian: Bool {
    let (value, check) = (number(0, 9), number(9, 2))
    guard hasDate(year: 0, month: 2, day: 4, months: [0, 20, 40]) else { return false }
    return 97 - value % 97 == check || 97 - (2_000_000_000 + value) % 97 == check
  }

  var isSnils: Bool { number(0, 9) > 1_001_998 && weighted([9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100 == number(9, 2) }

  var isRussianTax: Bool {
    weighted([7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == self[10]
      && weighted([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == self[11]
  }

  var isMyNumber: Bool {
    let rest = weighted([6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
    return self[11] == (rest < 2 ? 0 : 11 - rest)
  }

  var isRomanian: Bool {
    let rest = weighted([2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11
    return self[12] == (rest == 10 ? 1 : rest)
  }

  /// GB 11643: a date of 1900 to 2099 and ISO 7064 MOD 11-2.
  var isChinese: Bool {
    let sum = weighted([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
    return 11...82 ~= number(0, 2) && 19...20 ~= number(6, 2) && hasDate(year: 8, month: 10, day: 12)
      && byte(17) == Array("10X98765432".utf8)[sum % 11]
  }

  var isFinnish: Bool {
    hasDate(year: 4, month: 2, day: 0)
      && byte(10) == Array("0123456789ABCDEFHJKLMNPRSTUVWXY".utf8)[(number(0, 6) * 1000 + number(7, 3)) % 31]
  }

  /// Agenzia delle Entrate: odd places by a table, even ones by their value.
  var isItalian: Bool {
    let odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
    let sum = (0..<15).reduce(0) { sum, index in
      let value = Ascii.isDigit(byte(index)) ? self[index] : Int(byte(index) - 0x41)
      return sum + (index.isMultiple(of: 2) ? odd[value] : value)
    }
    return "ABCDEHLMPRST".utf8.contains(byte(8)) && Int(byte(15) - 0x41) == sum % 26
  }

  var isMexican: Bool {
    let sum = (0..<17).reduce(0) { sum, index in
      let byte = byte(index)
      // The alphabet has an Ñ between N and O.
      let value = Ascii.isDigit(byte) ? self[index] : Int(byte) - 55 + (byte > UInt8(ascii: "N") ? 1 : 0)
      return sum + value * (18 - index)
    }
    return hasDate(year: 4, month: 6, day: 8) && [0x48, 0x4D, 0x58].contains(byte(10))
      && (10 - sum % 10) % 10 == self[17]
  }

  var isNino: Bool {
    let prefix = "ABCEGHJKLMNOPRSTWXYZ".utf8
    return prefix.contains(byte(0)) && prefix.contains(byte(1)) && "ABCD".utf8.contains(byte(8))
  }

  /// The letter after seven digits; a second letter counts nine times.
  func irishLetter(_ length: Int) -> Bool {
    let extra = length == 9 && byte(8) != UInt8(ascii: "W") ? Int(byte(8) - 0x40) * 9 : 0
    let rest = (weighted([8, 7, 6, 5, 4, 3, 2]) + extra) % 23
    return byte(7) == (rest == 0 ? UInt8(ascii: "W") : UInt8(rest) + 0x40)
  }

  var isHongKong: Bool {
    let sum = 36 * 9 + Int(byte(0) - 55) * 8 + (1...6).reduce(0) { $0 + self[$1] * (8 - $1) }
    let check = (11 - sum % 11) % 11
    return byte(7) == (check == 10 ? UInt8(ascii: "A") : UInt8(check) + 0x30)
  }

  var isTaiwanese: Bool {
    guard 1...2 ~= self[1] || 8...9 ~= self[1],
      let place = Array("ABCDEFGHJKLMNPQRSTUVXYWZIO".utf8).firstIndex(of: byte(0))
    else { return false }
    let code = place + 10
    let sum = code / 10 + code % 10 * 9 + (1...8).reduce(0) { $0 + self[$1] * (9 - $1) } + self[9]
    return sum % 10 == 0
  }

  var isChilean: Bool {
    let last = count - 1
    let sum = (0..<last).reduce(0) { $0 + self[last - 1 - $1] * (2 + $1 % 6) }
    let check = 11 - sum % 11
    return byte(last) == (check == 11 ? 0x30 : check == 10 ? UInt8(ascii: "K") : UInt8(check) + 0x30)
  }
}
