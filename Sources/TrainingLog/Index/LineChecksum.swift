/// Where a line of ratings, comments or corrections begins (logical offset), and its CRC-32. Those of records stand in their rows.
struct LineChecksum: Equatable {
  let offset: Int
  let crc: UInt32
}

/// What a transaction changes of them, by the number of the file.
struct LineChanges {
  private(set) var added: [Int: [LineChecksum]] = [:]
  private(set) var cut: [Int: [RemovedRanges.Range]] = [:]

  mutating func add(_ lines: [LineChecksum], to file: LogFileName) {
    if let number = file.numberInIndex { added[number, default: []] += lines }
  }

  mutating func cut(_ ranges: [RemovedRanges.Range], from file: LogFileName) {
    guard let number = file.numberInIndex else { return }
    cut[number, default: []] += ranges
    let removed = RemovedRanges(ranges)
    added[number]?.removeAll { removed.contains($0.offset) }
  }
}

extension LogFileName {
  /// How the index file calls a file whose lines have no rows of their own; nil for the others.
  var numberInIndex: Int? {
    switch self {
    case .feedback: 1
    case .comments: 2
    case .corrections: 3
    case .conversations, .pending, .erasures, .consent, .inherited: nil
    }
  }
}

extension IndexFile {
  /// Within a transaction.
  func write(_ changes: LineChanges) throws(DatabaseError) {
    for (number, ranges) in changes.cut {
      for range in ranges {
        try database.statement("DELETE FROM lines WHERE file = ? AND offset >= ? AND offset < ?")
          .bind(1, number).bind(2, range.start).bind(3, range.start + range.length).run()
      }
    }
    for (number, lines) in changes.added {
      for line in lines {
        try database.statement("INSERT OR REPLACE INTO lines VALUES(?, ?, ?)")
          .bind(1, number).bind(2, line.offset).bind(3, Int(line.crc)).run()
      }
    }
  }

  /// In the order of the file; none of a record's.
  func lines(of file: LogFileName) throws(DatabaseError) -> [LineChecksum] {
    guard let number = file.numberInIndex else { return [] }
    let rows = try database.statement("SELECT offset, crc FROM lines WHERE file = ? ORDER BY offset").bind(1, number)
    var lines: [LineChecksum] = []
    while try rows.step() {
      lines.append(LineChecksum(offset: rows.integer(0), crc: UInt32(truncatingIfNeeded: rows.integer(1))))
    }
    return lines
  }
}
