import Posix
import Records
import TrainingLog

/// Which versions of the dataset held which example, as a row of the dataset or of the negatives: `state/lineage`.
///
/// Kept beside the dataset, not in it, as spans of versions: 24 bytes for each stay of an example, whatever the number of
/// versions. Keyed by the id alone, so that an erasure takes out all of an example, and an example that expires leaves: its
/// row goes on under a random id, from which no way leads back.
struct Lineage {
  /// An example was in all versions from `first` to `last`; numbers in `versions`.
  struct Stay: BitwiseCopyable {
    let high: UInt64
    let low: UInt64
    let first: UInt32
    var last: UInt32

    /// For `last`: it still is.
    static let open = UInt32.max

    /// nil for the id of an example that has expired.
    var exampleID: ExampleID? { RowID(high: high, low: low).exampleID }
  }

  /// A row's id, whatever kind of UUID it is.
  struct RowID: Comparable, Hashable, BitwiseCopyable, Sendable {
    let high: UInt64
    let low: UInt64

    static func < (a: RowID, b: RowID) -> Bool { (a.high, a.low) < (b.high, b.low) }

    /// nil for the id of an example that has expired.
    var exampleID: ExampleID? {
      high >> 12 & 0xF == 7 && low >> 62 == 0b10 ? ExampleID(high: high, low: low) : nil
    }
  }

  /// In the order in which they were made, as numbers; one that came back stands there twice.
  private(set) var versions: [UInt64] = []
  /// By id, then by time.
  private(set) var stays: [Stay] = []

  private init() {}

  /// Names of the versions that held one of the examples that `isWanted`, each once, in the order of their making.
  func versions(where isWanted: (Stay) -> Bool) -> [String] {
    var held = [Bool](repeating: false, count: versions.count)
    for stay in stays where isWanted(stay) {
      for number in Int(stay.first)...max(Int(stay.first), min(Int(stay.last), versions.count - 1)) {
        held[number] = true
      }
    }
    var seen: Set<UInt64> = []
    return versions.indices.filter { held[$0] && seen.insert(versions[$0]).inserted }.map { Self.name(versions[$0]) }
  }

  /// Ids of the rows that a version held, as far as they are known.
  func examples(of version: String) -> [String] {
    guard let number = Self.number(version) else { return [] }
    let places = versions.indices.filter { versions[$0] == number }
    let ids = stays.filter { stay in
      places.contains { (Int(stay.first)...max(Int(stay.first), Int(stay.last))).contains($0) }
    }
    return Set(ids.map { RowID(high: $0.high, low: $0.low) }).sorted().map {
      UUIDText.format(high: $0.high, low: $0.low)
    }
  }

  /// Notes a version and what it holds.
  ///
  /// - Parameters:
  ///   - rows: ids in both files, in any order.
  ///   - isLive: whether the raw record of an example is there.
  mutating func publish(_ version: String, rows: [RowID], isLive: (ExampleID) -> Bool) {
    let count = versions.count
    add(version)
    let current = UInt32(max(versions.count - 1, 0))
    // Where the version is the same as before, only negatives have changed.
    let last = versions.count > count && current > 0 ? current - 1 : current
    let rows = rows.sorted()
    var next: [Stay] = []
    next.reserveCapacity(max(stays.count, rows.count))
    var at = 0
    var previous: RowID?
    for row in rows where row != previous {
      previous = row
      while at < stays.count, RowID(high: stays[at].high, low: stays[at].low) < row {
        keep(stays[at], until: last, isLive, &next)
        at += 1
      }
      var isHeld = false
      while at < stays.count, stays[at].high == row.high, stays[at].low == row.low {
        isHeld = isHeld || stays[at].last == Stay.open
        next.append(stays[at])
        at += 1
      }
      if !isHeld { next.append(Stay(high: row.high, low: row.low, first: current, last: Stay.open)) }
    }
    for stay in stays[at...] { keep(stay, until: last, isLive, &next) }
    stays = next
  }

  /// A version that came about by taking rows out of the last one.
  mutating func add(_ version: String) {
    guard let number = Self.number(version), versions.last != number else { return }
    versions.append(number)
  }

