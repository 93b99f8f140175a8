/// One country's number for a person: its shape, its check digits, the words it is announced by.
///
/// Shapes: `9` a digit, `A` a letter, `X` either; separators (space, full stop, hyphen, slash, brackets) may stand
/// between any two. A `+` in front of the words: the shape and its check are so particular that no word is needed.
struct NationalID: Sendable {
  let shape: [UInt8]
  /// One bit per place that must be a digit, and per place that must be a letter.
  let digits: UInt32
  let letters: UInt32
  /// Lower case; a space stands for a space, `_`, `-`, a change of case, or nothing.
  let words: WordList
  let needsWord: Bool
  let check: @Sendable (IDText) -> Bool

  init(_ shape: String, _ words: String, _ check: @escaping @Sendable (IDText) -> Bool) {
    self.shape = Array(shape.utf8)
    digits = NationalID.mask(shape, of: UInt8(ascii: "9"))
    letters = NationalID.mask(shape, of: UInt8(ascii: "A"))
    needsWord = words.utf8.first != UInt8(ascii: "+")
    self.words = WordList(words.drop { $0 == "+" }.split(separator: "|").map(String.init))
    self.check = check
  }

  private static func mask(_ shape: String, of kind: UInt8) -> UInt32 {
    shape.utf8.enumerated().reduce(0) { $1.element == kind ? $0 | 1 << UInt32($1.offset) : $0 }
  }

  /// What is compared before a row is looked at; by length.
  struct Outline: Sendable {
    let digits: UInt32
    let letters: UInt32
    let needsWord: Bool
    let row: Int
  }

