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
  func place(of id: ExampleID) throws -> ExamplePlace? {
    guard let row = try index.row(id) else { return nil }
    let line = try files.file(.conversations(row.day)).read(at: index.offset(of: row), count: row.length)
    return ExamplePlace(
      line: line, score: row.score, comments: row.hasComment ? try lines(.comments) : nil,
      corrections: row.isCorrected ? try lines(.corrections) : nil)
  }

  private func lines(_ name: LogFileName) throws -> SyncedLines {
    SyncedLines(file: try files.file(name), end: try files.size(of: name))
  }
}
