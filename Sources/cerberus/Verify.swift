import ArgumentParser
import Posix
import Records
import Service
import TrainingLog

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks every stored line, and names file and line of each fault.",
    discussion: """
      Exit code 65 when there is a fault; 75 when there is one while an erasure is not done, which may be why: it is \
      worth another look once it is. Works beside a running server.
      """)

  @OptionGroup var data: DataOptions
  @Option(
    help: "Checks instead that this file is a receipt of an erasure as this data directory signed it; - is stdin.")
  var receipt: String?
  @Flag(help: "The report as JSON.") var json = false

  /// A running server brings the index in step with a file it has rewritten within a second.
  private static let pauseSeconds = 1.5
  private static let attempts = 3

  func run() throws {
    try data.requireDirectory()
    if let receipt { return try verify(receipt: receipt) }
    let report: VerificationReport
    do { report = try verified() } catch { throw fail(.inputOutput, "the data directory cannot be read: \(error)") }
    if json {
      try output(report.json + [UInt8(ascii: "\n")])
    } else {
      for fault in report.faults { try output((fault.description + "\n").utf8) }
      try output((report.summary + "\n").utf8)
    }
    guard !report.isClean else { return }
    guard report.unfinishedErasures > 0 else { throw fail(.badData, Figure.count(report.faultCount, "fault")) }
    let wayOn = isServed ? "verify again when it is done" : "the next start completes it; verify again then"
    let faults = Figure.count(report.faultCount, "fault")
    throw fail(.tryLater, "\(faults), but an erasure is in progress, which may be why: \(wayOn)")
  }

  private func verify(receipt path: String) throws {
    let content: [UInt8]?
    if path == "-" {
      content = try StandardStreams.readInput()
    } else {
      do { content = try readFile(path) } catch { throw fail(.inputOutput, "the receipt cannot be read: \(error)") }
    }
    guard let content else { throw fail(.inputOutput, "there is no such file") }
    let key: [UInt8]?
    do throws(Secrets.Failure) { key = try Secrets.receiptKey(in: data.directory) } catch {
      throw fail(Exit(error), error.description)
    }
    guard let read = ErasureReceipt(content) else { throw fail(.badData, "the file is no receipt of an erasure") }
    let isSigned = key.map(read.isSigned) ?? false
    if json { try output("{\"signed\":\(isSigned)}\n".utf8) }
    guard isSigned else { throw fail(.badData, "the receipt was not signed by this data directory, or was changed") }
    if !json { try output("the receipt is as this data directory has signed it\n".utf8) }
  }

  private func verified() throws -> VerificationReport {
    var attempt = 1
    while true {
      let bar = ProgressBar(label: "verify", total: data.storedBytes)
      defer { bar.finish() }
      let report = try Verification(data.directory).run { bar.show($0) }
      if report.isClean || attempt == Self.attempts || !isServed { return report }
      attempt += 1
      Clocks.pause(seconds: Self.pauseSeconds)
    }
  }

  /// Also by one that is silent.
  private var isServed: Bool { (try? data.server().isAlive()) ?? true }
}

extension VerificationReport {
  var summary: String {
    let beyond = recordsBeyondIndex > 0 ? ", \(recordsBeyondIndex) of them not yet in the index" : ""
    let tail = tailBytes > 0 ? "; \(tailBytes) bytes of lines without an end, which were never acknowledged" : ""
    let found = [Figure.count(files, "file"), Figure.count(lines, "line"), Figure.count(records, "record") + beyond]
    return found.joined(separator: ", ") + "; index \(index.rawValue)\(tail); "
      + (unfinishedErasures > 0 ? "\(Figure.count(unfinishedErasures, "erasure")) in progress; " : "")
      + Figure.count(faultCount, "fault")
  }

  var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("index")
      object.string(index.rawValue)
      for (name, value) in [
        ("files", files), ("lines", lines), ("bytes", bytes), ("records", records),
        ("records_beyond_index", recordsBeyondIndex), ("tail_bytes", tailBytes),
        ("unfinished_erasures", unfinishedErasures), ("fault_count", faultCount),
      ] as [(StaticString, Int)] {
        object.key(name)
        object.integer(value)
      }
      object.key("faults")
      object.array { list in
        for fault in faults {
          list.object { object in
            object.key("file")
            object.string(fault.file)
            object.key("line")
            if let line = fault.line { object.integer(line) } else { object.null() }
            object.key("reason")
            object.string(fault.reason)
          }
        }
      }
    }
    return writer.bytes
  }
}
