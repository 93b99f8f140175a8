import Records

/// What would go, by the files alone, beside whoever has the log open.
package struct ExpiryPlan {
  /// The days that would go, the oldest first.
  package let days: [DayFile]
  /// But for what a run that was interrupted has left of days that are gone already.
  package private(set) var counts = ExpiryCounts()

  /// - Parameter limit: the first day that stays.
  package init(before limit: Day, in directory: DataDirectory) throws {
    days = try DayFile.before(limit, in: directory)
    var gone: Set<ExampleID> = []
    for day in days {
      counts.days += 1
      counts.bytes += day.bytes
      guard let text = try LogText.open(.conversations(day.day), in: directory) else { continue }
      try LineReader().read(text) { line, _ in if let id = LineLead.id(of: line) { gone.insert(id) } }
    }
    counts.records = gone.count
    for (name, path) in ExpiryCounts.ratings {
      guard let text = try LogText.open(name, in: directory) else { continue }
      try LineReader().read(text) { line, _ in
        guard let id = LineLead.id(of: line), gone.contains(id) else { return }
        counts[keyPath: path] += 1
        counts.bytes += line.count + 1
      }
    }
  }
}
