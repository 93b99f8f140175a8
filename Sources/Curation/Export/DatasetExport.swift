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

  /// The files are opened once: a curator that replaces them meanwhile changes nothing here.
  ///
  /// - Parameters:
  ///   - split: `train`, `test` or `all`.
  ///   - language: rows of exactly this language; nil for all.
  ///   - minScore: 0–5; rows with a lower score are passed over, and so, above 0, are unrated ones. Negatives, which only
  ///     the formats of preferences have, are taken whatever their score.
  ///   - systemPrompt: put before rows that have no system or developer turn of their own; nil for none.
  ///   - eachRow: called before each row that is read, whether it is wanted or not; to throw out of a long reading.
  ///   - to: gets whole lines, each with its LF.
  package func write(
    format: ExportFormat, split: String = "all", language: String? = nil, minScore: Int = 0,
    systemPrompt: String? = nil, eachRow: () throws -> Void = {}, to sink: (ArraySlice<UInt8>) throws -> Void
  ) throws -> ExportOutcome {
    let filter = try ExportFilter(split: split, language: language, minScore: minScore)
    guard let file = try ReadOnlyFile.open(ifPresent: directory.trainingData) else { throw Failure.noDataset }
    let negatives = format.takesNegatives ? try ReadOnlyFile.open(ifPresent: directory.preferences) : nil
    return try withoutActuallyEscaping(eachRow) { eachRow in
      func rows(_ file: ReadOnlyFile, _ filter: ExportFilter) -> ExportRows {
        ExportRows(file: file, filter: filter, erasures: erasures, systemPrompt: systemPrompt, eachRow: eachRow)
      }
      return try write(format, rows(file, filter), negatives.map { rows($0, filter.ofNegatives) }, to: sink)
    }
  }

  private func write(
    _ format: ExportFormat, _ rows: ExportRows, _ negatives: ExportRows?, to sink: (ArraySlice<UInt8>) throws -> Void
  ) throws -> ExportOutcome {
    var outcome = ExportOutcome()
    func emit(_ line: [UInt8], _ side: Side) throws {
      try sink((line + [UInt8(ascii: "\n")])[...])
      outcome.count(side)
    }
    switch format {
    case .messages:
      let isChanged = rows.systemPrompt != nil
      try rows.read { row, line, _ in
        try emit(isChanged || row.isReordered ? row.messages(in: line) : line, row.side)
      }
    case .openai:
      outcome.leftOutWithTools = 0
      try rows.read { row, _, _ in
        if row.hasTools {
          outcome.leftOutWithTools = (outcome.leftOutWithTools ?? 0) + 1
        } else {
          try emit(row.openAI(), row.side)
        }
      }
    case .promptCompletion: try rows.read { row, _, _ in try emit(row.promptCompletion(), row.side) }
    case .sharegpt: try rows.read { row, _, _ in try emit(AlternatingTurns(row).shareGPT(), row.side) }
    case .alpaca: outcome.hasSystem = try writeAlpaca(rows, emit)
    case .kto, .dpo:
      let rated = try RatedAnswers(dataset: rows, negatives: negatives)
      let (good, bad) = (rows.reader, (negatives ?? rows).reader)
      @Sendable func row(_ number: Int) throws -> ExportRow {
        let answer = rated.answers[number]
        return try (answer.origin.isNegative ? bad : good).row(at: answer.place)
      }
      outcome.conflicts = rated.conflicts
      if format == .kto {
        let kto = try KTORows(rated.answers, row: row) { try SessionBook.sessions(of: $0, directory) }
        for (number, label) in kto.rows where try !isHidden(rated.answers[number].id) {
          try emit(row(number).kto(label: label), rated.answers[number].side)
        }
        outcome.kto = kto
      } else {
        let dpo = try PreferencePairs(rated.answers) { try row($0).answer }
        for (chosen, rejected) in dpo.pairs
        where try !isHidden(rated.answers[chosen].id) && !isHidden(rated.answers[rejected].id) {
          try emit(row(chosen).dpo(over: row(rejected)), rated.answers[chosen].side)
        }
        outcome.dpo = dpo
      }
    }
    return outcome
  }

  /// An erasure may have begun since the row was first read.
  private func isHidden(_ id: String) throws -> Bool {
    try erasures?.readOn()
    guard let erasures, erasures.hidesSomething else { return false }
    return ExampleID(id).map(erasures.hides) ?? false
  }

  /// Columns are the same on every row, so whether there is `system` is known only at the end: hence two readings.
  private func writeAlpaca(_ rows: ExportRows, _ emit: ([UInt8], Side) throws -> Void) throws -> Bool {
    var hasSystem = rows.systemPrompt != nil
    if !hasSystem {
      try rows.read { row, _, _ in hasSystem = hasSystem || !AlternatingTurns(row).system.isEmpty }
    }
    try rows.read { row, _, _ in
      try emit(AlternatingTurns(row, keepsToolsApart: true).alpaca(hasSystem: hasSystem), row.side)
    }
    return hasSystem
  }
}
