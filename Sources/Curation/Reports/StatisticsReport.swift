import Posix
import Records
import TrainingLog

/// The object of `GET /v1/stats` and `cerberus stats --json` (contract, section 5).
package enum StatisticsReport {
  /// Days of `per_day`, today included.
  private static let days = 90

  /// What the ledgers tell.
  package struct Privacy: Sendable {
    package var optedOutUsers = 0
    package var erasedRecords = 0
    fileprivate var erasures: ErasureJournal?

    package init() {}

    package init(_ log: TrainingLog) {
      optedOutUsers = log.consent.refusingUsers
      erasedRecords = log.erasures.erasedRecords
      erasures = log.erasures
    }
  }

  /// From the books alone: no record is read.
  ///
  /// - Parameter groupSizeMin: languages, frameworks and variants of fewer users are folded into one, `other`, so that
  ///   numbers do not speak of single people.
  package static func json(
    tallies: Tallies, privacy: Privacy = Privacy(), groupSizeMin: Int = 1, directory: DataDirectory, now: Timestamp
  ) -> [UInt8] {
    let all = tallies[.total, "all"]
    func total(_ name: String) -> Int { tallies[.total, name].conversations }
    var writer = JSONWriter(reserving: 16_384)
    writer.object { report in
      report.count("conversations", all.conversations)
      report.count("users", total("users"))
      report.count("sessions", total("sessions"))
      report.count("rated", all.rated)
      report.count("comments", total("comments"))
      report.count("corrections", total("corrections"))
      report.number("feedback_rate", ratio(all.rated, all.conversations))
      report.number("average_score", ratio(all.scoreSum, all.rated))
      report.key("scores")
      report.object { scores in
        for score in Feedback.scores { scores.count("\(score)", tallies[.score, "\(score)"].conversations) }
      }
      report.count("high_quality", all.highQuality)
      report.number("quality_rate", ratio(all.highQuality, all.conversations))
      report.key("rejected")
      rejected(tallies).write(to: &report)
      for (name, kind) in [
        ("languages", TallyKey.Kind.language), ("frameworks", .framework), ("complexities", .complexity),
        ("models", .model), ("variants", .variant),
      ] {
        report.key(name)
        groups(folded(tallies, kind, below: groupSizeMin), to: &report)
      }
      report.key("redactions")
      report.object { types in
        for (name, tally) in tallies.all(.redaction) { types.count(name, tally.conversations) }
      }
      report.key("per_day")
      perDay(tallies, now.day, to: &report)
      report.count("opted_out_users", privacy.optedOutUsers)
      report.count("erased_records", privacy.erasedRecords)
      report.count("storage_bytes", storageBytes(directory))
      report.key("curated")
      DatasetSummary(directory, hiding: privacy.erasures).write(to: &report)
    }
    return writer.bytes
  }

  /// What the books hold of it, and as exact duplicates all that is good but not kept.
  static func rejected(_ tallies: Tallies) -> RejectionCounts {
    var counts = RejectionCounts()
    for reason in RejectionCounts.live { counts[reason] = tallies[.leftOut, reason.rawValue].conversations }
    counts[.exactDuplicate] = tallies[.total, "eligible"].conversations - tallies[.total, "all"].highQuality
    return counts
  }

  /// The raw and the curated files, in bytes as `ls` shows them. Not the index: it is derived, and its size depends on
  /// when it was last tidied up.
  static func storageBytes(_ directory: DataDirectory) -> Int {
    Directories.bytesOfFiles(in: directory.logs) + Directories.bytesOfFiles(in: directory.curated)
  }

  /// Kinds whose users are not counted are never folded.
  private static func folded(
    _ tallies: Tallies, _ kind: TallyKey.Kind, below groupSizeMin: Int
  ) -> [(name: String, tally: Tally)] {
    let groups = tallies.all(kind)
    guard groupSizeMin > 1, [.language, .framework, .variant].contains(kind) else { return groups }
    var named: [(name: String, tally: Tally)] = []
    var other = Tally()
    for group in groups {
      if group.name != otherName, tallies.users[TallyKey(kind, group.name)] ?? 0 >= groupSizeMin {
        named.append(group)
      } else {
        other += group.tally
      }
    }
    return other == Tally() ? named : named + [(otherName, other)]
  }

  private static let otherName = "other"

  private static func groups(_ groups: [(name: String, tally: Tally)], to writer: inout JSONWriter) {
    writer.object { names in
      for (name, tally) in groups {
        names.key(name)
        names.object { group in
          group.count("conversations", tally.conversations)
          group.count("rated", tally.rated)
          group.number("average_score", ratio(tally.scoreSum, tally.rated))
        }
      }
    }
  }

  /// Every day from the first of the window with a record to today, days without one too. A record may be dated some
  /// minutes ahead, over midnight.
  private static func perDay(_ tallies: Tallies, _ today: Day, to writer: inout JSONWriter) {
    let known = tallies.all(.day).compactMap { Day($0.name) }
    let end = max(known.last ?? today, today)
    let start = end.advanced(by: 1 - days)
    writer.array { array in
      guard let first = known.first(where: { $0 >= start }) else { return }
      for number in first.number...end.number {
        let tally = tallies[.day, Day(number: number).description]
        array.object { day in
          day.key("date")
          day.string(Day(number: number).description)
          day.count("conversations", tally.conversations)
          day.count("rated", tally.rated)
          day.count("high_quality", tally.highQuality)
        }
      }
    }
  }
}

/// 0 when there is nothing to divide by.
func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }

extension JSONWriter {
  mutating func count(_ name: String, _ value: Int) {
    key(name)
    integer(value)
  }

  mutating func number(_ name: String, _ value: Double) {
    key(name)
    number(value)
  }
}
