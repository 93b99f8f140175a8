import Records

/// What one example adds to the books. Changing an example takes its old contribution away and adds the new one, so that
/// there is one place that knows what is counted where.
extension Tallies {
  mutating func add(_ row: ExampleRow, times sign: Int, rules: QualityRules) {
    let one = Tally(conversations: 1, rated: row.score > 0 ? 1 : 0, scoreSum: row.score).times(sign)
    add(one, to: .total, "all")
    add(one, to: .day, row.day.description)
    let labels = row.labels
    for (kind, name) in [
      (TallyKey.Kind.language, labels.language), (.framework, labels.framework), (.complexity, labels.complexity),
      (.model, labels.model), (.variant, labels.variant),
    ] where !name.isEmpty {
      add(one, to: kind, name)
    }
    let count = Tally(conversations: sign)
    if row.score > 0 { add(count, to: .score, String(row.score)) }
    if row.hasComment { add(count, to: .total, "comments") }
    if row.isCorrected { add(count, to: .total, "corrections") }
    for redaction in row.redactions {
      add(Tally(conversations: redaction.count * sign), to: .redaction, redaction.type)
    }
    if let reason = row.reason(rules) {
      add(count, to: .leftOut, reason.rawValue)
    } else {
      add(count, to: .total, "eligible")
    }
  }

  /// `keeper`: the day of the one example of a group of twins that counts as high quality.
  mutating func addKeeper(on keeper: Day?, times sign: Int) {
    guard let keeper else { return }
    let tally = Tally(highQuality: sign)
    add(tally, to: .day, keeper.description)
    add(tally, to: .total, "all")
  }
}
