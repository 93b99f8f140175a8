import ArgumentParser
import Curation
import Posix
import Privacy
import Records
import TrainingLog

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Writes the dataset in a format that trainers load.")

  enum Side: String, ExpressibleByArgument, CaseIterable { case train, test, all }

  @OptionGroup var data: DataOptions
  @Option(help: "The file to write; .gz compresses, - is stdout.") var output: String
  @Option(help: "One of \(ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")).") var format = "messages"
  @Option(help: "Which side of the split.") var split = Side.all
  @Option(help: "Rows of this language alone, named as in the dataset.") var language: String?
  @Option(help: "Rows with at least this score, from 0 to 5; above 0 unrated rows are left out.") var minScore = 0
  @Option(help: "A system text for rows that have none of their own.") var systemPrompt: String?
  @Flag(help: "The count of rows as JSON, on stderr where the data goes to stdout.") var json = false

  /// Of what readers would take the file for, and fail.
  private static let otherEndings = [".parquet", ".arrow", ".csv", ".tsv", ".zst", ".bz2", ".xz", ".zip"]

  func validate() throws {
    guard ExportFormat(rawValue: format) != nil else {
      let known = ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--format must be one of \(known).")
    }
    guard ExportFilter.scores.contains(minScore) else { throw ValidationError("--min-score must be from 0 to 5.") }
    let name = output.lowercased()
    if let ending = Self.otherEndings.first(where: name.hasSuffix) {
      throw ValidationError("--output is a file of JSON lines, plain or with gzip, so no \(ending).")
    }
    if systemPrompt?.isBlank == true { throw ValidationError("--system-prompt must not be blank.") }
  }

  func run() throws {
    try data.requireDirectory()
    guard Directories.exists(data.directory.trainingData) else {
      throw fail(.failed, "there is no dataset yet; run `cerberus curate` first")
    }
    let place = try output == "-" ? nil : data.place(of: output)
    // Checked in validate().
    let format = ExportFormat(rawValue: format) ?? .messages
    let outcome: ExportOutcome
    do {
      let audit = data.auditedExport(.exportDataset, counting: "rows")
      outcome = try audit.run {
        let outcome =
          if let place { try writeFile(format, audit, at: place) } else {
            try write(format, audit) { try cerberus.output($0) }
          }
        // Before anything is noted.
        guard outcome.rows > 0 else { throw nothing(format, outcome) }
        return outcome
      }
    } catch let error as SystemError {
      throw fail(.inputOutput, "the export cannot be written: \(error)")
    } catch let error as ExportSidecars.Failure { throw fail(.badData, error.description) }
    let leftOut = outcome.leftOutWithTools.map { ",\"left_out_with_tools\":\($0)" } ?? ""
    let members = "\"rows\":\(outcome.rows),\"split\":\"\(split.rawValue)\",\"format\":\"\(format.rawValue)\"\(leftOut)"
    let report = json ? "{\(members)}" : nil
    if let report, output != "-" {
      try cerberus.output((report + "\n").utf8)
    } else {
      say(report ?? Figure.count(outcome.rows, "row"))
    }
    tell(of: outcome)
  }

  /// A set to train on must not have the rows that it is going to be measured by.
  private func tell(of outcome: ExportOutcome) {
    guard !json else { return }
    if let advice = Self.toolsAdvice(outcome) { say("cerberus: \(advice)") }
    guard split == .all, outcome.test > 0 else { return }
    say("cerberus: \(outcome.test) of them are held out: `--split train` is without, `--split test` has them alone")
  }

  private func write(
    _ format: ExportFormat, _ audit: ExportAudit, to sink: (ArraySlice<UInt8>) throws -> Void
  ) throws -> ExportOutcome {
    // This format reads twice where it does not know yet which columns there are.
    let readings = format == .alpaca && systemPrompt == nil ? 2 : 1
    let total = max(1, DatasetSummary(data.directory).examples * readings)
    let bar = ProgressBar(label: "export", total: total, unit: .records)
    defer { bar.finish() }
    var rows = 0
    return try DatasetExport(directory: data.directory, erasures: try data.erasures()).write(
      format: format, split: split.rawValue, language: language, minScore: minScore, systemPrompt: systemPrompt,
      eachRow: {
        rows += 1
        bar.show(Double(rows) / Double(total))
      },
      to: {
        audit.begin()
        try sink($0)
        audit.count()
      })
  }

  /// The file, and what lies beside it. Nothing is left where there is no row: no reader can tell the columns of nothing.
  private func writeFile(_ format: ExportFormat, _ audit: ExportAudit, at place: String) throws -> ExportOutcome {
    let sidecars = try ExportSidecars(
      output,
      .init(
        format: format, split: split.rawValue, language: language, minScore: minScore, systemPrompt: systemPrompt))
    let version = DatasetVersion.last(in: data.directory)
    let file = try AtomicFileWriter(place, keepsOwner: true)
    var hash = SHA256()
    var bytes = 0
    func put(_ piece: ArraySlice<UInt8>) throws {
      hash.update(piece)
      bytes += piece.count
      try file.write(Array(piece))
    }
    let outcome: ExportOutcome
    if output.hasSuffix(".gz") {
      outcome = try withoutActuallyEscaping(put) { put in
        let gzip = GzipWriter { try put($0[...]) }
        let outcome = try write(format, audit) { try gzip.append($0) }
        try gzip.finish()
        return outcome
      }
    } else {
      outcome = try write(format, audit, to: put)
    }
    guard outcome.rows > 0 else { return outcome }
    try file.commit()
    try sidecars.write(outcome, sha256: hash.finalize().hex, bytes: bytes, version: version)
    return outcome
  }

  private static func toolsAdvice(_ outcome: ExportOutcome) -> String? {
    guard let count = outcome.leftOutWithTools, count > 0 else { return nil }
    return
      "\(Figure.count(count, "row")) with turns of tools \(count == 1 ? "is" : "are") left out: openai wants the ids of "
      + "their calls, which are not kept; the other formats have them"
  }

  private func nothing(_ format: ExportFormat, _ outcome: ExportOutcome) -> ExitCode {
    let ratings = format == .kto || format == .dpo ? "; \(format.rawValue) is made of rated answers" : ""
    let tools = Self.toolsAdvice(outcome).map { "; \($0)" } ?? ""
    return fail(.failed, "no row of the dataset is of that kind, and nothing was written\(ratings)\(tools)")
  }
}
