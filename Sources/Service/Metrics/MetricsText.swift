import TrainingLog

/// Writes the text format of Prometheus, version 0.0.4: families one after the other, each with its help and its type.
struct MetricsText {
  enum Kind: String { case counter, gauge, histogram }

  private(set) var text = ""

  /// A family of one value.
  mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Int) {
    begin(name, kind, help)
    text += "\(name) \(value)\n"
  }

  mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
    begin(name, kind, help)
    text += "\(name) \(value)\n"
  }

  /// A family with one value for each set of labels. Labels are names of the program's own, which need no escapes.
  mutating func add(
    _ name: String, _ kind: Kind, _ help: String, _ rows: [(labels: [(String, String)], value: Int)]
  ) {
    begin(name, kind, help)
    for row in rows { text += "\(name)\(Self.labels(row.labels)) \(row.value)\n" }
  }

  /// A family of histograms in seconds.
  mutating func add(_ name: String, _ help: String, _ rows: [(labels: [(String, String)], value: DurationHistogram)]) {
    begin(name, .histogram, help)
    for row in rows {
      var count = 0
      for (bound, more) in zip(Self.bounds, row.value.counts) {
        count += more
        text += "\(name)_bucket\(Self.labels(row.labels + [("le", bound)])) \(count)\n"
      }
      text += "\(name)_sum\(Self.labels(row.labels)) \(Double(row.value.nanoseconds) / 1e9)\n"
      text += "\(name)_count\(Self.labels(row.labels)) \(count)\n"
    }
  }

  private static let bounds = DurationHistogram.bounds.map { String(Double($0) / 1e9) } + ["+Inf"]

  private static func labels(_ labels: [(String, String)]) -> String {
    labels.isEmpty ? "" : "{" + labels.map { "\($0)=\"\($1)\"" }.joined(separator: ",") + "}"
  }

  private mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }
}
