import Foundation
import Posix
import TestKit
import Testing

@testable import TrainingLog

/// A sealed day in any form that gzip allows: all of it is read, at any place, and written anew it is in the form of ours.
@Suite("Sealed files that another program has packed")
struct ForeignMemberTests {
  private let sample = SealedSample()

  /// As gzip(1) does it, with a name in the header, by whatever level.
  static func packed(_ text: [UInt8]) throws -> [UInt8] {
    let ours = try GzipWriter.member(text)
    return ours[..<3] + [8] + ours[4..<10] + Array("day.jsonl".utf8) + [0] + ours[10...]
  }

  enum Form: CaseIterable {
    case one, several, small, concatenated, before, behind, between, empty, withEmptyOnes

    func callAsFunction(_ pieces: [[UInt8]], _ sample: SealedSample) throws -> [UInt8] {
      func sealed(_ pieces: ArraySlice<[UInt8]>) throws -> [UInt8] {
        _ = try sample.seal(Array(pieces), at: "part.gz")
        return sample.content("part.gz")
      }
      func packed(_ pieces: ArraySlice<[UInt8]>) throws -> [UInt8] {
        try ForeignMemberTests.packed(Array(pieces.joined()))
      }
      let middle = pieces.count / 2
      switch self {
      case .one: return try packed(pieces[...])
      case .several: return try packed(pieces[..<middle]) + packed(pieces[middle...])
      case .small:
        let text = Array(pieces.joined())
        return try stride(from: 0, to: text.count, by: 7).flatMap {
          try ForeignMemberTests.packed(Array(text[$0..<min($0 + 7, text.count)]))
        }
      // The second part tells places as if it was the first.
      case .concatenated: return try sealed(pieces[..<middle]) + sealed(pieces[middle...])
      case .before: return try packed(pieces[..<middle]) + behind(pieces, middle, sample)
      case .behind: return try sealed(pieces[..<middle]) + packed(pieces[middle...])
      case .between: return try sealed(pieces[..<1]) + packed(pieces[1..<middle]) + behind(pieces, middle, sample)
      case .empty: return try ForeignMemberTests.packed([])
      case .withEmptyOnes:
        return try ForeignMemberTests.packed([]) + packed(pieces[..<middle]) + ForeignMemberTests.packed([])
          + packed(pieces[middle...])
      }
    }

    /// Members that know that others stand before them.
    private func behind(_ pieces: [[UInt8]], _ first: Int, _ sample: SealedSample) throws -> [UInt8] {
      let whole = try sample.seal(pieces, at: "part.gz")
      return Array(sample.content("part.gz")[whole.table.members[first].bytes.lowerBound...])
    }
  }

  private func pieces(_ lengths: [Int], seed: UInt64) -> [[UInt8]] {
    var random = SeededGenerator(seed: seed)
    return lengths.map { length in
      SealedSample.text(Array(repeating: 50, count: length / 50) + [length % 50 + 1], &random)
    }
  }

  @Test("All of it is read, at any place", arguments: Form.allCases)
  func read(_ form: Form) throws {
    let pieces = pieces([120, 300, 61, 200, 90], seed: 1)
    let text = form == .empty ? [] : Array(pieces.joined())
    let sealed = try SealedText(sample.put(form(pieces, sample)))
    #expect(try sealed.text == text && sealed.damages.isEmpty)
    var random = SeededGenerator(seed: 2)
    for _ in 0..<200 where !text.isEmpty {
      let start = Int.random(in: 0..<text.count, using: &random)
      let count = Int.random(in: 0...text.count - start, using: &random)
      #expect(try sealed.read(at: start, count: count) == Array(text[start..<start + count]))
    }
  }

  @Test("Written anew, with or without something, it is one of ours", arguments: Form.allCases, [false, true])
  func rewritten(_ form: Form, isErased: Bool) throws {
    let pieces = pieces([120, 300, 61, 200, 90], seed: 3)
    let text = form == .empty ? [] : Array(pieces.joined())
    let sealed = try SealedText(sample.put(form(pieces, sample)))
    let removed = isErased && !text.isEmpty ? [0..<51, 130..<500] : []
    let target = try sample.disk.openLog("/sealed/new.gz")
    var writer = SealedWriter(target)
    try sealed.write(without: removed, to: &writer)
    try writer.finish()
    let new = try SealedText(target)
    #expect(try new.text == text.indices.filter { index in !removed.contains { $0.contains(index) } }.map { text[$0] })
    #expect(new.damages.isEmpty && !new.table.hasForeign && new.table.members.allSatisfy { !$0.isForeign })
  }

  @Test("A member of any size is read in parts of at most 1 MiB, cut behind lines")
  func large() throws {
    var random = SeededGenerator(seed: 4)
    let line = Array(String(repeating: "lorem ipsum ", count: 400).utf8)
    let text =
      (0..<900).flatMap { number in Array("\(number) ".utf8) + line[..<(number * 5)] + [0x0A] }
      + [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20) + [0x0A]
    let sealed = try SealedText(sample.put(Self.packed(text)))
    #expect(sealed.size() == text.count)
    #expect(sealed.table.members.allSatisfy { $0.text.count <= GzipWriter.memberBytes })
    #expect(text[sealed.table.members[0].text.upperBound - 1] == 0x0A)
    for _ in 0..<20 {
      let start = Int.random(in: 0..<text.count, using: &random)
      let count = min(5000, text.count - start)
      #expect(try sealed.read(at: start, count: count) == Array(text[start..<start + count]))
    }
    #expect(sealed.damages.isEmpty)
  }

