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
  /// For each record: in which day file it stands.
  private(set) var fileOf: [Int32] = []
  /// For each text, in the order of their rows in `bands`: where its shingles are.
  private(set) var storeOf: [Int32] = []
  /// Texts that are no record's.
  private var others: [TextSurvey] = []
  private(set) var files: [DayFile] = []
  private(set) var stores: [ShingleStore] = []
  private(set) var numbers = NumberTable<ExampleID>()
  private(set) var damaged: [DamagedLine] = []

  struct DayFile {
    let name: String
    let file: LogText
    /// Of the sealed file, where there is one: what comes behind is only appended to the text.
    let inode: UInt64
    var isExpiring = false
    /// Bytes that were read anew.
    var read = 0
    /// Bytes that are known: up to here the run has seen the file.
    var seen = 0
  }

  /// The day files, as far as this run has seen them.
  var inputs: [CurationInput] {
    var ends: [Int] = []
    for index in files.indices {
      ends.append(fileOf[(ends.last ?? 0)...].firstIndex { Int($0) > index } ?? fileOf.count)
    }
    return Cores.map(files.count) { [ends] index in
      let start = index == 0 ? 0 : ends[index - 1]
      return CurationInput(files[index].name, seen: files[index].seen, records: records[start..<ends[index]])
    }
  }

  /// A line that is no record.
  struct DamagedLine: Equatable {
    let file: String
    /// From 1.
    let line: Int
    let reason: String
  }

  /// Reads the day files in the order of their names, on all cores.
  ///
  /// - Parameters:
  ///   - limit: days before it are about to expire, as far as they can be read and as far as they cannot.
  ///   - progress: called with 0–1 of their bytes.
  init(
    _ directory: DataDirectory, scrubber: Scrubber, folder: SurveyFolder, erasures: ErasureJournal?,
    expiring limit: Day? = nil, progress: (Double) -> Void
  ) throws {
    guard Directories.exists(directory.logs) else { return }
    let cache = MemberCache()
    for name in LogFileName.present(in: try Directories.list(directory.logs)) {
      guard case .conversations(let day) = name, let text = try LogText.open(name, in: directory, cache: cache) else {
        continue
      }
      let path = text.sealed == nil ? directory.path(of: name) : directory.sealedPath(of: name)
      files.append(
        DayFile(
          name: name.name, file: text, inode: path.flatMap { FileStamp($0)?.inode } ?? 0,
          isExpiring: limit.map { day < $0 } ?? false))
    }
    try folder.keepOnly(files.map(\.name))
    let sizes = try files.map { try $0.file.size() }
    let total = Double(max(sizes.reduce(0, +), 1))
    var before = 0
    for turn in Self.turns(sizes) {
      let found = try Self.survey(files[turn], LineSurveyor(scrubber: scrubber), folder) { bytes in
        before += bytes
        progress(Double(before) / total)
      }
      for (index, found) in zip(turn, found) {
        files[index].read = found.read
        files[index].seen =
          files[index].file.damages.isEmpty ? found.segments.last?.range.upperBound ?? 0 : sizes[index]
        take(found.segments, file: index, isHidden: { erasures?.hides($0) ?? false })
      }
    }
    progress(1)
  }

  /// Bytes of a turn, if one file does not have more.
  private static let turnBytes = 64 << 20

  /// Small files go together, so that no core waits at the end of each.
  private static func turns(_ sizes: [Int]) -> [Range<Int>] {
    var turns: [Range<Int>] = []
    var bytes = 0
    for (index, size) in sizes.enumerated() {
      if let last = turns.last, bytes + size <= turnBytes {
        turns[turns.count - 1] = last.lowerBound..<index + 1
        bytes += size
      } else {
        turns.append(index..<index + 1)
        bytes = size
      }
    }
    return turns
  }

  /// - Parameter advance: called with the bytes that were done since the last time.
  private static func survey(
    _ days: ArraySlice<DayFile>, _ surveyor: LineSurveyor, _ folder: SurveyFolder, advance: (Int) -> Void
  ) throws -> [Found] {
    if days.count == 1, let day = days.first { return [try survey(day, surveyor, folder, advance: advance)] }
    // The newest first: what is to be read anew is in them, as a rule, and takes longer than what is known.
    let found: [Found] = try Cores.map(days.count) {
      try survey(days[days.endIndex - 1 - $0], surveyor, folder) { _ in }
    }.reversed()
    advance(found.reduce(0) { $0 + ($1.segments.last?.range.upperBound ?? 0) })
    return found
  }

  /// What is known of one day file.
  private struct Found: Sendable {
    var segments: [SurveySegment]
    var read = 0
  }

  /// - Parameter advance: called with the bytes that were done since the last time.
  private static func survey(
    _ day: DayFile, _ surveyor: LineSurveyor, _ folder: SurveyFolder, advance: (Int) -> Void
  ) throws -> Found {
    var found = Found(segments: try folder.segments(of: day.name, day.file, inode: day.inode))
    var end = found.segments.last?.range.upperBound ?? 0
    advance(end)
    while true {
      var reached = end
      let (part, next) = try surveyor.survey(day.file, from: end) { offset in
        advance(offset - reached)
        reached = offset
      }
      // Passed over, its records would be taken for expired, and their rows cut loose from them for ever. Nor may
      // anything be kept of what was read: who takes that over does not see the damage.
      guard day.file.damages.isEmpty || day.isExpiring else { throw CurationError.damagedDay(day.name + ".gz") }
      guard next > end else { break }
      found.segments.append(try folder.segment(part, end..<next, of: day.name, day.file, inode: day.inode))
      found.read += next - end
      end = next
    }
    return found
  }

  private mutating func take(_ segments: [SurveySegment], file: Int, isHidden: (ExampleID) -> Bool) {
    var lines = 0
    let count = segments.reduce(records.count) { $0 + $1.records.count }
    reserve(count)
    numbers.reserve(count)
    for segment in segments {
      let store = Int32(stores.count)
      stores.append(segment.shingles)
      var taken: [Int] = []
      for (number, record) in segment.records.enumerated() {
        let next = Int32(records.count)
        guard !isHidden(record.id), numbers.set(record.id, next, replaces: false) == nil else { continue }
        records.append(record)
        taken.append(number)
      }
      if taken.count == segment.records.count {
        bands += segment.bands
      } else {
        for number in taken { bands += segment.bands[number * MinHash.bands..<(number + 1) * MinHash.bands] }
      }
      fileOf += repeatElement(Int32(file), count: taken.count)
      storeOf += repeatElement(store, count: taken.count)
      for place in segment.damaged {
        damaged.append(
          DamagedLine(file: files[file].name, line: lines + place.line + 1, reason: reason(place.place, in: file)))
      }
      lines += segment.lines
    }
  }

  private mutating func reserve(_ count: Int) {
    guard count > records.capacity else { return }
    // Days come one after the other: room for each of them alone would copy all before it.
    let count = max(count, records.capacity * 3 / 2)
    records.reserveCapacity(count)
    bands.reserveCapacity(count * MinHash.bands)
    fileOf.reserveCapacity(count)
    storeOf.reserveCapacity(count)
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

  /// The same, parsed: it is known to be a record.
  func record(_ number: Int) throws -> JSONElement {
    guard let root = try? JSONDocument(parsing: line(of: number)).root,
      root["example_id"]?.string.flatMap({ ExampleID($0) }) == records[number].id
    else { throw CurationError.recordMoved }
    return root
  }

  func conversation(_ number: Int) throws -> Conversation {
    guard let conversation = try? Conversation(line: line(of: number)), conversation.exampleID == records[number].id
    else { throw CurationError.recordMoved }
    return conversation
  }

  /// Adds texts that are no record's: corrected answers, and rows whose record is gone.
  ///
  /// - Returns: the row of the first.
  mutating func add(_ texts: [TextSurvey], _ bands: [UInt32], _ shingles: ShingleStore) -> Int {
    let row = storeOf.count
    storeOf += repeatElement(Int32(stores.count), count: texts.count)
    others += texts
    self.bands += bands
    stores.append(shingles)
    return row
  }

  /// By its row: those of the records come first, under their numbers.
  func text(_ row: Int32) -> TextSurvey {
    Int(row) < records.count ? records[Int(row)].text : others[Int(row) - records.count]
  }

  func set(of row: Int32) throws -> [UInt32] { try stores[Int(storeOf[Int(row)])].set(of: text(row)) }
}
