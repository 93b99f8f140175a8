/// Hashing of words and of the shapes that `ClueTable` describes; scanner and table share it.
///
/// 64-bit hashes are compared instead of text: among some thousand clues and any real text a collision does not
/// happen, and one made on purpose spoils only its author's label.
enum ClueKey {
  private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Up to eight bytes more. Few words are longer, so most take one step.
  @inline(__always)
  private static func add(_ bytes: UInt64, to hash: UInt64) -> UInt64 {
    ((hash << 7 | hash >> 57) &* 0xD6E8_FEB8_6659_FD93) ^ bytes
  }

  /// Spreads what the bytes have left in a few bits over all of them.
  @inline(__always)
  private static func finish(_ hash: UInt64) -> UInt64 {
    let spread = (hash ^ hash >> 29) &* factor
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

  /// Reads the word at `start`. `C++`, `C#` and `F#` are words too.
  ///
  /// `start` must be below `end`, and `end` at most `bytes.count`.
  @inline(__always)
  static func word(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> (hash: UInt64, end: Int) {
    var hash: UInt64 = 0
    var index = start
    while index < end {
      let (eight, plain) = chunk(of: bytes, at: index)
      let length = min(plain, end - index)
      index += length
      if length == 8 {
        hash = add(eight, to: hash)
        continue
      }
      hash = add(eight & (1 << UInt64(8 * length) - 1), to: hash)
      break
    }
    if index == start + 1, index < end, bytes[start] & 0xDF == UInt8(ascii: "C") || bytes[start] == UInt8(ascii: "F") {
      if bytes[index] == UInt8(ascii: "#") {
        return (finish(add(0x23, to: hash)), index + 1)
      }
      if bytes[index] == UInt8(ascii: "+"), index + 1 < end, bytes[index + 1] == UInt8(ascii: "+") {
        return (finish(add(0x2B, to: hash)), index + 2)
      }
    }
    return (finish(hash), index)
  }

  /// The bytes from `index` on, as many as there are up to eight, and how many of them belong to a word.
  @inline(__always)
  private static func chunk(of bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (bytes: UInt64, length: Int) {
    if index + 8 <= bytes.count {
      let eight = EightBytes(bytes, at: index)
      return (eight.word, eight.beforeNonWord)
    }
    var word: UInt64 = 0
    var length = 0
    while index + length < bytes.count, isWord(bytes[index + length]) {
      word |= UInt64(bytes[index + length]) << UInt64(8 * length)
      length += 1
    }
    return (word, length)
  }

  /// The hash of a key as it is written in the tables, that of the word that it is looked up by (0 for marks), and its
  /// shape. A key of no known shape is a mistake in the source and traps.
  static func read(_ key: String) -> (hash: UInt64, word: UInt64, shape: Shape) {
    Array(key.utf8).withUnsafeBufferPointer { bytes in
      var index = 0
      let first = bytes[0] == UInt8(ascii: "^")
      if first { index = 1 }
      if !isWord(bytes[index]) {
        let mark = UInt64(bytes[index])
        if bytes.count == index + 2, !isWord(bytes[index + 1]) {
          return (hash(.marks, 0, mark: mark << 8 | UInt64(bytes[index + 1])), 0, .marks)
        }
        let word = word(in: bytes, from: index + 1, to: bytes.count)
        precondition(word.end == bytes.count && !first, "a clue key has no known shape")
        return (hash(.prefix, word.hash, mark: mark), word.hash, .prefix)
      }
      let word = word(in: bytes, from: index, to: bytes.count)
      if word.end == bytes.count {
        let shape = first ? Shape.lineWord : .word
        return (hash(shape, word.hash), word.hash, shape)
      }
      if word.end + 1 == bytes.count {
        let shape = first ? Shape.lineEnd : .suffix
        return (hash(shape, word.hash, mark: UInt64(bytes[word.end])), word.hash, shape)
      }
      var separator: UInt64 = 0
      index = word.end
      while index < bytes.count, !isWord(bytes[index]) {
        separator = separator << 8 | UInt64(bytes[index])
        index += 1
      }
      precondition(index < bytes.count && index - word.end <= 3, "a clue key has no known shape")
      let second = Self.word(in: bytes, from: index, to: bytes.count)
      precondition(second.end == bytes.count, "a clue key has no known shape")
      if separator == UInt64(UInt8(ascii: "~")) {
        return (hash(.firstOfLine, second.hash, before: word.hash), second.hash, .firstOfLine)
      }
      let shape = first ? Shape.linePair : .pair
      return (hash(shape, second.hash, mark: separator, before: word.hash), second.hash, shape)
    }
  }
}
