import Foundation
import Records
import TestKit

/// A dataset put in place by hand, row by row, so that a test knows it to the byte and may choose its size.
struct Dataset {
  struct Row {
    var language = "python"
    var score = 0
    var split = "train"
    var answer = "Use reversed(items) for an iterator, or a slice with a negative step for a copy of the list."
    var system: String?
  }

  static let path = "curated/training_data.jsonl"

  let lines: [String]

  init(_ rows: [Row]) { lines = rows.enumerated().map { Self.line($0.offset, $0.element) } }

  /// About `megabytes` MiB in rows of 16 KiB.
  init(megabytes: Int) {
    let row = Row(answer: String(repeating: "0123456789abcdef", count: 1024))
    self.init(Array(repeating: row, count: megabytes * 64))
  }

  var bytes: [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }

  /// Puts it where the curator would, by a rename as the curator does.
  func put(in home: TestServer.Home, with tail: String = "") throws {
    try FileManager.default.createDirectory(atPath: home.path + "/curated", withIntermediateDirectories: true)
    try Data(bytes + Array(tail.utf8)).write(
      to: URL(fileURLWithPath: home.path + "/" + Self.path), options: .atomic)
  }

  private static func line(_ number: Int, _ row: Row) -> String {
    var messages = row.system.map { [("system", $0)] } ?? []
    messages += [("user", "Question \(number)?"), ("assistant", row.answer)]
    let turns = messages.map { "{\"role\":\"\($0.0)\",\"content\":\(jsonText($0.1))}" }.joined(separator: ",")
    let id = ExampleID(milliseconds: 1_790_000_000_000 + Int64(number), sequence: 0, random: 1)
    return "{\"messages\":[\(turns)],\"example_id\":\"\(id)\",\"score\":\(row.score),\"language\":"
      + "\(jsonText(row.language)),\"framework\":\"\",\"complexity\":\"\",\"model\":\"\",\"date\":\"2026-09-21\","
      + "\"split\":\"\(row.split)\"}"
  }
}

/// The content of a chunked body read raw; nil when it is cut short (RFC 9112 section 7.1).
func chunkedContent(_ raw: [UInt8]) -> [UInt8]? {
  var content: [UInt8] = []
  content.reserveCapacity(raw.count)
  var at = 0
  while let end = raw[at...].firstIndex(of: 10) {
    guard let size = Int(String(decoding: raw[at..<(end - 1)], as: UTF8.self), radix: 16) else { return nil }
    guard raw.count >= end + 1 + size + 2 else { return nil }
    content += raw[(end + 1)..<(end + 1 + size)]
    at = end + 1 + size + 2
    if size == 0 { return at == raw.count ? content : nil }
  }
  return nil
}
