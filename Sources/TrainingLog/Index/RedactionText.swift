import Records

/// Redaction counts as `EMAIL=2 IP=1`.
enum RedactionText {
  static func encode(_ counts: [RedactionCount]) -> String {
    counts.map { "\($0.type)=\($0.count)" }.joined(separator: " ")
  }

  static func decode(_ text: String) -> [RedactionCount] {
    text.split(separator: " ").compactMap { pair in
      let halves = pair.split(separator: "=")
      guard halves.count == 2, let count = Int(halves[1]) else { return nil }
      return RedactionCount(type: String(halves[0]), count: count)
    }
  }
}
