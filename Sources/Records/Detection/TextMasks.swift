import CVector

/// Where the words, marks and lines of a text are, a bit for each byte, so that a scan goes from one to the next without
/// looking at what lies between.
struct TextMasks {
  /// For each 64 bytes, and once more behind them.
  private struct Block {
    /// Bytes of words: ASCII letters, digits and the underscore.
    var words: UInt64 = 0
    /// The first bytes of words, and the marks `:`, `;`, `<`, `=` and `|`.
    var events: UInt64 = 0
    var lineFeeds: UInt64 = 0
  }

  private let blocks: UnsafePointer<Block>
  private let count: Int

  /// Lends the masks of `bytes` to `body`, which must not keep them.
  static func with(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (TextMasks) -> Void) {
    guard let base = bytes.baseAddress else { return }
    let whole = bytes.count >> 6
    withUnsafeTemporaryAllocation(of: Block.self, capacity: whole + 2) { blocks in
      var carried: UInt64 = 0
      // Reads 64 bytes: as many as a whole block has, and as the copy of the last one is made of.
      func fill(_ number: Int, _ text: UnsafePointer<UInt8>) {
        let words = cv_word_bytes(text)
        let starts = words & ~(words << 1 | carried)
        blocks.initializeElement(
          at: number,
          to: Block(words: words, events: starts | cv_operators(text), lineFeeds: cv_line_feeds(text)))
        carried = words >> 63
      }
      for number in 0..<whole { fill(number, base + number << 6) }
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { last in
        last.initialize(repeating: 0)
        for index in 0..<bytes.count & 63 { last[index] = base[whole << 6 + index] }
        fill(whole, last.baseAddress!)
      }
      // Ends the last word of a text that fills its blocks.
      blocks.initializeElement(at: whole + 1, to: Block())
      body(TextMasks(blocks: UnsafePointer(blocks.baseAddress!), count: bytes.count))
    }
  }

  /// The first line feed from `index` on, or the end of the text.
  @inline(__always)
  func lineEnd(from index: Int) -> Int { first(from: index, to: count) { $0.lineFeeds } }

  /// The first byte of a word or mark in `index..<end`, or `end`.
  @inline(__always)
  func event(from index: Int, to end: Int) -> Int { first(from: index, to: end) { $0.events } }

  /// The end of the word whose byte at `index` is; nil where there is none.
  @inline(__always)
  func wordEnd(from index: Int) -> Int? {
    // In bounds: the text has a block more than it needs, in which no word goes on.
    var block = index >> 6
    let after = ~blocks[block].words >> UInt64(index & 63)
    if after & 1 == 1 { return nil }
    if after != 0 { return index + after.trailingZeroBitCount }
    block += 1
    while ~blocks[block].words == 0 { block += 1 }
    return block << 6 + (~blocks[block].words).trailingZeroBitCount
  }

  @inline(__always)
  private func first(from index: Int, to end: Int, _ mask: (Block) -> UInt64) -> Int {
    guard index < end else { return end }
    // In bounds: `end` is at most the length of the text.
    var block = index >> 6
    var rest = mask(blocks[block]) & ~0 << UInt64(index & 63)
    while rest == 0 {
      block += 1
      if block << 6 >= end { return end }
      rest = mask(blocks[block])
    }
    return min(block << 6 + rest.trailingZeroBitCount, end)
  }
}
