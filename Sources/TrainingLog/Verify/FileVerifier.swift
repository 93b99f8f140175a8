import Records

/// Walks one file and tells what of it is not as it was stored.
struct FileVerifier {
  private let file: VerifiedFile
  private let snapshot: IndexSnapshot?
  /// Bytes of the file that the index has seen.
  private let seen: Int
  /// Whether the index may be of another form of the file; then it says nothing of its lines.
  private let isDoubted: Bool
  /// Records of this file that the index knows and that have not been passed yet, by offset.
  private var expected: ArraySlice<Int32> = []
  /// The same of lines that have no rows.
  private var expectedLines: ArraySlice<LineChecksum> = []
  /// Of the erasures in this file that are not done, the ids of the receipts.
  private var unfinished: Set<String> = []
  /// Ids of lines that the index does not know.
  private var strangers: Set<ExampleID> = []

  init(_ file: VerifiedFile, _ snapshot: IndexSnapshot?) {
    self.file = file
    self.snapshot = snapshot
    guard case .log(let name) = file.kind else {
      (seen, isDoubted) = (0, false)
      return
    }
    seen = snapshot?.bytes[name.name] ?? 0
    isDoubted = snapshot?.doubted.contains(name.name) ?? false
    guard !isDoubted else { return }
    expectedLines = (snapshot?.lines[name] ?? [])[...]
    if case .conversations(let day) = name { expected = (snapshot?.places[day] ?? [])[...] }
  }

  /// - Parameter progress: called with the bytes read so far.
  mutating func run(
    _ ratings: inout RatingVerifier, _ report: inout VerificationReport, progress: (Int) -> Void
  ) throws {
    let faultsBefore = report.faultCount
    if isDoubted { report.add(file.name, at: nil, Self.doubt) }
    if file.size < seen {
      report.add(file.name, at: file.size, "the file ends here; the index has seen \(seen - file.size) bytes more")
    }
    var end = 0
    var holes: [Range<Int>] = []
    do {
      try LineReader().read(file.file, hole: { holes.append($0) }) { line, offset in
        guard offset + line.count < file.size else { throw Enough() }
        end = offset + line.count + 1
        report.lines += 1
        check(line, at: offset, &ratings, &report)
        progress(end)
      }
    } catch is Enough {}
    // Of the other files the index knows what is missing.
    if file.name.hasPrefix("state/") {
      for hole in holes { report.add(file.name, at: hole.lowerBound, DamagedLine(hole: hole, in: file.name).reason) }
    }
    for member in file.file.damages.joined {
      report.add(file.name, at: member.text.lowerBound, "\(member.text.count) bytes of text are in a damaged member")
    }
    skipExpected(before: .max, &report)
    skipExpectedLines(before: .max, &report)
    if report.faultCount > faultsBefore { ratings.doubt(file.name) }
    report.unfinishedErasures += unfinished.count
    report.bytes += file.size
    report.tailBytes += max(0, file.size - max(end, seen))
  }

  /// What follows was written since the file was opened.
  private struct Enough: Error {}

  private mutating func check(
    _ line: [UInt8], at offset: Int, _ ratings: inout RatingVerifier, _ report: inout VerificationReport
  ) {
    // One fault a line: what is not as it was stored need not be understood.
    guard isAsStored(line, at: offset, &report) else { return }
    do throws(LineError) {
      switch file.kind {
      case .objects:
        if (try? JSONDocument(parsing: line).root.kind) != .object { throw .notAnObject }
      case .log(.erasures):
        switch try ErasureLine(line) {
        case .begun(let entry): unfinished.insert(entry.receiptID)
        case .done(let receiptID, _): unfinished.remove(receiptID)
        case .found, .received: break
        }
      case .log(.consent): _ = try ConsentChange(line)
      case .log(.inherited): if SideLine(line) == nil { throw .badField("side") }
      case .log(.pending): if PendingRating(line: line) == nil { throw .notAnObject }
      case .log(.conversations(let day)): try checkRecord(line, at: offset, of: day, &report)
      case .log(.feedback):
        let feedback = try Feedback(line: line)
        if offset < seen { ratings.rate(feedback.exampleID, feedback.score, at: offset) }
      case .log(.comments):
        let id = try Comment(line: line).exampleID
        if offset < seen { ratings.comment(id) }
      case .log(.corrections):
        let id = try Correction(line: line).exampleID
        if offset < seen { ratings.correct(id) }
      }
    } catch { report.add(file.name, at: offset, "damaged: \(error)") }
  }

  /// By the CRC-32 of the line, where the index has one.
  private mutating func isAsStored(_ line: [UInt8], at offset: Int, _ report: inout VerificationReport) -> Bool {
    skipExpectedLines(before: offset, &report)
    guard let known = expectedLines.first, known.offset == offset else { return true }
    expectedLines.removeFirst()
    if known.crc != checksum(line) { report.add(file.name, at: offset, Self.otherLine) }
    return known.crc == checksum(line)
  }

  private static let doubt = """
    the index cannot vouch for it: somebody has changed it, or a change of it is under way or was interrupted; the next \
    start makes the index anew
    """
  private static let otherLine = "the line is not the one that was stored: its CRC-32 is another"

  private mutating func checkRecord(
    _ line: [UInt8], at offset: Int, of day: Day, _ report: inout VerificationReport
  ) throws(LineError) {
    report.records += 1
    skipExpected(before: offset, &report)
    var row: IndexSnapshot.Row?
    if let first = expected.first, let known = snapshot?.rows[Int(first)], known.offset == offset {
      expected.removeFirst()
      row = known
      guard Int(known.length) == line.count, known.crc == checksum(line) else {
        return report.add(file.name, at: offset, Self.otherLine)
      }
    }
    let record = try Conversation(line: line)
    if record.timestamp.day != day { report.add(file.name, at: offset, "the record is of another day than its file") }
    guard let row else { return checkStranger(record.exampleID, at: offset, &report) }
    if record.exampleID != row.id { report.add(file.name, at: offset, "the index has another id for the record") }
  }

  /// A whole line that the index does not have at this place.
  private mutating func checkStranger(_ id: ExampleID, at offset: Int, _ report: inout VerificationReport) {
    if !strangers.insert(id).inserted || !isDoubted && snapshot?.place(of: id) != nil {
      report.add(file.name, at: offset, "the record stands a second time")
    } else if offset < seen {
      report.add(file.name, at: offset, "the record is not in the index")
    } else {
      report.recordsBeyondIndex += 1
    }
  }

  /// Records that should have begun before this offset did not.
  private mutating func skipExpected(before offset: Int, _ report: inout VerificationReport) {
    while let first = expected.first, let row = snapshot?.rows[Int(first)], row.offset < offset {
      expected.removeFirst()
      report.add(file.name, at: min(row.offset, file.size), "a record that was stored here is not there")
    }
  }

  private mutating func skipExpectedLines(before offset: Int, _ report: inout VerificationReport) {
    while let line = expectedLines.first, line.offset < offset {
      expectedLines.removeFirst()
      report.add(file.name, at: min(line.offset, file.size), "a line that was stored here is not there")
    }
  }
}
