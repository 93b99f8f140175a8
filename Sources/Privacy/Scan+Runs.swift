import CVector

/// What a scan has found and remembers, so that no byte is read twice for the same question.
extension Scan {
  struct Notes {
    typealias Run = (start: Int, end: Int)

    /// For each set of the patterns, for bare values and for rows of numbers: the run last measured. Inside it, the end is
    /// known without reading.
    let runs: UnsafeMutableBufferPointer<Run>
    var spans: [Span] = []
    var claimed = 0
    /// The text between a command and its password is being scanned.
    var isNested = false
    /// Up to here the words behind a command were looked at in vain.
    var commandsRead = 0
    /// Of the row of numbers last counted.
    var isTableRow = false
    /// In here no word stands that announces a national id.
    var quiet = 0..<0
    /// Where the last one was found that does.
    var announcement = -1
    /// End of the last address that stays: nothing in it is another one.
    var keptAddress = 0
    /// End of the run of a long bare value that was judged.
    var judgedRun = 0
    /// The last colon that may end a name, or where the scan began: nothing before it was seen.
    var lastColon = 0
    /// Up to here lines were looked at as heads and rows of tables.
    var tableEnd = 0

    static let bareRun = Scan.setLimit
    static let numberRun = Scan.setLimit + 1
    static let runs = Scan.setLimit + 2

    init(runs: UnsafeMutableBufferPointer<Run>) { self.runs = runs }
  }

  /// The end of the run of bytes of `set` from `start`, measured once per run.
  func runEnd(_ set: Int, from start: Int) -> Int {
    let known = notes.pointee.runs[set]
    if start >= known.start, start < known.end { return known.end }
    var end = start
    let bit = UInt64(1) << UInt64(set)
    while end < bytes.count, rules.pointee.members[Int(bytes[end])] & bit != 0 { end += 1 }
    notes.pointee.runs[set] = (start, end)
    return end
  }

  /// Digits and what separates them go on for longer than any number here, in groups of one digit or two: `9/94 9/95`.
  /// Counted once per row too.
  func isTable(_ index: Int) -> Bool {
    let known = notes.pointee.runs[Notes.numberRun]
    if index >= known.start, index < known.end { return notes.pointee.isTableRow }
    var (end, digits, groups) = (index, 0, 0)
    while end < bytes.count, case let byte = bytes[end],
      Ascii.isDigit(byte) || byte == 0x20 || byte == 0x2D || byte == 0x2E || byte == 0x2F
    {
      if Ascii.isDigit(byte) {
        digits += 1
        if !Ascii.isDigit(at(end - 1)) { groups += 1 }
      }
      end += 1
    }
    notes.pointee.runs[Notes.numberRun] = (index, end)
    notes.pointee.isTableRow = end - index > 96 && digits * 4 < groups * 7
    return notes.pointee.isTableRow
  }

  /// The end of the bare value that `start` is in: measured once per run too.
  func bareEnd(from start: Int) -> Int {
    let known = notes.pointee.runs[Notes.bareRun]
    if start >= known.start, start < known.end { return known.end }
    var end = start
    while end < bytes.count, Scan.isBare(bytes[end]) { end += 1 }
    notes.pointee.runs[Notes.bareRun] = (start, end)
    return end
  }

  /// Where the literal ends: at its quote, a backslash, a blank or what is not ASCII; one behind the longest value at most.
  func endOfLiteral(from start: Int, _ quote: UInt8) -> Int {
    let limit = min(bytes.count, start + Scan.valueMax + 1)
    var end = start
    while end < limit {
      if end + 16 <= bytes.count {
        // In bounds: all sixteen are in the text.
        let stops = cv_literal_stops(bytes.base + end, quote)
        guard stops != 0 else {
          end += 16
          continue
        }
        return min(end + stops.trailingZeroBitCount, limit)
      }
      let byte = bytes[end]
      if byte <= 0x20 || byte >= 0x80 || byte == quote || byte == 0x5C { return end }
      end += 1
    }
    return limit
  }
}
