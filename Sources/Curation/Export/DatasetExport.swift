import Posix
import Records
import TrainingLog

/// Writes the curated dataset in the format of a trainer, row by row.
package struct DatasetExport: Sendable {
  package enum Failure: Error, Equatable, CustomStringConvertible {
    case noDataset
    case unknownSplit
    case unknownScore
    case damagedRow(offset: Int)

    package var description: String {
      switch self {
      case .noDataset: "there is no dataset yet"
      case .unknownSplit: "the split is train, test or all"
      case .unknownScore: "the least score is a whole number from 0 to 5"
      case .damagedRow(let offset): "training_data.jsonl has a row that is none, at byte \(offset)"
      }
    }
  }

  private let directory: DataDirectory
  private let erasures: ErasureJournal?

  /// - Parameter erasures: rows of these records are passed over, though they may still be in the file.
  package init(directory: DataDirectory, erasures: ErasureJournal? = nil) {
    self.directory = directory
    self.erasures = erasures
  }

  /// The file is opened once: a curator that replaces it meanwhile changes nothing here.
  ///
  /// - Parameters:
  ///   - split: `train`, `test` or `all`.
  ///   - language: rows of exactly this language; nil for all.
  ///   - minScore: 0–5; rows with a lower score are passed over, and so, above 0, are unrated ones.
  ///   - eachRow: called before each row that is read, whether it is wanted or not; to throw out of a long reading.
  ///   - to: gets whole lines, each with its LF.
  /// - Returns: the number of rows.
  package func write(
    format: ExportFormat, split: String = "all", language: String? = nil, minScore: Int = 0,
    eachRow: () throws -> Void = {}, to sink: (ArraySlice<UInt8>) throws -> Void
  ) throws -> Int {
    let filter = try ExportFilter(split: split, language: language, minScore: minScore)
    guard let file = try ReadOnlyFile.open(ifPresent: directory.trainingData) else { throw Failure.noDataset }
    return try withoutActuallyEscaping(eachRow) { eachRow in
      try write(format, ExportRows(file: file, filter: filter, erasures: erasures, eachRow: eachRow), to: sink)
    }
  }

  private func write(
    _ format: ExportFormat, _ rows: ExportRows, to sink: (ArraySlice<UInt8>) throws -> Void
  ) throws -> Int {
    var written = 0
    func emit(_ line: [UInt8]) throws {
      try sink((line + [UInt8(ascii: "\n")])[...])
      written += 1
    }
    switch format {
    case .messages: try rows.read { _, line, _ in try emit(line) }
    case .openai: try rows.read { row, _, _ in try emit(row.openAI()) }
    case .promptCompletion: try rows.read { row, _, _ in try emit(row.promptCompletion()) }
    case .sharegpt: try rows.read { row, _, _ in try emit(AlternatingTurns(row).shareGPT()) }
    case .alpaca: try writeAlpaca(rows, emit)
    }
    return written
  }

  /// Columns are the same on every row, so whether there are `system` and `history` is known only at the end: hence two
  /// readings. A reader takes the type of a column from the first rows, and an empty list has no type: a row with a
  /// history goes first.
  private func writeAlpaca(_ rows: ExportRows, _ emit: ([UInt8]) throws -> Void) throws {
    var columns = AlternatingTurns.AlpacaColumns()
    var first: Int?
    try rows.read { row, _, offset in
      let turns = AlternatingTurns(row)
      if !turns.system.isEmpty { columns.hasSystem = true }
      if !turns.pairs.isEmpty, first == nil {
        columns.hasHistory = true
        first = offset
      }
    }
    if let first {
      try rows.read { row, _, offset in
        if offset == first { try emit(AlternatingTurns(row).alpaca(columns)) }
      }
    }
    try rows.read { row, _, offset in
      if offset != first { try emit(AlternatingTurns(row).alpaca(columns)) }
    }
  }
}
