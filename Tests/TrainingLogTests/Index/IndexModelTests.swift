import Records
import TestKit
import Testing

@testable import TrainingLog

/// Whatever comes in, goes, is saved and opened again: the index says what its rows add up to.
@Suite("The index and its rows")
struct IndexModelTests {
  private let folder: TemporaryDirectory
  private let rules = QualityRules()
  private static let freshMin = 30

  init() throws { folder = try TemporaryDirectory() }

  private struct Model {
    var rows: [ExampleID: ExampleRow] = [:]
    var ends: [Day: Int] = [:]
  }

  private func open() throws -> ExampleIndex {
    try ExampleIndex(
      path: folder("index.sqlite"), rules: rules, countsGroups: true, freshMin: Self.freshMin)
  }

  private func row(_ model: inout Model, _ random: inout SeededGenerator) -> ExampleRow {
    func number(_ limit: UInt64) -> UInt64 { random.next() % limit }
    let day = Day(number: 20_000 + Int(number(4)))
    let offset = model.ends[day] ?? 0
    model.ends[day] = offset + 100
    // Several records of one millisecond have the same first half of their ids.
    let id = ExampleID(milliseconds: Int64(1_700_000_000_000 + number(60)), sequence: 0, random: random.next())
    return ExampleRow(
      id: id, day: day, offset: offset, length: 99, crc: UInt32(truncatingIfNeeded: random.next()),
      user: spread(number(40)), session: spread(number(300)),
      labels: .init(
        language: ["python", "swift", ""][Int(number(3))], framework: "", complexity: "", model: "m", variant: ""),
      redactions: [], key: number(3) == 0 ? 0 : spread(1_000_000 + UInt64(model.ends.values.reduce(0, +))),
      twin: spread(number(200) * number(10)), textReason: number(5) == 0 ? .tooShort : nil)
  }

  /// As hashes are.
  private func spread(_ number: UInt64) -> UInt64 {
    var generator = SeededGenerator(seed: number)
    return generator.next()
  }

  /// - Parameter isOpened: whether all of it comes from the file.
  private func check(_ index: ExampleIndex, _ model: Model, _ comment: Testing.Comment) throws {
    var recount = TallyRecount()
    var groups = GroupUsers()
    var users: [TallyKey: Int] = [:]
    for row in model.rows.values {
      recount.add(row)
      for (key, count) in groups.add(row, times: 1) { users[key] = count }
    }
    #expect(recount.differences(from: index.tallies) == [], comment)
    #expect(index.tallies.users == users, comment)
    #expect(Set(try index.knownUsers) == Set(model.rows.values.map(\.user)), comment)
    for row in model.rows.values {
      #expect(try index.row(row.id) == row, comment)
      if row.key != 0 { #expect(try index.id(forKey: row.key) == row.id, comment) }
    }
    #expect(try index.id(forKey: spread(.max)) == nil, comment)
  }

  @Test("Inserted, rated, refused, removed, saved, lost and opened again", arguments: 0..<16 as Range<UInt64>)
  func model(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var index = try open()
    var now = Model()
    var saved = now
    for step in 0..<60 {
      for _ in 0..<Int.random(in: 1..<25, using: &random) {
        guard let old = now.rows.values.min(by: { $0.id < $1.id }), !random.isOne(in: 2) else {
          let row = row(&now, &random)
          #expect(try index.insert(row))
          now.rows[row.id] = row
          continue
        }
        let picked = now.rows.values.sorted { $0.id < $1.id }.randomElement(using: &random) ?? old
        if random.isOne(in: 4) {
          index.remove(picked)
          now.rows[picked.id] = nil
          continue
        }
        var new = picked
        switch Int.random(in: 0..<3, using: &random) {
        case 0: new.score = Int.random(in: 0...5, using: &random)
        case 1: new.isRefused.toggle()
        default:
          new.isCorrected = true
          new.twin = spread(UInt64.random(in: 0..<50, using: &random))
        }
        try index.update(picked, to: new)
        now.rows[new.id] = new
      }
      let comment: Testing.Comment = "seed \(seed), step \(step)"
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        index = try open()
        now = saved
      case 1:
        try index.save()
        index = try open()
        saved = now
      default:
        try index.save()
        saved = now
      }
      #expect(!index.isFrozen, comment)
      try check(index, now, comment)
    }
    index.setBytes(1, of: .feedback)
    let days = Dictionary(grouping: saved.rows.values, by: \.day)
    for day in days.keys { index.setBytes(1, of: .conversations(day)) }
    try index.save()
    let last = try open()
    for (day, rows) in days {
      let offset = rows.map(\.offset).max()
      #expect(try last.lastLine(of: .conversations(day))?.offset == offset, "seed \(seed)")
    }
  }

  @Test("One that is made somewhere else says the same at its place")
  func made() throws {
    var random = SeededGenerator(seed: 3)
    var model = Model()
    let making = try ExampleIndex(making: folder("making"), rules: rules, countsGroups: true)
    for part in 0..<5 {
      for _ in 0..<400 {
        let row = row(&model, &random)
        try making.insert(row)
        model.rows[row.id] = row
      }
      if part < 4 { try making.save() }
    }
    try making.save()
    try making.move(from: folder("making"), to: folder("index.sqlite"))
    try check(making, model, "moved")
    try check(open(), model, "opened")
  }
}