  @Test("gzip itself packs it anew", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/gzip")))
  func program() throws {
    let folder = try TemporaryDirectory()
    let text = Array(pieces([4000, 7000], seed: 5).joined())
    try Data(text).write(to: URL(fileURLWithPath: folder("day.jsonl")))
    for flags in ["-9", "-1n"] {
      let tool = try ChildProcess("/usr/bin/gzip", [flags, "-kf", folder("day.jsonl")])
      #expect(try tool.wait() == .code(0))
      #expect(try SealedText(ReadOnlyFile(folder("day.jsonl.gz"))).text == text)
    }
  }

  @Test("Damaged, it is told as one, keeps its place where that is known, and stays as it is")
  func damaged() throws {
    let pieces = pieces([900, 1200, 800], seed: 6)
    for form in [Form.one, .before, .behind] {
      let whole = try form(pieces, sample)
      let text = Array(pieces.joined())
      let members = try SealedText(sample.put(whole)).table.members
      let foreign = try #require(members.first { $0.isForeign })
      for share in [3, 5, 9] {
        var bytes = whole
        bytes[foreign.bytes.lowerBound + foreign.bytes.count * share / 10] ^= 0x10
        let sealed = try SealedText(sample.put(bytes, at: "damaged.gz"))
        #expect(sealed.size() == text.count, "\(form), \(share)")
        #expect(sealed.damages.joined.map(\.bytes) == [foreign.bytes])
        let expected = text.indices.map { index in
          members.contains { $0.isForeign && $0.text.contains(index) } ? 0 : text[index]
        }
        #expect(try sealed.text == expected)
        try sample.disk.remove("/sealed/new.gz")
        let target = try sample.disk.openLog("/sealed/new.gz")
        var writer = SealedWriter(target)
        try sealed.write(without: [], to: &writer)
        try writer.finish()
        #expect(try SealedText(target).text == expected)
        #expect(sample.content("new.gz").firstRange(of: bytes[foreign.bytes]) != nil)
      }
    }
  }
}

/// The same of a whole log.
@Suite("A day that another program has packed")
struct ForeignDayTests {
  private let stored: DamagedLog

  init() throws {
    stored = try DamagedLog()
    let text = try SealedText(ReadOnlyFile(stored.path)).text
    try stored.put(ForeignMemberTests.packed(text))
  }

  private func expectAll(_ log: TrainingLog, but user: String? = nil) throws {
    for (number, record) in stored.records.enumerated() {
      let isGone = DamagedLog.users[number % DamagedLog.users.count] == user
      #expect(try log.example(record.id)?.line == (isGone ? nil : record.line), "record \(number)")
    }
  }

  private var isForeign: Bool { get throws { try SealedText(ReadOnlyFile(stored.path)).table.hasForeign } }

  @Test("A start, with its index or without, finds nothing to tell", arguments: [false, true])
  func start(hasIndex: Bool) throws {
    if !hasIndex { try stored.removeIndex() }
    let log = try stored.open()
    #expect(log.damagedLines == [] && log.repairs.cutBytes == 0)
    try expectAll(log)
    log.saveIndexNow()
    _ = consume log
    #expect(try Verification(stored.fixture.directory).run().faults == [])
  }

  @Test("An erasure loses nothing of others, and leaves a file of ours")
  func erased() throws {
    let log = try stored.open()
    #expect(try log.eraseNow(user: "user3").first?.counts.records == 21)
    try expectAll(log, but: "user3")
    #expect(try !isForeign)
    let packed = try #require(try readFile(stored.path))
    #expect(try GzipReader.decompress(packed, limit: 1 << 24).split(separator: 0x0A).count == 100)
    log.saveIndexNow()
    _ = consume log
    #expect(try Verification(stored.fixture.directory).run().faults == [])
  }

  @Test("The next sealing writes it anew, once; also with a record that came late", arguments: [false, true])
  func sealed(isLate: Bool) throws {
    let log = try stored.open()
    var late: StoredConversation?
    if isLate {
      let record = try stored.fixture.conversation(log, "late", at: SealingFixture.yesterday)
      #expect(log.commitNow(.conversation(record)) == [.stored(record.id)])
      late = record
    }
    #expect(try log.sealDays(before: LogFixture.today).days == 1)
    #expect(try !isForeign)
    try expectAll(log)
    if let late { #expect(try log.example(late.id)?.line == late.line) }
    #expect(try log.sealDays(before: LogFixture.today).days == 0)
  }

  @Test("Damaged, an erasure in it loses only what cannot be read as it was stored", arguments: [3, 6, 9])
  func damaged(share: Int) throws {
    var bytes = try #require(try readFile(stored.path))
    bytes[bytes.count * share / 10] ^= 0x10
    try stored.put(bytes)
    let log = try stored.open()
    try log.eraseNow(user: "user3")
    var left = 0
    for (number, record) in stored.others(than: "user3") where number < 2 * DamagedLog.perMember {
      let line = try log.example(record.id)?.line
      #expect(line == nil || line == record.line)
      if line != nil { left += 1 }
    }
    // Of 100.
    #expect((share * 10 - 15...share * 10 + 10).contains(left) || left > 95, "\(left)")
    let packed = try #require(try readFile(stored.path))
    let text = try GzipReader.decompress(packed, limit: 1 << 24)
    #expect(
      !text.split(separator: 0x0A).contains { line in
        stored.records.enumerated().contains { $0.offset % 6 == 3 && $0.element.line.elementsEqual(line) }
      })
  }
}
