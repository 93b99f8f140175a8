import Posix
import Records
import Testing
import TrainingLog

@testable import Curation

@Suite("Lineage")
struct LineageTests {
  private func version(_ folder: DataFolder) throws -> String { try folder.curate()["version"]?.string ?? "-" }

  private func versions(_ folder: DataFolder, _ record: Conversation) throws -> [String] {
    try Lineage(folder.directory).versions { $0.exampleID == record.exampleID }
  }

  @Test("A row is known in each version that held it, as an example or as a negative, and comes back as itself")
  func stays() throws {
    let folder = try DataFolder()
    let (a, b, c) = (conversation(1), conversation(2), conversation(3))
    try folder.add(a, b)
    let first = try version(folder)
    try folder.rate(a, 1)
    try folder.add(c)
    let second = try version(folder)
    try folder.rate(a, 5)
    let third = try version(folder)
    #expect(Set([first, second, third]).count == 3)
    #expect(try versions(folder, a) == [first, second, third])
    #expect(try versions(folder, b) == [first, second, third])
    #expect(try versions(folder, c) == [second, third])
    #expect(try Lineage(folder.directory).examples(of: first).count == 2)
    #expect(try version(folder) == third)
    #expect(try versions(folder, c) == [second, third])
  }

  @Test("What leaves the dataset while its record lives keeps its past; what expires loses its id")
  func leaving() throws {
    let folder = try DataFolder()
    let twin = conversation(1, question: "Q?", answer: goodAnswer(1))
    try folder.add(twin)
    let first = try version(folder)
    let better = conversation(2, question: "Q?", answer: goodAnswer(1), at: "2026-03-02T10:00:00Z")
    try folder.add(better)
    try folder.rate(better, 5)
    let second = try version(folder)
    #expect(try versions(folder, twin) == [first])
    #expect(try versions(folder, better) == [second])
    try folder.expire(moment("2026-03-02T10:00:00Z").day)
    try folder.expire(moment("2026-03-01T10:00:00Z").day)
    let third = try version(folder)
    #expect(try versions(folder, better) == [])
    #expect(try versions(folder, twin) == [])
    let id = try #require(try folder.dataset().first?.id)
    let report = try #require(try LineageReport.json(of: .example(id), folder.directory, hiding: nil))
    #expect(try JSONDocument(parsing: report).root["versions"]?.items.map { $0["version"]?.string } == [third])
  }

  @Test("A lost or damaged file is begun anew: each row was there since its record came", arguments: [false, true])
  func lost(isDamaged: Bool) throws {
    let folder = try DataFolder()
    let (a, b) = (conversation(1), conversation(2, at: "2026-03-09T10:00:00Z"))
    try folder.add(a)
    let first = try #require(try folder.curate(now: moment("2026-03-05T00:00:00Z"))["version"]?.string)
    try folder.add(b)
    let second = try version(folder)
    if isDamaged {
      var bytes = try folder.bytes(folder.directory.lineage)
      bytes[bytes.count - 9] ^= 1
      try AtomicFile.replace(folder.directory.lineage, with: bytes)
    } else {
      try Directories.remove(folder.directory.lineage)
    }
    #expect(try versions(folder, a) == [first, second])
    #expect(try versions(folder, b) == [second])
  }

  /// Numbers of the rows of each version → for row 1 the versions.
  @Test(
    "Spans are what a list of all rows of all versions would say",
    arguments: [[[1], [1, 2], [2], [1, 2]], [[2], [2, 1], [1], []], [[1], [], [1], [], [1]]])
  func spans(rows: [[Int]]) throws {
    func id(_ number: Int) -> ExampleID { ExampleID(milliseconds: Int64(number), sequence: 0, random: 1) }
    let folder = try DataFolder()
    var expected: [String] = []
    for (number, rows) in rows.enumerated() {
      var lineage = try Lineage(folder.directory)
      let version = "00000000000000" + (number < 16 ? "a" : "b") + String(number, radix: 16)
      lineage.publish(version, rows: rows.map { .init(high: id($0).high, low: id($0).low) }, isLive: { _ in true })
      try lineage.write(to: folder.directory)
      if rows.contains(1) { expected.append(version) }
    }
    #expect(try Lineage(folder.directory).versions { $0.exampleID == id(1) } == expected)
    var lineage = try Lineage(folder.directory)
    lineage.forget { $0 == id(1) }
    #expect(lineage.versions { $0.exampleID == id(1) } == [])
    #expect(lineage.stays.contains { $0.exampleID == id(2) } == rows.contains { $0.contains(2) })
  }

  @Test("The data card counts what the manifest counts, and is Hugging Face's front matter first")
  func card() throws {
    let folder = try DataFolder()
    for number in 0..<3 { try folder.add(conversation(number)) }
    try folder.rate(conversation(2), 1)
    try folder.curate()
    let text = String(decoding: try folder.bytes(folder.directory.dataCard), as: UTF8.self)
    #expect(text.hasPrefix("---\npretty_name: "))
    #expect(text.contains("- n<1K\n"))
    #expect(text.contains("| `training_data.jsonl` | 2 |"))
    #expect(text.contains("  - split: negatives\n    path: preferences.jsonl"))
    #expect(text.contains("`low_score` 1"))
    #expect(text.contains("`python` 2"))
  }
}
