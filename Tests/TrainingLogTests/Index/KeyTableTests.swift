import Records
import TestKit
import Testing

@testable import TrainingLog

/// A map that is mostly in the file is what a dictionary is.
@Suite("Key tables")
struct KeyTableTests {
  private let folder: TemporaryDirectory
  private var path: String { folder("index.sqlite") }

  init() throws { folder = try TemporaryDirectory() }

  private func save(_ tables: KeyTables, _ file: IndexFile, forgetting forgets: Bool = false) throws {
    try write(tables.plan(forgetting: forgets), tables, file)
  }

  /// In one transaction.
  private func write(_ save: KeySave, _ tables: KeyTables, _ file: IndexFile) throws {
    var written: [KeyDirectory] = []
    try file.write(IndexFile.Changes()) { () throws(DatabaseError) in written = try save.run(on: file) }
    tables.settle(save, written)
  }

  private func fail(_ save: KeySave, _ file: IndexFile) {
    let error = DatabaseError(code: 13, context: "test")
    #expect(throws: error) {
      try file.write(IndexFile.Changes()) { () throws(DatabaseError) in
        _ = try save.run(on: file)
        throw error
      }
    }
  }

  @Test("Whatever is set, saved, lost and opened again, it is what a dictionary is", arguments: 0..<12 as Range<UInt64>)
  func model(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    // Some lie as near to each other as they can.
    let keys = (0..<3_000).map { random.isOne(in: 4) ? UInt64($0) : random.next() } + [0, .max]
    var file = try IndexFile(path: path)
    var tables = try KeyTables(file, freshMin: 40)
    var now: [[UInt64: UInt64]] = [[:], [:], [:], [:]]
    var saved = now
    for step in 0..<150 {
      let all = [tables.users, tables.sessions, tables.twins, tables.keys]
      // What is set while a save is under way goes into the next one.
      let planned = random.isOne(in: 3) ? tables.plan(forgetting: random.isOne(in: 3)) : nil
      let before = now
      if let planned, random.isOne(in: 2) { fail(planned, file) }
      for _ in 0..<Int.random(in: 0..<120, using: &random) {
        let number = Int.random(in: 0..<4, using: &random)
        let key = keys[Int.random(in: 0..<(1 + keys.count * step / 150), using: &random)]
        let value: UInt64 = random.isOne(in: 3) ? 0 : random.next()
        if random.isOne(in: 5) {
          let sum = try all[number].add(1, to: key)
          now[number][key, default: 0] &+= 1
          #expect(sum == now[number][key], "seed \(seed)")
        } else {
          all[number].set(value >> 1, for: key)
          now[number][key] = value >> 1
        }
      }
      if let planned {
        for _ in 0..<20 {
          let key = keys.randomElement(using: &random) ?? 0
          #expect(try tables.keys.value(of: key) == now[3][key] ?? 0, "seed \(seed), step \(step)")
        }
        try write(planned, tables, file)
        saved = before
      }
      switch Int.random(in: 0..<8, using: &random) {
      case 0:
        let save = tables.plan(forgetting: false)
        fail(save, file)
        try write(save, tables, file)
        saved = now
      case 1:
        file = try IndexFile(path: path)
        tables = try KeyTables(file, freshMin: 40)
        now = saved
      case 2:
        try write(tables.planAll(), tables, file)
        saved = now
      case 3:
        try save(tables, file, forgetting: true)
        saved = now
      default:
        try save(tables, file)
        saved = now
      }
      let tablesNow = [tables.users, tables.sessions, tables.twins, tables.keys]
      for (table, expected) in zip(tablesNow, now) {
        for _ in 0..<20 {
          let key = keys.randomElement(using: &random) ?? 0
          #expect(try table.value(of: key) == expected[key] ?? 0, "seed \(seed), step \(step)")
        }
      }
    }
    for (table, expected) in zip([tables.users, tables.sessions, tables.twins, tables.keys], now) {
      for key in keys { #expect(try table.value(of: key) == expected[key] ?? 0, "seed \(seed)") }
      #expect(Set(try table.allKeys()) == Set(expected.filter { $0.value != 0 }.keys), "seed \(seed)")
    }
  }

  @Test("Memory holds no more than a part of many keys, and the journal no more than that")
  func bounded() throws {
    var random = SeededGenerator(seed: 1)
    let file = try IndexFile(path: path)
    let tables = try KeyTables(file, freshMin: 1_000)
    for _ in 0..<200 {
      for _ in 0..<500 { tables.sessions.set(1, for: random.next()) }
      // One user is not many.
      for number in 0..<100 { tables.users.set(UInt64(number), for: 5) }
      try save(tables, file)
    }
    #expect(tables.sessions.fresh.count < 100_000 / 8)
    var bytes = 0
    try file.forEachInKeyJournal { bytes += $0.count }
    #expect(bytes < 24 * 2 * 100_000 / 8)
    #expect(tables.sessions.directory.places.count < 100_000 / 120)
    let count = try IndexFile(reading: path).keyPages(.sessions).count
    #expect(count == tables.sessions.directory.places.count)
  }

  @Test("What is gone is nowhere in the file", arguments: [false, true])
  func forgotten(isInPages: Bool) throws {
    var random = SeededGenerator(seed: 2)
    let keys = (0..<2_000).map { _ in random.next() }
    let file = try IndexFile(path: path)
    let tables = try KeyTables(file, freshMin: isInPages ? 100 : 10_000)
    for part in 0..<20 {
      for key in keys[100 * part..<100 * part + 100] { tables.users.set(7, for: key) }
      try save(tables, file)
    }
    #expect(tables.users.directory.places.isEmpty == !isInPages)
    let gone = keys.shuffled(using: &random).prefix(1_000)
    for key in gone { tables.users.set(0, for: key) }
    try save(tables, file, forgetting: true)
    #expect(try file.truncateLog())
    let bytes = try #require(try readFile(path))
    var words: Set<UInt64> = []
    bytes.withUnsafeBytes { raw in
      for offset in 0..<raw.count - 7 { words.insert(raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
    }
    for key in gone {
      #expect(!words.contains(key))
      #expect(!words.contains(key.byteSwapped))
    }
    let kept = keys.filter { !gone.contains($0) }
    for key in kept { #expect(try tables.users.value(of: key) == 7) }
    // The search finds what is there, but for what SQLite has divided between two pages.
    #expect(kept.count { words.contains($0) } > 950)
  }
}