  /// By length: those of `count` are `outlines[outlineStarts[count]..<outlineStarts[count + 1]]`.
  static let outlines = Immortal(byLength.flatMap { $0 })
  static let outlineStarts = Immortal(byLength.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) })

  private static let byLength: [[Outline]] = (0...IDText.limit).map { count in
    all.indices.filter { all[$0].shape.count == count }.map {
      Outline(digits: all[$0].digits, letters: all[$0].letters, needsWord: all[$0].needsWord, row: $0)
    }
  }

  /// All words of all countries: where none of them stands, no row needs to look for its own.
  static let allWords = WordList(all.flatMap { $0.words.list } + anyCountry.list)

  /// Words that announce a number of any country.
  static let anyCountry = NationalID(
    "",
    """
    national id|national identification|national number|id number|id no|id card|identity card|identity number|\\
    identification number|personal id|personal number|personal code|citizen id|citizen number|government id|tax id|\\
    tax number|tax identification|taxpayer|taxpayer id|tin|documento|cedula|cédula|ausweis|idcard|social security|\\
    carte d'identité|carte d'identite|ssn
    """
  ) { _ in true }.words

  /// Sources: the issuing authorities' publications and the OECD's notes on tax identification numbers by country.
  static let all: [NationalID] = [
    NationalID("999999999", "sin|social insurance|numéro d'assurance sociale|nas") {
      $0[0] != 0 && $0[0] != 8 && $0.luhn
    },
    NationalID("999999999", "ssn|social security|itin|taxpayer|taxpayer id|tin") { $0.isSocialSecurity },
    NationalID("999999999", "bsn|burgerservicenummer|sofi|sofinummer|burger service") {
      $0.number(0, 9) > 0 && $0.weighted([9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0
    },
    NationalID("999999999", "tfn|tax file number|tax file") { $0.weighted([1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0 },
    NationalID("999999999", "nif|contribuinte|número de contribuinte|numero de contribuinte") {
      $0[0] > 0 && $0.elevenMinus([9, 8, 7, 6, 5, 4, 3, 2], at: 8)
    },
    NationalID("999999999", "teudat zehut|israeli id|id israel|mispar zehut|ת.ז|תעודת זהות|מספר זהות") { $0.luhn },
    NationalID("999999999", "ird|ird number|inland revenue") { $0.isInlandRevenue(8) },
    NationalID("99999999", "ird|ird number|inland revenue") { $0.isInlandRevenue(7) },
    NationalID("99999999X", "dni|nif|nie|documento nacional|número de identidad") { $0.spanishLetter(0) },
    NationalID("A9999999A", "nie|nif|dni|número de extranjero") {
      $0.byte(0) >= 0x58 && $0.spanishLetter($0.byte(0) - 0x58)
    },
    NationalID("A9999999A", "nric|fin|ic|ic no|ic number|singpass|uin|identity card") { $0.isSingapore },
    NationalID("99999999999", "pesel|numer pesel") {
      $0.hasDate(year: 0, month: 2, day: 4, months: [0, 20, 40, 60, 80])
        && $0.weighted([1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 == 0
    },
    NationalID("99999999999", "cpf|cadastro de pessoas físicas|cpf do cliente") { $0.isBrazilian },
    NationalID(
      "99999999999",
      "steuer id|steueridentifikationsnummer|steuerliche identifikationsnummer|steuernummer|idnr|steuer idnr|"
        + "identifikationsnummer|tax id|tin"
    ) { $0[0] != 0 && $0.germanRepetition && $0.mod11and10 },
    NationalID("99999999999", "tc kimlik|t.c. kimlik|kimlik|kimlik no|tckn|tc no|tcno|tc id") { $0.isTurkish },
    NationalID("99999999999", "oib|osobni identifikacijski broj") { $0.mod11and10 },
    NationalID("99999999999", "isikukood|asmens kodas|personal code|ik|asmens") {
      1...8 ~= $0[0] && $0.hasDate(year: 1, month: 3, day: 5) && $0.isBaltic
    },
    NationalID("99999999999", "fødselsnummer|fodselsnummer|fnr|personnummer|d nummer|fødselsnr") { $0.isNorwegian },
    NationalID(
      "99999999999",
      "rijksregisternummer|rijksregister|niss|insz|numéro national|numero national|registre national|rrn|nrn"
    ) {
      $0.isBelgian
    },
    NationalID("99999999999", "снилс|СНИЛС|snils|страховой номер") { $0.isSnils },
    NationalID("99999999999", "amka|αμκα|ΑΜΚΑ|α.μ.κ.α") { $0.hasDate(year: 4, month: 2, day: 0) && $0.luhn },
    NationalID("99999999999", "cuil|cuit|dni") { $0.elevenMinus([5, 4, 3, 2, 7, 6, 5, 4, 3, 2], at: 10) },
    NationalID("9999999999", "cpr|cpr nr|cpr nummer|personnummer|cpr number") { $0.hasDate(year: 4, month: 2, day: 0) },
    NationalID("9999999999", "personnummer|personal number|personnr|pnr|samordningsnummer|organisationsnummer") {
      $0.hasDate(year: 0, month: 2, day: 4, days: [0, 60]) && $0.luhn
    },
    NationalID("999999999999", "personnummer|personal number|personnr|pnr|samordningsnummer") {
      18...20 ~= $0.number(0, 2) && $0.hasDate(year: 2, month: 4, day: 6, days: [0, 60]) && $0.dropping(2).luhn
    },
    NationalID("9999999999", "nhs|nhs no|nhs number|nhs num") {
      $0.weighted([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
    },
    NationalID("9999999999", "sv nummer|svnr|sozialversicherungsnummer|sv nr|versicherungsnummer|svnummer") {
      $0.hasDate(year: 8, month: 6, day: 4) && $0.weighted([3, 7, 9, -1, 5, 8, 4, 2, 1, 6]) % 11 == 0
    },
    NationalID("9999999999", "rodné číslo|rodne cislo|rodné č|rc|rč|rČ|birth number") {
      $0.hasDate(year: 0, month: 2, day: 4, months: [0, 20, 50, 70]) && $0.number(0, 10) % 11 == 0
    },
    NationalID("9999999999", "егн|ЕГН|egn|единен граждански") {
      $0.hasDate(year: 0, month: 2, day: 4, months: [0, 20, 40])
        && $0.weighted([2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == $0[9]
    },
    NationalID("9999999999", "рнокпп|РНОКПП|rnokpp|ипн|іпн|ІПН|ідентифікаційний код|drfo") {
      $0.weighted([-1, 5, 7, 9, 4, 6, 10, 5, 7]) % 11 % 10 == $0[9]
    },
    NationalID("9999999999", "medicare|medicare card|medicare number") {
      2...6 ~= $0[0] && $0.weighted([1, 3, 7, 9, 1, 3, 7, 9]) % 10 == $0[8]
    },
    NationalID("99999999999", "medicare|medicare card|medicare number") {
      2...6 ~= $0[0] && $0.weighted([1, 3, 7, 9, 1, 3, 7, 9]) % 10 == $0[8]
    },
    NationalID("999999999999", "инн|ИНН|inn") { $0.isRussianTax },
    NationalID("999999999999", "aadhaar|aadhar|uidai|uid|आधार|adhaar") { $0[0] > 1 && $0.verhoeff },
    NationalID("999999999999", "マイナンバー|個人番号|my number|mynumber|kojin bango") { $0.isMyNumber },
    NationalID("9999999999999", "cnp|cod numeric personal") {
      1...8 ~= $0[0] && $0.hasDate(year: 1, month: 3, day: 5) && $0.isRomanian
    },
    NationalID("9999999999999", "thai id|เลขบัตรประชาชน|เลขประจำตัวประชาชน|บัตรประชาชน|thai national id|citizen id") {
      $0[0] > 0 && (11 - $0.weighted([13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == $0[12]
    },
    NationalID("9999999999999", "sa id|rsa id|south african id|id number|za id|identity number|id no") {
      $0.hasDate(year: 0, month: 2, day: 4) && $0[10] < 2 && $0.luhn
    },
    NationalID("9999999999999", "+ahv|avs|ahv nr|avs nr|navs13|ahv nummer") {
      $0.number(0, 3) == 756 && $0.weighted([1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 == 0
    },
    NationalID("9999999999999", "rrn|resident registration|주민등록번호|주민번호|jumin|registration number") {
      $0.hasDate(year: 0, month: 2, day: 4) && 1...8 ~= $0[6]
    },
    NationalID(
      "999999999999999",
      "nir|sécurité sociale|securite sociale|numéro de sécu|sécu|secu|insee|numéro de sécurité sociale|num sécu|nss"
    ) { (1...2 ~= $0[0] || 7...8 ~= $0[0]) && $0.number(0, 13) % 97 == 97 - $0.number(13, 2) },
    NationalID("99999999999999999X", "+身份证|身份證|idcard|id card|公民身份|resident identity") { $0.isChinese },
    NationalID("999999X999X", "+hetu|henkilötunnus|henkilotunnus|hetu numero") { $0.isFinnish },
    NationalID("AAAAAA99A99A999A", "+codice fiscale|cf|c.f|cod fisc|cod. fisc|codicefiscale") { $0.isItalian },
    NationalID("AAAA999999AAAAAAX9", "+curp|clave única") { $0.isMexican },
    NationalID("AA999999A", "nino|ni number|national insurance|ni no|nin|insurance number|national insurance number") {
      $0.isNino
    },
    NationalID("9999999A", "pps|ppsn|pps number|pps no|personal public service") { $0.irishLetter(8) },
    NationalID("9999999AA", "pps|ppsn|pps number|pps no|personal public service") { $0.irishLetter(9) },
    NationalID("A999999X", "hkid|hong kong id|香港身份證|身份證號碼|hkid no|hk id") { $0.isHongKong },
    NationalID("A999999999", "身分證|身分證字號|統一編號|taiwan id|國民身分證|roc id|national id") { $0.isTaiwanese },
    NationalID("AAAAA9999A", "pan|pan no|pan number|pan card|permanent account|pancard") {
      "ABCFGHJLPT".utf8.contains($0.byte(3))
    },
    NationalID("99999999X", "rut|run|rol único|rol unico|cédula|rut cliente") { $0.isChilean },
    NationalID("9999999X", "rut|run|rol único|rol unico|cédula|rut cliente") { $0.isChilean },
  ]
}
