/// Key words by their last two letters: most names before a sign end in none of them, and one look says so.
struct TailTable: Sendable {
  private static let size = 1024

  /// In the order of the table: the words of one slot stand together.
  let keys: [CompiledRules.KeyWord]
  /// The words of a slot are `keys[starts[slot]..<starts[slot + 1]]`.
  private let starts: [UInt16]

  /// By the lower five bits of the last letter and of the one before: one bit for each of those of the third from the end.
  private let ends: [UInt32]

  /// - Parameters:
  ///   - words: each of two letters and more.
  ///   - others: what else `mayEnd` is to let pass, each of three letters and more.
  init(_ words: [CompiledRules.KeyWord], letters: [UInt8], others: [String]) {
    var ends = [UInt32](repeating: 0, count: 1024)
    for word in words {
      let end = word.start + word.count
      // In the shorter ones a sign may stand between the letters.
      let thirds: UInt32 =
        switch word.count {
        case 2: .max
        case 3: 1 << UInt32(letters[end - 3] & 31) | 1 << 0x00 | 1 << 0x0D | 1 << 0x1F
        default: 1 << UInt32(letters[end - 3] & 31)
        }
      ends[Int(letters[end - 1] & 31) << 5 | Int(letters[end - 2] & 31)] |= thirds
    }
    for other in others {
      let tail = Array(other.utf8.suffix(3))
      ends[Int(tail[2] & 31) << 5 | Int(tail[1] & 31)] |= 1 << UInt32(tail[0] & 31)
    }
    self.ends = ends
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
    fileprivate let ends: UnsafePointer<UInt32>

    /// Whether one of the words, or of the others, may end in these letters, whatever their case. A sign where the third
    /// letter is counts as those of its lower five bits: space, hyphen and underscore.
    @inline(__always)
    func mayEnd(_ third: UInt8, _ before: UInt8, _ last: UInt8) -> Bool {
      // In bounds: ten bits.
      ends[Int(last & 31) << 5 | Int(before & 31)] >> UInt32(third & 31) & 1 == 1
    }

    /// Places in `keys` of the words that may end in these letters, lower case.
    @inline(__always)
    func keys(_ last: UInt8, _ before: UInt8) -> Range<Int> {
      // 1,025 starts, and a slot is ten bits.
      let slot = TailTable.slot(last, before)
      return Int(starts[slot])..<Int(starts[slot + 1])
    }
  }

  func withRows<Result>(_ body: (Rows) -> Result) -> Result {
    // Neither is ever empty.
    starts.withUnsafeBufferPointer { starts in
      ends.withUnsafeBufferPointer { body(Rows(starts: starts.baseAddress!, ends: $0.baseAddress!)) }
    }
  }
}
