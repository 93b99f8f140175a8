/// Phone numbers: international ones by the length their country code allows, national ones only near a phone word.
extension Scan {
  /// `index` is at the `+`, or at the first zero of `00`.
  func internationalPhone(at index: Int) -> Bool {
    let before = at(index - 1)
    guard beginsWord(index), before != 0x29, before != 0x5D, before != 0x2B else { return false }
    let plus = at(index) == 0x2B
    let start = index + (plus ? 1 : 2)
    guard Ascii.isDigit(at(start)), at(start) != 0x30, !isDate(start) else { return false }
    let whole = Digits(bytes, from: start, max: 15, phone: true).flatMap { isInternational($0) ? $0 : nil }
    guard let digits = whole ?? (plus ? beforeOtherNumber(start) : nil) else { return false }
    // A number with its sign in a row of them; a cell of a table ends here.
    if before == 0x2C, Ascii.isDigit(at(index - 2)), !plus || digits.count < 9 || !isCell(start, digits.end) {
      return false
    }
    guard
      plus || matches("tel:", at: index - 4)
        || digits.groups > 1 && !followsDigits(index) && !isCodePoints(index, digits.end)
    else { return false }
    return claim(index, digits.end, .phone)
  }

  private func isInternational(_ digits: Digits) -> Bool {
    let end = digits.end
    // A full stop before the last digit makes a decimal.
    return !continuesWord(end) && !(at(end) == 0x2E && Ascii.isDigit(at(end + 1))) && at(end - 2) != 0x2E
      && CountryCode.accepts(digits)
  }

  /// A number without groups, or one before a date, that a blank parts from other digits.
  private func beforeOtherNumber(_ start: Int) -> Digits? {
    for length in 9...15 {
      guard let digits = Digits(bytes, from: start, max: 15, phone: true, atLeast: length), digits.count >= length
      else { return nil }
      guard Ascii.isBlank(at(digits.end)), digits.groups == 1 && digits.count > 9 || isDate(digits.end + 1) else {
        continue
      }
      return isInternational(digits) ? digits : nil
    }
    return nil
  }

  /// `2024-03-01`: the sign before it is a patch's.
  private func isDate(_ start: Int) -> Bool {
    guard at(start + 4) == 0x2D, at(start + 7) == 0x2D, 19...20 ~= decimal(start, 2) else { return false }
    return [2, 3, 5, 6, 8, 9].allSatisfy { Ascii.isDigit(at(start + $0)) } && decimal(start + 5, 2) < 13
      && decimal(start + 8, 2) < 32 && !Ascii.isDigit(at(start + 10))
  }

  /// A cell of a table ends here, and no decimals stand in it.
  private func isCell(_ start: Int, _ end: Int) -> Bool {
    let next = at(end)
    return (end >= bytes.count || next == 0x2C || next < 0x20 || next == 0x5C || Ascii.isQuote(next))
      && !(start..<end).contains { bytes[$0] == 0x2E }
  }

  /// `0065 0323 0302`: every group has four digits.
  private func isCodePoints(_ start: Int, _ end: Int) -> Bool {
    (end - start) % 5 == 4 && stride(from: start + 4, to: end, by: 5).allSatisfy { !Ascii.isDigit(bytes[$0]) }
  }

  /// `index` begins a later group of a longer row of digits.
  private func followsDigits(_ index: Int) -> Bool { at(index - 1) == 0x20 && Ascii.isDigit(at(index - 2)) }

  func nationalPhone(at index: Int) -> Bool {
    let bracket = at(index) == 0x28
    let start = bracket ? index + 1 : index
    if bracket {
      var close = start
      while close < start + 6, Ascii.isDigit(at(close)) { close += 1 }
      guard at(close) == 0x29 else { return false }
    }
    // Few numbers are announced: that is asked first.
    guard bracket || beginsWord(index) && !followsDigits(index),
      isAnnouncedPhone(index, grouped: true) || isFollowedPhone(index),
      let digits = Digits(bytes, from: start, max: 12, phone: true)
    else { return false }
    guard 8...12 ~= digits.count || isLocal(start, digits),
      digits.groups > 1 || 9...11 ~= digits.count || digits.count == 12 && at(start) == 0x30
    else { return false }
    let next = at(digits.end)
    guard !continuesWord(digits.end), next != 0x2D, !(next == 0x2E && Ascii.isDigit(at(digits.end + 1))) else {
      return false
    }
    guard !isDecimal(index, digits), !isDottedQuad(index), !isRangeOfYears(start, digits),
      isAnnouncedPhone(index, grouped: digits.groups > 1) || digits.groups > 1 && isFollowedPhone(index)
    else { return false }
    return claim(index, digits.end, .phone)
  }
}

