extension String {
  /// The placeholders `[TYPE_1]` … `[TYPE_n]` of a scrubbed text moved up by `base`, n being the text's own count of that
  /// type. For texts scrubbed before the record they belong to was known (contract section 4).
  package func renumbered(_ own: Redactions, above base: Redactions) -> String {
    guard RedactionType.allCases.contains(where: { own[$0] > 0 && base[$0] > 0 }) else { return self }
    var out: [UInt8] = []
    let bytes = Array(utf8)
    out.reserveCapacity(bytes.count + 16)
    var at = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "["), let found = Self.placeholder(bytes, at),
        (1...own[found.type]).contains(found.number)
      {
        out += Array("[\(found.type.rawValue)_\(found.number + base[found.type])]".utf8)
        at = found.end
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func placeholder(_ bytes: [UInt8], _ start: Int) -> (type: RedactionType, number: Int, end: Int)? {
    let digits: (UInt8) -> Bool = { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    // The longest is [PRIVATE_KEY_ and as many digits as a count can have.
    guard let close = bytes[start...].prefix(32).firstIndex(of: UInt8(ascii: "]")),
      let underscore = bytes[start..<close].lastIndex(of: UInt8(ascii: "_")), underscore + 1 < close,
      bytes[(underscore + 1)..<close].allSatisfy(digits),
      let type = RedactionType(rawValue: String(decoding: bytes[(start + 1)..<underscore], as: UTF8.self)),
      let number = Int(String(decoding: bytes[(underscore + 1)..<close], as: UTF8.self))
    else { return nil }
    return (type, number, close + 1)
  }
}
