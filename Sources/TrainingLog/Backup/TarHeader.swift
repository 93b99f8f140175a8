/// The 512 bytes before a member of a tar archive: ustar (POSIX.1-1988), with GNU's binary numbers for sizes from 8 GiB up.
struct TarHeader: Equatable {
  static let blockBytes = 512

  /// At most 100 bytes of ASCII.
  var name: String
  var size: Int
  var mode: Int = 0o600
  /// Seconds since 1970.
  var modified: Int = 0

  /// Zero bytes behind content of this size, to the next whole block.
  static func padding(_ size: Int) -> Int { (blockBytes - size % blockBytes) % blockBytes }

  var bytes: [UInt8] {
    precondition(name.utf8.count <= 100, "a name of the archive is too long")
    var block = [UInt8](repeating: 0, count: Self.blockBytes)
    func put(_ text: some Sequence<UInt8>, _ at: Int) {
      for (index, byte) in text.enumerated() { block[at + index] = byte }
    }
    put(name.utf8, 0)
    put(Self.octal(mode, digits: 7), 100)
    put(Self.octal(0, digits: 7), 108)
    put(Self.octal(0, digits: 7), 116)
    put(size < 1 << 33 ? Self.octal(size, digits: 11) : Self.binary(size), 124)
    put(Self.octal(modified, digits: 11), 136)
    put([UInt8](repeating: UInt8(ascii: " "), count: 8), 148)
    block[156] = UInt8(ascii: "0")
    put("ustar\u{0}00".utf8, 257)
    put(Self.octal(Self.sum(block), digits: 6), 148)
    block[154] = 0
    return block
  }

  /// nil for anything but a regular file whose header is whole.
  init?(_ block: [UInt8]) {
    guard block.count == Self.blockBytes, block[257..<262].elementsEqual("ustar".utf8),
      [0, UInt8(ascii: "0")].contains(block[156]), block[345] == 0, Self.number(block[148..<156]) == Self.sum(block),
      let size = Self.number(block[124..<136]), let mode = Self.number(block[100..<108]),
      let modified = Self.number(block[136..<148])
    else { return nil }
    let name = block[..<100].prefix { $0 != 0 }
    guard name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    self.init(name: String(decoding: name, as: UTF8.self), size: size, mode: mode, modified: modified)
  }

  init(name: String, size: Int, mode: Int = 0o600, modified: Int = 0) {
    self.name = name
    self.size = size
    self.mode = mode
    self.modified = modified
  }

  /// Of all bytes, those of the sum itself taken as spaces.
  private static func sum(_ block: [UInt8]) -> Int {
    block.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element)) }
  }

  private static func octal(_ number: Int, digits: Int) -> [UInt8] {
    let text = String(number, radix: 8)
    return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
  }

  private static func binary(_ number: Int) -> [UInt8] {
    [0x80] + (0..<11).map { UInt8(truncatingIfNeeded: $0 < 3 ? 0 : number >> ((10 - $0) * 8)) }
  }

  /// Octal digits up to a NUL or a space, or a binary number; nil for anything else and for more than 63 bits.
  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    var value = 0
    if field.first == 0x80 {
      for byte in field.dropFirst() {
        guard value < 1 << 55 else { return nil }
        value = value << 8 | Int(byte)
      }
      return value
    }
    let digits = field.prefix { $0 != 0 && $0 != 0x20 }
    for digit in digits {
      guard (0x30...0x37).contains(digit), value < 1 << 59 else { return nil }
      value = value << 3 | Int(digit - 0x30)
    }
    return digits.isEmpty ? nil : value
  }
}