extension Scan {
  /// `234-56-78`.
  private func isLocal(_ start: Int, _ digits: Digits) -> Bool {
    digits.count == 7 && digits.groups == 3 && at(start + 3) == 0x2D && at(start + 6) == 0x2D
  }

  private static let phoneWords = WordList([
    "phone", "phone number", "phones", "telephone", "tel", "fax", "mobile", "mob", "mobil", "cellphone",
    "call me", "msisdn", "whatsapp", "sms", "text me", "handy", "telefon", "telefono", "teléfono", "téléphone",
    "telefone", "tél", "móvil", "movil", "celular", "contact number", "contact no", "hotline",
    "ring me", "telefonu", "telefonunu", "telefoonnummer", "fone", "telefonszám", "telefonszam", "telefonní",
    "puhelinnumero",
    "τηλέφωνο", "телефона", "מספר", "联系方式", "手机号", "電話番号", "số điện thoại", "mobilen", "tlf", "puh",
    "puhelin", "telefoon", "mobiel", "telefonnummer", "rufnummer", "handynummer", "mobilnummer",
    "mobiltelefon", "cellulare", "gsm", "telefonnr", "phonenumber", "cellular",
    "portable :", "portable:", "电话", "電話", "手机", "手機", "携帯", "전화", "휴대폰", "핸드폰", "телефон", "Телефон", "тел", "Тел",
    "τηλ", "Τηλ", "Τηλέφωνο", "ΤΗΛ", "☎", "📞",
    "điện thoại", "फोन", "โทร", "هاتف", "call us", "my number", "reach me", "reach us", "text us", "cell phone",
    "ruf mich", "ruf uns", "rufen sie", "ruft mich", "rufe", "anrufen", "zurückrufen", "rückruf", "erreichbar",
    "handynr",
    "telefax", "durchwahl", "festnetz", "telefonisch", "telnr", "mobilnr", "mon numéro", "mon numero", "appelez",
    "appelle", "appeler", "joignable", "rappeler", "rappelez", "ligne fixe", "mi número", "mi numero", "llámame",
    "llamame", "llámeme", "llamar", "llámanos", "tfno", "tlfno", "fijo", "cel", "meu número", "meu numero", "telemóvel",
    "telemovel", "zap", "zapzap", "ligue", "ligar", "me liga", "mój numer", "moj numer", "zadzwoń", "zadzwon",
    "dzwonić", "dzwoń", "dzwoni", "komórka", "komórkę", "komórkowy", "komórki", "nr tel", "numaram", "numaramı",
    "telefonum", "cep", "cebim", "arayın", "arayabilirsin", "arayabilirsiniz", "mobilul", "mio numero", "chiamami",
    "chiamare", "chiamatemi", "recapito", "mijn nummer", "bel me", "bel mij", "bereikbaar", "мобильн", "Мобильн",
    "мой номер", "Мой номер", "номер телефона", "звони", "Звони", "позвони", "Позвони", "сотов", "Сотов", "моб",
    "Моб", "連絡先", "ご連絡", "ファックス", "ファクス", "微信同号", "微信同號", "致电", "致電", "传真", "傳真", "座机", "号码是",
    "연락처", "연락", "번호는", "팩스", "휴대전화", "جوال", "موبايل", "واتساب", "واتس", "رقمي", "اتصل", "فاكس", "الهاتف",
  ])

  /// They stand behind the number too: "unter 0151 2345678 erreichbar".
  private static let followingPhoneWords = WordList([
    "erreichbar", "anrufen", "zurückrufen", "mobil", "handy", "festnetz", "joignable", "zadzwoń", "llámame",
    "bereikbaar", "ara", "arayın", "へ電話", "に電話", "へお電話", "にお電話", "までご連絡",
    "로 전화", "로 연락", "으로 연락", "번으로",
  ])

  /// Words that mean other things too: they speak for numbers in groups alone.
  private static let vaguePhoneWords = WordList([
    "call", "dial", "cell", "portable", "ring", "bel", "fixe", "reach",
  ])

  /// Where none of these stands, neither list is asked.
  private static let allPhoneWords = WordList(phoneWords.list + vaguePhoneWords.list)

  /// `353207.547`, and the end of `13,178,002.1139`.
  private func isDecimal(_ start: Int, _ digits: Digits) -> Bool {
    return at(start - 1) == 0x2C && Ascii.isDigit(at(start - 2))
      || digits.groups == 2 && at(start) != 0x30 && (start..<digits.end).contains { bytes[$0] == 0x2E }
  }

