import Posix
import Privacy
import Records
import TrainingLog

/// What the run that wrote a file of the dataset knew of its rows, in `state/surveys`: so the next one parses none of them,
/// takes over what would come out the same, and hashes only from the first byte on that differs. Derived, and read by the
/// very program that wrote it alone, while the file is as that left it.
struct KnownRows: Sendable {
  struct Row: BitwiseCopyable, Sendable {
    let id: Lineage.RowID
    let hash: ContentHash
    let offset: Int
    /// With the LF.
    let length: Int32
    let day: Int32
    /// In `languages`.
    let language: Int32
    let score: UInt8
    /// 1 or 0: any pattern of bits is a value.
    let isHeldOut: UInt8
    /// `NegativeReason.code` of a live record's.
    let reason: UInt8

    var side: Side { isHeldOut == 0 ? .train : .test }
  }

  /// Bytes of the file behind each of which the state of its hash is kept; whole blocks of SHA-256.
  static let hashedBytes = 1 << 14

  private(set) var rows: [Row] = []
  private(set) var languages: [String] = []
  /// The state behind each whole `hashedBytes` of the file.
  var midstates: [SIMD8<UInt32>] = []
  private var numbers: [String: Int32] = [:]
  private var bytes = 0

  init() {}

  mutating func add(_ row: RowSource.Row, _ entry: Entry, id: Lineage.RowID) {
    let number = numbers[row.language] ?? Int32(languages.count)
    if number == languages.count {
      numbers[row.language] = number
      languages.append(row.language)
    }
    rows.append(
      Row(
        id: id, hash: entry.hash, offset: bytes, length: Int32(row.length), day: Int32(entry.day.number),
        language: number, score: UInt8(entry.score), isHeldOut: entry.side == .test ? 1 : 0,
        reason: row.reason))
    bytes += row.length
  }
}

/// The file: sixteen numbers, then rows and states as they lie in memory, then the languages as JSON.
extension KnownRows {
  private static let headWords = 16
  private static let format: UInt64 = 0x3130_574F_5242_4243

  /// - Parameters:
  ///   - stamp: of the file of the dataset.
  ///   - program: see `SurveyFolder`.
  func write(to path: String, stamp: FileStamp, program: UInt64) throws(SystemError) {
    var names = JSONWriter()
    names.array { list in for language in languages { list.string(language) } }
    let body = [UInt8](raw: rows) + [UInt8](raw: midstates) + names.bytes
    var head = [Self.format, program] + stamp.numbers
    head += [UInt64(rows.count), UInt64(midstates.count), UInt64(names.bytes.count), UInt64(checksum(body))]
    head += [UInt64](repeating: 0, count: Self.headWords - head.count)
    let file = try AtomicFileWriter(path, mode: 0o600)
    try file.write([UInt8](raw: head))
    try file.write(body)
    try file.commit(isDurable: false)
  }

  /// nil for what is not there, damaged, of another program or of another file.
  init?(_ path: String, stamp: FileStamp, program: UInt64) throws {
    guard let bytes = try readFile(path), bytes.count >= Self.headWords * 8 else { return nil }
    let head = [UInt64](raw: bytes, count: Self.headWords)
    guard Array(head[..<7]) == [Self.format, program] + stamp.numbers else { return nil }
    let numbers = head[7..<10].map { Int(clamping: $0) }
    let (rowCount, stateCount, nameBytes) = (numbers[0], numbers[1], numbers[2])
    // Numbers beyond any file are damage, and would overflow below.
    guard numbers.allSatisfy({ $0 < 1 << 40 }) else { return nil }
    let states = Self.headWords * 8 + rowCount * MemoryLayout<Row>.stride
    let names = states + stateCount * MemoryLayout<SIMD8<UInt32>>.stride
    guard bytes.count == names + nameBytes, UInt64(checksum(Array(bytes[(Self.headWords * 8)...]))) == head[10],
      let list = try? JSONDocument(parsing: Array(bytes[names...])).root
    else { return nil }
    rows = [Row](raw: bytes, from: Self.headWords * 8, count: rowCount)
    midstates = [SIMD8<UInt32>](raw: bytes, from: states, count: stateCount)
    languages = list.items.map { $0.string ?? "" }
    guard rows.allSatisfy({ languages.indices.contains(Int($0.language)) }) else { return nil }
  }
}
