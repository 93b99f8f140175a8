import ArgumentParser
import Curation
import Foundation
import Posix
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
  @Flag(help: "The count of rows as JSON, on stderr where the data goes to stdout.") var json = false

  func validate() throws {
    guard ExportFormat(rawValue: format) != nil else {
      let known = ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--format must be one of \(known).")
    }
    guard ExportFilter.scores.contains(minScore) else { throw ValidationError("--min-score must be from 0 to 5.") }
  }

  func run() throws {
    guard data.directory.exists else { throw fail(.configuration, "there is no data directory at that path yet") }
    guard Directories.exists(data.directory.trainingData) else {
      throw fail(.failed, "there is no dataset yet; run `cerberus curate` first")
    }
    let export = DatasetExport(directory: data.directory)
    // Checked in validate().
    let format = ExportFormat(rawValue: format) ?? .messages
    func write(to sink: (ArraySlice<UInt8>) throws -> Void) throws -> Int {
      try export.write(format: format, split: split.rawValue, language: language, minScore: minScore, to: sink)
    }
    let rows: Int
    do {
      if output == "-" {
        rows = try write { try cerberus.output($0) }
      } else {
        let file = try AtomicFileWriter(output)
        if output.hasSuffix(".gz") {
          let gzip = GzipWriter { try file.write($0) }
          rows = try write { try gzip.append($0) }
          try gzip.finish()
        } else {
          rows = try write { try file.write($0) }
        }
        try file.commit()
      }
    } catch let error as SystemError {
      throw fail(.inputOutput, "the export cannot be written: \(error)")
    }
    data.audit(.exportDataset, counts: [("rows", rows)])
    let report = json ? "{\"rows\":\(rows),\"split\":\"\(split.rawValue)\",\"format\":\"\(format.rawValue)\"}" : nil
    if let report, output != "-" { try cerberus.output((report + "\n").utf8) } else { say(report ?? "\(rows) rows") }
  }
}