  /// Of an example that is in no row any more.
  private func keep(_ stay: Stay, until last: UInt32, _ isLive: (ExampleID) -> Bool, _ next: inout [Stay]) {
    if let id = stay.exampleID, !isLive(id) { return }
    var stay = stay
    if stay.last == Stay.open { stay.last = last }
    next.append(stay)
  }

  mutating func forget(_ isGone: (ExampleID) -> Bool) {
    stays.removeAll { $0.exampleID.map(isGone) ?? false }
  }

  private static func name(_ version: UInt64) -> String {
    let digits = String(version, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func number(_ version: String) -> UInt64? {
    version.utf8.count == 16 ? UInt64(version, radix: 16) : nil
  }
}

/// The file: four numbers, the versions, the stays as they lie in memory.
extension Lineage {
  private static let format: UInt64 = 0x3130_4E4C_4243_4243
  private static let headWords = 4

  /// As the last run or erasure has left it. One that is lost or damaged is begun anew from what lies there: of each row
  /// that has its record's id, that it was in every version since the record came.
  init(_ directory: DataDirectory) throws {
    if let bytes = try readFile(directory.lineage), let lineage = Lineage(bytes) {
      self = lineage
      return
    }
    var dates: [Timestamp] = []
    if let file = try ReadOnlyFile.open(ifPresent: directory.versions) {
      try LineReader().read(file) { line, _ in
        guard let root = try? JSONDocument(parsing: line).root, let version = root["version"]?.string,
          let at = root["at"]?.string.flatMap({ Timestamp(rfc3339: $0) })
        else { return }
        let count = versions.count
        add(version)
        if versions.count > count { dates.append(at) }
      }
    }
    guard !versions.isEmpty else { return }
    var ids: Set<RowID> = []
    for path in [directory.trainingData, directory.preferences] {
      guard let file = try ReadOnlyFile.open(ifPresent: path) else { continue }
      try LineReader().read(file) { line, _ in if let id = CuratedLine.uuid(of: line) { ids.insert(id) } }
    }
    stays = ids.sorted().map { id in
      let came = ExampleID(high: id.high, low: id.low).timestamp
      let isLive = Stay(high: id.high, low: id.low, first: 0, last: 0).exampleID != nil
      let first = isLive ? dates.firstIndex { $0 >= came } ?? versions.count - 1 : versions.count - 1
      return Stay(high: id.high, low: id.low, first: UInt32(first), last: Stay.open)
    }
  }

  func write(to directory: DataDirectory) throws(SystemError) {
    let body = Self.raw(versions) + Self.raw(stays)
    let head: [UInt64] = [Self.format, UInt64(versions.count), UInt64(stays.count), UInt64(checksum(body))]
    try AtomicFile.replace(directory.lineage, with: Self.raw(head) + body, mode: 0o600)
  }

  private static func raw<Value: BitwiseCopyable>(_ values: [Value]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

  private init?(_ bytes: [UInt8]) {
    let headBytes = Self.headWords * MemoryLayout<UInt64>.size
    guard bytes.count >= headBytes else { return nil }
    bytes.withUnsafeBytes { raw in
      // In bounds: no place is read behind `count`, which is checked before anything is read that it covers.
      func word(_ at: Int) -> UInt64 { raw.loadUnaligned(fromByteOffset: at * 8, as: UInt64.self) }
      let (versions, stays) = (Int(clamping: word(1)), Int(clamping: word(2)))
      guard word(0) == Self.format, versions < 1 << 32, stays < 1 << 40,
        raw.count == headBytes + versions * 8 + stays * MemoryLayout<Stay>.stride,
        word(3) == UInt64(checksum(Array(raw[headBytes...])))
      else { return }
      self.versions = (0..<versions).map { word(Self.headWords + $0) }
      let start = headBytes + versions * 8
      self.stays = (0..<stays).map {
        raw.loadUnaligned(fromByteOffset: start + $0 * MemoryLayout<Stay>.stride, as: Stay.self)
      }
    }
    // A file that was ever written has a version.
    guard !versions.isEmpty, stays.allSatisfy({ Int($0.first) < versions.count }) else { return nil }
  }
}
