/// Hashes of the tokens of texts, one behind the other: lower-cased runs of letters, digits and `_`.
struct TokenHashes {
  private(set) var all: [UInt64] = []
  private var folded: [UInt8] = []

  mutating func removeAll() { all.removeAll(keepingCapacity: true) }

  /// Of one token; mixed well when shingles are made of it.
  private struct TokenHash {
    /// FNV-1a (Fowler, Noll, Vo), 64 bits, in words of eight bytes, the first uppermost; the last may have fewer.
    static let offset: UInt64 = 0xcbf2_9ce4_8422_2325
    private static let prime: UInt64 = 0x9e37_79b9_7f4a_7c15

    static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
      let hash = (hash ^ word) &* prime
      return hash ^ hash >> 32
    }

    private var hash = offset
    /// Bytes that are not in `hash` yet, none of them zero.
    private var word: UInt64 = 0

    /// `byte` is not zero.
    mutating func add(_ byte: UInt8) {
      word = word << 8 | UInt64(byte)
      if word >> 56 != 0 { take() }
    }

    /// One beyond ASCII makes a word with zeros where no other has any.
    mutating func add(_ scalar: Unicode.Scalar) {
      if scalar.isASCII { return add(UInt8(scalar.value)) }
      if word != 0 { take() }
      word = UInt64(scalar.value) << 24
      take()
    }

    private mutating func take() {
      hash = Self.mix(hash, word)
      word = 0
    }

    /// nil where nothing was added since the last time.
    mutating func finish() -> UInt64? {
      if word != 0 { take() }
      guard hash != Self.offset else { return nil }
      defer { hash = Self.offset }
      return hash
    }
  }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { bytes in if !appendASCII(bytes) { appendAny(bytes) } }
  }

  /// The quick way, eight bytes at a time; does nothing where a byte is beyond ASCII.
  private mutating func appendASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let count = bytes.count
    // Zeros behind the end, so that eight bytes can be read anywhere in it.
    if folded.count < count + 8 { folded = [UInt8](repeating: 0, count: 2 * count + 8) }
    return folded.withUnsafeMutableBufferPointer { folded in
      guard Self.fold(bytes, into: folded) else { return false }
      for at in count..<count + 8 { folded[at] = 0 }
      let text = UnsafeRawPointer(UnsafeMutableRawPointer(folded.baseAddress!))
      func word(_ at: Int) -> UInt64 { UInt64(littleEndian: text.loadUnaligned(fromByteOffset: at, as: UInt64.self)) }
      var at = 0
      // In bounds: read is where `at` is below the count, or at it behind a token, and there are eight bytes more.
      while at < count {
        let between = word(at)
        at += between == 0 ? 8 : between.trailingZeroBitCount >> 3
        if between == 0 { continue }
        var hash = TokenHash.offset
        while true {
          let part = word(at)
          // The lowest bit of it is exact: that of the first byte that is zero.
          let ends = (part &- 0x0101_0101_0101_0101) & ~part & 0x8080_8080_8080_8080
          let length = ends.trailingZeroBitCount >> 3
          if length > 0 { hash = TokenHash.mix(hash, part.byteSwapped >> UInt64(64 - 8 * length)) }
          at += length
          if length < 8 { break }
        }
        all.append(hash)
      }
      return true
    }
  }

  /// Lower-cases what is of a token, and makes all else zero. Without branches on the text, so that the compiler does
  /// many bytes at once.
  ///
  /// - Returns: whether all bytes are ASCII.
  private static func fold(_ bytes: UnsafeBufferPointer<UInt8>, into folded: UnsafeMutableBufferPointer<UInt8>) -> Bool
  {
    var seen: UInt8 = 0
    // In bounds: there is room for all of them.
    for at in 0..<bytes.count {
      let byte = bytes[at]
      seen |= byte
      let lower = byte | 0x20
      let isDigit = byte &- UInt8(ascii: "0") < 10
      let isLetter = lower &- UInt8(ascii: "a") < 26
      folded[at] = isLetter ? lower : isDigit || byte == UInt8(ascii: "_") ? byte : 0
    }
    return seen < 0x80
  }

  private mutating func appendAny(_ bytes: UnsafeBufferPointer<UInt8>) {
    var token = TokenHash()
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      let folded = Self.foldedASCII[Int(byte)]
      if folded > Self.beyondASCII {
        token.add(folded)
        at += 1
      } else if folded == Self.separator {
        if let hash = token.finish() { all.append(hash) }
        at += 1
      } else {
        let (scalar, length) = Self.decode(bytes, at: at)
        at += length
        if let folded = Self.fold(scalar) {
          for scalar in folded.unicodeScalars { token.add(scalar) }
        } else if let hash = token.finish() {
          all.append(hash)
        }
      }
    }
    if let hash = token.finish() { all.append(hash) }
  }

  private static let separator: UInt8 = 0
  private static let beyondASCII: UInt8 = 1

  /// For each byte its lower-cased self, `separator` or `beyondASCII`.
  private static let foldedASCII: [UInt8] = (0...255).map { (byte: Int) -> UInt8 in
    guard byte < 0x80 else { return beyondASCII }
    let scalar = Unicode.Scalar(UInt8(byte))
    switch scalar {
    case "a"..."z", "0"..."9", "_": return UInt8(byte)
    case "A"..."Z": return UInt8(byte | 0x20)
    default: return separator
    }
  }

  /// A scalar beyond ASCII of a valid UTF-8 text, and its bytes.
  private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at: Int) -> (Unicode.Scalar, Int) {
    let lead = UInt32(bytes[at])
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var value = lead & (0xFF >> UInt32(length + 1))
    for offset in 1..<length { value = value << 6 | UInt32(bytes[at + offset] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  /// Lower-cased; nil for what separates tokens.
  private static func fold(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter: scalar.properties.lowercaseMapping
    case .lowercaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber, .otherNumber: String(scalar)
    default: nil
    }
  }
}
