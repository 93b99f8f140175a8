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

  /// Throws a `LineError` where the file does not have the place (any more).
  private func line(of row: ExampleRow) throws -> [UInt8] {
    let text = try files.file(.conversations(row.day))
    guard let offset = try index.offset(of: row) else { throw LineError.notAnObject }
    let line = try text.read(at: offset, count: row.length)
    guard line.count == row.length else { throw LineError.notAnObject }
    return line
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

  /// How much of each plain file, and of the ledger of refusals, may be read beside the commits.
  func syncedSizes() throws -> [LogFileName: Int] {
    var sizes: [LogFileName: Int] = [:]
    for name in LogFileName.present(in: try fileSystem.list(directory.logs)) + [.consent] {
      sizes[name] = try files.syncedPlainSize(of: name)
    }
    return sizes
  }

  /// nil where there is no such file.
  func syncedLines(of name: LogFileName) throws -> SyncedLines? {
    fileSystem.exists(directory.path(of: name)) ? try lines(name) : nil
  }

  private func lines(_ name: LogFileName) throws -> SyncedLines {
    SyncedLines(file: try files.file(name), end: try files.size(of: name))
  }
}
