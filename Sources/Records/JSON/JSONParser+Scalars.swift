/// Strings, numbers and the uniqueness of keys.
extension JSONParser {
  mutating func parseString() throws(JSONError) {
    at += 1
    let start = at
    var hasEscapes = false
    while true {
      at = plainEnd(from: at)
      guard at < bytes.count else { throw failure(.unexpectedEnd) }
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""):
        nodes.append(
          .init(
            kind: .string, hasEscapes: hasEscapes, start: Int32(start), end: Int32(at), next: Int32(nodes.count + 1)))
        at += 1
        return
      case UInt8(ascii: "\\"):
        hasEscapes = true
        try parseEscape()
      case 0..<0x20: throw failure(.controlCharacter)
      default:
        guard let length = UTF8Sequence.length(in: bytes, at: at) else { throw failure(.invalidUTF8) }
        at += length
      }
    }
  }

  /// Where the next byte stands that is not plain ASCII text: a quote, a backslash, a control byte or one above 0x7F.
  private func plainEnd(from start: Int) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      var at = start
      while at + 16 <= bytes.count {
        if let plain = SixteenBytes(bytes, at: at).beforeEscapeOrNonASCII { return at + plain }
        at += 16
      }
      // In bounds: at < count.
      while at < bytes.count, bytes[at] >= 0x20, bytes[at] < 0x80, bytes[at] != UInt8(ascii: "\""),
        bytes[at] != UInt8(ascii: "\\")
      { at += 1 }
      return at
    }
  }

  private mutating func parseEscape() throws(JSONError) {
    guard at + 1 < bytes.count else { throw failure(.unexpectedEnd) }
    switch bytes[at + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      at += 2
    case UInt8(ascii: "u"):
      let unit = try hexUnit()
      switch unit {
      case 0xD800..<0xDC00:
        guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
          throw failure(.loneSurrogate)
        }
        guard (0xDC00..<0xE000).contains(try hexUnit()) else { throw failure(.loneSurrogate) }
      case 0xDC00..<0xE000: throw failure(.loneSurrogate)
      default: break
      }
    default: throw failure(.badEscape)
    }
  }

  /// The four digits of `\uXXXX` at the current position, which moves behind them.
  private mutating func hexUnit() throws(JSONError) -> UInt32 {
    guard at + 6 <= bytes.count else { throw failure(.unexpectedEnd) }
    var unit: UInt32 = 0
    for offset in 2..<6 {
      guard let digit = hexDigit(bytes[at + offset]) else { throw failure(.badEscape) }
      unit = unit << 4 | UInt32(digit)
    }
    at += 6
    return unit
  }

  mutating func parseNumber() throws(JSONError) {
    let start = at
    var mayOverflow = false
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    if at < bytes.count, bytes[at] == UInt8(ascii: "0") {
      at += 1
    } else {
      mayOverflow = try digits() > 300
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      _ = try digits()
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      mayOverflow = true
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
      _ = try digits()
    }
    if mayOverflow {
      guard let value = Double(String(decoding: bytes[start..<at], as: UTF8.self)), value.isFinite else {
        throw failure(.numberOutOfRange)
      }
    }
    append(.number, from: start)
  }

  /// At least one digit; a digit behind a leading zero is left standing and fails as an unexpected byte.
  private mutating func digits() throws(JSONError) -> Int {
    let start = at
    while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) { at += 1 }
    guard at > start else { throw failure(at < bytes.count ? .badNumber : .unexpectedEnd) }
    return at - start
  }

  /// Small objects are compared pair by pair, large ones through a set (seeded hashing: no quadratic cost, no flooding).
  func checkKeys(of object: Int, count: Int) throws(JSONError) {
    guard count > 1 else { return }
    var keys: [Int] = []
    keys.reserveCapacity(count)
    var index = object + 1
    for _ in 0..<count {
      keys.append(index)
      index = Int(nodes[index + 1].next)
    }
    if count <= 24, keys.allSatisfy({ !nodes[$0].hasEscapes }) {
      for (position, key) in keys.enumerated() {
        for other in keys[..<position] where sameText(key, other) {
          throw JSONError(code: .duplicateKey, offset: Int(nodes[key].start))
        }
      }
      return
    }
    var seen = Set<[UInt8]>(minimumCapacity: count)
    for key in keys {
      // Bytes, since `==` on String is canonical equivalence.
      let decoded = Array(JSONText.decode(bytes[Int(nodes[key].start)..<Int(nodes[key].end)]).utf8)
      if !seen.insert(decoded).inserted { throw JSONError(code: .duplicateKey, offset: Int(nodes[key].start)) }
    }
  }

  private func sameText(_ a: Int, _ b: Int) -> Bool {
    let (x, y) = (nodes[a], nodes[b])
    guard x.end - x.start == y.end - y.start else { return false }
    for offset in 0..<Int(x.end - x.start) where bytes[Int(x.start) + offset] != bytes[Int(y.start) + offset] {
      return false
    }
    return true
  }
}
