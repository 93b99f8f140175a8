/// Unicode look-alikes of ASCII: full-width forms, joints without width, spaces of other kinds.
///
/// Texts that hold such bytes are scanned in a copy that has them undone; what is found there is removed from the
/// original. All other texts never pay for it.
struct Disguise {
  /// The text with look-alikes undone.
  private(set) var bytes: [UInt8] = []
  /// Where the copy parts from the original: what stands at `copy` stood at `original`, and so on up to the next one.
  private var turns: [(copy: Int, original: Int)] = [(0, 0)]

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
      guard byte >= 0xC2, index + 1 < original.count,
        let (plain, length) = Disguise.replacement(
          byte, original[index + 1], index + 2 < original.count ? original[index + 2] : 0)
      else {
        index += 1
        continue
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: original[copied..<index]))
      if let plain {
        turns.append((bytes.count, index))
        bytes.append(plain)
      }
      index += length
      copied = index
      turns.append((bytes.count, index))
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: original[copied...]))
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
      // The last byte of the copy may be one for three of the original.
      let isWide = turn + 1 < turns.count && turns[turn + 1].copy == span.end && turns[turn].copy == span.end - 1
      return Scan.Span(start: start, end: isWide ? endOfScalar(turn) : last + 1, type: span.type)
    }
  }

  /// The end of the look-alike that `turn` begins: the next turn says where the text goes on.
  private func endOfScalar(_ turn: Int) -> Int { turns[turn + 1].original }

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
