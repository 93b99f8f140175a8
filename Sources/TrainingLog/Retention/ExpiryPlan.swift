import Records

/// What would go, by the files alone, beside whoever has the log open.
package struct ExpiryPlan {
  /// The days that would go, the oldest first.
  package private(set) var days: [DayFile] = []
  /// But for what a run that was interrupted has left of days that are gone already.
  package private(set) var counts = ExpiryCounts()

  /// - Parameters:
  ///   - limit: the first day that stays.
  ///   - erasures: what they hide is gone already.
  package init(before limit: Day, in directory: DataDirectory, erasures: ErasureJournal?) throws {
    var gone: Set<ExampleID> = []
    for day in try DayFile.before(limit, in: directory) {
      var bytes = day.bytes
      if let text = try LogText.open(.conversations(day.day), in: directory) {
        try LineReader().read(text) { line, _ in
          guard let id = LineLead.id(of: line) else { return }
          if erasures?.hides(id) == true { bytes -= line.count + 1 } else { gone.insert(id) }
        }
      }
      days.append(DayFile(day: day.day, bytes: bytes))
      counts.days += 1
      counts.bytes += bytes
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
