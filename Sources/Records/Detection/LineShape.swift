/// Data formats have few words of their own; they show in how the lines of a paragraph or fence look.
struct LineShape: Sendable {
  private var lines = 0
  private var jsonKeys = 0
  private var brackets = 0
  private var startsJSON = false
  private var yamlBare = 0
  private var yamlValued = 0
  private var items = 0
  private var sections = 0
  private var assignments = 0
  private var quoted = 0

  /// Adds a line: `line` is its start, `first..<last` what is left without surrounding blanks (not empty).
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, line: Int, _ first: Int, _ last: Int) {
    lines += 1
    var start = first
    switch bytes[first] {
    case UInt8(ascii: "#"):
      lines -= 1
      return
    case UInt8(ascii: "\""):
      if isKey(bytes, first, last) { jsonKeys += 1 }
      return
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "}"), UInt8(ascii: "]"):
      bracket(bytes, first, last)
      return
    case UInt8(ascii: "-"):
      guard first + 1 < last, bytes[first + 1] == 0x20 else { return }
      items += 1
      start = first + 2
    default: break
    }
    keyed(bytes, start, last)
  }

  /// Gives the points of the paragraph or fence that ends here, and starts anew.
  mutating func settle(into scores: inout StackScores) {
    defer { self = LineShape() }
    guard lines > 0 else { return }
    if jsonKeys > 0, startsJSON, (jsonKeys + brackets) * 3 >= lines * 2 {
      scores.content[StackLanguage.json.rawValue] += 5
    }
    if yamlBare > 0, yamlValued + items >= 2, (yamlBare + yamlValued + items) * 4 >= lines * 3 {
      scores.content[StackLanguage.yaml.rawValue] += 5
    }
    if sections > 0, quoted > 0, (sections + assignments) * 4 >= lines * 3 {
      scores.content[StackLanguage.toml.rawValue] += 6
    }
  }

  private mutating func bracket(_ bytes: UnsafeBufferPointer<UInt8>, _ first: Int, _ last: Int) {
    let mark = bytes[first]
    if lines == 1, mark == UInt8(ascii: "{") || mark == UInt8(ascii: "[") { startsJSON = true }
    var next = first + 1
    while next < last, bytes[next] == 0x20 || bytes[next] == UInt8(ascii: "{") { next += 1 }
    if next < last, bytes[next] == UInt8(ascii: "\""), isKey(bytes, next, last) {
      jsonKeys += 1
      return
    }
    if last - first <= 2 {
      brackets += 1
      return
    }
    guard mark == UInt8(ascii: "["), bytes[last - 1] == UInt8(ascii: "]") else { return }
    var index = first + 1
    while index < last - 1,
      ClueKey.isWord(bytes[index]) || bytes[index] == UInt8(ascii: ".")
        || bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "[") || bytes[index] == UInt8(ascii: "]")
    { index += 1 }
    if index == last - 1, !(bytes[first + 1] &- 0x30 < 10) { sections += 1 }
  }

  /// `"…":` at `first`, which holds the quotation mark.
  private func isKey(_ bytes: UnsafeBufferPointer<UInt8>, _ first: Int, _ last: Int) -> Bool {
    var index = first + 1
    while index < last, bytes[index] != UInt8(ascii: "\"") { index += 1 }
    index += 1
    while index < last, bytes[index] == 0x20 { index += 1 }
    return index < last && bytes[index] == UInt8(ascii: ":")
  }

  /// `key:`, `key: value` and `key = value`.
  private mutating func keyed(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ last: Int) {
    var index = start
    while index < last,
      ClueKey.isWord(bytes[index]) || bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: ".")
        || bytes[index] == UInt8(ascii: "/")
    { index += 1 }
    guard index > start, index < last else { return }
    let end = bytes[last - 1]
    if bytes[index] == UInt8(ascii: ":") {
      // "Note: …" is prose, "name: string;" a declaration.
      let isProse = bytes[start] &- 0x41 < 26
      let isCode = end == UInt8(ascii: ";") || end == UInt8(ascii: ",") || end == UInt8(ascii: "{")
      if isProse || isCode { return }
      if index + 1 == last {
        yamlBare += 1
      } else if bytes[index + 1] == 0x20 {
        yamlValued += 1
      }
      return
    }
    while index < last, bytes[index] == 0x20 { index += 1 }
    guard index + 1 < last, bytes[index] == UInt8(ascii: "="), end != UInt8(ascii: ";") else { return }
    index += 1
    while index < last, bytes[index] == 0x20 { index += 1 }
    guard index < last else { return }
    assignments += 1
    if bytes[index] == UInt8(ascii: "\"") { quoted += 1 }
  }
}
