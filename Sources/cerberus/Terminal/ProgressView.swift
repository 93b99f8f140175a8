import Records

/// The object of `GET /v1/progress` as a bar and a table.
struct ProgressView {
  private static let barWidth = 50

  let report: JSONElement
  let style: Style

  var lines: [String] {
    let goal = report["goal"]?.integer ?? 0
    let good = report["high_quality"]?.integer ?? 0
    let percent = number("percent")
    return [
      style.heading(
        "\(Figure.count(good)) of \(Figure.count(goal)) high-quality examples, \(Figure.percent(percent / 100))"),
      style.bar(percent / 100, width: Self.barWidth, hasTrack: true), "",
    ] + milestones + [""] + outlook
  }

  private var milestones: [String] {
    var table = TextTable(.left, .right, .left)
    for milestone in report["milestones"]?.items ?? [] {
      let isReached = milestone["reached"]?.kind == .`true`
      let date = isReached ? milestone["date"]?.string.map { "reached \($0)" } ?? "reached" : nil
      table.add(
        milestone["name"]?.string ?? "", Figure.count(milestone["to"]?.integer ?? 0),
        date ?? milestone["eta_date"]?.string.map { "expected \($0)" } ?? "-")
    }
    return table.lines()
  }

  private var outlook: [String] {
    var table = TextTable(.left, .left)
    table.add("pace", "\(Figure.score(number("examples_per_day"))) a day, mean of 7 days")
    let low = report["eta_date_low"]?.string ?? "?"
    let high = report["eta_date_high"]?.string ?? "open"
    table.add("goal", report["eta_date"]?.string.map { "\($0), between \(low) and \(high)" } ?? "not at this pace")
    table.add("on disk then", Figure.bytes(number("storage_at_goal_bytes")))
    return table.lines()
  }

  private func number(_ name: StaticString) -> Double { report[name]?.numberText.flatMap(Double.init) ?? 0 }
}
