import Records

/// The object of `GET /v1/stats` as tables and bars.
struct StatisticsView {
  private static let barWidth = 24
  private static let groupRowsMax = 8
  private static let daysMax = 14

  let report: JSONElement
  let style: Style

  var lines: [String] {
    guard count("conversations") > 0 else {
      return [
        "No conversations yet. Start `cerberus serve` and send one to POST /v1/log; it prints a command to try."
      ] + dataset
    }
    return quality + scores + counts("Left out", report["rejected"])
      + groups("Languages", report["languages"]) + groups("Frameworks", report["frameworks"])
      + groups("Complexities", report["complexities"]) + groups("Models", report["models"])
      + groups("Variants", report["variants"]) + counts("Redacted", report["redactions"]) + days + dataset
  }

  private var quality: [String] {
    var table = TextTable(.left, .right, .right, .left)
    func row(_ name: String, _ count: Int, _ rate: Double) {
      table.add(name, Figure.count(count), Figure.percent(rate), style.bar(rate, width: Self.barWidth, hasTrack: true))
    }
    table.add("conversations", Figure.count(count("conversations")), "", "")
    row("high quality", count("high_quality"), number("quality_rate"))
    row("rated", count("rated"), number("feedback_rate"))
    table.add("mean score", count("rated") > 0 ? fraction(report["average_score"]) : "-", "", "")
    table.add("comments", Figure.count(count("comments")), "", "")
    table.add("corrections", Figure.count(count("corrections")), "", "")
    table.add("users", Figure.count(count("users")), "", "")
    table.add("sessions", Figure.count(count("sessions")), "", "")
    table.add("opted-out users", Figure.count(count("opted_out_users")), "", "")
    table.add("erased records", Figure.count(count("erased_records")), "", "")
    table.add("on disk", Figure.bytes(number("storage_bytes")), "", "")
    return section("Held now", table)
  }

  private var scores: [String] {
    let scores = (report["scores"]?.members ?? []).reversed().map { ($0.key.string ?? "", $0.value.integer ?? 0) }
    let most = Double(scores.map(\.1).max() ?? 0)
    var table = TextTable(.left, .right, .left)
    for (score, count) in scores {
      table.add("\(score) \(style.star)", Figure.count(count), style.bar(Double(count) / most, width: Self.barWidth))
    }
    return section("Scores", table)
  }

  private func counts(_ title: String, _ object: JSONElement?) -> [String] {
    let rows = CountRows(object)
    return rows.isEmpty ? [] : section(title, rows.table(style))
  }

  private func groups(_ title: String, _ object: JSONElement?) -> [String] {
    let all = (object?.members ?? []).map { (name: $0.key.string ?? "", value: $0.value) }
      .sorted { ($0.value["conversations"]?.integer ?? 0) > ($1.value["conversations"]?.integer ?? 0) }
    guard let most = all.first?.value["conversations"]?.integer, most > 0 else { return [] }
    var table = TextTable(.left, .right, .right, .right, .left)
    table.add("", "conversations", "rated", "mean score", "")
    for (name, group) in all.prefix(Self.groupRowsMax) {
      let conversations = group["conversations"]?.integer ?? 0
      let rated = group["rated"]?.integer ?? 0
      table.add(
        name.isEmpty ? "(none)" : name, Figure.count(conversations), Figure.count(rated),
        rated > 0 ? fraction(group["average_score"]) : "-",
        style.bar(Double(conversations) / Double(most), width: Self.barWidth))
    }
    let more = all.count - Self.groupRowsMax
    return section(title, table) + (more > 0 ? ["  and \(more) more, see --json"] : [])
  }

  private var days: [String] {
    let all = report["per_day"]?.items ?? []
    let most = all.suffix(Self.daysMax).compactMap { $0["conversations"]?.integer }.max() ?? 0
    guard most > 0 else { return [] }
    var table = TextTable(.left, .right, .right, .right, .left)
    table.add("", "conversations", "rated", "high quality", "")
    for day in all.suffix(Self.daysMax) {
      let conversations = day["conversations"]?.integer ?? 0
      table.add(
        day["date"]?.string ?? "", Figure.count(conversations), Figure.count(day["rated"]?.integer ?? 0),
        Figure.count(day["high_quality"]?.integer ?? 0),
        style.bar(Double(conversations) / Double(most), width: Self.barWidth))
    }
    return section("Last days (UTC)", table)
  }

  private var dataset: [String] {
    guard let curated = report["curated"], let version = curated["version"]?.string, !version.isEmpty else {
      return ["", style.heading("Dataset"), "  not made yet: run `cerberus curate`"]
    }
    func figure(_ name: StaticString) -> String { Figure.count(curated[name]?.integer ?? 0) }
    return [
      "", style.heading("Dataset"),
      "  \(figure("examples")) examples, \(figure("train")) to train and \(figure("test")) held out",
      "  version \(version) of \(curated["at"]?.string ?? "-")",
    ] + leftOutByCurator(curated["rejected"])
  }

  /// What the live figures cannot show, so that nobody wonders where the rest of the high quality has gone.
  private func leftOutByCurator(_ rejected: JSONElement?) -> [String] {
    let live = Set((report["rejected"]?.members ?? []).compactMap(\.key.string))
    let rows = CountRows(rejected).rows.filter { !live.contains($0.name) }
    guard !rows.isEmpty else { return [] }
    return ["  left out by the curator: " + rows.map { "\(Figure.count($0.count)) \($0.name)" }.joined(separator: ", ")]
  }

  private func section(_ title: String, _ table: TextTable) -> [String] {
    (title == "Held now" ? [] : [""]) + [style.heading(title)] + table.lines()
  }

  private func count(_ name: StaticString) -> Int { report[name]?.integer ?? 0 }
  private func number(_ name: StaticString) -> Double { report[name]?.numberText.flatMap(Double.init) ?? 0 }
  private func fraction(_ value: JSONElement?) -> String { Figure.score(value?.numberText.flatMap(Double.init) ?? 0) }
}
