import Posix
import Records
import TrainingLog

/// Writes the curated dataset in the format of a trainer, row by row.
package struct DatasetExport: Sendable {
  package enum Failure: Error, Equatable, CustomStringConvertible {
    case noDataset
    case unknownSplit
    case damagedRow(offset: Int)

    package var description: String {
      switch self {
      case .noDataset: "there is no dataset yet"
      case .unknownSplit: "the split is train, test or all"
      case .damagedRow(let offset): "training_data.jsonl has a row that is none, at byte \(offset)"
      }
    }
  }

  private let directory: DataDirectory

  package init(directory: DataDirectory) { self.directory = directory }

  /// - Parameters:
  ///   - split: `train`, `test` or `all`.
  ///   - to: gets whole lines, each with its LF.
  /// - Returns: the number of rows.
  package func write(
    format: ExportFormat, split: String, to sink: (ArraySlice<UInt8>) throws -> Void
  ) throws -> Int {
    let side = Side(rawValue: split)
    guard side != nil || split == "all" else { throw Failure.unknownSplit }
    guard let file = try ReadOnlyFile.open(ifPresent: directory.trainingData) else { throw Failure.noDataset }
    let rows = ExportRows(file: file, side: side)
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
