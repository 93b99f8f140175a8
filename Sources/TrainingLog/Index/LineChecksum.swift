/// Where a line of ratings, comments or corrections begins, and its CRC-32. Those of records stand in their rows.
struct LineChecksum: Equatable {
  let offset: Int
  let crc: UInt32
}

/// What a transaction changes of them.
struct LineChanges {
  /// By the number of the file.
  private(set) var added: [Int: [LineChecksum]] = [:]
  /// Files whose earlier lines are others now.
  private(set) var void: Set<Int> = []

  mutating func add(_ lines: [LineChecksum]?, to file: LogFileName) {
    guard let number = file.numberInIndex else { return }
    if let lines {
      added[number, default: []] += lines
    } else {
      added[number] = nil
      void.insert(number)
    }
  }
}

extension LogFileName {
  /// How the index file calls a file whose lines have no rows of their own; nil for the others.
  var numberInIndex: Int? {
    switch self {
    case .feedback: 1
    case .comments: 2
    case .corrections: 3
    case .conversations, .pending: nil
    }
  }
}

extension IndexFile {
  /// Within a transaction.
  func write(_ changes: LineChanges) throws(DatabaseError) {
    for number in changes.void { try database.statement("DELETE FROM lines WHERE file = ?").bind(1, number).run() }
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
