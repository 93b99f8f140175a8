import Records
import Testing
import TrainingLog

@testable import Curation

@Suite("Damaged lines")
struct DamageTests {
  static let lines: [String] = [
    "{", "not JSON", "[]", "null", #"{"example_id":"x"}"#, #"{"a":1,"a":2}"#,
    String(repeating: "[", count: 10_000),
  ]

  private static let files: [LogFileName] = [
    .conversations(moment("2026-03-01T00:00:00Z").day), .feedback, .corrections,
  ]

  @Test("They are counted and passed over, wherever they stand", arguments: lines)
  func counted(line: String) throws {
    let folder = try DataFolder()
    for file in Self.files { try folder.append(Array(line.utf8), to: file) }
    let (one, two) = (conversation(1), conversation(2))
    try folder.add(one)
    for file in Self.files { try folder.append(Array(line.utf8), to: file) }
    try folder.add(two)
    try folder.rate(two, 5)
    #expect(try folder.curate()["damaged"]?.integer == 6)
    #expect(try folder.dataset().map(\.score).sorted() == [0, 5])
  }

  @Test("Bytes that are no UTF-8 are damage too")
  func invalidUTF8() throws {
    let folder = try DataFolder()
    var line = conversation(1).line()
    line[line.count / 2] = 0xFF
    try folder.append(line, to: .conversations(conversation(1).timestamp.day))
    try folder.add(conversation(2))
    #expect(try folder.curate()["damaged"]?.integer == 1)
    #expect(try folder.dataset().map(\.id) == [conversation(2).exampleID.description])
  }

  @Test("A conversation cut off at any byte is damage, or, with all its bytes, a record")
  func everyCut() throws {
    let line = conversation(1).line()
    let folder = try DataFolder()
    let day = conversation(1).timestamp.day
    for length in stride(from: 1, to: line.count, by: 7) {
      try folder.append(Array(line[..<length]), to: .conversations(day))
    }
    try folder.append(line, to: .conversations(day))
    #expect(try folder.curate()["damaged"]?.integer == (line.count + 5) / 7)
    #expect(try folder.dataset().count == 1)
  }

  @Test("A line without its LF is not there yet")
  func unfinished() throws {
    let folder = try DataFolder()
    try folder.add(conversation(1))
    let file = try PosixFileSystem().openLog(folder.directory.path(of: .conversations(conversation(1).timestamp.day)))
    try file.append(Array(conversation(2).line().dropLast(10)))
    #expect(try folder.curate()["damaged"]?.integer == 0)
    #expect(try folder.dataset().count == 1)
  }

  @Test("A damaged row of the dataset is counted and passed over; the others stay")
  func published() throws {
    let folder = try DataFolder()
    try folder.add(conversation(1), conversation(2))
    try folder.curate()
    let bytes = try folder.bytes(folder.directory.trainingData)
    try folder.expire(conversation(1).timestamp.day)
    try AtomicFile.replace(folder.directory.trainingData, with: Array("{\"messages\":[]}\n".utf8) + bytes)
    let manifest = try folder.curate()
    #expect(manifest["damaged"]?.integer == 1)
    #expect(manifest["expired"]?.integer == 2)
    #expect(try folder.dataset().count == 2)
  }

  @Test("A published rating that none can be stops nothing")
  func publishedRating() throws {
    let folder = try DataFolder()
    try folder.add(conversation(1), conversation(2))
    try folder.curate()
    try folder.expire(conversation(1).timestamp.day)
    let text = String(decoding: try folder.bytes(folder.directory.trainingData), as: UTF8.self)
    for score in ["300", "-1", "9223372036854775807"] {
      let changed = text.replacing("\"score\":0", with: "\"score\":\(score)", maxReplacements: 1)
      try AtomicFile.replace(folder.directory.trainingData, with: Array(changed.utf8))
      #expect(try folder.curate()["expired"]?.integer == 2, "\(score)")
    }
  }

  @Test("Nothing there yet: an empty dataset")
  func empty() throws {
    let folder = try DataFolder()
    let manifest = try folder.curate()
    // The SHA-256 of nothing.
    #expect(manifest["version"]?.string == "e3b0c44298fc1c14")
    #expect(manifest["examples"]?.integer == 0)
    #expect(try folder.dataset().isEmpty)
  }
}
