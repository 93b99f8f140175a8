import ArgumentParser
import Curation
import Records
import TrainingLog

struct Stats: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Shows what is held now.")

  @OptionGroup var data: DataOptions
  @Flag(help: "The object of GET /v1/stats.") var json = false

  func run() throws {
    let report = try data.answer("GET", "/v1/stats") { log in
      try Eraser(log).countHiddenRows()
      return StatisticsReport.json(
        tallies: log.counters.tallies, privacy: .init(log), directory: data.directory, now: SystemClock().now)
    }
    try show(report, asJSON: json) { StatisticsView(report: $0, style: .output).lines }
  }
}

struct Progress: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Shows how far the dataset is from its goal.")

  @OptionGroup var data: DataOptions
  @Flag(help: "The object of GET /v1/progress.") var json = false

  func run() throws {
    let report = try data.answer("GET", "/v1/progress") { log in
      try Eraser(log).countHiddenRows()
      return ProgressReport.json(
        tallies: log.counters.tallies, erasures: log.erasures, directory: data.directory, now: SystemClock().now)
    }
    try show(report, asJSON: json) { ProgressView(report: $0, style: .output).lines }
  }
}

/// A report as it is, or as the lines of a view made for it.
func show(_ report: [UInt8], asJSON: Bool, _ lines: (JSONElement) -> [String]) throws {
  if asJSON { return try show(report, asJSON: true) }
  guard let root = try? JSONDocument(parsing: report).root else {
    throw fail(.failed, "the report is not readable")
  }
  try output(lines(root).map { $0 + "\n" }.joined().utf8)
}

/// A report as it is, or as a table of names and values: nested names are joined by dots, and what holds nothing nested
/// takes one row.
func show(_ report: [UInt8], asJSON: Bool) throws {
  if asJSON { return try output(report + (report.last == UInt8(ascii: "\n") ? [] : [UInt8(ascii: "\n")])) }
  guard let root = try? JSONDocument(parsing: report).root else {
    throw fail(.failed, "the report is not readable")
  }
  var rows: [(String, String)] = []
  flatten(root.value, "", into: &rows)
  let width = rows.map { $0.0.unicodeScalars.count }.max() ?? 0
  let table = rows.map { name, value in
    name + String(repeating: " ", count: width - name.unicodeScalars.count + 2) + value + "\n"
  }
  try output(table.joined().utf8)
}

private func flatten(_ value: JSONValue, _ name: String, into rows: inout [(String, String)]) {
  if let text = plain(value) { return rows.append((name, text)) }
  switch value {
  case .array(let items):
    for (index, item) in items.enumerated() { flatten(item, "\(name)[\(index)]", into: &rows) }
  case .object(let members):
    let texts = members.compactMap { member in plain(member.value).map { "\(member.name): \($0)" } }
    if !name.isEmpty, !texts.isEmpty, texts.count == members.count {
      return rows.append((name, texts.joined(separator: ", ")))
    }
    for member in members { flatten(member.value, name.isEmpty ? member.name : "\(name).\(member.name)", into: &rows) }
  default: break
  }
}

/// The text of a value with nothing in it; nil for arrays and objects. Fractions are cut to three digits.
private func plain(_ value: JSONValue) -> String? {
  switch value {
  case .null: "-"
  case .bool(let flag): flag ? "yes" : "no"
  case .number(let text):
    text.split(separator: ".").last.map { $0.count > 3 && text.contains(".") } == true
      ? Double(text).map { Figure.fixed($0, digits: 3) } : text
  case .string(let text): text
  case .array, .object: nil
  }
}
