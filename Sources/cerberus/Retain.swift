import ArgumentParser
import Curation
import Records
import TrainingLog

struct Retain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Removes raw records that are older than the retention, after a last run of the curator.",
    discussion: """
      Whole days go at once, with what was said of their records. Rows of the dataset that were made from them stay, \
      under random ids. A server does this once a day by itself; asked through it, its own --retention-days count.
      """)

  @OptionGroup var data: DataOptions
  @Flag(help: "Only say what would go by the --retention-days of this command.") var dryRun = false
  @Flag(help: "The report as JSON.") var json = false

  func run() throws {
    if dryRun { return try plan() }
    let report = try data.answer("POST", "/control/retain") { log in
      let bar = ProgressBar(label: "retain")
      defer { bar.finish() }
      do {
        let retainer = Retainer(log, DataCurator(log, tool: "cerberus 0.1.0"))
        let counts = try retainer.run(
          now: SystemClock().now, progress: { bar.show($0) },
          damaged: { say("cerberus: the dataset was not made anew: \($0)") })
        if counts.days > 0 { data.audit(.retain, counts: counts.named) }
        return counts.json
      } catch { throw fail(.inputOutput, "not everything could be removed: \(StorageFault.reason(error))") }
    }
    try show(report, asJSON: json)
  }

  private func plan() throws {
    try data.requireDirectory()
    let plan: ExpiryPlan
    let erasures = try data.erasures()
    do {
      let window = AcceptanceWindow(now: SystemClock().now, retentionDays: data.retentionDays ?? 90)
      plan = try ExpiryPlan(before: window.earliest.day, in: data.directory, erasures: erasures)
    } catch { throw fail(.inputOutput, "the data directory cannot be read: \(error)") }
    for day in plan.days { say("cerberus: \(day.day) would go, \(day.bytes) bytes") }
    try show(plan.counts.json, asJSON: json)
  }
}
