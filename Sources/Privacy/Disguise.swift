import CVector

/// Unicode look-alikes of ASCII: full-width forms, joints without width, spaces of other kinds; and escaped scalars
/// and slashes (`\u00e9`, `\/`, at any depth of JSON in JSON), which hide words and signs alike.
///
/// Texts that hold such bytes are scanned in a copy that has them undone; what is found there is removed from the
/// original. All other texts are read once more, sixteen bytes at a time.
struct Disguise {
  /// The text with look-alikes undone.
  private(set) var bytes: [UInt8] = []
  /// Where the copy parts from the original: what stands at `copy` stood at `original`, and so on up to the next one.
  /// `isScalar`: up to the next turn it is one scalar.
  private var turns: [(copy: Int, original: Int, isScalar: Bool)] = []
  /// Where the first look-alike stood in the text last looked at; its count where none did.
  private var first = 0
  private var isPlain = true

  /// Looks at a text, and copies it if it has look-alikes; the memory of an earlier copy serves again. True: it has some.
  ///
  /// - Parameter windows: where alone the text was changed since it was last looked at; nil for a new one.
  mutating func undo(_ original: UnsafeBufferPointer<UInt8>, changedIn windows: [Range<Int>]?) -> Bool {
    first = windows.map { first(in: original, changedIn: $0) } ?? Disguise.first(in: original, from: 0)
    isPlain = first >= original.count
    if isPlain { return false }
    bytes.removeAll(keepingCapacity: true)
    bytes.reserveCapacity(original.count)
    turns = [(0, 0, false)]
    let text = Bytes(original)
    var copied = 0
    var index = first
    while index < original.count {
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: original[copied..<index]))
      if text[index] == 0x5C, let (scalar, length) = Disguise.escapedScalar(text, index) {
        append(scalar, from: index)
        index += length
      } else if let (plain, length) = Disguise.replacement(text[index], text[index + 1], text[index + 2]) {
        if let plain {
          turns.append((bytes.count, index, true))
          bytes.append(plain)
        }
        index = min(index + length, original.count)
      }
      copied = index
      turns.append((bytes.count, index, false))
      index = Disguise.first(in: original, from: index)
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: original[copied...]))
    return true
  }

  /// The first look-alike, of a text that was changed in `windows`. None is longer than 22 bytes, and the windows reach
  /// farther than that on either side of what was put there.
  private func first(in original: UnsafeBufferPointer<UInt8>, changedIn windows: [Range<Int>]) -> Int {
    guard let changed = windows.first?.lowerBound else { return isPlain ? original.count : first }
    if !isPlain { return first < changed ? first : Disguise.first(in: original, from: start(in: original, changed)) }
    for window in windows {
      let part = UnsafeBufferPointer(rebasing: original[..<window.upperBound])
      let place = Disguise.first(in: part, from: start(in: original, window.lowerBound))
      if place < window.upperBound { return place }
    }
    return original.count
  }

  /// Where the scalar or the row of backslashes begins that `index` may be in.
  private func start(in original: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
    var start = index
    // In bounds: both bytes are before `index`, which is not behind the end, or at it where one follows.
    while start > 0, original[start - 1] == 0x5C || start < original.count && original[start] & 0xC0 == 0x80 {
      start -= 1
    }
    return start
  }

  /// The first look-alike or escaped scalar at or after `start`; the count where none is.
  static func first(in original: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = original.baseAddress else { return 0 }
    let text = Bytes(original)
    var index = start
    while index < original.count {
      // Sixteen bytes at a time, while they are ASCII without a backslash; the last ones singly.
      while index + 16 <= original.count {
        // A branch of its own: see `SixteenBytes`.
        let marks = cv_disguises(base + index)
        if marks != 0 {
          index += marks.trailingZeroBitCount
          break
        }
        index += 16
      }
      guard index < original.count else { break }
      let byte = base[index]
      if byte == 0x5C {
        if escapedScalar(text, index) != nil { return index }
        // The backslashes that follow belong to the same escape.
        while index < original.count, base[index] == 0x5C { index += 1 }
      } else if byte >= 0xC2, replacement(byte, text[index + 1], text[index + 2]) != nil {
        return index
      } else {
        // The rest of a scalar begins none.
        index += byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      }
    }
    return original.count
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

  /// Ranges of the original, ascending, as ranges of the copy.
  func copies(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var turn = 0
    func place(_ index: Int) -> Int {
      while turn + 1 < turns.count, turns[turn + 1].original <= index { turn += 1 }
      let place = turns[turn].copy + index - turns[turn].original
      return turn + 1 < turns.count ? min(place, turns[turn + 1].copy) : place
    }
    return ranges.map { range in
      let start = place(range.lowerBound)
      return start..<place(range.upperBound)
    }
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

  /// The scalar that the escape at `index` stands for, and its length: backslashes, `u`, four hex digits; or an odd number of
  /// backslashes and a slash. nil for halves of pairs, and for what must stay escaped: controls, quotes, backslashes.
  static func escapedScalar(_ text: Bytes, _ index: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    var position = index
    while text[position] == 0x5C, position < index + 16 { position += 1 }
    if text[position] == UInt8(ascii: "/"), (position - index) & 1 == 1 { return ("/", position + 1 - index) }
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
  @inline(__always)
  private static func replacement(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> (plain: UInt8?, length: Int)? {
    guard first == 0xEF || first == 0xE2 || first == 0xC2 || first == 0xE3 else { return nil }
    return switch (first, second, third) {
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
