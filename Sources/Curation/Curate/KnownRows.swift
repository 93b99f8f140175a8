import Posix
import Privacy
import Records
import TrainingLog

/// What the run that wrote a file of the dataset knew of its rows, in `state/surveys`: so the next one parses none of them,
/// takes over what would come out the same, and hashes only from the first byte on that differs. Derived, and read by the
/// very program that wrote it alone, while the file is as that left it.
struct KnownRows: Sendable {
  /// Bytes of the file behind each of which the state of its hash is kept; whole blocks of SHA-256.
  static let hashedBytes = 1 << 14

  private(set) var rows: [PublishedRow] = []
  private(set) var languages: [String] = []
  /// The state behind each whole `hashedBytes` of the file.
  var midstates: [SIMD8<UInt32>] = []
  private var numbers: [String: Int32] = [:]
  private var bytes = 0

  init() {}

  mutating func reserve(_ count: Int) { rows.reserveCapacity(count) }

  mutating func add(_ row: RowSource.Row, _ entry: Entry, id: Lineage.RowID) {
    let number = numbers[row.language] ?? Int32(languages.count)
    if number == languages.count {
      numbers[row.language] = number
      languages.append(row.language)
    }
    rows.append(PublishedRow(row, entry, id: id, offset: bytes, language: number))
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
    let sum = rows.checksum(after: 0)
    var head = [Self.format, program] + stamp.numbers
    head += [UInt64(rows.count), UInt64(midstates.count), UInt64(names.bytes.count)]
    head += [UInt64(names.bytes.checksum(after: midstates.checksum(after: sum)))]
    head += [UInt64](repeating: 0, count: Self.headWords - head.count)
    let file = try AtomicFileWriter(path, mode: 0o600)
    try file.write([UInt8](raw: head))
    try rows.write(to: file)
    try midstates.write(to: file)
    try file.write(names.bytes)
    try file.commit(isDurable: false)
  }

  /// nil for what is not there, damaged, of another program or of another file.
  init?(_ path: String, stamp: FileStamp, program: UInt64) throws {
    guard let file = try ReadOnlyFile.open(ifPresent: path),
      let head = try [UInt64](file, at: 0, count: Self.headWords),
      Array(head[..<7]) == [Self.format, program] + stamp.numbers
    else { return nil }
    let numbers = head[7..<10].map { Int(clamping: $0) }
    let (rowCount, stateCount, nameBytes) = (numbers[0], numbers[1], numbers[2])
    // Numbers beyond any file are damage, and would overflow below.
    guard numbers.allSatisfy({ $0 < 1 << 40 }) else { return nil }
    let start = Self.headWords * MemoryLayout<UInt64>.stride
    let states = start + rowCount * MemoryLayout<PublishedRow>.stride
    let names = states + stateCount * MemoryLayout<SIMD8<UInt32>>.stride
    guard try file.size() == names + nameBytes,
      let rows = try [PublishedRow](file, at: start, count: rowCount),
      let midstates = try [SIMD8<UInt32>](file, at: states, count: stateCount),
      let text = try [UInt8](file, at: names, count: nameBytes),
      UInt64(text.checksum(after: midstates.checksum(after: rows.checksum(after: 0)))) == head[10],
      let list = try? JSONDocument(parsing: text).root
    else { return nil }
    (self.rows, self.midstates) = (rows, midstates)
    languages = list.items.map { $0.string ?? "" }
    guard rows.allSatisfy({ languages.indices.contains(Int($0.language)) }) else { return nil }
  }
}
