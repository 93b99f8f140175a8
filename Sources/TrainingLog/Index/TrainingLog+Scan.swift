import Privacy
import Records

extension TrainingLog {
  /// Finds all records of a user and hands them to `body` while nothing is committed. What is long about it, the index
  /// file being read for them, goes on beside the commits, on a connection of its own.
  func scan<Result: Sendable>(
    ofUser user: Pseudonym, _ body: @Sendable (LogWriter, [ExampleID: ExampleRow]) throws -> Result
  ) throws -> Result {
    let isKnown = commit.withWriter { $0.index.beginScan(ofUser: user.value) }
    defer { commit.withWriter { $0.index.endScan() } }
    let saved = isKnown ? try IndexFile(reading: configuration.directory.index).ids(ofUser: user.value) : []
    return try commit.withWriter { writer in
      var rows: [ExampleID: ExampleRow] = [:]
      for id in saved + writer.index.idsBeyondScan(ofUser: user.value) { rows[id] = try writer.index.row(id) }
      return try body(writer, rows)
    }
  }
}
