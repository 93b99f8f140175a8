import Privacy
import Records

/// An erasure under way: from the moment its line is in the journal nothing of it is shown, and what is left to do is to
/// take the lines out of the files.
package struct Erasure: Sendable {
  let entry: ErasureEntry
  /// What the index knew of the records; empty where an erasure that was interrupted is taken up again.
  let rows: [ExampleID: ExampleRow]
  /// The user's, the present one and those under old peppers; none where they are not known (any more), or where one
  /// record alone is erased.
  private let pseudonyms: [Pseudonym]
  private let hashes: Set<KeyedHash>
  private let hasher: LedgerHasher

  init(
    _ entry: ErasureEntry, rows: [ExampleRow] = [], pseudonyms: [Pseudonym] = [], hasher: LedgerHasher
  ) {
    self.entry = entry
    self.rows = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
    self.pseudonyms = pseudonyms
    self.hasher = hasher
    hashes = Set(entry.examples)
  }

  package var receiptID: String { entry.receiptID }
  package var at: Timestamp { entry.at }
  package var records: Int { entry.examples.count }
  /// Whether it was asked for, and answered, in another life of this directory (`ErasureEntry.followsBackup`).
  package var followsBackup: Bool { entry.followsBackup }
  package var isResumed: Bool { rows.isEmpty && records > 0 }

  package func covers(_ id: ExampleID) -> Bool {
    rows.isEmpty ? hashes.contains(hasher.hash(id)) : rows[id] != nil
  }

  /// Pseudonyms of whom records go, and all of one person; empty where they are not known any more.
  package var users: Set<UInt64> { Set(rows.values.map(\.user) + pseudonyms.map(\.value)) }

  /// Of the records; nil where they are not known any more.
  package var days: Set<Day>? { isResumed ? nil : Set(rows.values.map(\.day)) }

  /// Whether this line of a file, or this part of one, has to go: it is of such a record; or it cannot be read, and yet
  /// names the user or one of the records.
  func covers(line: [UInt8]) -> Bool {
    if let id = LineLead.id(of: line) { return covers(id) }
    if let root = try? JSONDocument(parsing: line).root {
      return root["example_id"]?.string.flatMap { ExampleID($0) }.map(covers) ?? false
    }
    return names.contains { name in line.firstRange(of: name) != nil }
  }

  /// Whether the line in this part of these bytes is of another record, as its first bytes tell; false where they do not.
  func isPlainlyOther(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
    guard !isResumed, let id = LineLead.id(of: bytes, line) else { return false }
    return !covers(id)
  }

  private var names: [[UInt8]] {
    pseudonyms.map { Array($0.hex.utf8) } + rows.keys.map { Array($0.description.utf8) }
  }

  /// The files that hold something of it, of those that are there.
  func files(among present: [LogFileName]) -> [LogFileName] {
    guard !isResumed else { return present }
    let days = Set(rows.values.map(\.day))
    return present.filter { name in
      switch name {
      case .conversations(let day): days.contains(day)
      case .feedback: rows.values.contains { $0.score > 0 }
      case .comments: rows.values.contains { $0.hasComment }
      case .corrections: rows.values.contains { $0.isCorrected }
      case .pending, .erasures, .consent, .inherited: false
      }
    }
  }
}

/// The beginning of every line that this service writes.
enum LineLead {
  private static let lead: StaticString = "{\"example_id\":\""

  /// nil for a line that begins in another way, though it may have an id all the same.
  static func id(of line: [UInt8]) -> ExampleID? { id(of: line, line.indices) }

  /// The same of the line in this part of these bytes.
  static func id(of bytes: [UInt8], _ line: Range<Int>) -> ExampleID? {
    let start = line.lowerBound + lead.utf8CodeUnitCount
    guard start + 36 < line.upperBound, bytes[start + 36] == UInt8(ascii: "\"") else { return nil }
    // In bounds: the literal has as many bytes as stand before `start`.
    for index in line.lowerBound..<start where bytes[index] != lead.utf8Start[index - line.lowerBound] { return nil }
    return bytes[start..<start + 36].withUnsafeBufferPointer { ExampleID(utf8: $0) }
  }
}
