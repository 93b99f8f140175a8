extension Digest {
  /// Reads what `hex` writes: 64 lower-case hex digits.
  package init?(hex text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 64 else { return nil }
    var words = SIMD8<UInt32>(repeating: 0)
    for (index, digit) in digits.enumerated() {
      guard let value = Hex.value(digit) else { return nil }
      words[index / 8] = words[index / 8] << 4 | UInt32(value)
    }
    self.init(words: words)
  }
}
