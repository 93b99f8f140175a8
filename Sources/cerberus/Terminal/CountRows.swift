import Records

/// The members of an object of counts, largest first, without zeros.
struct CountRows {
  private static let barWidth = 24

  let rows: [(name: String, count: Int)]

  init(_ object: JSONElement?) {
    rows = (object?.members ?? []).map { ($0.key.string ?? "", $0.value.integer ?? 0) }
      .filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }
  }

  var isEmpty: Bool { rows.isEmpty }

  /// - Parameter most: rows at most.
  func table(_ style: Style, most: Int = .max) -> TextTable {
    var table = TextTable(.left, .right, .left)
    let largest = Double(rows.first?.count ?? 0)
    for (name, count) in rows.prefix(most) {
      table.add(
        name.isEmpty ? "(none)" : name, Figure.count(count),
        style.bar(Double(count) / largest, width: Self.barWidth))
    }
    return table
  }
}
