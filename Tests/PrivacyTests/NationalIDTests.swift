import Testing

@testable import Privacy

/// Five invented numbers a country, made by an independent program from the authorities' rules.
@Suite struct NationalIDTests {
  struct Country: Sendable, CustomStringConvertible {
    let code: String
    let word: String
    let numbers: [String]

    var description: String { "\(code) \(word)" }
  }

  static let countries: [Country] = [
    Country(
      code: "CA", word: "social insurance", numbers: ["962096657", "428707228", "671028223", "412393704", "450528559"]),
    Country(
      code: "PL", word: "pesel", numbers: ["88071354257", "88091647175", "66032024748", "55022466774", "64080819763"]),
    Country(
      code: "BR", word: "cpf", numbers: ["86335386100", "40831600802", "69934673649", "53268086179", "79375418812"]),
    Country(
      code: "FR", word: "sécurité sociale",
      numbers: ["194030487818788", "153092722933143", "173032747246975", "289013271136163", "156111870107442"]),
    Country(
      code: "DE", word: "Steuer-ID",
      numbers: ["21560736480", "82364571203", "13487802951", "20738934650", "63827709547"]),
    Country(code: "ES", word: "DNI", numbers: ["50254517T", "17566350P", "33735244V", "69784591S", "21151707X"]),
    Country(
      code: "ES", word: "número de extranjero",
      numbers: ["Y6251121B", "X3290599N", "Y0662848W", "X9787102G", "Y3444366S"]),
    Country(
      code: "FI", word: "hetu", numbers: ["010969-246M", "210767-126J", "220887-770X", "010802A349V", "091150-278J"]),
    Country(
      code: "SE", word: "personnummer",
      numbers: ["650615-7053", "810616-5221", "920221-4947", "780128-0491", "541213-1244"]),
    Country(
      code: "NO", word: "fødselsnummer",
      numbers: ["19038335017", "28026006289", "17056114726", "18125601932", "15046511422"]),
    Country(code: "NL", word: "BSN", numbers: ["974641832", "913732539", "650943272", "825951380", "171710952"]),
    Country(
      code: "BE", word: "rijksregisternummer",
      numbers: ["77.06.18-073.76", "71.06.27-463.66", "79.02.20-247.50", "80.08.28-567.38", "54.12.10-127.15"]),
    Country(
      code: "CH", word: "AHV",
      numbers: ["756.6849.0591.26", "756.5739.7467.19", "756.9140.4866.46", "756.4587.3871.05", "756.6019.0735.32"]),
    Country(
      code: "AT", word: "SV-Nummer", numbers: ["2309250760", "5856140660", "5731030994", "2298020782", "5104090672"]),
    Country(
      code: "GB", word: "NHS number", numbers: ["7285625019", "9337417022", "4720960898", "9107854145", "6465760754"]),
    Country(code: "IE", word: "PPS number", numbers: ["9809110S", "0041431J", "6723176W", "5608350K", "4329857J"]),
    Country(
      code: "IT", word: "codice fiscale",
      numbers: ["PFDBGS01P11L110Q", "DNNSGT59E09A270B", "GSVNGT00T05B525R", "NSBGNZ92R26E867B", "VNZPBC51H04A298G"]),
    Country(
      code: "IN", word: "Aadhaar",
      numbers: ["3595 0102 1276", "7135 3556 7916", "6005 4289 4406", "9695 3359 4898", "9814 9576 9669"]),
    Country(
      code: "CN", word: "身份证",
      numbers: [
        "440305199206231092", "310104195710268164", "110105195601177027", "110105195103183440", "310104198101130649",
      ]),
    Country(
      code: "JP", word: "マイナンバー",
      numbers: ["674485798308", "395067392706", "793802253184", "381594499330", "013921715115"]),
    Country(code: "SG", word: "NRIC", numbers: ["T0026511F", "S9949013F", "T8199086C", "S8694492H", "T4245427Z"]),
    Country(code: "HK", word: "HKID", numbers: ["D557439(1)", "V661889(8)", "K197886(1)", "V897723(2)", "Y092998(9)"]),
    Country(
      code: "TW", word: "身分證字號", numbers: ["E100209624", "M248313812", "P208452681", "H123852537", "H169093552"]),
    Country(
      code: "TR", word: "TC kimlik",
      numbers: ["63500444736", "59385691310", "64757877988", "16801859570", "92497851814"]),
    Country(
      code: "IL", word: "teudat zehut", numbers: ["145292223", "301460416", "344578182", "167368562", "350019519"]),
    Country(
      code: "RO", word: "CNP",
      numbers: ["2541227117394", "2810404176304", "1830226189431", "6030613175663", "2920301176024"]),
    Country(
      code: "CZ", word: "rodné číslo",
      numbers: ["526104/8969", "601203/6635", "655714/7905", "990903/2364", "535806/7792"]),
    Country(code: "BG", word: "ЕГН", numbers: ["5804100222", "7709130657", "9404049801", "7811052862", "8409143017"]),
    Country(
      code: "HR", word: "OIB", numbers: ["69511480725", "47311241392", "29073476261", "87274836862", "61094756403"]),
    Country(
      code: "EE", word: "isikukood",
      numbers: ["46607272690", "46407067030", "50302279439", "38002229998", "37801072339"]),
    Country(
      code: "RU", word: "СНИЛС",
      numbers: ["380-528-598 02", "863-682-247 44", "227-379-972 13", "126-522-210 22", "693-415-526 19"]),
    Country(
      code: "RU", word: "ИНН",
      numbers: ["503376888763", "751019747261", "521847240069", "729186063795", "523561930613"]),
    Country(
      code: "UA", word: "РНОКПП", numbers: ["2797776254", "3051986390", "3214379287", "3385414930", "3170053954"]),
    Country(
      code: "TH", word: "thai id",
      numbers: ["1267014332771", "3649782547505", "4223018558465", "2641272375715", "5231554670933"]),
    Country(
      code: "ZA", word: "South African ID",
      numbers: ["7912128689089", "8107223528089", "7612146034082", "7311014604080", "8709053656086"]),
    Country(
      code: "AU", word: "TFN", numbers: ["604 830 978", "727 908 041", "829 262 753", "674 653 789", "590 712 052"]),
    Country(
      code: "CL", word: "RUT",
      numbers: ["19.133.287-3", "23.971.673-3", "19.853.450-1", "12.018.883-6", "12.592.416-6"]),
    Country(
      code: "AR", word: "CUIL",
      numbers: ["23-26074135-7", "23-35776083-6", "27-35050837-1", "20-25163786-6", "27-28817745-2"]),
    Country(
      code: "MX", word: "CURP",
      numbers: [
        "CARL581022MNLMNR08", "DALK820304MJCDFL04", "DALK880522MJCNMN08", "BAMM990806MDFLBG01", "BAMK821110HJCLMP07",
      ]),
    Country(
      code: "PT", word: "contribuinte", numbers: ["106541803", "278151868", "153846240", "107404559", "147714621"]),
    Country(
      code: "GR", word: "ΑΜΚΑ", numbers: ["21048663849", "07088198200", "09108426843", "10109970078", "20057968776"]),
  ]

