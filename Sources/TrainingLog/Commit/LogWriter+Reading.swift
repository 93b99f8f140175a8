import Records

/// Where an example is to be read.
struct ExamplePlace: Sendable {
  let line: [UInt8]
  let score: Int
  /// nil where nothing of the example stands in the file.
  let comments: SyncedLines?
  let corrections: SyncedLines?
}

extension LogWriter {
  func conversation(_ row: ExampleRow) throws -> Conversation { try Conversation(line: line(of: row)) }

  private func line(of row: ExampleRow) throws -> [UInt8] {
    try files.file(.conversations(row.day)).read(at: index.offset(of: row), count: row.length)
  }

  func place(of id: ExampleID) throws -> ExamplePlace? {
    guard let row = try index.row(id) else { return nil }
    return ExamplePlace(
      line: try line(of: row), score: row.score, comments: row.hasComment ? try lines(.comments) : nil,
      corrections: row.isCorrected ? try lines(.corrections) : nil)
  }

  /// nil for what is not there (any more).
  func storedLine(of id: ExampleID) throws -> [UInt8]? {
    guard let line = try index.row(id).map(line) else { return nil }
    guard try Conversation(line: line).exampleID == id else { throw LineError.badField("example_id") }
    return line
  }

  /// nil where there is no such file.
  func syncedLines(of name: LogFileName) throws -> SyncedLines? {
    fileSystem.exists(directory.path(of: name)) ? try lines(name) : nil
  }

  private func lines(_ name: LogFileName) throws -> SyncedLines {
    SyncedLines(file: try files.file(name), end: try files.size(of: name))
  }
}
