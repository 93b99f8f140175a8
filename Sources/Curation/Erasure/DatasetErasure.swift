import Posix
import Privacy
import Records
import TrainingLog

/// Takes rows out of the dataset and of the negatives, the manifest in step. Only while no curator runs.
struct DatasetErasure {
  struct Found {
    var rows = 0
    var bytes = 0
    fileprivate var files: [(path: String, file: ReadOnlyFile, gone: [Range<Int>])] = []
    /// Contents of the rows.
    var texts: [ContentHash] = []
    /// Of the dataset alone.
    var covered: CoveredRows
    /// Rows that the manifest counts and the dataset has no more: an erasure was interrupted between the two.
    /// nil where nobody has looked.
    var removed: CoveredRows?
    /// Versions of the dataset that held them, also as negatives, in the order in which they were made.
    var versions: [String] = []
  }

  private let directory: DataDirectory
  private let erasure: Erasure

  init(_ directory: DataDirectory, _ erasure: Erasure) {
    self.directory = directory
    self.erasure = erasure
  }

  func find() throws -> Found {
    let summary = DatasetSummary(directory)
    var found = Found(covered: CoveredRows(version: summary.version))
    guard erasure.records > 0 else { return found }
    // Where the lineage is lost, the rows say since when they are there.
    let lineage = try Lineage(directory)
    found.versions = lineage.versions { $0.exampleID.map(erasure.covers) ?? false }
    for path in [directory.trainingData, directory.preferences] { try find(in: path, summary, &found) }
    return found
  }

  func remove(_ found: Found, now: Timestamp) throws {
    for (path, file, gone) in found.files { try Self.remove(gone, from: file, path) }
    // An erasure that was interrupted behind the files has left the manifest as it was.
    if found.rows > 0 || erasure.isResumed { try ManifestRevision(directory).run(now: now) }
  }

  /// Takes the examples out of the lineage: last of all, since an erasure that is taken up again asks it once more.
  func forgetLineage() throws {
    guard erasure.records > 0 else { return }
    var lineage = try Lineage(directory)
    guard !lineage.versions.isEmpty else { return }
    lineage.forget(erasure.covers)
    lineage.add(DatasetVersion.last(in: directory))
    try lineage.write(to: directory)
  }

  /// What the manifest counts beyond the rows of a file that has fewer.
  private func removed(from file: ReadOnlyFile, _ summary: DatasetSummary) throws -> CoveredRows {
    var removed = CoveredRows(version: summary.version)
    (removed.train, removed.test) = (summary.train, summary.test)
    try LineReader().read(file) { line, offset in
      switch PublishedRow(line, at: offset)?.side {
      case .train: removed.train = max(0, removed.train - 1)
      case .test: removed.test = max(0, removed.test - 1)
      case nil: break
      }
    }
    return removed
  }

  private func find(in path: String, _ summary: DatasetSummary, _ found: inout Found) throws {
    guard let file = try ReadOnlyFile.open(ifPresent: path) else { return }
    var gone: [Range<Int>] = []
    var lines = 0
    try LineReader().read(file) { line, offset in
      lines += 1
      guard let id = CuratedLine.id(of: line), erasure.covers(id) else { return }
      gone.append(offset..<offset + line.count + 1)
      guard let row = PublishedRow(line, at: offset) else { return }
      found.texts.append(row.hash)
      guard path == directory.trainingData else { return }
      switch row.side {
      case .train: found.covered.train += 1
      case .test: found.covered.test += 1
      }
    }
    if path == directory.trainingData {
      found.removed =
        lines < summary.examples ? try removed(from: file, summary) : CoveredRows(version: summary.version)
    }
    guard !gone.isEmpty else { return }
    found.rows += gone.count
    found.bytes += gone.reduce(0) { $0 + $1.count }
    found.files.append((path, file, gone))
  }

  private static func remove(_ gone: [Range<Int>], from file: ReadOnlyFile, _ path: String) throws {
    let writer = try AtomicFileWriter(path)
    var start = 0
    for range in gone + [try file.size()..<Int.max] {
      while start < range.lowerBound {
        let piece = try file.read(at: start, count: min(LineReader.chunkBytes, range.lowerBound - start))
        if piece.isEmpty { throw SystemError(call: "pread", code: 5) }
        try writer.write(piece)
        start += piece.count
      }
      start = range.upperBound
    }
    try writer.commit()
  }
}

/// A row of the dataset, as far as its id goes.
enum CuratedLine {
  private static let name = Array("\"example_id\":\"".utf8)

  /// The id of a row whose record lives; nil for any other.
  static func id(of line: [UInt8]) -> ExampleID? { text(of: line).flatMap { ExampleID($0) } }

  /// The id of any row; nil for a line that is none.
  static func uuid(of line: [UInt8]) -> Lineage.RowID? {
    text(of: line).flatMap { UUIDText.parse($0) }.map { Lineage.RowID(high: $0.high, low: $0.low) }
  }

  /// Looked for from the end, so that the text need not be parsed. No text can be taken for the member: a quotation mark
  /// in a JSON string has a backslash before it, and so has the one before the colon here not.
  private static func text(of line: [UInt8]) -> String? {
    var end = line.count - 36
    while end >= name.count {
      let start = end - name.count
      if line[start] == name[0], line[start..<end].elementsEqual(name) {
        return String(decoding: line[end..<end + 36], as: UTF8.self)
      }
      end -= 1
    }
    return nil
  }
}
