/// Unicode look-alikes of ASCII: full-width forms, joints without width, spaces of other kinds.
///
/// Texts that hold such bytes are scanned in a copy that has them undone; what is found there is removed from the
/// original. All other texts never pay for it.
struct Disguise {
  /// The text with look-alikes undone.
  private(set) var bytes: [UInt8] = []
  /// For each byte of the copy, where it stands in the original; one more for the end.
  private var starts: [Int] = []
  private var ends: [Int] = []

  /// U+FF01...FF5E (EF BC 81 ... EF BD 9E), U+200B...200D, U+2060, U+FEFF, U+00A0, U+00AD, U+3000, U+202F.
  static let trigger = Trigger(
    first: ByteSet([0xEF, 0xE2, 0xC2, 0xE3]), second: ByteSet([0xBC, 0xBD, 0xBB, 0x80, 0x81, 0xA0, 0xAD]))

  static func begins(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    replacement(first, second, third) != nil
  }

  init(_ original: UnsafeBufferPointer<UInt8>) {
    bytes.reserveCapacity(original.count)
    starts.reserveCapacity(original.count)
    ends.reserveCapacity(original.count)
    var index = 0
    while index < original.count {
      let byte = original[index]
      let second = index + 1 < original.count ? original[index + 1] : 0
      let third = index + 2 < original.count ? original[index + 2] : 0
      if byte >= 0x80, let (plain, length) = Disguise.replacement(byte, second, third) {
        if let plain { append(plain, index, index + length) }
        index += length
      } else {
        append(byte, index, index + 1)
        index += 1
      }
    }
  }

  /// A span of the copy as a span of the original.
  func original(_ span: Scan.Span) -> Scan.Span {
    Scan.Span(start: starts[span.start], end: ends[span.end - 1], type: span.type)
  }

  private mutating func append(_ byte: UInt8, _ start: Int, _ end: Int) {
    bytes.append(byte)
    starts.append(start)
    ends.append(end)
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
