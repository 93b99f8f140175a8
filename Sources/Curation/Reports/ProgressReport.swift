import Records
import TrainingLog

/// The object of `GET /v1/progress` and `cerberus progress --json` (contract, section 5).
///
/// `eta_days` and `eta_date` go by the mean pace; those ending in `_low` and `_high` are the earliest and the latest by the
/// bounds of the pace. They are null where the pace reaches the goal never.
package enum ProgressReport {
  /// - Parameter erasures: what they hide is not counted.
  package static func json(
    tallies: Tallies, erasures: ErasureJournal?, directory: DataDirectory, now: Timestamp
  ) -> [UInt8] {
    let summary = DatasetSummary(directory, hiding: erasures)
    let live = tallies[.total, "all"].highQuality
    // What was curated counts although its record has expired, also before the next run has seen that it did.
    let count = max(live + summary.expired, summary.examples)
    let pace = Pace(tallies, today: now.day)
    let dates = ReachedDates(tallies, live: live, count: count, directory)
    var writer = JSONWriter(reserving: 2_048)
    writer.object { report in
      report.count("goal", Milestone.goal)
      report.count("high_quality", count)
      // One division of whole numbers, whose nearest number is written as short as the quotient: 0.014.
      report.number("percent", min(100, ratio(100 * count, Milestone.goal)))
      report.key("milestones")
      report.array { array in
        for milestone in Milestone.all {
          array.object { object in
            object.key("name")
            object.string(milestone.name)
            object.count("from", milestone.from)
            object.count("to", milestone.to)
            object.key("reached")
            object.bool(count >= milestone.to)
            object.day("date", count >= milestone.to ? dates.first(reaching: milestone.to) : nil)
            object.day("eta_date", eta(missing: milestone.to - count, pace.mean, now.day))
          }
        }
      }
      report.number("examples_per_day", pace.mean)
      for (suffix, pace) in [("", pace.mean), ("_low", pace.high), ("_high", pace.low)] {
        let missing = Milestone.goal - count
        report.key("eta_days" + suffix)
        if let days = Pace.daysUntil(missing: missing, at: pace) { report.number(days) } else { report.null() }
        report.day("eta_date" + suffix, eta(missing: missing, pace, now.day))
      }
      report.count("storage_at_goal_bytes", storageAtGoal(StatisticsReport.storageBytes(directory), count))
    }
    return writer.bytes
  }

  private static func eta(missing: Int, _ pace: Double, _ today: Day) -> Day? {
    guard missing > 0, let days = Pace.daysUntil(missing: missing, at: pace) else { return missing > 0 ? nil : today }
    let day = today.advanced(by: Int(days.rounded(.up)))
    // Dates are written with four digits.
    return day < Day(number: 2_932_897) ? day : nil
  }

  /// In proportion to the examples, and no less than now; 0 when there are none to go by.
  private static func storageAtGoal(_ bytes: Int, _ count: Int) -> Int {
    guard count > 0 else { return 0 }
    return max(bytes, Int(Double(bytes) / Double(count) * Double(Milestone.goal)))
  }
}

extension JSONWriter {
  /// A date, or null.
  fileprivate mutating func day(_ name: String, _ day: Day?) {
    key(name)
    if let day { string(day.description) } else { null() }
  }
}
