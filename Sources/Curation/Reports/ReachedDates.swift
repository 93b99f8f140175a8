import Records
import TrainingLog

/// When a number of high-quality examples was first there: by the days of the live examples, counted on from what has
/// expired, or by an earlier run of the curator that had published as many.
struct ReachedDates {
  /// Ascending by day; the count at the end of it.
  private var counts: [(day: Day, count: Int)] = []

  init(_ tallies: Tallies, live: Int, count: Int, _ directory: DataDirectory) {
    var sum = count - live
    for (name, tally) in tallies.all(.day) {
      guard let day = Day(name) else { continue }
      sum += tally.highQuality
      counts.append((day, sum))
    }
    if let file = try? ReadOnlyFile.open(ifPresent: directory.versions) {
      _ = try? LineReader().read(file) { line, _ in
        let summary = DatasetSummary(line)
        if let at = Timestamp(rfc3339: summary.at) { counts.append((at.day, summary.examples)) }
      }
    }
    counts.sort { $0.day < $1.day }
  }

  func first(reaching count: Int) -> Day? { counts.first { $0.count >= count }?.day }
}
