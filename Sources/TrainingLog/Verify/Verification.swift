import Posix
import Records

/// Checks what is stored: every line against the index's CRC-32, ids, days and counts, and the form of every line the
/// index knows nothing of. Reads only, also beside a running server.
///
/// The index is read first and as of one moment; the files only grow behind what it knows. Where a running server
/// rewrites a file, for an erasure, index and file may differ for up to a second: whoever finds faults beside a server
/// looks again.
package struct Verification {
  let directory: DataDirectory

  package init(_ directory: DataDirectory) { self.directory = directory }

  /// - Parameter progress: called with 0–1.
  package func run(progress: (Double) -> Void = { _ in }) throws -> VerificationReport {
    var report = VerificationReport()
    let snapshot = readIndex(&report)
    let marks = try readMarks(&report)
    let files = try openFiles()
    try check(files, snapshot, marks, &report, progress: progress)
    checkKeys(&report)
    return report
  }

  /// Files that are open, against an index and marks that were read before they were opened.
  ///
  /// - Parameter files: days first.
  func check(
    _ files: [VerifiedFile], _ snapshot: IndexSnapshot?, _ marks: [String: LedgerMark],
    _ report: inout VerificationReport, progress: (Double) -> Void
  ) throws {
    report.files = files.count
    reportMissing(among: files, snapshot, &report)
    let total = Double(max(1, files.reduce(0) { $0 + $1.size }))
    var done = 0
    var ratings = RatingVerifier(snapshot)
    for file in files {
      var check = FileVerifier(file, snapshot)
      try check.run(&ratings, &report) { progress(Double(done + $0) / total) }
      done += file.size
    }
    ratings.finish(&report)
    for file in files where file.name == "state/audit.jsonl" {
      if let fault = try AuditLog.fault(in: file.file, upTo: file.size) {
        report.add(file.name, at: fault.offset, fault.reason)
      }
    }
    try check(marks, files, &report)
    try numberLines(of: files, &report)
  }

  private func reportMissing(
    among files: [VerifiedFile], _ snapshot: IndexSnapshot?, _ report: inout VerificationReport
  ) {
    let names = Set(files.map(\.name))
    for (name, bytes) in snapshot?.bytes ?? [:] where bytes > 0 && LogFileName(name) != nil {
      guard !names.contains("training_logs/" + name) else { continue }
      report.add("training_logs/" + name, at: nil, "the file is gone, with \(bytes) bytes that the index has seen")
    }
  }

  private func readIndex(_ report: inout VerificationReport) -> IndexSnapshot? {
    guard Directories.exists(directory.index) else { return nil }
    let name = "state/index.sqlite"
    do throws(DatabaseError) {
      let snapshot = try IndexSnapshot(path: directory.index)
      report.index = .checked
      for counter in snapshot.wrongCounters {
        report.add(name, at: nil, "the counter \(counter) is not what the records add up to")
      }
      return snapshot
    } catch {
      report.index = .unreadable
      report.add(name, at: nil, "the index cannot be read (\(error)); `cerberus reindex` makes it anew")
      return nil
    }
  }

  /// All files of lines, opened; days first, since ratings are looked up among the records.
  private func openFiles() throws(SystemError) -> [VerifiedFile] {
    var files: [VerifiedFile] = []
    let logs = Directories.exists(directory.logs) ? try Directories.list(directory.logs) : []
    for log in LogFileName.present(in: logs) {
      guard let text = try LogText.open(log, in: directory) else { continue }
      files.append(
        VerifiedFile(name: "training_logs/" + log.name, kind: .log(log), file: text, size: try text.size()))
    }
    for (folder, path) in [("curated", directory.curated), ("state", directory.state)]
    where Directories.exists(path) {
      for name in try Directories.list(path) where name.hasSuffix(".jsonl") {
        // It may be gone by now.
        guard let file = try ReadOnlyFile.open(ifPresent: path + "/" + name) else { continue }
        files.append(
          VerifiedFile(
            name: folder + "/" + name, kind: VerifiedFile.Kind(folder: folder, name: name),
            file: LogText(sealed: nil, plain: file), size: try file.size()))
      }
    }
    return files
  }

  /// Puts the numbers of lines in place of offsets.
  private func numberLines(of files: [VerifiedFile], _ report: inout VerificationReport) throws(SystemError) {
    for file in files {
      let faults = report.faults.indices
        .filter { report.faults[$0].file == file.name && report.faults[$0].offset != nil }
        .sorted { (report.faults[$0].offset ?? 0) < (report.faults[$1].offset ?? 0) }
      guard !faults.isEmpty else { continue }
      var counter = LineCounter(file.file)
      let border = file.file.sealedBytes
      let linesBefore = border == 0 ? 0 : try LineCounter.line(at: border, file.file) - 1
      for index in faults {
        let offset = report.faults[index].offset ?? 0
        let line = try counter.line(at: offset)
        report.faults[index].line = offset < border ? line : line - linesBefore
        if offset < border { report.faults[index].file += ".gz" }
      }
    }
    report.faults.sort { ($0.file, $0.line ?? 0) < ($1.file, $1.line ?? 0) }
  }

  private func checkKeys(_ report: inout VerificationReport) {
    do throws(Secrets.Failure) { _ = try KeyFile.read(directory) } catch {
      report.add("state/keys", at: nil, error.description)
    }
    do throws(Secrets.Failure) { _ = try FormerPepper.read(directory.formerPeppers) } catch {
      report.add("state/pepper.old", at: nil, error.description)
    }
  }
}

/// A file of lines, and what its lines have to be.
struct VerifiedFile {
  enum Kind {
    case log(LogFileName)
    /// Any JSON objects: ledgers, and what the curator has made.
    case objects

    /// Of a file in `state` or `curated`.
    init(folder: String, name: String) {
      switch folder {
      case "state" where name == LogFileName.pending.name: self = .log(.pending)
      case "state" where name == LogFileName.erasures.name: self = .log(.erasures)
      case "state" where name == LogFileName.consent.name: self = .log(.consent)
      case "state" where name == LogFileName.inherited.name: self = .log(.inherited)
      default: self = .objects
      }
    }
  }

  /// Below the data directory.
  let name: String
  let kind: Kind
  let file: LogText
  /// At opening; what comes behind it was written since.
  let size: Int
}

/// Counts line ends up to ascending offsets, in one pass.
struct LineCounter {
  private let file: any ReadableFile
  private var offset = 0
  private var lines = 1

  init(_ file: any ReadableFile) { self.file = file }

  static func line(at offset: Int, _ file: any ReadableFile) throws(SystemError) -> Int {
    var counter = LineCounter(file)
    return try counter.line(at: offset)
  }

  /// The number, from 1, of the line that the byte at `offset` belongs to.
  mutating func line(at end: Int) throws(SystemError) -> Int {
    while offset < end {
      let piece = try file.read(at: offset, count: min(LineReader.chunkBytes, end - offset))
      if piece.isEmpty { break }
      lines += piece.count { $0 == UInt8(ascii: "\n") }
      offset += piece.count
    }
    return lines
  }
}
