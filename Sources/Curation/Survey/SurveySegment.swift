import Posix
import TrainingLog

/// What was found in one stretch of a day file.
struct SurveySegment: Sendable {
  /// Bytes of the day file, and lines in them.
  let range: Range<Int>
  let lines: Int
  let records: [SurveyedRecord]
  let bands: [UInt32]
  let damaged: [DamagedPlace]
  let shingles: ShingleStore
}

/// The file of a segment: sixteen numbers, then the records, the bands, the damaged places and the shingles as they lie in
/// memory. It is read by the very program that wrote it, which the numbers name, and by no other.
extension SurveySegment {
  private static let headWords = 16
  private static let format: UInt64 = 0x3130_5653_4243_4243

  /// What a segment must agree with to be used again.
  struct Origin: Equatable {
    let program: UInt64
    /// Of the day file.
    let inode: UInt64
  }

  init(_ part: SurveyPart, _ range: Range<Int>) {
    self.init(
      range: range, lines: part.lines, records: part.records, bands: part.bands, damaged: part.damaged,
      shingles: ShingleStore(part.shingles))
  }

  /// - Parameter tail: checksum of the last bytes of the range, as `tailChecksum` gives it.
  static func write(
    _ part: SurveyPart, _ range: Range<Int>, _ origin: Origin, tail: UInt32, to file: AtomicFileWriter
  ) throws(SystemError) {
    let body = [UInt8](raw: part.records) + [UInt8](raw: part.bands) + [UInt8](raw: part.damaged)
    var head: [UInt64] = [
      format, origin.program, origin.inode, UInt64(range.lowerBound), UInt64(range.upperBound),
      UInt64(part.lines), UInt64(part.records.count), UInt64(part.damaged.count), UInt64(part.shingles.count),
      UInt64(tail), UInt64(checksum(body)),
    ]
    head += [UInt64](repeating: 0, count: headWords - head.count)
    try file.write([UInt8](raw: head))
    try file.write(body)
    // They are most of it, so not all at once.
    var start = 0
    while start < part.shingles.count {
      let end = min(start + shinglesPerWrite, part.shingles.count)
      try file.write([UInt8](raw: Array(part.shingles[start..<end])))
      start = end
    }
  }

  private static let shinglesPerWrite = 1 << 18

  /// nil for a file that is damaged or of another origin.
  init?(_ path: String, _ origin: Origin, of day: any ReadableFile) throws {
    guard let file = try ReadOnlyFile.open(ifPresent: path) else { return nil }
    let headBytes = Self.headWords * MemoryLayout<UInt64>.size
    let headContent = try file.read(at: 0, count: headBytes)
    guard headContent.count == headBytes else { return nil }
    let head = [UInt64](raw: headContent, count: Self.headWords)
    guard head[0] == Self.format,
      Origin(program: head[1], inode: head[2]) == origin
    else { return nil }
    let numbers = head[3...].map { Int(clamping: $0) }
    let (lines, recordCount, damagedCount, shingleCount) = (numbers[2], numbers[3], numbers[4], numbers[5])
    // Numbers beyond any file are damage, and would overflow below.
    guard numbers.allSatisfy({ $0 < 1 << 48 }), numbers[0] <= numbers[1] else { return nil }
    let range = numbers[0]..<numbers[1]
    let recordBytes = recordCount * MemoryLayout<SurveyedRecord>.stride
    let bandBytes = recordCount * MinHash.bands * MemoryLayout<UInt32>.stride
    let bodyBytes = recordBytes + bandBytes + damagedCount * MemoryLayout<DamagedPlace>.stride
    guard try file.size() == headBytes + bodyBytes + shingleCount * MemoryLayout<UInt32>.stride else { return nil }
    let body = try file.read(at: headBytes, count: bodyBytes)
    guard body.count == bodyBytes, UInt64(checksum(body)) == head[10],
      try Self.tailChecksum(of: day, range.upperBound).map(UInt64.init) == head[9]
    else { return nil }
    self.init(
      range: range, lines: lines, records: [SurveyedRecord](raw: body, count: recordCount),
      bands: [UInt32](raw: body, from: recordBytes, count: recordCount * MinHash.bands),
      damaged: [DamagedPlace](raw: body, from: recordBytes + bandBytes, count: damagedCount),
      shingles: ShingleStore(file, offset: headBytes + bodyBytes))
  }

  /// Of the last bytes before `end`; nil where the file is shorter.
  static func tailChecksum(of file: any ReadableFile, _ end: Int) throws -> UInt32? {
    let count = min(end, 4_096)
    let bytes = try file.read(at: end - count, count: count)
    return bytes.count == count ? checksum(bytes) : nil
  }
}
