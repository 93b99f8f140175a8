import Records
import TestKit
import Testing

@testable import TrainingLog

/// An index that is saved beside the commits says at every moment what one says that is saved between them.
@Suite("Saves beside the commits")
struct SavesBesideTests {
  private let folder: TemporaryDirectory
  private let rules = QualityRules()
  private var path: String { folder("index.sqlite") }

  init() throws { folder = try TemporaryDirectory() }

  private func open(_ name: String) throws -> ExampleIndex {
    try ExampleIndex(path: folder(name), rules: rules, countsGroups: true, freshMin: 30)
  }

  private func row(_ number: Int, _ random: inout SeededGenerator) -> ExampleRow {
    let day = Day(number: 20_000 + number % 3)
    return ExampleRow(
      // Several records of one millisecond have the same first half of their ids.
      id: ExampleID(
        milliseconds: Int64(1_700_000_000_000 + random.next() % 60), sequence: 0, random: random.next()),
      day: day, offset: 100 * number, length: 99, crc: 1, user: 1 + random.next() % 40,
      session: 1 + random.next() % 300,
      labels: .init(
        language: ["python", "swift", "l\(number % 7)", ""][number % 4], framework: "", complexity: "", model: "m",
        variant: ""), redactions: [], key: number % 3 == 0 ? 0 : UInt64(1_000_000 + number),
      twin: 1 + random.next() % 60, textReason: number % 5 == 0 ? .tooShort : nil)
  }

  /// One step for both: a record, a rating, a refusal or an erasure.
  private func change(
    _ indexes: [ExampleIndex], _ rows: inout [ExampleID: ExampleRow], _ step: Int, _ random: inout SeededGenerator
  ) throws {
    let new = row(step, &random)
    let picked = rows.values.sorted { $0.id < $1.id }.randomElement(using: &random)
    guard let picked, !random.isOne(in: 2) else {
      for index in indexes { #expect(try index.insert(new)) }
      rows[new.id] = new
      return
    }
    if random.isOne(in: 4) {
      for index in indexes { index.remove(picked) }
      rows[picked.id] = nil
      return
    }
    var changed = picked
    switch step % 3 {
    case 0: changed.score = Int.random(in: 0...5, using: &random)
    case 1: changed.isRefused.toggle()
    default: changed.twin = 1 + random.next() % 60
    }
    for index in indexes { try index.update(picked, to: changed) }
    rows[changed.id] = changed
  }

  private func expectSame(
    _ beside: ExampleIndex, _ between: ExampleIndex, _ rows: [ExampleID: ExampleRow], _ comment: Testing.Comment
  ) throws {
    #expect(!beside.isFrozen && !between.isFrozen, comment)
    #expect(beside.tallies == between.tallies, comment)
    #expect(beside.tallies.users == between.tallies.users, comment)
    #expect(Set(try beside.knownUsers) == Set(rows.values.map(\.user)), comment)
    for row in rows.values {
      #expect(try beside.row(row.id) == row, comment)
      if row.key != 0 { #expect(try beside.id(forKey: row.key) == row.id, comment) }
    }
    for user: UInt64 in 1...40 { #expect(try beside.knows(user: user) == between.knows(user: user), comment) }
  }

  @Test("At every point, also where saves fail and are tried again", arguments: 0..<16 as Range<UInt64>)
  func model(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let saves = HeldSaves()
    let (beside, between) = (try open("beside"), try open("between"))
    let locker = try Database(path: folder("beside"))
    var rows: [ExampleID: ExampleRow] = [:]
    var points = [rows]
    var failures = 0
    for step in 0..<400 {
      let comment: Testing.Comment = "seed \(seed), step \(step)"
      try change([beside, between], &rows, step, &random)
      points.append(rows)
      switch Int.random(in: 0..<8, using: &random) {
      case 0, 1: do { _ = try beside.saveBeside(rowsMin: 0, on: saves.queue) {} } catch { failures += 1 }
      case 2: saves.run()
      case 3 where saves.isHolding:
        // Somebody else has the file: it fails, and stays to be tried again.
        try locker.execute("BEGIN IMMEDIATE")
        saves.run()
        try locker.execute("ROLLBACK")
      case 4: try beside.save()
      case 5: try between.save()
      default: break
      }
      if step % 5 == 0 { try expectSame(beside, between, rows, comment) }
      if step % 20 == 19 { try expectOnePoint(open("beside"), points, comment) }
    }
    #expect(failures > 0)
    try beside.save()
    try between.save()
    try expectSame(beside, between, rows, "seed \(seed)")
    try expectSame(try open("beside"), try open("between"), rows, "seed \(seed), opened")
  }

  /// What a start finds in the file, whatever is held at the moment, is as of one point of the log.
  private func expectOnePoint(
    _ opened: ExampleIndex, _ points: [[ExampleID: ExampleRow]], _ comment: Testing.Comment
  ) throws {
    var rows: [ExampleID: ExampleRow] = [:]
    try opened.file.forEachRow { rows[$0.id] = $0 }
    #expect(points.contains(rows), comment)
    var recount = TallyRecount()
    for row in rows.values { recount.add(row) }
    #expect(recount.differences(from: opened.tallies) == [], comment)
    try #expect(Set(opened.knownUsers) == Set(rows.values.map(\.user)), comment)
    for row in rows.values where row.key != 0 { #expect(try opened.id(forKey: row.key) == row.id, comment) }
  }

  @Test("The write-ahead log stays bounded, though a reader is pinned during each save")
  func bounded() throws {
    var random = SeededGenerator(seed: 1)
    let saves = HeldSaves()
    let index = try open("index.sqlite")
    var most = 0
    var number = 0
    for _ in 0..<400 {
      for _ in 0..<40 {
        try index.insert(row(number, &random))
        number += 1
      }
      _ = try index.saveBeside(rowsMin: 1, on: saves.queue) {}
      saves.run()
      most = max(most, try #require(try readFile(path + "-wal")).count)
    }
    #expect(most < 3 * ExampleIndex.checkpointPages * 4_120)
    #expect(try index.saveBeside(rowsMin: .max, on: saves.queue) {} || saves.isHolding)
    try index.save()
  }
}
