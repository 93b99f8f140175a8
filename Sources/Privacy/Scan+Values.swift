/// Where a value begins and ends: within quotes, escaped ones too, or as a bare word.
extension Scan {
  struct Value {
    var start: Int
    var end: Int
    var quoted: Bool
  }

  /// The value behind a sign. A run in which names and signs take turns (`a=b=c=`) is a long value's but once.
  func assignedValue(from position: Int) -> Value? {
    guard let value = value(from: position) else { return nil }
    guard !value.quoted, value.end - value.start > 256 else { return value }
    if notes.pointee.judgedRun == value.end { return nil }
    notes.pointee.judgedRun = value.end
    return value
  }

  /// Longer ones are data. A quoted value is read from its quote to the next one of its kind, a bare one once per run.
  static var valueMax: Int { 16384 }

  /// The value at `position`: within quotes (escaped ones too), or up to what cannot stand in a bare word.
  func value(from position: Int) -> Value? {
    var start = position
    while at(start) == 0x5C, start < position + 8 { start += 1 }
    let quote = at(start)
    if Ascii.isQuote(quote) {
      start += 1
      // A literal in a literal: `"\"KEY\""`.
      var inner = start
      while at(inner) == 0x5C, inner < start + 16 { inner += 1 }
      if inner - start > start - 1 - position, Ascii.isQuote(at(inner)) { start = inner + 1 }
      var end = start
      while end < bytes.count, bytes[end] != quote, bytes[end] >= 0x20, bytes[end] != 0x5C {
        // What ends in another quote and a sign is a text in JSON with an apostrophe in it.
        if bytes[end] == 0x22, ",:]}".utf8.contains(at(end + 1)) || end + 1 == bytes.count { break }
        end += 1
      }
      guard end - start <= Scan.valueMax else { return nil }
      if at(end) != quote, at(end) != 0x5C { end = min(end, bareEnd(from: start)) }
      return Value(start: start, end: end, quoted: at(end) == quote || at(end) == 0x5C)
    }
    guard start == position else { return nil }
    start = afterOpeningQuote(start)
    var end = bareEnd(from: start)
    guard end - start <= Scan.valueMax else { return nil }
    end = afterAmpersands(start, end)
    while end > start, case let last = bytes[end - 1], last == 0x2E || last == 0x3A { end -= 1 }
    return Value(start: start, end: end, quoted: false)
  }

  /// In a password the sign stands for itself: not before a blank, another one or a parameter, nor in an entity.
  private func afterAmpersands(_ start: Int, _ end: Int) -> Int {
    var end = end
    // Few: each value is measured anew.
    for _ in 0..<2 where at(end) == 0x26 && 3..<64 ~= end - start && Scan.isBare(at(end + 1)) {
      let next = bareEnd(from: end + 1)
      // Behind an equals sign letters alone are a parameter too: `?token=X&raw`.
      guard next - end < 64, at(next) != 0x3B, !(end..<next).contains(where: { bytes[$0] == 0x3D }),
        at(start - 1) != 0x3D || (end + 1..<next).contains(where: { !Ascii.isLetter(bytes[$0]) })
      else { return end }
      end = next
    }
    return end
  }

  /// Past 「, 『, 《, 【, “, „, ‘ and «; what closes them ends a bare word anyway.
  private func afterOpeningQuote(_ index: Int) -> Int {
    switch (at(index), at(index + 1), at(index + 2)) {
    case (0xE3, 0x80, 0x8A), (0xE3, 0x80, 0x8C), (0xE3, 0x80, 0x8E), (0xE3, 0x80, 0x90), (0xE2, 0x80, 0x98),
      (0xE2, 0x80, 0x9C), (0xE2, 0x80, 0x9E):
      return index + 3
    case (0xC2, 0xAB, let next): return index + (next == 0x20 ? 3 : 2)
    default: return index
    }
  }

  /// Two-byte scalars (Latin, Cyrillic) are part of a password; wider ones, and the spaces and signs behind C2, are the
  /// text round it.
  @inline(__always)
  static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"),
      UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"),
      UInt8(ascii: "`"):
      false
    default: byte > 0x20 && byte != 0x7F && byte < 0xE0 && byte != 0xC2
    }
  }
}
