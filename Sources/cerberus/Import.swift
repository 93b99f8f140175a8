import ArgumentParser
import Curation
import Posix
import Records
import Service
import TrainingLog

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Takes existing logs in, JSON lines of any of the accepted names, with any past date.",
    discussion: """
      The lines go the way of POST /v1/log: scrubbed, under pseudonyms, no refused user's and no erased record. Ids that \
      are hashed already are hashed again. Records older than the retention are seen by one run of the curator, then \
      expire. The same file can be imported again. Exit code 65 when a line was refused; all others are in.

      Accepted names:
      \(ImportedLine.names.map { "  \($0.field): \($0.accepted.joined(separator: ", "))" }.joined(separator: "\n"))
      """)

  @OptionGroup var data: DataOptions
  @Argument(help: "JSON lines, plain or compressed with gzip.") var files: [String]
  @Flag(help: "The report as JSON.") var json = false

  /// Below the limit of a body, which a longer line alone may fill.
  private static let batchBytes = 768 << 10
  private static let lineBytesMax = 1 << 20
  private static let namedMax = 20

  func run() throws {
    let importing = Importing(data, isServed: try data.isServed())
    for path in files {
      do {
        try importing.begin(path)
        try LineStream(file: ReadOnlyFile(path)).read { line, number in
          guard line.contains(where: { $0 != 0x20 && $0 != 0x0D }) else { return }
          if line.count > Self.lineBytesMax { return importing.refuse(number, "is longer than 1 MiB") }
          if importing.bytes + line.count > Self.batchBytes || importing.lines.count == Importer.linesMax {
            try importing.send()
          }
          importing.add(line, number)
        }
        try importing.send()
      } catch let error as ExitCode { throw error } catch {
        throw fail(.inputOutput, "\(path) cannot be read: \(error)")
      }
    }
    let total = importing.total
    data.audit(.importLogs, counts: [("records", total.imported)])
    try show(importing.json, asJSON: json)
    if total.refused.isEmpty { return }
    throw fail(total.isStopped ? .tryLater : .badData, "refused: \(refusals(total.refused.count))")
  }

  private func refusals(_ count: Int) -> String {
    let named = count > Self.namedMax ? ", of which the first \(Self.namedMax) are named" : ""
    return Figure.count(count, "line") + named + "; `cerberus import --help` lists the accepted names"
  }

  /// What the closure that gets the lines works on.
  private final class Importing {
    private(set) var lines: [[UInt8]] = []
    private(set) var bytes = 0
    private(set) var total = ImportReport()
    private var numbers: [Int] = []
    private var path = ""
    private let data: DataOptions
    private let isServed: Bool
    private var importer: Importer?

    init(_ data: DataOptions, isServed: Bool) {
      self.data = data
      self.isServed = isServed
    }

    func begin(_ path: String) throws {
      self.path = path
      if !isServed, importer == nil { importer = Importer(try data.openLog()) }
    }

    func add(_ line: [UInt8], _ number: Int) {
      lines.append(line)
      numbers.append(number)
      bytes += line.count + 1
    }

    func refuse(_ number: Int, _ reason: String) {
      total.refused.append((number, reason))
      if total.refused.count <= Import.namedMax { say("\(path):\(number): \(reason)") }
    }

    /// What has gathered.
    func send() throws {
      guard !lines.isEmpty else { return }
      let report: ImportReport
      if importer != nil {
        report = importer!.run(lines, now: SystemClock().now)
      } else {
        let body = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
        let answer = try data.answer("POST", "/control/import", body) { _ in [] }
        guard let root = try? JSONDocument(parsing: answer).root else {
          throw fail(.tryLater, "the server has stopped; import again, what is in is not taken twice")
        }
        report = ImportReport(root)
      }
      total.imported += report.imported
      total.repeated += report.repeated
      total.optedOut += report.optedOut
      total.erased += report.erased
      total.rated += report.rated
      total.isStopped = total.isStopped || report.isStopped
      for (line, reason) in report.refused { refuse(numbers[line], reason) }
      (lines, numbers, bytes) = ([], [], 0)
      if report.isStopped { throw fail(.tryLater, "the disk or the queue is full; import again later") }
    }

    var json: [UInt8] {
      var writer = JSONWriter()
      writer.object { object in
        for (name, count) in [
          ("imported", total.imported), ("repeated", total.repeated), ("opted_out", total.optedOut),
          ("erased", total.erased), ("rated", total.rated), ("refused", total.refused.count),
        ] {
          object.key(name)
          object.integer(count)
        }
      }
      return writer.bytes
    }
  }
}
