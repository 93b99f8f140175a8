/// Hashing of words and of the shapes that `ClueTable` describes; scanner and table share it.
///
/// 64-bit hashes are compared instead of text: among some thousand clues and any real text a collision does not
/// happen, and one made on purpose spoils only its author's label.
enum ClueKey {
  private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Spreads what the bytes say over all bits.
  @inline(__always)
  private static func finish(_ first: UInt64, _ rest: UInt64, _ length: Int) -> UInt64 {
    let bytes = first ^ (rest << 7 | rest >> 57) &* 0xD6E8_FEB8_6659_FD93 &+ UInt64(truncatingIfNeeded: length)
    let spread = (bytes ^ bytes >> 29) &* factor
    return spread ^ spread >> 32
  }

  enum Shape: UInt64 {
    case word = 0
    case lineWord = 1
    case prefix = 2
    case suffix = 3
    case pair = 4
    case linePair = 5
    case firstOfLine = 6
    case marks = 7
    case lineEnd = 8
  }

  @inline(__always)
  static func hash(_ shape: Shape, _ word: UInt64, mark: UInt64 = 0, before: UInt64 = 0) -> UInt64 {
    let context = (before &+ (mark << 4 | shape.rawValue)) &* 0xD6E8_FEB8_6659_FD93
    return (context ^ (context >> 32)) &+ word &* 3
  }

  @inline(__always)
  static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F
  }

  /// Reads the word `start..<end`: its first eight bytes, its last eight, and how many there are. `C++`, `C#` and `F#` are
  /// words too, where the line `..<last` goes on so.
  ///
  /// `start` must be below `end`, and `last` at most `bytes.count`.
  @inline(__always)
  static func word(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, line last: Int
  ) -> (hash: UInt64, end: Int) {
    let length = end - start
    let (first, rest): (UInt64, UInt64)
    if start + 8 <= bytes.count {
      // Without a branch: how long a word is nobody can predict.
      first = eight(bytes, start) & ~0 >> UInt64(max(0, 64 - 8 * length))
      rest = length > 8 ? eight(bytes, end - 8) : 0
    } else {
      first = (start..<end).reduce(0) { $0 | UInt64(bytes[$1]) << UInt64(8 * ($1 - start)) }
      rest = 0
    }
    if length == 1, end < last, first & 0xDF == UInt64(UInt8(ascii: "C")) || first == UInt64(UInt8(ascii: "F")) {
      if bytes[end] == UInt8(ascii: "#") { return (finish(first | 0x2300, rest, 2), end + 1) }
      if bytes[end] == UInt8(ascii: "+"), end + 1 < last, bytes[end + 1] == UInt8(ascii: "+") {
        return (finish(first | 0x2B_2B00, rest, 3), end + 2)
      }
    }
    return (finish(first, rest, length), end)
  }

  /// The first of them lowest; `at` must leave eight in `bytes`.
  @inline(__always)
  private static func eight(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt64 {
    // In bounds by the caller's word; unaligned loads need no more.
    UInt64(littleEndian: UnsafeRawPointer(bytes.baseAddress! + at).loadUnaligned(as: UInt64.self))
  }

  /// The hash of a key as it is written in the tables, that of the word that it is looked up by (0 for marks), that of the
  /// word before where it has two, and its shape. A key of no known shape is a mistake in the source and traps.
  static func read(_ key: String) -> (hash: UInt64, word: UInt64, before: UInt64?, shape: Shape) {
    Array(key.utf8).withUnsafeBufferPointer { bytes in
      func at(_ start: Int) -> (hash: UInt64, end: Int) {
        let end = bytes[start...].firstIndex { !isWord($0) } ?? bytes.count
        return Self.word(in: bytes, from: start, to: end, line: bytes.count)
      }
      var index = 0
      let first = bytes[0] == UInt8(ascii: "^")
      if first { index = 1 }
      if !isWord(bytes[index]) {
        let mark = UInt64(bytes[index])
        if bytes.count == index + 2, !isWord(bytes[index + 1]) {
          return (hash(.marks, 0, mark: mark << 8 | UInt64(bytes[index + 1])), 0, nil, .marks)
        }
        let word = at(index + 1)
        precondition(word.end == bytes.count && !first, "a clue key has no known shape")
        return (hash(.prefix, word.hash, mark: mark), word.hash, nil, .prefix)
      }
      let word = at(index)
      if word.end == bytes.count {
        let shape = first ? Shape.lineWord : .word
        return (hash(shape, word.hash), word.hash, nil, shape)
      }
      if word.end + 1 == bytes.count {
        let shape = first ? Shape.lineEnd : .suffix
        return (hash(shape, word.hash, mark: UInt64(bytes[word.end])), word.hash, nil, shape)
      }
      var separator: UInt64 = 0
      index = word.end
      while index < bytes.count, !isWord(bytes[index]) {
        separator = separator << 8 | UInt64(bytes[index])
        index += 1
      }
      precondition(index < bytes.count && index - word.end <= 3, "a clue key has no known shape")
      let second = at(index)
      precondition(second.end == bytes.count, "a clue key has no known shape")
      if separator == UInt64(UInt8(ascii: "~")) {
        return (hash(.firstOfLine, second.hash, before: word.hash), second.hash, word.hash, .firstOfLine)
      }
      let shape = first ? Shape.linePair : .pair
      return (hash(shape, second.hash, mark: separator, before: word.hash), second.hash, word.hash, shape)
    }
  }
}