  @Test(arguments: countries) func aNumberBehindItsWordGoes(country: Country) {
    for number in country.numbers {
      for text in [
        "\(country.word): X", "\(country.word) \"X\"", "my \(country.word) is X, thanks", "X (\(country.word))",
      ] {
        let parts = text.split(separator: "X", omittingEmptySubsequences: false)
        let result = Scrubber.standard.scrub(text: text.replacing("X", with: number)).value
        #expect(result == parts.joined(separator: "[NATIONAL_ID_1]"), "\(number)")
      }
    }
  }

  /// The last digit or letter of a number is its check, or follows from one: another one there is nobody's number.
  @Test(arguments: countries) func aWrongCheckDigitIsNobodysNumber(country: Country) {
    for number in country.numbers {
      let end = number.hasSuffix(")") ? number.dropLast() : number[...]
      guard let last = end.last else { continue }
      let others = last.isNumber ? Array("0123456789") : Array("ABCDEFGHJKLMNPQRSTUVWXYZ")
      let kept = others.filter { other in
        guard other != last else { return false }
        let wrong = end.dropLast() + String(other) + (number.hasSuffix(")") ? ")" : "")
        let text = "\(country.word): \(wrong)"
        return Scrubber.standard.scrub(text: text).value == text
      }
      // Rarely another country's number, or a check that two values fulfil.
      #expect(kept.count * 3 >= (others.count - 1) * 2, "\(number): only \(String(kept)) were kept")
    }
  }

  @Test(arguments: countries) func withoutAWordNothingIsSaid(country: Country) {
    let particular: Set<String> = ["CH", "CN", "FI", "IT", "MX"]
    for number in country.numbers {
      let text = "value \(number) was seen"
      let isKept = Scrubber.standard.scrub(text: text).value == text
      #expect(isKept != particular.contains(country.code), "\(number)")
    }
  }

  /// Shapes without a check digit need their word all the more.
  @Test(arguments: [
    ("NINO: AB123456C", "NINO: [NATIONAL_ID_1]"), ("NI number QQ 12 34 56 C", "NI number QQ 12 34 56 C"),
    ("national insurance: CE 12 34 56 D", "national insurance: [NATIONAL_ID_1]"),
    ("code AB123456C", "code AB123456C"), ("PAN: ABCPE1234F", "PAN: [NATIONAL_ID_1]"),
    ("pan ABCPE1234F", "pan ABCPE1234F"),
    ("PAN: ABCXE1234F", "PAN: ABCXE1234F"), ("cpr 010190-1234", "cpr [NATIONAL_ID_1]"),
    ("cpr 410190-1234", "cpr 410190-1234"),
    ("ITIN 912-84-3307", "ITIN [NATIONAL_ID_1]"), ("900-12-3456", "900-12-3456"), ("sin(123456782)", "sin(123456782)"),
    ("tin can 123456782", "tin can 123456782"), ("customerSin: 123456782", "customerSin: [NATIONAL_ID_1]"),
  ]) func rowsWithoutCheckDigits(text: String, expected: String) {
    #expect(Scrubber.standard.scrub(text: text).value == expected)
  }

  @Test func aRowForAtLeastFifteenCountries() { #expect(Set(Self.countries.map(\.code)).count >= 15) }
}
