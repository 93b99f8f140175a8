import Records

/// Writes the chosen rows, a batch at a time: while one is made, the one before it is hashed and written.
struct SecondPass {
  private var source: RowSource
  /// Bytes of raw lines in a batch. Of a sealed day each batch may have to decompress everything, so it is larger there.
  private let batchBytes: Int

  private static let batchBytesPlain = 8 << 20
  private static let batchBytesSealed = 32 << 20

  init(_ source: RowSource) {
    self.source = source
    batchBytes =
      source.survey.files.contains { $0.file.sealed != nil } ? Self.batchBytesSealed : Self.batchBytesPlain
  }

  /// - Parameters:
  ///   - isNegative: the original answers are wanted.
  ///   - report: called with the number of rows that were made since the last time.
  mutating func write(
    _ entries: [Entry], from old: PublishedFile, isNegative: Bool, to writer: DatasetWriter, report: (Int) -> Void
  ) throws {
    writer.expect(entries.count)
    let file = writer.file
    var waiting: [RowSource.Row] = []
    var start = 0
    repeat {
      let batch = batch(entries[start...], old)
      let rows = try source.rows(batch, in: old, isNegative: isNegative) { [waiting] in
        for row in waiting {
          switch row.line {
          case .made(let line): try file.append(line)
          case .kept(let range): try file.keep(range)
          }
        }
      }
      for (entry, row) in zip(batch, rows) { writer.count(row, entry) }
      report(batch.count)
      waiting = rows
      start = batch.endIndex
    } while !waiting.isEmpty
  }

  private func batch(_ entries: ArraySlice<Entry>, _ old: PublishedFile) -> ArraySlice<Entry> {
    var bytes = 0
    let end = entries.firstIndex { entry in
      defer {
        switch entry.source {
        case .live(let number): bytes += Int(source.survey.records[number].length)
        case .expired(let number): bytes += Int(old.rows[number].length)
        }
      }
      return bytes >= batchBytes
    }
    return entries[..<(end ?? entries.endIndex)]
  }
}
