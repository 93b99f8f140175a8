import Records

/// The four key tables of an index. Each save brings what was changed into a journal, and a part of what is fresh into the
/// pages: that many keys at once that several of them share a page, in small portions that nobody has to wait for.
final class KeyTables {
  let users: KeyTable
  let sessions: KeyTable
  let twins: KeyTable
  let keys: KeyTable
  private let all: [KeyTable]
  private let freshMin: Int
  /// Nobody reads one of an index that is being made.
  private let hasJournal: Bool
  /// Numbers in the journal.
  private var journalCount = 0
  /// The number of its last row.
  private var journalEnd: Int
  private var sweep = Sweep()

  /// One way through all that was fresh at a moment, to be taken from the end. Tables are told by their place in `all`.
  private struct Sweep {
    /// Keys with the same first byte, in no order: putting all in order at once took long.
    var heaps: [(table: Int, keys: [UInt64])] = []
    /// Of one of them, in order.
    var next: (table: Int, keys: ArraySlice<UInt64>)?
    /// What the pages have when it is over.
    var journalEnd = 0

    var isOver: Bool { heaps.isEmpty && next == nil }

    mutating func add(_ keys: some Sequence<UInt64>, of table: Int) {
      var byFirstByte = [[UInt64]](repeating: [], count: 256)
      for key in keys { byFirstByte[Int(key >> 56)].append(key) }
      for keys in byFirstByte where !keys.isEmpty { heaps.append((table, keys)) }
    }

    /// No more than so many, of one table.
    mutating func take(_ most: Int) -> (table: Int, keys: ArraySlice<UInt64>)? {
      guard let (table, keys) = next ?? heaps.popLast().map({ ($0.table, $0.keys.sorted()[...]) }) else { return nil }
      let rest = keys.dropFirst(most)
      next = rest.isEmpty ? nil : (table, rest)
      return (table, keys.prefix(most))
    }
  }

  private static let keysPerPage = 11
  private static let portionMin = 256

  private var freshCount: Int { all.reduce(0) { $0 + $1.fresh.count } }

  /// - Parameter freshMin: keys that stay in memory, however small the tables are.
  init(_ file: IndexFile, freshMin: Int, hasJournal: Bool = true) throws(DatabaseError) {
    self.freshMin = freshMin
    self.hasJournal = hasJournal
    users = try KeyTable(.users, file)
    sessions = try KeyTable(.sessions, file)
    twins = try KeyTable(.twins, file)
    keys = try KeyTable(.keys, file)
    let tables = [users, sessions, twins, keys]
    all = tables
    journalEnd = try file.endOfKeyJournal()
    var count = 0
    try file.forEachInKeyJournal { row in
      let words = row.count / MemoryLayout<UInt64>.stride
      // In bounds: three words each, and `loadUnaligned` checks it.
      let word = { row.loadUnaligned(fromByteOffset: $0 * MemoryLayout<UInt64>.stride, as: UInt64.self) }
      for index in stride(from: 0, to: words - 2, by: 3) {
        let table = tables.first { $0.directory.kind.rawValue == Int(truncatingIfNeeded: word(index)) }
        table?.load(KeyEntry(key: word(index + 1), value: word(index + 2)))
      }
      count += words
    }
    journalCount = count
  }

  /// The next save, with all as it is now. There is one at a time: it is settled before the next one is planned.
  ///
  /// - Parameter forgets: whether nothing that is gone may be left in the file.
  func plan(forgetting forgets: Bool) -> KeySave {
    var save = KeySave(directories: all.map(\.directory))
    let changes = all.reduce(0) { $0 + $1.changed.count }
    let mustJournal: Bool
    if forgets || journalCount > 8 * freshCount + 3 * freshMin {
      for (number, table) in all.enumerated() { save.add(table.gone, of: number) }
      mustJournal = hasJournal
      if mustJournal {
        // Of what has a value; the rest is in the pages.
        journalCount = 0
        append(to: &save) { table in table.fresh.compactMap { $0.value == 0 ? nil : $0.key } }
        save.journalCut = journalEnd - 1
      }
    } else {
      mustJournal = changes > 0 && hasJournal
      if mustJournal { append(to: &save, \.changed) }
    }
    if sweep.isOver, freshCount > limit, mustJournal || !hasJournal {
      sweep = Sweep(journalEnd: journalEnd)
      for (number, table) in all.enumerated() { sweep.add(table.fresh.keys, of: number) }
    }
    addPortion(max(2 * changes, Self.portionMin), to: &save)
    for table in all { table.planned() }
    return save
  }

  /// The more pages there are, the more of them each way through touches.
  private var limit: Int { max(freshMin, all.reduce(0) { $0 + $1.directory.places.count } * Self.keysPerPage) }

  private func addPortion(_ most: Int, to save: inout KeySave) {
    var left = most
    while left > 0, let (table, keys) = sweep.take(left) {
      left -= keys.count
      save.add(all[table].entries(keys), of: table)
      if sweep.isOver { save.journalCut = max(save.journalCut, sweep.journalEnd) }
    }
  }

  private func append(to save: inout KeySave, _ keys: (KeyTable) -> [UInt64]) {
    var words: [UInt64] = []
    for table in all {
      for entry in table.entries(keys(table)) {
        words.append(UInt64(table.directory.kind.rawValue))
        words.append(entry.key)
        words.append(entry.value)
      }
    }
    journalCount += words.count
    journalEnd += 1
    save.journal = (journalEnd, words)
  }

  /// The same of a save that brings all that is fresh into the pages.
  func planAll() -> KeySave {
    var save = KeySave(directories: all.map(\.directory))
    for (number, table) in all.enumerated() { save.add(table.entries(table.fresh.keys.sorted()), of: number) }
    save.journalCut = .max
    journalCount = 0
    sweep = Sweep()
    for table in all { table.planned() }
    return save
  }

  /// The save is in the file.
  func settle(_ save: KeySave, _ written: [KeyDirectory]) {
    for (table, directory) in zip(all, written) { table.settle(directory) }
    for (table, entries) in save.portions { all[table].settle(entries) }
  }
}

/// What one save writes of the key tables, each told by its place among the four.
struct KeySave: Sendable {
  fileprivate(set) var portions: [(table: Int, entries: [KeyEntry])] = []
  /// A row of the journal.
  fileprivate(set) var journal: (number: Int, words: [UInt64])?
  /// Rows up to this one stand for nothing any more.
  fileprivate(set) var journalCut = 0
  /// As they were before.
  private let directories: [KeyDirectory]

  fileprivate init(directories: [KeyDirectory]) { self.directories = directories }

  fileprivate mutating func add(_ entries: [KeyEntry], of table: Int) {
    if !entries.isEmpty { portions.append((table, entries)) }
  }

  /// Within a transaction.
  ///
  /// - Returns: the directories as they are in it.
  func run(on file: IndexFile) throws(DatabaseError) -> [KeyDirectory] {
    var written = directories
    for (table, entries) in portions { try written[table].write(entries, to: file) }
    if let (number, words) = journal { try file.append(words, toKeyJournal: number) }
    if journalCut > 0 { try file.cutKeyJournal(upTo: journalCut) }
    return written
  }
}
