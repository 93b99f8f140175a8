import Records

/// The four key tables of an index. Each transaction brings what was changed into a journal, and a part of what is fresh
/// into the pages: that many keys at once that several of them share a page, in small portions that nobody has to wait for.
final class KeyTables {
  let users: KeyTable
  let sessions: KeyTable
  let twins: KeyTable
  let keys: KeyTable
  private var file: IndexFile
  private let freshMin: Int
  /// Nobody reads one of an index that is being made.
  private let hasJournal: Bool
  /// Numbers in the journal.
  private var journalCount = 0
  private var sweep = Sweep()
  /// What is undone where a transaction fails.
  private var settling: [(table: KeyTable, keys: ArraySlice<UInt64>)] = []

  /// One way through all that was fresh at a moment, to be taken from the end.
  private struct Sweep {
    /// Keys with the same first byte, in no order: putting all in order at once took long.
    var heaps: [(table: KeyTable, keys: [UInt64])] = []
    /// Of one of them, in order.
    var next: (table: KeyTable, keys: ArraySlice<UInt64>)?
    /// What the pages have when it is over.
    var journalEnd = 0

    var isOver: Bool { heaps.isEmpty && next == nil }

    mutating func add(_ table: KeyTable) {
      var byFirstByte = [[UInt64]](repeating: [], count: 256)
      for key in table.fresh.keys { byFirstByte[Int(key >> 56)].append(key) }
      for keys in byFirstByte where !keys.isEmpty { heaps.append((table, keys)) }
    }

    /// No more than so many, of one table.
    mutating func take(_ most: Int) -> (table: KeyTable, keys: ArraySlice<UInt64>)? {
      guard let (table, keys) = next ?? heaps.popLast().map({ ($0.table, $0.keys.sorted()[...]) }) else { return nil }
      let rest = keys.dropFirst(most)
      next = rest.isEmpty ? nil : (table, rest)
      return (table, keys.prefix(most))
    }
  }

  private static let keysPerPage = 11
  private static let portionMin = 256

  private var all: [KeyTable] { [users, sessions, twins, keys] }
  private var freshCount: Int { all.reduce(0) { $0 + $1.fresh.count } }

  /// - Parameter freshMin: keys that stay in memory, however small the tables are.
  init(_ file: IndexFile, freshMin: Int, hasJournal: Bool = true) throws(DatabaseError) {
    self.file = file
    self.freshMin = freshMin
    self.hasJournal = hasJournal
    users = try KeyTable(.users, file)
    sessions = try KeyTable(.sessions, file)
    twins = try KeyTable(.twins, file)
    keys = try KeyTable(.keys, file)
    let tables = all
    var count = 0
    try file.forEachInKeyJournal { row in
      let words = row.count / MemoryLayout<UInt64>.stride
      // In bounds: three words each, and `loadUnaligned` checks it.
      let word = { row.loadUnaligned(fromByteOffset: $0 * MemoryLayout<UInt64>.stride, as: UInt64.self) }
      for index in stride(from: 0, to: words - 2, by: 3) {
        let table = tables.first { $0.kind.rawValue == Int(truncatingIfNeeded: word(index)) }
        table?.load(KeyEntry(key: word(index + 1), value: word(index + 2)))
      }
      count += words
    }
    journalCount = count
  }

  /// Within a transaction; then follows `settle` or `undo`.
  ///
  /// - Parameter forgets: whether nothing that is gone may be left in the file.
  func write(forgetting forgets: Bool) throws(DatabaseError) {
    let changes = all.reduce(0) { $0 + $1.changed.count }
    var end = 0
    if forgets || journalCount > 8 * freshCount + 3 * freshMin {
      try writeGone()
      if hasJournal { end = try writeJournalAnew() }
    } else if changes > 0, hasJournal {
      end = try append(all.map { ($0, $0.changed) })
    }
    if sweep.isOver, freshCount > limit, end > 0 || !hasJournal {
      sweep = Sweep(journalEnd: end)
      for table in all { sweep.add(table) }
    }
    try writePortion(max(2 * changes, Self.portionMin))
  }

  /// The more pages there are, the more of them each way through touches.
  private var limit: Int { max(freshMin, all.reduce(0) { $0 + $1.places.count } * Self.keysPerPage) }

  private func writePortion(_ most: Int) throws(DatabaseError) {
    var left = most
    while left > 0, let portion = sweep.take(left) {
      left -= portion.keys.count
      try write(portion.keys, to: portion.table)
      if sweep.isOver { try file.cutKeyJournal(upTo: sweep.journalEnd) }
    }
  }

  private func write(_ keys: ArraySlice<UInt64>, to table: KeyTable) throws(DatabaseError) {
    settling.append((table, keys))
    try table.write(keys)
  }

  private func writeGone() throws(DatabaseError) {
    for table in all { try write(table.fresh.filter { $0.value == 0 }.keys.sorted()[...], to: table) }
  }

  /// Of what has a value; the rest is in the pages.
  private func writeJournalAnew() throws(DatabaseError) -> Int {
    journalCount = 0
    let end = try append(all.map { ($0, $0.fresh.compactMap { $0.value == 0 ? nil : $0.key }) })
    try file.cutKeyJournal(upTo: end - 1)
    return end
  }

  private func append(_ changes: [(table: KeyTable, keys: [UInt64])]) throws(DatabaseError) -> Int {
    var words: [UInt64] = []
    words.reserveCapacity(3 * changes.reduce(0) { $0 + $1.keys.count })
    for (table, keys) in changes {
      for key in keys {
        words.append(UInt64(table.kind.rawValue))
        words.append(key)
        words.append(table.fresh[key] ?? 0)
      }
    }
    journalCount += words.count
    return try file.appendToKeyJournal(words)
  }

  /// All that is fresh goes into the pages; within a transaction as well.
  func writeAll() throws(DatabaseError) {
    for table in all { try write(table.fresh.keys.sorted()[...], to: table) }
    try file.cutKeyJournal(upTo: .max)
    journalCount = 0
    sweep = Sweep()
  }

  /// The transaction is in the file.
  func settle() {
    for (table, keys) in settling { table.settle(keys) }
    for table in all { table.settleChanges() }
    settling = []
  }

  /// It is not: the pages are as they were before, and the next one begins a way of its own.
  func undo() throws(DatabaseError) {
    sweep = Sweep()
    settling = []
    for table in all { try table.loadPlaces() }
  }
}
