import Records
import Testing

@testable import Curation
@testable import TrainingLog

@Suite("Progress")
struct ProgressTests {
  private static func report(_ folder: DataFolder, _ tallies: Tallies) throws -> JSONElement {
    try JSONDocument(
      parsing: ProgressReport.json(
        tallies: tallies, erasures: nil, directory: folder.directory, now: DataFolder.now)
    ).root
  }

  /// Books with so many good examples: age in days → number.
  private static func tallies(_ days: [Int: Int]) -> Tallies {
    var tallies = Tallies()
    for (age, count) in days {
      let day = DataFolder.now.day.advanced(by: -age).description
      tallies.add(Tally(conversations: count, highQuality: count), to: .day, day)
      tallies.add(Tally(conversations: count, highQuality: count), to: .total, "all")
    }
    return tallies
  }

  @Test("Nothing there yet")
  func empty() throws {
    let report = try Self.report(DataFolder(), Tallies())
    #expect(
      report.members.map { $0.key.string ?? "" } == [
        "goal", "high_quality", "percent", "milestones", "examples_per_day", "eta_days", "eta_date", "eta_days_low",
        "eta_date_low", "eta_days_high", "eta_date_high", "storage_at_goal_bytes",
      ])
    #expect(report["goal"]?.integer == 50_000)
    #expect(report["percent"]?.integer == 0)
    #expect(report["eta_days"]?.isNull == true)
    #expect(report["eta_date"]?.isNull == true)
    #expect(report["storage_at_goal_bytes"]?.integer == 0)
    let milestones = report["milestones"]?.items ?? []
    #expect(milestones.map { $0["to"]?.integer ?? 0 } == [1_000, 5_000, 10_000, 25_000, 50_000])
    #expect(milestones.allSatisfy { $0["reached"]?.kind == .false && $0["date"]?.isNull == true })
  }

  @Test(
    "Percent is as near to the quotient as a number can be", arguments: [(7, "0.014"), (29, "0.058"), (57, "0.114")])
  func percent(count: Int, text: String) throws {
    let report = try Self.report(DataFolder(), Self.tallies([1: count]))
    #expect(report["percent"]?.numberText == text)
  }

  @Test("A steady pace: one date, no spread")
  func steady() throws {
    let days = Dictionary(uniqueKeysWithValues: (0..<20).map { ($0, 100) })
    let report = try Self.report(DataFolder(), Self.tallies(days))
    #expect(report["high_quality"]?.integer == 2_000)
    #expect(report["percent"]?.integer == 4)
    #expect(report["examples_per_day"]?.integer == 100)
    for name in ["eta_days", "eta_days_low", "eta_days_high"] as [StaticString] {
      #expect(report[name]?.integer == 480)
    }
    #expect(report["eta_date"]?.string == "2027-07-03")
    let milestones = report["milestones"]?.items ?? []
    // 100 a day since February 19: the thousandth on the tenth day.
    #expect(milestones.first?["date"]?.string == "2026-02-28")
    #expect(milestones.map { $0["reached"]?.kind == .true } == [true, false, false, false, false])
    #expect(milestones[1]["eta_date"]?.string == "2026-04-09")
  }

  @Test("An uneven pace has an earliest and a latest date; a day without examples counts")
  func uneven() throws {
    let report = try Self.report(DataFolder(), Self.tallies([0: 70, 2: 140, 6: 70, 7: 5_000]))
    #expect(report["examples_per_day"]?.integer == 40)
    let days = ["eta_days_low", "eta_days", "eta_days_high"].map { (name: StaticString) in
      Double(report[name]?.numberText ?? "") ?? -1
    }
    // (50,000 − 5,280) / 40, and with 1.440 × √(variance / 7) = 29.98 added and taken away.
    #expect(days[1] == 1_118)
    #expect(abs(days[0] - 639.1) < 0.1)
    #expect(abs(days[2] - 4_461.3) < 0.1)
  }

  @Test("A lower bound of nothing: the latest date is unknown")
  func burst() throws {
    let report = try Self.report(DataFolder(), Self.tallies([0: 700]))
    #expect(report["eta_days"]?.integer == 493)
    #expect(report["eta_days_high"]?.isNull == true)
    #expect(report["eta_date_high"]?.isNull == true)
  }

  @Test("The goal reached")
  func reached() throws {
    let report = try Self.report(DataFolder(), Self.tallies([0: 20_000, 50: 40_000]))
    #expect(report["percent"]?.integer == 100)
    #expect(report["eta_days"]?.integer == 0)
    #expect(report["eta_date"]?.string == "2026-03-10")
    let milestones = report["milestones"]?.items ?? []
    #expect(milestones.allSatisfy { $0["reached"]?.kind == .true })
    #expect(milestones.map { $0["date"]?.string ?? "" } == Array(repeating: "2026-01-19", count: 4) + ["2026-03-10"])
  }

  @Test("Expiry lowers nothing, before and after the next run of the curator")
  func expiry() throws {
    let folder = try DataFolder()
    try folder.add(conversation(1), conversation(2), conversation(3, at: "2026-03-02T10:00:00Z"))
    func count() throws -> Int? {
      let log = try TrainingLog.reopened(.init(directory: folder.directory))
      return try Self.report(folder, log.counters.tallies)["high_quality"]?.integer
    }
    #expect(try count() == 3)
    try folder.curate()
    #expect(try count() == 3)
    try folder.expire(conversation(1).timestamp.day)
    #expect(try count() == 3)
    try folder.curate()
    #expect(try count() == 3)
    try folder.add(conversation(4, at: "2026-03-02T10:00:00Z"))
    #expect(try count() == 4)
  }

  @Test("The date of a milestone whose examples have expired is that of the run that published them")
  func expiredDate() throws {
    let folder = try DataFolder()
    for (at, examples) in [("2026-01-05", 900), ("2026-01-06", 1_200), ("2026-01-07", 1_300)] {
      try DurableLines(folder.directory.versions).append([
        Array(#"{"at":"\#(at)T03:00:00.000Z","examples":\#(examples)}"#.utf8)
      ])
    }
    try AtomicFile.replace(folder.directory.manifest, with: Array(#"{"examples":1300,"expired":1300}"#.utf8))
    let report = try Self.report(folder, Self.tallies([1: 10]))
    #expect(report["high_quality"]?.integer == 1_310)
    #expect(report["milestones"]?.items.first?["date"]?.string == "2026-01-06")
  }
}
