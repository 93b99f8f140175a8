import HTTPWire

extension RequestHead {
  /// Whether Accept-Encoding takes gzip and does not like the plain form better (RFC 9110 section 12.5.3). False without
  /// the field: that would take anything, but who does not ask may well not understand.
  var prefersGzip: Bool {
    var gzip: Int?
    var any: Int?
    var identity: Int?
    for line in fields.all("Accept-Encoding") {
      for member in line.split(separator: UInt8(ascii: ",")) {
        let parts = member.split(separator: UInt8(ascii: ";"), maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts[0].trimmed
        let weight = parts.count == 1 ? 1000 : Self.weight(parts[1].trimmed)
        // Of two weights for the same coding the smaller counts.
        if name.equals("gzip") || name.equals("x-gzip") {
          gzip = min(gzip ?? weight, weight)
        } else if name.equals("identity") {
          identity = min(identity ?? weight, weight)
        } else if name.equals("*") {
          any = min(any ?? weight, weight)
        }
      }
    }
    // `*` stands for every coding that is not named. Plain is always there, but unasked the last choice.
    let wanted = gzip ?? any ?? 0
    return wanted > 0 && wanted >= identity ?? 0
  }

  /// Thousandths of `q=` with up to three decimals (section 12.4.2); 0, so not wanted, for anything else.
  private static func weight(_ parameter: [UInt8]) -> Int {
    guard parameter.count >= 3, parameter.count <= 7, parameter.prefix(2).equals("q=") else { return 0 }
    let digits = parameter.dropFirst(2)
    guard let first = digits.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "1") else { return 0 }
    let fraction = digits.dropFirst()
    guard fraction.isEmpty || fraction.first == UInt8(ascii: ".") else { return 0 }
    var thousandths = Int(first - UInt8(ascii: "0")) * 1000
    var place = 100
    for digit in fraction.dropFirst() {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return 0 }
      thousandths += Int(digit - UInt8(ascii: "0")) * place
      place /= 10
    }
    return thousandths <= 1000 ? thousandths : 0
  }
}
