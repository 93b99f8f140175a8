/// Unicode look-alikes of ASCII: full-width forms, joints without width, spaces of other kinds; and escaped scalars
/// (`\u00e9`, at any depth of JSON in JSON), which hide words and signs alike.
///
/// Texts that hold such bytes are scanned in a copy that has them undone; what is found there is removed from the
/// original. All other texts never pay for it.
struct Disguise {
  /// The text with look-alikes undone.
  private(set) var bytes: [UInt8] = []
  /// Where the copy parts from the original: what stands at `copy` stood at `original`, and so on up to the next one.
  /// `isScalar`: up to the next turn it is one scalar.
  private var turns: [(copy: Int, original: Int, isScalar: Bool)] = [(0, 0, false)]

  /// U+FF01...FF5E (EF BC 81 ... EF BD 9E), U+200B...200D, U+2060, U+FEFF, U+00A0, U+00AD, U+3000, U+202F.
  static let trigger = Trigger(
    first: ByteSet([0xEF, 0xE2, 0xC2, 0xE3]), second: ByteSet([0xBC, 0xBD, 0xBB, 0x80, 0x81, 0xA0, 0xAD]))

  static func begins(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    replacement(first, second, third) != nil
  }

  init(_ original: UnsafeBufferPointer<UInt8>) {
    bytes.reserveCapacity(original.count)
    var index = 0
    var copied = 0
    while index < original.count {
      let byte = original[index]
      if byte == 0x5C, let (scalar, length) = Disguise.escapedScalar(Bytes(original), index) {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: original[copied..<index]))
        append(scalar, from: index)
        index += length
        copied = index
        turns.append((bytes.count, index, false))
        continue
      }
      guard byte >= 0xC2, index + 1 < original.count,
        let (plain, length) = Disguise.replacement(
          byte, original[index + 1], index + 2 < original.count ? original[index + 2] : 0)
      else {
        index += 1
        continue
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: original[copied..<index]))
      if let plain {
        turns.append((bytes.count, index, true))
        bytes.append(plain)
      }
      index += length
      copied = index
      turns.append((bytes.count, index, false))
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: original[copied...]))
  }

  /// What the scalar looks like, or itself.
  private mutating func append(_ scalar: Unicode.Scalar, from index: Int) {
    let encoded = Array(String(Character(scalar)).utf8)
    let rest = (encoded.count > 1 ? encoded[1] : 0, encoded.count > 2 ? encoded[2] : 0)
    guard let (plain, _) = Disguise.replacement(encoded[0], rest.0, rest.1) else {
      turns.append((bytes.count, index, true))
      bytes += encoded
      return
    }
    guard let plain else { return }
    turns.append((bytes.count, index, true))
    bytes.append(plain)
  }

  /// Spans of the copy, ascending, as spans of the original.
  func originals(_ spans: [Scan.Span]) -> [Scan.Span] {
    var turn = 0
    // Where the byte of the copy at `index` stands; `index` never falls.
    func place(_ index: Int) -> Int {
      while turn + 1 < turns.count, turns[turn + 1].copy <= index { turn += 1 }
      return turns[turn].original + index - turns[turn].copy
    }
    return spans.map { span in
      let start = place(span.start)
      let last = place(span.end - 1)
      // The last scalar of the copy may be shorter than that of the original: the next turn says where that goes on.
      return Scan.Span(start: start, end: turns[turn].isScalar ? turns[turn + 1].original : last + 1, type: span.type)
    }
  }

  /// The scalar that the escape at `index` stands for, and its length: backslashes, `u`, four hex digits. nil for halves of
  /// pairs, and for what must stay escaped: controls, quotes, backslashes.
  static func escapedScalar(_ text: Bytes, _ index: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    var position = index
    while text[position] == 0x5C, position < index + 16 { position += 1 }
    guard text[position] == UInt8(ascii: "u") else { return nil }
    var code: UInt32 = 0
    for offset in 1...4 {
      guard Ascii.isHex(text[position + offset]) else { return nil }
      code = code << 4 | Ascii.hexValue(text[position + offset])
    }
    guard code >= 0x20, code != 0x22, code != 0x5C, code != 0x7F, let scalar = Unicode.Scalar(code) else { return nil }
    return (scalar, position + 5 - index)
  }

  /// What the scalar looks like (nil: nothing) and its length in bytes.
  private static func replacement(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> (plain: UInt8?, length: Int)? {
    switch (first, second, third) {
    case (0xEF, 0xBC, 0x81...0xBF): (third - 0x81 + 0x21, 3)
    case (0xEF, 0xBD, 0x80...0x9E): (third - 0x80 + 0x60, 3)
    case (0xE2, 0x80, 0x8B...0x8D), (0xE2, 0x81, 0xA0), (0xEF, 0xBB, 0xBF): (nil, 3)
    case (0xC2, 0xA0, _): (0x20, 2)
    case (0xC2, 0xAD, _): (nil, 2)
    case (0xE3, 0x80, 0x80), (0xE2, 0x80, 0xAF): (0x20, 3)
    default: nil
    }
  }
}
