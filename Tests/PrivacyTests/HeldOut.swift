/// Rows that were written before the rules were tuned to them, in six sets, each run once before it taught anything:
/// of the first 371 values 45.6 % leaked; of the second 195, when the first had been learnt, 3.6 %; of the third 214, with
/// other formats and languages, 7.0 %; of 7,947 values in the formats of the fourth, made to be hard, 10.4 %; of 5,213
/// in those of the fifth, everyday ones, 0.06 %; of 18,681 in those of the sixth 0.98 %; of 12,789 in those of the seventh,
/// which somebody else wrote, 3.5 %; of 9,990 of somebody who had read no code, in the eleventh, 1.76 %.
///
/// A row: `‹` and `›` round what must go; `⏎` for a line feed; `¦` splits what push protection would take for a token.
enum HeldOut {
  struct Row: CustomStringConvertible {
    let text: String
    /// The values that must go.
    let values: [String]
    /// What stands round them, in order.
    let rest: [String]

    var description: String { text }
  }

  static let planted =
    addresses + persons + secrets + moreSecrets + third + fourth + fourth2 + fourth3 + fifth + sixth
    + seventh + seventhTold + eighth + eighthTold + ninth + tenth + eleventh

  static func rows(_ table: String) -> [Row] {
    table.split(separator: "\n").map { line in
      let line = String(line).replacing("⏎", with: "\n").filter { $0 != "¦" }
      var values: [String] = []
      var rest: [String] = []
      for part in line.split(separator: "‹", omittingEmptySubsequences: false) {
        let pieces = part.split(separator: "›", omittingEmptySubsequences: false)
        if pieces.count == 2 { values.append(String(pieces[0])) }
        rest.append(String(pieces[pieces.count - 1]))
      }
      return Row(
        text: line.filter { $0 != "‹" && $0 != "›" }, values: values, rest: rest)
    }
  }
}
