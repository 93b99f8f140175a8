/// Rows of aligned columns, two spaces apart.
struct TextTable {
  enum Side { case left, right }

  let sides: [Side]
  private(set) var rows: [[String]] = []

  init(_ sides: Side...) { self.sides = sides }

  mutating func add(_ cells: String...) { rows.append(cells) }

  /// One text a row, nothing behind its last visible character.
  func lines(indent: Int = 2) -> [String] {
    let widths = sides.indices.map { column in rows.map { Self.width($0[column]) }.max() ?? 0 }
    return rows.map { row in
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - Self.width(cell))
        line += (column > 0 ? "  " : "") + (sides[column] == .left ? cell + padding : padding + cell)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Characters that are seen: the sequences of colours are not.
  private static func width(_ text: String) -> Int {
    var width = 0
    var isInSequence = false
    for character in text {
      if character == "\u{1b}" { isInSequence = true }
      if !isInSequence { width += 1 }
      if isInSequence, character == "m" { isInSequence = false }
    }
    return width
  }
}
