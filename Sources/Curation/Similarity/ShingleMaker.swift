import Records

/// Makes the shingle set of a text: a hash of 32 bits for each run of five tokens, sorted, each once. A text of fewer
/// tokens has one shingle of all of them, one without a token has none.
///
/// Tokens are lower-cased runs of letters, digits and `_` (Unicode: categories L and N), question first; no token reaches
/// over the border of the two. With 32 bits two sets of 300 share a shingle by chance once in 50,000 pairs, which moves
/// their Jaccard by a fifth of a percent. One maker a thread: it keeps its buffers.
struct ShingleMaker {
  private var tokens: [UInt64] = []
  private var hashes: [UInt32] = []
  private var scratch: [UInt32] = []

  struct Shingles {
    /// Ascending, without repeats.
    let set: [UInt32]
    /// Of the answer alone, with repeats: those that begin in it.
    let inAnswer: Int
    /// Of the answer's, how many stand there for a second time or more.
    let repeatedInAnswer: Int
  }

  mutating func make(question: String, answer: String) -> Shingles {
    tokens.removeAll(keepingCapacity: true)
    Self.appendTokens(of: question, to: &tokens)
    let border = tokens.count
    Self.appendTokens(of: answer, to: &tokens)
    hashes.removeAll(keepingCapacity: true)
    Self.appendShingles(of: tokens[...], to: &hashes)
    let all = hashes.count
    let set = RadixSort.distinct(&hashes, &scratch)
    // Only where the whole repeats itself can the answer do so: what stands twice in it stands twice in the whole.
    let inAnswer = max(0, tokens.count - border - ShingleDefinition.words + 1)
    var repeated = 0
    if all - set.count > inAnswer / 4 {
      hashes.removeAll(keepingCapacity: true)
      Self.appendShingles(of: tokens[border...], to: &hashes)
      repeated = hashes.count - RadixSort.distinct(&hashes, &scratch).count
    }
    return Shingles(set: set, inAnswer: inAnswer, repeatedInAnswer: repeated)
  }

  /// The hash of a token, eight bytes at a time; mixed well when shingles are made of it.
  private struct TokenHash {
    /// FNV-1a (Fowler, Noll, Vo), 64 bits, in words.
    private static let offset: UInt64 = 0xcbf2_9ce4_8422_2325
    private static let prime: UInt64 = 0x9e37_79b9_7f4a_7c15

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
      hash = (hash ^ word) &* Self.prime
      hash ^= hash >> 32
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

  private static func appendTokens(of text: String, to tokens: inout [UInt64]) {
    var text = text
    text.withUTF8 { bytes in
      var token = TokenHash()
      var at = 0
      while at < bytes.count {
        let byte = bytes[at]
        let folded = foldedASCII[Int(byte)]
        if folded > beyondASCII {
          token.add(folded)
          at += 1
        } else if folded == separator {
          if let hash = token.finish() { tokens.append(hash) }
          at += 1
        } else {
          let (scalar, length) = decode(bytes, at: at)
          at += length
          if let folded = fold(scalar) {
            for scalar in folded.unicodeScalars { token.add(scalar) }
          } else if let hash = token.finish() {
            tokens.append(hash)
          }
        }
      }
      if let hash = token.finish() { tokens.append(hash) }
    }
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

  private static func appendShingles(of tokens: ArraySlice<UInt64>, to hashes: inout [UInt32]) {
    guard !tokens.isEmpty else { return }
    let words = min(ShingleDefinition.words, tokens.count)
    tokens.withUnsafeBufferPointer { tokens in
      for start in 0...(tokens.count - words) {
        var hash: UInt64 = 0
        for offset in 0..<words { hash = (hash ^ tokens[start + offset]) &* 0x9fb2_1c65_1e98_df25 ^ hash >> 29 }
        hash = (hash ^ hash >> 32) &* 0xd6e8_feb8_6659_fd93
        hashes.append(UInt32(truncatingIfNeeded: (hash ^ hash >> 32)))
      }
    }
  }
}
