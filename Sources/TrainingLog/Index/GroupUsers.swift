/// How many users stand behind each name by which records are counted, for those names that might single somebody out.
/// Kept only where small groups are to be folded: about 50 bytes for each user of each name.
struct GroupUsers {
  private var records: [TallyKey: [UInt64: Int]] = [:]

  static func keys(of row: ExampleRow) -> [TallyKey] {
    [
      (TallyKey.Kind.language, row.labels.language), (.framework, row.labels.framework), (.variant, row.labels.variant),
    ].compactMap { kind, name in name.isEmpty ? nil : TallyKey(kind, name) }
  }

  /// - Returns: the names whose number of users has changed, with the new one.
  mutating func add(_ row: ExampleRow, times sign: Int) -> [(TallyKey, Int)] {
    Self.keys(of: row).map { key in
      let count = (records[key]?[row.user] ?? 0) + sign
      records[key, default: [:]][row.user] = count > 0 ? count : nil
      return (key, records[key]?.count ?? 0)
    }
  }
}
