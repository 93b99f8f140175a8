import ArgumentParser
import Curation
import Posix
import TrainingLog

struct ValidateExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate-export",
    abstract: "Holds a file against the rules by which trainers load it, and names line and reason of each breach.",
    discussion: "Exit code 65 when there is one. Takes JSON lines, plain or compressed with gzip.")

  @Argument(help: "The file.") var file: String
  @Option(
    help: "One of \(ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")); told by the columns when absent.")
  var format: String?
  @Flag(help: "The report as JSON.") var json = false

  func validate() throws {
    guard let format, ExportFormat(rawValue: format) == nil else { return }
    throw ValidationError("--format must be one of \(ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  }

  func run() throws {
    let report: ExportValidation
    do {
      report = try ExportValidation(ReadOnlyFile(file), format: format.flatMap(ExportFormat.init(rawValue:)))
    } catch { throw fail(.inputOutput, "the file cannot be read: \(error)") }
    if json {
      try output(report.json + [UInt8(ascii: "\n")])
    } else {
      for fault in report.faults {
        try output((fault.line > 0 ? "\(file):\(fault.line): \(fault.reason)\n" : "\(file): \(fault.reason)\n").utf8)
      }
      if report.faultCount == 0 {
        try output("\(Figure.count(report.rows, "row")), as \(report.format?.rawValue ?? "") must be\n".utf8)
      }
    }
    guard report.faultCount == 0 else {
      throw fail(.badData, "\(Figure.count(report.faultCount, "fault")) in \(Figure.count(report.rows, "row"))")
    }
  }
}
