import Posix
import Records
import TrainingLog

/// What the rules for similar texts must know of the rows of a file whose record has expired. Such rows never change, so
/// each is read for it once; then it is kept in `state/surveys`, in files of which a run only adds one.
struct ExpiredTexts: Sendable {
  private struct Text: Sendable {
    /// In the survey.
    let row: Int32
    /// From an earlier run.
    let isKept: Bool
  }

  /// By the number of the row in the old file.
  private var texts: [Int: Text] = [:]
  /// Names of the files, and how many texts are in them.
  private var names: [String] = []
  private var keptCount = 0

  /// - Parameters:
  ///   - numbers: of the rows whose record has expired.
  ///   - survey: what is found is added to it.
  init(_ numbers: [Int], of file: PublishedFile, _ folder: SurveyFolder, _ survey: inout Survey) throws {
    guard !numbers.isEmpty, let published = file.file else { return }
    var known = NumberTable<Lineage.RowID>()
    var found: [Text] = []
    for (name, segment) in try folder.expiredSegments(of: file.path, published) {
      let row = survey.add(segment.records.map(\.text), segment.bands, segment.shingles)
      for (index, record) in segment.records.enumerated() {
        known.set(Lineage.RowID(high: record.id.high, low: record.id.low), Int32(found.count))
        found.append(Text(row: Int32(row + index), isKept: true))
      }
      names.append(name)
    }
    keptCount = found.count
    var new: [Int] = []
    for number in numbers {
      if let index = known[file.rows[number].id] { texts[number] = found[Int(index)] } else { new.append(number) }
    }
    let (part, surveys) = try file.survey(new)
    let row = survey.add(surveys, part.bands, ShingleStore(part.shingles))
    for (index, number) in new.enumerated() { texts[number] = Text(row: Int32(row + index), isKept: false) }
  }

  init() {}

  /// Its row in the survey.
  subscript(number: Int) -> Int32? { texts[number]?.row }

  /// More files than these are made one, and so are those of which half stands for rows that are gone.
  private static let filesMax = 24
  private static let textsPerFile = 1 << 15

  /// Keeps what was found, under the ids that the rows have now.
  ///
  /// - Parameters:
  ///   - entries: of the file that was written, in its order.
  ///   - rows: the same, as they were written.
  func keep(_ entries: [Entry], _ rows: [PublishedRow], of path: String, _ survey: Survey, in folder: SurveyFolder)
    throws
  {
    guard !texts.isEmpty, entries.count == rows.count else { return }
    let all = zip(entries, rows).compactMap { entry, row -> (id: Lineage.RowID, text: Text)? in
      guard case .expired(let number) = entry.source, let text = texts[number] else { return nil }
      return (row.id, text)
    }
    let new = all.filter { !$0.text.isKept }
    let isSparse = keptCount > 2 * (all.count - new.count) + Self.textsPerFile / 8
    let isRewritten = isSparse || names.count > Self.filesMax + keptCount / Self.textsPerFile
    let wanted = isRewritten ? all : new
    let reader = ShingleReader(survey.stores, isDense: false)
    for start in stride(from: 0, to: wanted.count, by: Self.textsPerFile) {
      var part = SurveyPart()
      for (id, text) in wanted[start..<min(start + Self.textsPerFile, wanted.count)] {
        let (row, found) = (Int(text.row), survey.text(text.row))
        let shift = part.shingles.count - found.shinglesStart
        part.shingles += try reader.set(of: found, in: survey.storeOf[row])
        part.bands += survey.bands[row * MinHash.bands..<(row + 1) * MinHash.bands]
        part.records.append(
          SurveyedRecord(
            id: ExampleID(high: id.high, low: id.low), offset: 0, length: 0, day: 0, user: 0, session: 0,
            text: found.moved(by: shift)))
      }
      try folder.keepExpired(part, of: path)
    }
    if isRewritten { for name in names { try folder.remove(name) } }
  }
}
