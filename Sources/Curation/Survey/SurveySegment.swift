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
    let sum = part.damaged.checksum(after: part.bands.checksum(after: part.records.checksum(after: 0)))
    var head: [UInt64] = [
      format, origin.program, origin.inode, UInt64(range.lowerBound), UInt64(range.upperBound),
      UInt64(part.lines), UInt64(part.records.count), UInt64(part.damaged.count), UInt64(part.shingles.count),
      UInt64(tail), UInt64(sum),
    ]
    head += [UInt64](repeating: 0, count: headWords - head.count)
    try file.write([UInt8](raw: head))
    try part.records.write(to: file)
    try part.bands.write(to: file)
    try part.damaged.write(to: file)
    try part.shingles.write(to: file)
  }

  /// nil for a file that is damaged or of another origin.
  init?(_ path: String, _ origin: Origin, of day: any ReadableFile) throws {
    guard let file = try ReadOnlyFile.open(ifPresent: path) else { return nil }
    let headBytes = Self.headWords * MemoryLayout<UInt64>.size
    guard let head = try [UInt64](file, at: 0, count: Self.headWords), head[0] == Self.format,
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
    guard let records = try [SurveyedRecord](file, at: headBytes, count: recordCount),
      let bands = try [UInt32](file, at: headBytes + recordBytes, count: recordCount * MinHash.bands),
      let damaged = try [DamagedPlace](file, at: headBytes + recordBytes + bandBytes, count: damagedCount),
      UInt64(damaged.checksum(after: bands.checksum(after: records.checksum(after: 0)))) == head[10],
      try Self.tailChecksum(of: day, range.upperBound).map(UInt64.init) == head[9]
    else { return nil }
    self.init(
      range: range, lines: lines, records: records, bands: bands, damaged: damaged,
      shingles: ShingleStore(file, offset: headBytes + bodyBytes))
  }

  /// Of the last bytes before `end`; nil where the file is shorter.
  static func tailChecksum(of file: any ReadableFile, _ end: Int) throws -> UInt32? {
    let count = min(end, 4_096)
    let bytes = try file.read(at: end - count, count: count)
    return bytes.count == count ? checksum(bytes) : nil
  }
}
