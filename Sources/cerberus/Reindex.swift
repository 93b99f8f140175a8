import ArgumentParser
import Records
import TrainingLog

struct Reindex: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes the index anew from the files of lines.",
    discussion: "The old one is kept in state/quarantine. A server that runs has to be stopped first (75).")

  @OptionGroup var data: DataOptions
  @Flag(help: "The report as JSON.") var json = false

  func run() throws {
    try data.requireDirectory()
    let bar = ProgressBar(label: "reindex", total: data.storedBytes)
    defer { bar.finish() }
    let log = try data.openLog(rebuildsIndex: true) { bar.show($0) }
    for line in log.damagedLines { say("cerberus: \(line)") }
    let records = log.counters.tallies[.total, "all"].conversations
    guard json else {
      return try output(
        "\(Figure.count(records, "record")), \(Figure.count(log.damagedLines.count, "damaged line"))\n".utf8)
    }
    try output("{\"records\":\(records),\"damaged_lines\":\(log.damagedLines.count)}\n".utf8)
  }
}
