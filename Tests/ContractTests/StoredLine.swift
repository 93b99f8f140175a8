import Foundation
import Records
import Testing

/// A line of a JSONL file, read back: strictly, and by a second reader that knows nothing of this project.
struct StoredLine {
  let text: String
  let root: JSONElement

  init(_ text: String) throws {
    self.text = text
    root = try JSONDocument(parsing: Array(text.utf8)).root
    _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
  }

  var keys: [String] { root.members.compactMap(\.key.string) }

  subscript(name: String) -> JSONElement? { root.members.first { $0.key.string == name }?.value }

  func text(_ name: String) -> String? { self[name]?.string }
}

extension JSONElement {
  var keys: [String] { members.compactMap(\.key.string) }

  /// Follows names, as in `at("curated", "examples")`.
  func at(_ path: String...) -> JSONElement? {
    path.reduce(self as JSONElement?) { element, name in element?.members.first { $0.key.string == name }?.value }
  }

  /// A number as a Double.
  var double: Double? { numberText.flatMap { Double($0) } }
}

/// `YYYY-MM-DD` in UTC, some days from today.
func day(_ offset: Int = 0) -> String { String(rfc3339(seconds: offset * 86_400).prefix(10)) }

/// Some seconds from now, in UTC with milliseconds.
func rfc3339(seconds: Int) -> String {
  Date(timeIntervalSinceNow: Double(seconds)).formatted(
    Date.ISO8601FormatStyle(includingFractionalSeconds: true, timeZone: .gmt))
}

/// A UUIDv7 of some seconds from now; another `serial`, below a million, another id.
func uuidV7(seconds: Int = 0, serial: Int = 0) -> String {
  let milliseconds = Int(Date().timeIntervalSince1970 * 1000) + seconds * 1000
  let time = String(repeating: "0", count: 12) + String(milliseconds, radix: 16)
  let tail = String(repeating: "0", count: 12) + String(serial)
  return "\(time.suffix(12).prefix(8))-\(time.suffix(4))-7000-8000-\(tail.suffix(12))"
}
