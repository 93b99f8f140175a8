import Posix
import Privacy
import Records
import TrainingLog

/// The first pass: what is known of every raw record. What earlier runs found is taken over; only what has come since is
/// read. Of several lines with one id the first counts; lines that are no records are named and passed over.
struct Survey {
  private(set) var records: [SurveyedRecord] = []
  /// 32 band keys a text: those of the records first, then those of texts that are no record's.
  private(set) var bands: [UInt32] = []
  /// For each record: in which day file it stands, and where its shingles are.
  private(set) var fileOf: [Int32] = []
  private(set) var storeOf: [Int32] = []
  private(set) var files: [DayFile] = []
  private(set) var stores: [ShingleStore] = []
  private(set) var numbers: [ExampleID: Int32] = [:]
  private(set) var damaged: [DamagedLine] = []

  struct DayFile {
    let name: String
    let file: LogText
    /// Of the sealed file, where there is one: what comes behind is only appended to the text.
    let inode: UInt64
    /// Bytes that were read anew.
    var read = 0
    /// Bytes that are known: up to here the run has seen the file.
    var seen = 0
  }

  /// A line that is no record.
  struct DamagedLine: Equatable {
    let file: String
    /// From 1.
    let line: Int
    let reason: String
  }

  /// Reads the day files in the order of their names. `progress` gets 0–1 of their bytes.
  init(
    _ directory: DataDirectory, scrubber: Scrubber, folder: SurveyFolder, erasures: ErasureJournal?,
    progress: (Double) -> Void
  ) throws {
    guard Directories.exists(directory.logs) else { return }
    let cache = MemberCache()
    for name in LogFileName.present(in: try Directories.list(directory.logs)) {
      guard case .conversations = name, let text = try LogText.open(name, in: directory, cache: cache) else { continue }
      let path = text.sealed == nil ? directory.path(of: name) : directory.sealedPath(of: name)
      files.append(DayFile(name: name.name, file: text, inode: path.flatMap { FileStamp($0)?.inode } ?? 0))
    }
    try folder.keepOnly(files.map(\.name))
    let total = Double(max(try files.reduce(0) { $0 + (try $1.file.size()) }, 1))
    var before = 0
    let surveyor = LineSurveyor(scrubber: scrubber)
    for index in files.indices {
      let (name, file, inode) = (files[index].name, files[index].file, files[index].inode)
      var segments = try folder.segments(of: name, file, inode: inode)
      var end = segments.last?.range.upperBound ?? 0
      while true {
        let (part, next) = try surveyor.survey(file, from: end) { progress(Double(before + $0) / total) }
        guard next > end else { break }
        segments.append(try folder.segment(part, end..<next, of: name, file, inode: inode))
        files[index].read += next - end
        end = next
      }
      // Passed over, its records would be taken for expired, and their rows cut loose from them for ever.
      guard file.damages.isEmpty else { throw CurationError.damagedDay(name + ".gz") }
      files[index].seen = end
      take(segments, file: index, isHidden: { erasures?.hides($0) ?? false })
      before += end
      progress(Double(before) / total)
    }
    progress(1)
  }

  private mutating func take(_ segments: [SurveySegment], file: Int, isHidden: (ExampleID) -> Bool) {
    var lines = 0
    for segment in segments {
      let store = Int32(stores.count)
      stores.append(segment.shingles)
      for (number, record) in segment.records.enumerated() {
        guard numbers[record.id] == nil, !isHidden(record.id) else { continue }
        numbers[record.id] = Int32(records.count)
        records.append(record)
        bands += segment.bands[number * MinHash.bands..<(number + 1) * MinHash.bands]
        fileOf.append(Int32(file))
        storeOf.append(store)
      }
      for place in segment.damaged {
        damaged.append(
          DamagedLine(file: files[file].name, line: lines + place.line + 1, reason: reason(place.place, in: file)))
      }
      lines += segment.lines
    }
  }

  private func reason(_ place: LinePlace, in file: Int) -> String {
    guard let line = try? files[file].file.read(at: place.offset, count: place.length) else { return "" }
    do throws(LineError) { _ = try Conversation(line: line) } catch { return error.description }
    return ""
  }

  /// The stored line of a record.
  func line(of number: Int) throws -> [UInt8] {
    let record = records[number]
    return try files[Int(fileOf[number])].file.read(at: record.offset, count: Int(record.length))
  }

  func conversation(_ number: Int) throws -> Conversation {
    guard let conversation = try? Conversation(line: line(of: number)), conversation.exampleID == records[number].id
    else { throw CurationError.recordMoved }
    return conversation
  }

  /// Adds texts that are no record's: corrected answers, and rows whose record is gone.
  ///
  /// - Returns: the row of the first in `bands`, and the number of their store.
  mutating func add(_ part: SurveyPart) -> (row: Int, store: Int) {
    let row = bands.count / MinHash.bands
    bands += part.bands
    stores.append(ShingleStore(part.shingles))
    return (row, stores.count - 1)
  }
}
