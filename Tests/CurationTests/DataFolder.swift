import Foundation
import Posix
import Privacy
import Records
import TrainingLog

@testable import Curation

/// A real data directory below the temporary directory, removed with its last owner. Lines go straight into the files.
final class DataFolder {
  static let splitKey = [UInt8](repeating: 7, count: 32)
  static let now = moment("2026-03-10T12:00:00Z")

  let directory: DataDirectory
  private let logs: PosixFileSystem = PosixFileSystem()

  init() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("curation-\(UUID().uuidString)").path
    directory = DataDirectory(path)
    try directory.create()
  }

  deinit { try? FileManager.default.removeItem(atPath: directory.root) }

  func append(_ line: [UInt8], to name: LogFileName) throws {
    let file = try logs.openLog(directory.path(of: name))
    try file.append(line + [0x0A])
  }

  func add(_ conversations: Conversation...) throws {
    for conversation in conversations {
      try append(conversation.line(), to: .conversations(conversation.timestamp.day))
    }
  }

  func rate(_ conversation: Conversation, _ score: Int, correction: String? = nil) throws {
    let id = conversation.exampleID
    try append(Feedback(exampleID: id, score: score, timestamp: Self.now).line(), to: .feedback)
    if let correction {
      try append(
        Correction(exampleID: id, correctedMessage: correction, timestamp: Self.now).line(), to: .corrections)
    }
  }

  /// What the retention of a later version does: the day's records go.
  func expire(_ day: Day) throws { try Directories.remove(directory.path(of: .conversations(day))) }

  var curator: DataCurator {
    DataCurator(
      directory: directory, splitKey: Self.splitKey, scrubber: .standard, tool: "test 1")
  }

  /// The same, with the ids of expired rows from a seed.
  func curator(seed: UInt64, rules: CurationRules = CurationRules()) -> DataCurator {
    DataCurator(
      directory: directory, splitKey: Self.splitKey, scrubber: .standard, rules: rules, tool: "test 1",
      random: { Seeded(seed) })
  }

  /// All files but the derived ones, in a folder of their own.
  func copy() throws -> DataFolder {
    let copy = try DataFolder()
    for (from, to) in [
      (directory.logs, copy.directory.logs), (directory.curated, copy.directory.curated),
      (directory.state, copy.directory.state),
    ] {
      for name in try Directories.list(from) where name.contains(".json") {
        try AtomicFile.replace(to + "/" + name, with: bytes(from + "/" + name))
      }
    }
    return copy
  }

  @discardableResult
  func curate(now: Timestamp = DataFolder.now) throws -> JSONElement {
    try JSONDocument(parsing: curator.run(now: now) { _ in }).root
  }

  func bytes(_ path: String) throws -> [UInt8] { try readFile(path) ?? [] }

  func dataset() throws -> [Row] { try rows(directory.trainingData) }
  func preferences() throws -> [Row] { try rows(directory.preferences) }

  private func rows(_ path: String) throws -> [Row] {
    try bytes(path).split(separator: 0x0A).map { try Row(Array($0)) }
  }
}

/// A curated line, read for a test.
struct Row {
  let root: JSONElement

  init(_ line: [UInt8]) throws { root = try JSONDocument(parsing: line).root }

  var id: String { root["example_id"]?.string ?? "-" }
  var split: String { root["split"]?.string ?? "-" }
  var score: Int { root["score"]?.integer ?? -1 }
  var date: String { root["date"]?.string ?? "-" }
  var reason: String? { root["reason"]?.string }
  var contents: [String] { (root["messages"]?.items ?? []).map { $0["content"]?.string ?? "-" } }
  var answer: String { contents.last ?? "-" }
  var hash: ContentHash { ContentHash(question: contents[contents.count - 2], answer: answer) }
  var isAnonymous: Bool { Array(id.utf8)[14] == UInt8(ascii: "4") }
}

func moment(_ text: String) -> Timestamp { Timestamp(rfc3339: text) ?? Timestamp(milliseconds: 0) }

/// The first pseudonym from `start` on that stands on that side.
func user(_ side: Side, from start: Int = 0) -> String {
  let holdOut = HoldOut(key: DataFolder.splitKey)
  return (start...).lazy.map { Pseudonym(value: UInt64($0)).hex }.first { holdOut.side(ofUser: $0) == side } ?? ""
}

/// A record that every rule lets through. `number` makes id, question and answer its own.
func conversation(
  _ number: Int, user pseudonym: String = user(.train), question: String? = nil, answer: String? = nil,
  history: [Message] = [], context: JSONValue = .null, at time: String = "2026-03-01T10:00:00Z"
) -> Conversation {
  let timestamp = moment(time)
  return Conversation(
    exampleID: ExampleID(milliseconds: timestamp.milliseconds + Int64(number), sequence: 0, random: UInt64(number)),
    timestamp: timestamp, userID: pseudonym, sessionID: pseudonym,
    userMessage: question ?? "How do I reverse list \(number) in Python?",
    assistantMessage: answer ?? goodAnswer(number), history: history, context: context, language: "python",
    framework: "", complexity: "low", model: "m1", variant: "a")
}

func goodAnswer(_ number: Int) -> String {
  "Variant \(number): use reversed(items) for an iterator, or a slice with a negative step for a copy."
}

/// SplitMix64 (Sebastiano Vigna, public domain): the same numbers for the same seed, everywhere.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }
}
