/// Key words by their last two letters: most names before a sign end in none of them, and one look says so.
struct TailTable: Sendable {
  private static let size = 1024

  /// In the order of the table: the words of one slot stand together.
  let keys: [CompiledRules.KeyWord]
  /// The words of a slot are `keys[starts[slot]..<starts[slot + 1]]`.
  private let starts: [UInt16]

  /// The words must have two letters and more.
  init(_ words: [CompiledRules.KeyWord], letters: [UInt8]) {
    var slots = [[CompiledRules.KeyWord]](repeating: [], count: TailTable.size)
    for word in words {
      let end = word.start + word.count
      slots[TailTable.slot(letters[end - 1], letters[end - 2])].append(word)
    }
    keys = slots.flatMap { $0 }
    starts = slots.reduce(into: [0]) { $0.append($0[$0.count - 1] + UInt16($1.count)) }
  }

  @inline(__always)
  private static func slot(_ last: UInt8, _ before: UInt8) -> Int {
    Int(((UInt32(last) | UInt32(before) << 8) &* 0x9E37_79B1) >> 22)
  }

  /// The table as plain memory.
  struct Rows {
    fileprivate let starts: UnsafePointer<UInt16>

    /// Places in `keys` of the words that may end in these letters, lower case.
    @inline(__always)
    func keys(_ last: UInt8, _ before: UInt8) -> Range<Int> {
      // 1,025 starts, and a slot is ten bits.
      let slot = TailTable.slot(last, before)
      return Int(starts[slot])..<Int(starts[slot + 1])
    }
  }

  func withRows<Result>(_ body: (Rows) -> Result) -> Result {
    // Never empty.
    starts.withUnsafeBufferPointer { body(Rows(starts: $0.baseAddress!)) }
  }
}
