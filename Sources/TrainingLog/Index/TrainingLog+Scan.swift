import Privacy
import Records

/// Which rows are looked for.
enum IDQuery {
  case users(Set<UInt64>)
  case day(Day)

  func matches(_ row: ExampleRow) -> Bool {
    switch self {
    case .users(let users): users.contains(row.user)
    case .day(let day): row.day == day
    }
  }
}

extension TrainingLog {
  /// Finds all records of a kind and hands them to `body` while nothing is committed. What is long about it, the index
  /// file being read for them, goes on beside the commits, on a connection of its own.
  func scan<Result: Sendable>(
    _ query: IDQuery, _ body: @Sendable (LogWriter, [ExampleID: ExampleRow]) throws -> Result
  ) throws -> Result {
    let mayHold = try commit.withWriter { try $0.index.beginScan(query) }
    defer { commit.withWriter { $0.completeIndex?.endScan() } }
    let saved = mayHold ? try IndexFile(reading: configuration.directory.index).ids(query) : []
    return try commit.withWriter { writer in
      var rows: [ExampleID: ExampleRow] = [:]
      let index = try writer.index
      for id in saved + index.idsBeyondScan(query) { rows[id] = try index.row(id) }
      return try body(writer, rows)
    }
  }

  func scan<Result: Sendable>(
    ofUsers users: [Pseudonym], _ body: @Sendable (LogWriter, [ExampleID: ExampleRow]) throws -> Result
  ) throws -> Result {
    try scan(.users(Set(users.map(\.value))), body)
  }
}