  /// Four numbers and three full stops: an address that `ipv4` has let pass.
  private func isDottedQuad(_ start: Int) -> Bool {
    var position = start
    for part in 0..<4 {
      let first = position
      while position < first + 4, Ascii.isDigit(at(position)) { position += 1 }
      guard 1...3 ~= position - first, part == 3 || at(position) == 0x2E else { return false }
      position += 1
    }
    // A fifth group makes it a French number.
    return at(position - 1) != 0x2E || !Ascii.isDigit(at(position))
  }

  /// `2001-2003`.
  private func isRangeOfYears(_ start: Int, _ digits: Digits) -> Bool {
    digits.count == 8 && digits.groups == 2 && (19...20).contains(digits.prefix(2)) && !Ascii.isDigit(at(start + 4))
  }

  /// The part of `low..<index` behind its last digit: "cell A1 to 1000 2000" is about other numbers.
  private func afterDigits(_ low: Int, _ index: Int) -> Int {
    var start = index
    while start > low, !Ascii.isDigit(bytes[start - 1]) { start -= 1 }
    return start
  }

  /// Of numbers with the zero that is dialled at home, or an area code in brackets.
  private func isFollowedPhone(_ index: Int) -> Bool {
    guard at(index) == 0x30 && Ascii.isDigit(at(index + 1)) || at(index) == 0x28 && at(index + 1) == 0x30 else {
      return false
    }
    var high = index
    while high < bytes.count, high - index < 40, !isLineEnd(high) { high += 1 }
    return hasWord(of: Scan.followingPhoneWords, index, high, before: false)
  }

  private func isAnnouncedPhone(_ index: Int, grouped: Bool) -> Bool {
    let low = startOfLine(index, 32)
    guard hasWord(of: grouped ? Scan.allPhoneWords : Scan.phoneWords, low, index) else { return false }
    return !grouped || hasWord(of: Scan.phoneWords, low, index)
      || hasWord(of: Scan.vaguePhoneWords, afterDigits(low, index), index)
  }
}

/// Country codes with the digits that may follow them (ITU-T E.164 and the national plans).
enum CountryCode {
  static func accepts(_ digits: Digits) -> Bool {
    for length in 1...3 {
      guard let national = table[digits.prefix(length)], digits.count > length else { continue }
      guard national ~= digits.count - length else { return false }
      // North America: neither area code nor exchange begins with 0 or 1.
      return digits.prefix(1) != 1 || digits.values[1] > 1 && digits.values[4] > 1
    }
    return false
  }

  private static let table: [Int: ClosedRange<Int>] = {
    var table: [Int: ClosedRange<Int>] = [
      1: 10...10, 7: 10...10, 20: 8...10, 27: 9...9, 30: 10...10, 31: 9...9, 32: 8...9, 33: 9...9, 34: 9...9, 36: 8...9,
      39: 8...11, 40: 9...9, 41: 9...9, 43: 7...13, 44: 9...10, 45: 8...8, 46: 7...10, 47: 8...8, 48: 9...9, 49: 7...12,
      51: 8...9, 52: 10...11, 53: 8...8, 54: 10...11, 55: 10...11, 56: 9...9, 57: 10...10, 58: 10...10, 60: 8...10,
      61: 9...9, 62: 8...12, 63: 8...10, 64: 8...10, 65: 8...8, 66: 8...9, 81: 9...10, 82: 8...10, 84: 8...10,
      86: 9...11,
      90: 10...10, 91: 10...10, 92: 9...10, 93: 9...9, 94: 9...9, 95: 7...10, 98: 10...10,
      351: 9...9, 352: 6...9, 353: 7...9, 354: 7...7, 355: 8...9, 356: 8...8, 357: 8...8, 358: 6...10, 359: 8...9,
      370: 8...8, 371: 8...8, 372: 7...8, 373: 8...8, 374: 8...8, 375: 9...9, 380: 9...9, 381: 8...9, 382: 8...8,
      385: 8...9, 386: 8...8, 387: 8...8, 389: 8...8, 420: 9...9, 421: 9...9, 852: 8...8, 853: 8...8, 886: 8...9,
      960: 7...7, 961: 7...8, 962: 8...9, 963: 9...9, 964: 9...10, 965: 8...8, 966: 9...9, 967: 9...9, 968: 8...8,
      970: 9...9, 971: 8...9, 972: 8...9, 973: 8...8, 974: 8...8, 977: 8...10, 992: 9...9, 994: 9...9, 995: 9...9,
      996: 9...9, 998: 9...9,
    ]
    // Africa, Latin America and the Pacific, where the plans run from seven to ten digits.
    for code in Array(211...299) + Array(500...599) + Array(670...692) + [850, 855, 856, 880, 975, 976, 993] {
      table[code] = 7...10
    }
    return table
  }()
}
